package reports

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/soft"
)

// Headings state what their section found; where it found nothing worth it, what it is about.

const (
	headedPairs = 20 // pairs of people between two tribes that a heading tells
	hardly      = 10 // pairs within tribes to one between them, from where they hardly talk to each other
)

// mapTitle says which two tribes talk to each other most, or that tribes hardly do.
func (b *builder) mapTitle() []span {
	groups, n, across := len(b.Figures.Tribes), b.Figures.TribeCount(), b.across()
	switch {
	case groups > n && b.tentative():
		return b.rich("map.title.sketches", "n", n, "groups", groups)
	case groups > n:
		return b.rich("map.title.groups", "n", n, "groups", groups)
	case across > 0 && hardly*across < b.Figures.Inside:
		return b.rich("map.title.apart", "n", n)
	case across == 0 || len(b.Figures.Links[0].Pairs) < headedPairs:
		return b.rich("map.title", "n", n)
	case len(b.Figures.Links) > 1 && len(b.Figures.Links[0].Pairs) == len(b.Figures.Links[1].Pairs):
		return b.rich("map.title", "n", n)
	}
	most := b.Figures.Links[0]
	return b.rich("map.title.talk", "n", n, "pairs", len(most.Pairs), "two", collected(b.quotedNames([]data.Tribe{b.Figures.Tribes[most.A].Tribe, b.Figures.Tribes[most.B].Tribe})))
}

// needsTitle names the need that most people voice, where it is one that a headline tells or as many voice it as make a
// tribe, and more than any other; else says that none is of many.
func (b *builder) needsTitle(weeks int) []span {
	told := b.Figures.Needs[:min(len(b.Figures.Needs), toldNeeds)]
	if _, i := b.topUnmet(); i >= 0 && b.rank(i) == b.text("rank.first") {
		return b.rich("needs.title", "topic", b.told(told[i]), "n", told[i].People, "weeks", weeks)
	}
	if len(told) > 0 && b.spoken(told[0]) && told[0].People >= b.Options.MinTribe && (len(told) == 1 || told[1].People < told[0].People) {
		return b.rich("needs.title", "topic", b.told(told[0]), "n", told[0].People, "weeks", weeks)
	}
	return b.rich("needs.title.few", "weeks", weeks)
}

// boundTitle says how many tribes a need or a problem holds together; nothing of it where none.
func (b *builder) boundTitle() []span {
	bound := 0
	for i, t := range b.Figures.Tribes {
		if !t.IsTribe() {
			continue
		}
		_, voicing := b.bondNeeds(i, t)
		if n, one := b.bondNeed(i, t); voicing > 0 || one && !b.Figures.Needs[b.needIndex(n)].Stale {
			bound++
		}
	}
	switch n := b.Figures.TribeCount(); {
	case bound == 0 && n > 1 && b.bySubject():
		return b.rich("tribes.title.subject")
	case bound == 0 || n < 2 || b.tentative():
		return b.rich("tribes.title")
	case bound == n:
		return b.rich("tribes.title.bound.all", "n", n)
	default:
		return b.rich("tribes.title.bound", "n", bound, "of", b.spelled(n, false))
	}
}

// bySubject reports whether each tribe is held together by what it writes about.
func (b *builder) bySubject() bool {
	return !slices.ContainsFunc(b.Figures.Tribes, func(t figures.Tribe) bool {
		things, of := b.themes(t.Tribe)
		return t.IsTribe() && (t.Bond == "" || len(things) == 0 || of*fewOf < t.People)
	})
}

// tribesTitle says in which tribe most requests get a reply, and in which fewest, where that is no
// chance.
func (b *builder) tribesTitle() []span {
	gap := b.servedApart()
	if gap.told == "" {
		return b.boundTitle()
	}
	best, last := gap.best, gap.last
	return b.rich("tribes.title.apart", "best", b.called(best.Tribe), "most", b.percent(replied(best)), "last", b.called(last.Tribe), "least", b.percent(replied(last)))
}

