package ways

import (
	"cmp"
	"math"
	"slices"
	"time"

	"tribu/data"
	"tribu/reports/measure"
)

// A Slot is three hours of the week with how soon requests made then were answered.
type Slot struct {
	Day, From int // Monday is 0; first hour, project time
	Requests  int
	Answered  int     // of Requests, within the time that counts as soon
	Score     float64 // SlotScore
	Activity  float64 // posts then; 100 is the tribe's mean over the week
}

const (
	slotHours   = 3
	slotsInWeek = 7 * 24 / slotHours
	toldSlots   = 3
	leastSlot   = 20  // requests that make a slot worth telling,
	beyondLuck  = 3.3 // and standard errors above the tribe's own rate: the best of 56 is one of luck at two
	weight      = 20  // requests of the tribe's own rate that each slot starts with
)

// SlotScore is the share of requests answered soon in one slot, drawn to the tribe's base rate where
// the slot holds few: (answered + 20 base) / (requests + 20).
func SlotScore(answered, requests int, base float64) float64 {
	return (float64(answered) + weight*base) / (float64(requests) + weight)
}

// slots tells the three slots in which requests were answered soon most often, among those above
// the tribe's own rate by more than luck.
func (pr *Profile) slots(requests []measure.Request, posts []data.PostMeta, asOf time.Time, p Params) {
	var slots [slotsInWeek]Slot
	asked, soon := 0, 0
	for _, q := range requests {
		if asOf.Sub(q.Post.CreatedAt) < p.Within {
			continue
		}
		at := q.Post.CreatedAt.In(p.Location)
		s := &slots[(int(at.Weekday())+6)%7*(24/slotHours)+at.Hour()/slotHours]
		s.Requests++
		asked++
		if len(q.Answers) > 0 && q.Answers[0].CreatedAt.Sub(q.Post.CreatedAt) <= p.Within {
			s.Answered++
			soon++
		}
	}
	if asked == 0 {
		return
	}
	base := float64(soon) / float64(asked)
	busy := activity(posts, p)
	for i := range slots {
		s := &slots[i]
		s.Day, s.From = i/(24/slotHours), i%(24/slotHours)*slotHours
		s.Score, s.Activity = SlotScore(s.Answered, s.Requests, base), busy[i]
		luck := math.Sqrt(base * (1 - base) / float64(max(s.Requests, 1)))
		if s.Requests >= leastSlot && float64(s.Answered)/float64(s.Requests) > base+beyondLuck*luck {
			pr.Slots = append(pr.Slots, *s)
		}
	}
	slices.SortStableFunc(pr.Slots, func(a, b Slot) int { return cmp.Or(cmp.Compare(b.Score, a.Score), b.Requests-a.Requests) })
	pr.Slots = pr.Slots[:min(len(pr.Slots), toldSlots)]
}

// activity returns how busy each slot is; 100 is the mean.
func activity(posts []data.PostMeta, p Params) (busy [slotsInWeek]float64) {
	for _, post := range posts {
		at := post.CreatedAt.In(p.Location)
		busy[(int(at.Weekday())+6)%7*(24/slotHours)+at.Hour()/slotHours]++
	}
	for i := range busy {
		busy[i] *= 100 * slotsInWeek / float64(max(len(posts), 1))
	}
	return busy
}
