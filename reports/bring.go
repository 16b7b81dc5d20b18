package reports

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/lives"
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
	return b.turnTo(append(parts, b.enough(b.needAt(n.Key))...), n, open)
}

// turnTo says whom to ask first, and in which hours replies come.
func (b *builder) turnTo(parts []span, n figures.Need, open []waiting) lineView {
	helpers := b.helped(n, open)
	if helpers == nil {
		return b.act(parts)
	}
	parts = append(parts, helpers...)
	if h, busy := b.busiest(); busy {
		parts = append(parts, b.rich("line.do.best", "from", clock(h.From), "to", clock(h.To))...)
	}
	return lineView{Action: true, Parts: parts}
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
	if b.onePlace {
		return nil
	}
	at := make(map[string][]waiting)
	for _, w := range open {
		place := clean(b.placeName(figures.PlaceShare{Source: w.Post.Source, Place: w.Post.Place}))
		at[place] = append(at[place], w)
	}
	places := slices.SortedFunc(maps.Keys(at), func(x, y string) int {
		return cmp.Or(cmp.Compare(askers(at[y]), askers(at[x])), cmp.Compare(x, y))
	})
	if len(places) == 1 {
		return b.rich("line.do.in", "place", collected(places[0]))
	}
	if len(places) > toldPlaces {
		return b.rich("line.do.most", "n", askers(at[places[0]]), "place", collected(places[0]))
	}
	var list []string
	for _, place := range places {
		list = append(list, b.text("line.do.at", "n", askers(at[place]), "place", collected(place)))
	}
	return b.rich("line.do.places", "list", collected(b.join(list)))
}

// helped names the peers whose answers to others about a need helped, as its askers say, and who wait for nothing themselves;
// nothing where nobody is known, or where a name may be several people's.
func (b *builder) helped(n figures.Need, open []waiting) []span {
	at := b.needAt(n.Key)
	if b.Options.Anonymise || b.Scene == nil || at < 0 || at >= len(b.Scene.Contexts) {
		return nil
	}
	var names []string
	for _, s := range b.Scene.Contexts[at].Solved {
		who := s.Answer.Author
		name := string(b.name(who))
		waits := slices.ContainsFunc(open, func(w waiting) bool { return w.Post.Author == who })
		_, known := b.Story.Authors[who]
		known = known && !b.Figures.Typed[who] && name != b.text("person.unknown")
		if s.By == lives.Peer && known && !waits && len(names) < toldHelpers && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
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

// standing says of a need that somebody voiced before this week too for how many weeks in a row it is voiced, and by how many this
// week; empty where it is voiced anew, or in a window far longer than weeks.
func (b *builder) standing(n figures.Need) string {
	last, weeks := len(n.Weekly)-1, 0
	for weeks <= last && n.Weekly[last-weeks] > 0 {
		weeks++
	}
	if weeks < 2 || b.windowWeeks() > trendWeeks {
		return ""
	}
	return b.text("line.do.stands", "nth", b.list("ordinals", weeks-1), "n", n.Weekly[last])
}