// servedTitle names the outcome that left its usual range, the worst first; else how soon people get
// a first reply.
func (b *builder) servedTitle() []span {
	if b.Measures != nil {
		for _, verdict := range []cpi.Verdict{cpi.Worse, cpi.Better} {
			for i, o := range b.Measures.Outcomes {
				if o.Status == cpi.Qualified && b.Measures.Served[i].Verdict == verdict {
					return b.rich("served.title."+verdictKey(verdict), "topic", collected(b.outcomeName(o)))
				}
			}
		}
	}
	switch p := b.Figures.Pace; {
	case p.Known() && b.Figures.Hours:
		key := "served.title.pace"
		switch verdict := paceVerdict(p); {
		case verdict == cpi.Worse && p.Median > p.High:
			key += ".worse"
		case verdict == cpi.Better:
			key += ".better"
		}
		return b.rich(key, "wait", b.wait(p.Median), "usual", b.wait(p.Usual))
	case p.Silent() && b.Figures.Hours:
		return b.rich("served.title.silent")
	}
	return b.rich("served.title.unknown")
}

// softTitle says what the first two tribes want distinctly more than the others.
func (b *builder) softTitle() []span {
	var wants []string
	for _, f := range b.distinctMotives() {
		if f.label.Motive == signs.Image && b.letDown(f.tribe) {
			wants = append(wants, b.text("motive.image.lack", "name", b.quotedNames(b.alsoLetDown(f.tribe))))
			continue
		}
		wants = append(wants, b.text("motive."+string(f.label.Motive)+".want", "name", b.quotedNames([]data.Tribe{b.Figures.Tribes[f.tribe].Tribe})))
	}
	figure := func(l soft.Label) bool { return l.Figure && motiveTold(l) }
	switch {
	case len(wants) == 0 && slices.ContainsFunc(b.Measures.Motives, func(p soft.Panel) bool { return slices.ContainsFunc(p.Labels, figure) }):
		return b.rich("soft.title.few")
	case len(wants) == 0:
		return b.rich("soft.title.none")
	}
	return b.rich("soft.title.found", "list", collected(b.join(wants)))
}

const (
	helpedHeaded = 5  // people helped by somebody whom a heading names
	joinedHeaded = 10 // people of other tribes to whom a bridge talks whom a heading names
)

// peopleTitle says who joins most tribes, and who is among those who help most people, where it is
// enough of them.
func (b *builder) peopleTitle(bridges, voices []figures.Person) []span {
	joins := slices.DeleteFunc(most(bridges, b.spans), func(p figures.Person) bool { return p.Outside() < joinedHeaded })
	helps := slices.DeleteFunc(most(slices.Concat(bridges, voices), func(p figures.Person) int { return p.Helped }), func(p figures.Person) bool { return p.Helped < helpedHeaded })
	one, both, same := "people.title.helps", "people.title.both", "people.title.both.one"
	if len(helps) > 1 {
		one, both, same = "people.title.helps.among", "people.title.both.among", "people.title.both.among.one"
	}
	switch {
	case len(joins)+len(helps) == 0:
		return b.rich("people.title")
	case len(joins) == 0:
		return b.rich(one, "name", b.headed(helps[0], "person.one", true), "n", helps[0].Helped)
	case len(helps) == 0:
		return b.rich("people.title.joins", "name", b.headed(joins[0], "person.one", true), "n", b.spans(joins[0]))
	}
	for _, p := range joins {
		if slices.ContainsFunc(helps, func(o figures.Person) bool { return o.Author == p.Author }) {
			return b.rich(same, "name", b.headed(p, "person.one", true), "n", b.spans(p), "helped", p.Helped)
		}
	}
	second := "person.one"
	if !readable(string(b.name(joins[0].Author))) {
		second = "person.another"
	}
	return b.rich(both, "name", b.headed(joins[0], "person.one", true), "n", b.spans(joins[0]),
		"helper", b.headed(helps[0], second, false), "helped", helps[0].Helped)
}

