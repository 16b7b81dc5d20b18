package ways

import (
	"cmp"
	"math"
	"slices"
	"time"

	"tribu/reports/measure"
)

// A Slot is three hours of the week with how soon requests made then were answered.
type Slot struct {
	Day, From int // Monday is 0; first hour, project time
	Requests  int
	Answered  int     // of Requests, within the time that counts as soon
	Score     float64 // share of requests answered soon, drawn to the base rate of the tribe where there are few
}

const (
	slotHours   = 3
	slotsInWeek = 7 * 24 / slotHours
	toldSlots   = 3
	leastSlot   = 20  // requests that make a slot worth telling,
	beyondLuck  = 3.3 // and standard errors above the tribe's own rate: the best of 56 is one of luck at two
	weight      = 20  // requests of the tribe's own rate that each slot starts with
)

// slotScore is the share of requests answered soon in one slot, drawn to the tribe's base rate where
// the slot holds few: (answered + 20 base) / (requests + 20).
func slotScore(answered, requests int, base float64) float64 {
	return (float64(answered) + weight*base) / (float64(requests) + weight)
}

// slots tells the three slots in which requests were answered soon most often, among those above
// the tribe's own rate by more than luck.
func (pr *Profile) slots(requests []measure.Request, asOf time.Time, p Params) {
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
	for i := range slots {
		s := &slots[i]
		s.Day, s.From = i/(24/slotHours), i%(24/slotHours)*slotHours
		s.Score = slotScore(s.Answered, s.Requests, base)
		luck := math.Sqrt(base * (1 - base) / float64(max(s.Requests, 1)))
		if s.Requests >= leastSlot && float64(s.Answered)/float64(s.Requests) > base+beyondLuck*luck {
			pr.Slots = append(pr.Slots, *s)
		}
	}
	slices.SortStableFunc(pr.Slots, func(a, b Slot) int { return cmp.Or(cmp.Compare(b.Score, a.Score), b.Requests-a.Requests) })
	pr.Slots = pr.Slots[:min(len(pr.Slots), toldSlots)]
}
