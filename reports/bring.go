package reports

import (
	"slices"

	"tribu/data"
	"tribu/reports/figures"
)

// bring says what to bring to those who wait.
func (b *builder) bring(key string, n figures.Need, open []waiting, topic []span) lineView {
	return b.act(b.rich(key, "topic", topic, "n", askers(open), "tribes", b.text("line.tribes", "n", inTribes(open)), "href", b.waitHref(open)), b.placeOf(n))
}

// remedy says what somebody who voices a need of such a type is brought.
func remedy(t data.NeedType) string {
	switch t {
	case data.Problem, data.Complaint:
		return "problem"
	case data.HowTo:
		return "howto"
	}
	return "answer"
}

// act says what to do, in which hours replies come, and in which place it is asked most.
func (b *builder) act(parts []span, place string) lineView {
	key, args := "line.do", []any{}
	if place != "" {
		key, args = key+".there", append(args, "place", collected(place))
	}
	if all := b.everybody(); b.Figures.Hours && all.Replies >= figures.EnoughReplies {
		if h := all.Busiest(); h.Share >= busyHours {
			key, args = key+".hours", append(args, "from", clock(h.From), "to", clock(h.To), "share", b.percent(h.Share))
		}
	}
	if len(args) > 0 {
		parts = append(parts, b.rich(key, args...)...)
	}
	return lineView{Action: true, Parts: parts}
}

// placeOf returns the place in which most posts voice a need; empty where all stand in one, or no two in any.
func (b *builder) placeOf(n figures.Need) (place string) {
	if b.onePlace {
		return ""
	}
	count, most := make(map[figures.PlaceShare]int), 1
	for i := range b.Story.Activity {
		p := &b.Story.Activity[i]
		if !slices.Contains(n.Posts, p.ID) {
			continue
		}
		at := figures.PlaceShare{Source: p.Source, Place: p.Place}
		if count[at]++; count[at] > most {
			place, most = clean(b.placeName(at)), count[at]
		}
	}
	return place
}