// spans returns how many tribes somebody belongs to or reaches.
func (b *builder) spans(p figures.Person) int {
	return len(b.Figures.In(p.Author)) + len(p.Reach)
}

// most returns those of people for whom count is highest, each once; none where it is 0.
func most(people []figures.Person, count func(figures.Person) int) []figures.Person {
	top := 1
	for _, p := range people {
		top = max(top, count(p))
	}
	var out []figures.Person
	for _, p := range people {
		if count(p) == top && !slices.ContainsFunc(out, func(q figures.Person) bool { return q.Author == p.Author }) {
			out = append(out, p)
		}
	}
	return out
}

// headed names somebody in a heading: by their name where it is one, else by what word says.
func (b *builder) headed(p figures.Person, word string, first bool) []span {
	name := b.name(p.Author)
	switch {
	case readable(string(name)):
		return []span{{Text: string(name), Collected: true}}
	case first:
		return []span{{Text: upper(b.text(word))}}
	}
	return []span{{Text: b.text(word)}}
}

// readableName returns somebody's name where it is one, else "someone".
func (b *builder) readableName(a data.AuthorID) collected {
	if name := b.name(a); readable(string(name)) {
		return name
	}
	return collected(b.text("person.unknown"))
}

// hashDigits is from how many digits and letters a to f in a row on a name is made by a machine.
const hashDigits = 8

// readable reports whether a name is one that people would say: no number, no hash.
func readable(name string) bool {
	run, digits := 0, 0
	for _, r := range strings.ToLower(name) {
		switch {
		case r >= '0' && r <= '9':
			run, digits = run+1, digits+1
		case r >= 'a' && r <= 'f':
			run++
		default:
			run, digits = 0, 0
		}
		if run >= hashDigits && digits > 1 {
			return false
		}
	}
	return strings.ContainsFunc(name, unicode.IsLetter)
}

// everybody returns when the replies to all tribes came.
func (b *builder) everybody() figures.Tribe {
	var all figures.Tribe
	for _, t := range b.Figures.Tribes {
		for d := range t.Hours {
			for h, n := range t.Hours[d] {
				all.Hours[d][h] += n
			}
		}
		all.Replies += t.Replies
	}
	return all
}

// busyHours is the share of all replies from which three hours of the day are told as the busy ones.
const busyHours = 1. / 3

// whenTitle says in which three hours of the day most replies come to everybody, and whether they stand out.
func (b *builder) whenTitle() []span {
	all := b.everybody()
	h := all.Busiest()
	key := "when.title.hours"
	if h.Share < busyHours {
		key = "when.title.spread"
	}
	return b.rich(key, "from", clock(h.From), "to", clock(h.To), "share", b.percent(h.Share))
}

// freshTopic is for how long after somebody last spoke of it a topic is one to work on.
const freshTopic = 7 * 24 * time.Hour

// toldTopic writes a topic in a sentence as needs are.
func (b *builder) toldTopic(t digestTopic) []span {
	if t.Means == "" {
		return b.rich("quoted", "name", collected(t.Topic))
	}
	return b.rich("quoted.means", "name", collected(t.Topic), "means", collected(t.Means))
}

// houseTitle names the need that most people turn to a department with, where somebody spoke of it in the
// last days, of a long window in the last weeks.
func (b *builder) houseTitle(shown []digestView) []span {
	best := digestView{}
	for _, d := range shown {
		if d.first.Lacked && d.first.People > best.first.People {
			best = d
		}
	}
	of := freshTopic
	if b.long {
		of = figures.Weeks * 7 * 24 * time.Hour
	}
	if best.first.People < leastDigest || b.Story.AsOf.Sub(best.first.Newest) > of {
		return b.rich("house.title")
	}
	return b.rich("house.title.fresh", "name", best.Name, "topic", b.toldTopic(best.Topics[0]))
}
