package reports

import (
	"cmp"
	"maps"
	"slices"

	"tribu/data"
	"tribu/reports/figures"
)

const (
	toldWaiting = 5 // places in which people wait, that are all named
	toldAsked   = 2 // needs of which one sentence names who can answer,
	toldPointed = 3 // and tribes
	leastPoint  = 2 // open requests of a tribe to point somebody to
	notSure     = .5
	vague       = .2
)

// A deed is one thing that the reader can do first.
type deed struct {
	serves   float64  // people who get what they wait for, less where somebody else must give it or nobody is known to have it
	need     string   // key of the one it is about; empty where of none or several
	question *waiting // that it answers, where that is all it does
	line     lineView
}

// chosen returns what to do first: of what can be done this week that which serves most people. Where as many are served, a list that
// brings together who can and who needs comes before asking who has helped with the same, then comes what the need voiced most asks for,
// then pointing who helps most to open requests, then the answer to one.
func (b *builder) chosen() deed {
	if b.deed == nil {
		b.deed = &deed{line: lineView{Action: true}}
		for _, consider := range []func() (deed, bool){b.listing, b.askingWhoHelped, b.bringing, b.standingFirst, b.pointing, b.answering} {
			if d, ok := consider(); ok && d.serves > b.deed.serves {
				*b.deed = d
			}
		}
	}
	return *b.deed
}

// waitingFor returns one request of everybody who waits for need i, of those that the page tells, outside tribes whom nobody is to
// answer from outside.
func (b *builder) waitingFor(i int) []waiting {
	if n := b.Figures.Needs[i]; n.Mixed || !b.inList(i) {
		return nil
	}
	return slices.DeleteFunc(ofEach(b.waiting(b.Figures.Needs[i].Key)), func(w waiting) bool {
		return w.tribe != figures.None && b.tender(b.Figures.Tribes[w.tribe].ID)
	})
}

// listing is a list of who can, where people look for somebody or for a loan: the reader opens it, and who waits anywhere finds it.
func (b *builder) listing() (best deed, ok bool) {
	for i, n := range b.Figures.Needs {
		key := "line.do.list"
		if b.artefact(i) != "call" {
			continue
		}
		open := b.waitingFor(i)
		if float64(askers(open)) <= best.serves {
			continue
		}
		if !b.ofPeople(n) {
			key = "line.do.lend"
		}
		parts := b.rich(key, "topic", b.told(n), "n", askers(open), "places", b.waitingIn(open), "href", b.waitHref(open))
		best, ok = deed{serves: float64(askers(open)), need: n.Key, line: lineView{Action: true, Parts: b.bestHours(parts)}}, true
	}
	return best, ok
}

// A willing is somebody whose answer helped another with a need, and who wait for the same where they write.
type willing struct {
	need figures.Need
	who  data.AuthorID
	open []waiting
}

// askingWhoHelped asks those whose answers helped others to answer who waits for the same in places where they write.
func (b *builder) askingWhoHelped() (deed, bool) {
	if b.Options.Anonymise || b.Scene == nil {
		return deed{}, false
	}
	var all []willing
	for i, n := range b.Figures.Needs {
		open := b.waitingFor(i)
		best := willing{need: n}
		for _, who := range b.peersWhoHelped(i, open) {
			near := b.near(who, open)
			if len(near) > len(best.open) && 2*len(near) >= len(open) {
				best.who, best.open = who, near
			}
		}
		if len(best.open) > 0 {
			all = append(all, best)
		}
	}
	slices.SortStableFunc(all, func(x, y willing) int { return cmp.Compare(len(y.open), len(x.open)) })
	all = all[:min(len(all), toldAsked)]
	var open []waiting
	var list [][]span
	for _, a := range all {
		open = append(open, a.open...)
		list = append(list, b.rich("line.do.ask.who", "name", b.name(a.who), "topic", b.told(a.need), "where", b.inPlaces(a.open)))
	}
	key, need, args := "line.do.ask", "", []any{"n", askers(open), "list", listed(list, "; "), "href", b.waitHref(open)}
	switch len(all) {
	case 0:
		return deed{}, false
	case 1:
		key, need = "line.do.ask.one", all[0].need.Key
		args = append(args, "name", b.name(all[0].who), "topic", b.told(all[0].need), "places", b.waitingAt(open))
	}
	return deed{serves: float64(askers(open)), need: need, line: lineView{Action: true, Parts: b.bestHours(b.rich(key, args...))}}, true
}

