package reports

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/lives"
)

// peersWhoHelped returns whose answers to others about need i helped, as its askers say, and who wait for nothing of open
// themselves; without those whose name may be several people's.
func (b *builder) peersWhoHelped(i int, open []waiting) (out []data.AuthorID) {
	if b.Options.Anonymise || b.Scene == nil || i < 0 || i >= len(b.Scene.Contexts) {
		return nil
	}
	for _, s := range b.Scene.Contexts[i].Solved {
		if who := s.Answer.Author; s.By == lives.Peer && b.oneKnown(who, open) && !slices.Contains(out, who) {
			out = append(out, who)
		}
	}
	return out
}

// helpsMost returns the one or two members of tribe i who help most there, of those who wrote of late and wait for nothing of open.
func (b *builder) helpsMost(i int, open []waiting) (out []data.AuthorID) {
	for _, v := range b.Figures.Tribes[i].Helpers {
		if v.Helped >= leastHelped && !v.Edge && b.Figures.People[v.Author].Posts28 > 0 && b.oneKnown(v.Author, open) {
			out = append(out, v.Author)
		}
	}
	return out[:min(len(out), 2)]
}

// oneKnown reports whether an account is one person's that has a name and waits for nothing of open.
func (b *builder) oneKnown(who data.AuthorID, open []waiting) bool {
	_, known := b.Story.Authors[who]
	return known && !b.Figures.Typed[who] && string(b.name(who)) != b.text("person.unknown") &&
		!slices.ContainsFunc(open, func(w waiting) bool { return w.Post.Author == who })
}

// near returns those of open in places where somebody writes.
func (b *builder) near(who data.AuthorID, open []waiting) []waiting {
	writes := make(map[figures.PlaceShare]bool)
	for i := range b.Story.Activity {
		if p := &b.Story.Activity[i]; p.Author == who {
			writes[figures.PlaceShare{Source: p.Source, Place: p.Place}] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(open), func(w waiting) bool {
		return !writes[figures.PlaceShare{Source: w.Post.Source, Place: w.Post.Place}]
	})
}

// placesOf returns the places of open, in which most wait first, and how many people wait in each.
func (b *builder) placesOf(open []waiting) (places []string, people map[string]int) {
	at := make(map[string][]waiting)
	for _, w := range open {
		place := clean(b.placeName(figures.PlaceShare{Source: w.Post.Source, Place: w.Post.Place}))
		at[place] = append(at[place], w)
	}
	people = make(map[string]int)
	for place, here := range at {
		people[place] = askers(here)
	}
	return slices.SortedFunc(maps.Keys(at), func(x, y string) int {
		return cmp.Or(cmp.Compare(people[y], people[x]), cmp.Compare(x, y))
	}), people
}

// waitingIn says in which places how many people wait, and in how many more; nothing where all posts stand in one.
func (b *builder) waitingIn(open []waiting) []span {
	if b.onePlace || len(open) == 0 {
		return nil
	}
	places, people := b.placesOf(open)
	if len(places) == 1 {
		return b.rich("line.do.in", "place", collected(places[0]))
	}
	var list []string
	for _, place := range places[:min(len(places), toldWaiting)] {
		list = append(list, b.text("line.do.count", "n", people[place], "place", collected(place)))
	}
	if rest := len(places) - len(list); rest > 0 {
		list = append(list, b.text("line.do.more", "n", rest))
	}
	return b.rich("line.do.places", "list", collected(strings.Join(list, ", ")))
}

// inPlaces says how many people wait, and where.
func (b *builder) inPlaces(open []waiting) string {
	if b.onePlace {
		return b.number(askers(open))
	}
	places, _ := b.placesOf(open)
	var list []string
	for _, place := range places[:min(len(places), toldPlaces)] {
		list = append(list, b.text("quoted", "name", collected(place)))
	}
	return b.text("line.do.ask.in", "n", askers(open), "places", collected(b.join(list)))
}

// listed joins what is told, with a mark between.
func listed(parts [][]span, mark string) (out []span) {
	for i, p := range parts {
		if i > 0 {
			out = append(out, span{Text: mark})
		}
		out = append(out, p...)
	}
	return out
}

// bestHours adds the hours in which most replies come.
func (b *builder) bestHours(parts []span) []span {
	if h, busy := b.busiest(); busy {
		return append(parts, b.rich("line.do.best", "from", clock(h.From), "to", clock(h.To))...)
	}
	return parts
}
