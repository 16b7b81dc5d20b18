package reports

import (
	"slices"
	"time"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/stats"
)

const (
	toldPlaces  = 2 // in which people wait, that are all named
	toldHelpers = 3 // whose answers helped
)

// bring says what to bring to those who wait, where they wait, and whose answers to others helped.
func (b *builder) bring(key string, n figures.Need, open []waiting, topic []span) lineView {
	parts := b.rich(key, "topic", topic, "n", askers(open), "tribes", b.text("line.tribes", "n", max(inTribes(open), 1)),
		"places", b.waitingAt(open), "href", b.waitHref(open))
	return lineView{Action: true, Parts: b.bestHours(append(parts, b.enough(b.needAt(n.Key))...))}
}

// turnTo says whom to ask first, and in which hours replies come.
func (b *builder) turnTo(parts []span, n figures.Need, open []waiting) lineView {
	helpers := b.helped(n, open)
	if helpers == nil {
		return b.act(parts)
	}
	return lineView{Action: true, Parts: b.bestHours(append(parts, helpers...))}
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

// posted returns the posts of the window that voice a need.
func (b *builder) posted(n figures.Need) (out []waiting) {
	for i := range b.Story.Activity {
		if p := b.Story.Activity[i]; slices.Contains(n.Posts, p.ID) {
			out = append(out, waiting{figures.Quote{Post: p}, figures.None})
		}
	}
	return out
}

// enough says what those who voice need i call good enough; nothing where too few say so.
func (b *builder) enough(i int) []span {
	if b.Measures == nil || i < 0 {
		return nil
	}
	for _, o := range b.Measures.Outcomes {
		if o.Status != cpi.Qualified || o.Expected.State != stats.Known || b.needOf(o) != i {
			continue
		}
		switch o.Expected.Kind {
		case cpi.Time:
			return b.rich("line.do.enough", "value", b.wait(time.Duration(o.Expected.Median*float64(time.Second))))
		case cpi.Money:
			return b.rich("line.do.enough", "value", b.value(cpi.MoneyPaid, o.Expected.Median, o.Expected.Unit))
		}
	}
	return nil
}

// waitingAt says in which places how many people wait; nothing where all posts stand in one.
func (b *builder) waitingAt(open []waiting) []span {
	if b.onePlace || len(open) == 0 {
		return nil
	}
	places, people := b.placesOf(open)
	if len(places) == 1 {
		return b.rich("line.do.in", "place", collected(places[0]))
	}
	if len(places) > toldPlaces {
		return b.rich("line.do.most", "n", people[places[0]], "place", collected(places[0]))
	}
	var list []string
	for _, place := range places {
		list = append(list, b.text("line.do.at", "n", people[place], "place", collected(place)))
	}
	return b.rich("line.do.places", "list", collected(b.join(list)))
}

// helped names the peers whose answers to others about a need helped, as its askers say, where they write in the places of
// half of open; nothing where nobody is known.
func (b *builder) helped(n figures.Need, open []waiting) []span {
	at := b.needAt(n.Key)
	var names []string
	reached := make(map[data.AuthorID]bool)
	for _, who := range b.peersWhoHelped(at, open) {
		near := b.near(who, open)
		for _, w := range near {
			reached[w.Post.Author] = true
		}
		if len(near) > 0 && len(names) < toldHelpers {
			names = append(names, string(b.name(who)))
		}
	}
	if len(names) == 0 || 2*len(reached) < askers(open) {
		return nil
	}
	return b.rich("line.do.helped", "n", len(names), "names", collected(b.join(names)), "href", "#"+needID(at))
}

// act says what to do, and in which hours replies come.
func (b *builder) act(parts []span) lineView {
	if h, busy := b.busiest(); busy {
		parts = append(parts, b.rich("line.do.hours", "from", clock(h.From), "to", clock(h.To), "share", b.percent(h.Share))...)
	}
	return lineView{Action: true, Parts: parts}
}

// busiest returns the hours in which most replies come, where these stand out.
func (b *builder) busiest() (figures.Hour, bool) {
	all := b.everybody()
	h := all.Busiest()
	return h, b.Figures.Hours && all.Replies >= figures.EnoughReplies && h.Share >= busyHours
}

// standing says of a need that somebody voiced in the week before as well how many voice it this week, and where; nothing where it is
// voiced anew, or in a window far longer than weeks.
func (b *builder) standing(n figures.Need) []span {
	last := len(n.Weekly) - 1
	if last < 1 || n.Weekly[last] == 0 || n.Weekly[last-1] == 0 || b.windowWeeks() > trendWeeks {
		return nil
	}
	week := slices.DeleteFunc(b.posted(n), func(w waiting) bool { return b.Story.Window.To.Sub(w.Post.CreatedAt) > measure.Week })
	return b.rich("line.do.stands", "n", n.Weekly[last], "places", b.waitingIn(week))
}