// bringing brings what the need voiced most asks for to those who wait for it: nobody is known to have it.
func (b *builder) bringing() (deed, bool) {
	n, i := b.topUnmet()
	if i < 0 || b.artefact(i) == "call" {
		return deed{}, false
	}
	open := b.waiting(n.Key)
	if len(open) == 0 {
		return deed{}, false
	}
	key, topic := b.subject(n, "line.do."+remedy(n.Type))
	return deed{serves: notSure * float64(askers(open)), need: n.Key, line: b.bring(key, n, open, topic)}, true
}

// standingFirst points at the need voiced most, where nobody waits for a reply about it.
func (b *builder) standingFirst() (deed, bool) {
	n, i := b.topUnmet()
	if i < 0 || len(b.waiting(n.Key)) > 0 {
		return deed{}, false
	}
	d := deed{serves: vague, need: n.Key, line: b.helpFirst()}
	if b.artefact(i) == "date" && b.standing(n) != nil {
		d.serves = notSure * float64(n.Weekly[len(n.Weekly)-1])
	}
	return d, true
}

// pointing points those who help most in their tribe to the requests of it that nobody has replied to.
func (b *builder) pointing() (deed, bool) {
	all, most := []waiting(nil), 0.0
	if b.Figures.Threads && !b.Options.Anonymise {
		all = b.allOpen()
	}
	of := make(map[int][]waiting)
	for _, w := range all {
		of[w.tribe] = append(of[w.tribe], w)
		most = max(most, asksOf(b.Figures.Tribes[w.tribe]))
	}
	var tribes []int
	for _, i := range slices.Sorted(maps.Keys(of)) { // where people meet to argue, little is for others to answer
		if len(of[i]) >= leastPoint && 2*asksOf(b.Figures.Tribes[i]) >= most && len(b.helpsMost(i, of[i])) > 0 {
			tribes = append(tribes, i)
		}
	}
	slices.SortStableFunc(tribes, func(x, y int) int { return cmp.Compare(len(of[y]), len(of[x])) })
	tribes = tribes[:min(len(tribes), toldPointed)]
	silent, serves, told := b.text("line.do.silent"), 0, 0
	if b.Figures.Parts.Partial() {
		silent = b.text("line.do.silent.part")
	}
	var list [][]span
	for _, i := range tribes {
		serves, told = serves+askers(of[i]), told+len(of[i])
		list = append(list, b.rich("line.do.point.who", "name", b.name(b.helpsMost(i, of[i])[0]), "n", len(of[i]), "tribe", b.called(b.Figures.Tribes[i].Tribe)))
	}
	d := deed{serves: notSure * float64(serves)}
	switch len(tribes) {
	case 0:
		return d, false
	case 1:
		i := tribes[0]
		var names []string
		for _, who := range b.helpsMost(i, of[i]) {
			names = append(names, string(b.name(who)))
		}
		d.line.Parts = b.rich("line.do.point.one", "names", collected(b.join(names)), "helps", b.text("line.do.helps", "n", len(names)),
			"tribe", b.called(b.Figures.Tribes[i].Tribe), "n", len(of[i]), "silent", silent, "href", b.waitHref(of[i]))
	default:
		count := b.number(told)
		if told < len(all) {
			count = b.text("line.do.of", "n", told, "all", len(all))
		}
		d.line.Parts = b.rich("line.do.point", "n", count, "silent", silent, "list", listed(list, ", "), "href", b.waitHref(all))
	}
	d.line.Action, d.line.Parts = true, b.bestHours(d.line.Parts)
	return d, true
}

// answering answers the open question that comes first.
func (b *builder) answering() (deed, bool) {
	open := b.ofTribes(ofEach(b.waiting("")))
	if len(open) == 0 {
		return deed{}, false
	}
	first := open[0]
	all, key := b.allOpen(first), "line.do"
	if len(all) == 1 {
		key = "line.do.one"
	} else if b.Figures.Parts.Partial() {
		key = "line.do.part"
	}
	return deed{serves: notSure, question: &first, line: b.act(b.rich(key, "title", b.request(first), "name", b.called(b.Figures.Tribes[first.tribe].Tribe),
		"n", len(all), "href", b.waitHref(all)))}, true
}
