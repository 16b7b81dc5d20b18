package reports

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"tribu/data"
	"tribu/reports/figures"
)

// A lineView is one of the five lines.
type lineView struct {
	Parts    []span
	Strength *strength
	Action   bool // what to do first
	Empty    bool
}

// mostHeaded is how many tribes a headline names that split or merged.
const mostHeaded = 3

func (b *builder) lines() []lineView {
	out := []lineView{b.changeLine(), b.growthLine(), b.needLine(), b.paceLine(), b.doFirst()}
	for i := range out {
		if out[i].Parts == nil {
			out[i] = lineView{Parts: b.rich("line.nothing." + strconv.Itoa(i+1)), Empty: true}
			if i == 1 && b.Figures.First {
				out[i].Parts = b.rich("line.nothing.2.first")
			}
		}
	}
	return out
}

func (b *builder) changeLine() lineView {
	if b.Figures.First {
		return b.firstLine()
	}
	for _, c := range b.Figures.Changes {
		if parts := b.changeShort(c); parts != nil {
			s := b.changeStrength(c)
			return lineView{Parts: parts, Strength: &s}
		}
	}
	return lineView{}
}

// changeShort tells a change in a sentence or two: the section below tells it whole.
func (b *builder) changeShort(c figures.Change) []span {
	switch c.Event {
	case data.Split:
		return b.splitLine(c)
	case data.Merge:
		if len(c.From) > 1 && len(c.To) > 0 {
			return b.rich("line.merge", "parents", collected(tribeNames(b, c.From)), "to", b.still(c.To[0]), "n", c.To[0].People,
				"kept", c.Kept, "firsts", c.Before, "href", "#tribe-"+string(c.To[0].ID))
		}
	case data.Born:
		return append(b.changeSentence(c), b.bornIn(c)...)
	}
	return b.changeSentence(c)
}

// bornIn says in which conversation the people of a tribe that is born met, where half of them wrote in one.
func (b *builder) bornIn(c figures.Change) []span {
	why, known := b.causeOf(c)
	if !known || 2*why.Met < why.Moved {
		return nil
	}
	return b.met(c, why, "reason")
}

// splitLine tells who left at a split and what sets them apart most.
func (b *builder) splitLine(c figures.Change) []span {
	why := b.why(c)
	if !goesOn(c) || len(c.To) != 2 || len(c.Came) != 2 || c.Came[1] == 0 {
		return append(b.splitClaim(c, "#changes"), why...)
	}
	end := "."
	switch i := b.tribeIndex(c.To[1].ID); {
	case why != nil:
		end = ":"
	case i != figures.None:
		if bond := b.bond(i, b.Figures.Tribes[i]); plainText(bond) != b.text("bond.unknown") {
			why = append([]span{{Text: " "}}, bond...)
		}
	}
	return append(b.rich("line.split", "n", c.Came[1], "from", b.still(c.To[0]), "to", b.called(c.To[1]), "end", end, "href", "#changes"), why...)
}

func (b *builder) changeStrength(c figures.Change) strength {
	tribes := c.To
	if len(tribes) == 0 {
		tribes = c.From
	}
	stability, people := 1.0, math.MaxInt
	for _, t := range tribes {
		stability, people = min(stability, t.Stability), min(people, t.People)
	}
	return b.strength(stability, people)
}

// growthLine tells who grew; else what people are served far from good enough, in which tribes most and fewest get a reply, or what
// more people voice than usual; else that the largest tribe is as large as usual.
func (b *builder) growthLine() lineView {
	if l := b.grewLine(); l.Parts != nil {
		return l
	}
	if l := b.outcomeLine(b.servedBeside()); l.Parts != nil {
		return l
	}
	t := b.largest()
	switch {
	case t.People == 0:
		return lineView{}
	case b.Figures.First:
		return b.secondLine()
	case b.Figures.TribeCount() == 1:
		return b.firstLine()
	}
	if l := b.apartLine(); l.Parts != nil { // that all is as usual says less
		return l
	}
	if l := b.risingLine(); l.Parts != nil {
		return l
	}
	s, key := b.strength(t.Stability, t.People), "line.largest.steady"
	if !t.Size.Known || t.Size.After != "" {
		key = "line.largest"
	}
	parts := b.rich(key, "name", b.still(t.Tribe), "n", t.People, "href", "#"+b.tribeID(0))
	if things, of := b.themes(t.Tribe); len(things) > 0 && of*fewOf >= t.People {
		parts = append(append(parts, span{Text: " "}), b.bond(0, t)...)
	}
	return lineView{Parts: parts, Strength: &s}
}

// grewLine tells the tribe that grew most, by more than it usually wobbles; nothing where none did.
func (b *builder) grewLine() lineView {
	t, best := b.largest(), -1
	if b.Figures.First {
		return lineView{}
	}
	for i, u := range b.Figures.Tribes {
		if u.Size.Known && u.Size.Real && u.Size.Change > 0 && (best < 0 || u.Size.Change > b.Figures.Tribes[best].Size.Change) {
			best = i
		}
	}
	switch {
	case b.Figures.TribeCount() == 1 || !t.Size.Known:
		return lineView{}
	case best > 0:
		g := b.Figures.Tribes[best]
		s, doubled := b.strength(g.Stability, g.People), g.Size.Change >= 1 // of which a part of what it was says little
		key := "line.fastest"
		if doubled {
			key = "line.fastest.from"
		}
		if slices.ContainsFunc(b.Figures.Tribes, func(u figures.Tribe) bool { return u.Size.After != "" && u.Size.Change > g.Size.Change }) {
			if key = "line.fastest.apart"; doubled {
				key = "line.fastest.apart.from"
			}
		}
		return lineView{Strength: &s, Parts: b.rich(key, "name", b.still(g.Tribe), "change", b.change(g.Size.Change), "before", g.Size.Before,
			"n", g.People, "href", "#"+b.tribeID(best), "largest", b.still(t.Tribe))}
	case t.Size.Real && t.Size.After == "":
		s := b.strength(t.Stability, t.People)
		return lineView{Strength: &s, Parts: b.rich("line.largest.change", "name", b.still(t.Tribe), "n", t.People, "href", "#"+b.tribeID(0), "change", b.change(t.Size.Change))}
	}
	return lineView{}
}

func (b *builder) needLine() lineView {
	n, i := b.topUnmet()
	if i < 0 {
		return b.firstNeeds()
	}
	s, message := b.strength(1, n.People), "line.need"
	if n.Old >= figures.EnoughAsked && b.Figures.Threads {
		message = "line.need.open"
		if n.Unanswered == 0 {
			message = "line.need.all"
		}
	}
	served := b.servedToo(i)
	if served != nil {
		message = "line.need"
	}
	key, topic := b.subject(n, message)
	if message != "line.need.open" {
		key = message
	}
	if at := slices.IndexFunc(topic, func(s span) bool { return s.Collected }); at >= 0 && key == "line.need" { // begins with it
		topic[at].Text = upper(topic[at].Text)
	}
	parts := b.rich(key, "topic", topic, "n", n.People, "rank", b.rank(i), "open", n.Unanswered, "asked", n.Old,
		"tribes", b.inTribes(n), "href", "#"+needID(i))
	return lineView{Strength: &s, Parts: append(parts, served...)}
}

// firstNeeds names the need that most people voice, or the two that as many do, where none is one that a headline tells;
// that of fewer people than make a tribe stands out from none.
func (b *builder) firstNeeds() lineView {
	told := b.Figures.Needs[:min(len(b.Figures.Needs), toldNeeds)]
	i := slices.IndexFunc(told, b.spoken)
	if i < 0 {
		return lineView{}
	}
	n, s := told[i], b.strength(1, told[i].People)
	_, topic := b.subject(n, "")
	args := []any{"topic", topic, "n", n.People, "people", b.number(cmp.Or(b.Story.People, len(b.Story.Authors))), "weeks", b.windowWeeks(), "tribes", b.inTribes(n), "href", "#" + needID(i)}
	if n.People < b.Options.MinTribe {
		return lineView{Strength: &s, Parts: append(b.rich("line.need.few", args...), b.servedToo(i)...)}
	}
	for _, other := range told[i+1:] {
		if other.People == n.People && b.spoken(other) {
			_, two := b.subject(other, "")
			return lineView{Strength: &s, Parts: b.rich("line.needs.two", append(args, "two", two)...)}
		}
	}
	parts := append(b.rich("line.need.first", args...), b.servedToo(i)...)
	if b.asleep(n) {
		parts = append(parts, b.rich("line.need.first.asleep")...)
	} else if n.Old >= figures.EnoughAsked && n.Unanswered > 0 && b.Figures.Threads {
		parts = append(parts, b.rich("line.need.first.open", "open", n.Unanswered, "asked", n.Old)...)
	}
	return lineView{Strength: &s, Parts: parts}
}

// spoken reports whether a need is one that enough people voice, of late, by the name it bears.
func (b *builder) spoken(n figures.Need) bool {
	return !n.Mixed && !b.silent(n) && n.People >= b.Options.MinNeed
}

// inTribes says in how many tribes a need is voiced, where in several, and whether by people in none as well.
func (b *builder) inTribes(n figures.Need) string {
	tribes, key := 0, "line.tribes"
	for _, s := range n.ByTribe {
		switch {
		case s.Tribe != figures.None && b.Figures.Tribes[s.Tribe].IsTribe():
			tribes++
		case s.People > 0:
			key = "line.tribes.beyond"
		}
	}
	return b.text(key, "n", max(tribes, 1))
}

const (
	headPeople = 10   // must voice a need that a headline tells,
	headShare  = 0.03 // and this part of all people,
	headMany   = 50   // or so many
)

// leastTold is how many people must voice a need that a headline tells.
func (b *builder) leastTold() int {
	share := min(int(math.Ceil(headShare*float64(len(b.Story.Authors)))), headMany)
	return max(b.Options.MinNeed, b.Options.MinTribe, headPeople, share)
}

// topUnmet returns the need that most people voice, of those that somebody voiced this week and that
// people say by their name, and its index; -1 where there is none that a headline tells.
func (b *builder) topUnmet() (figures.Need, int) {
	told := b.Figures.Needs[:min(len(b.Figures.Needs), toldNeeds)]
	i := slices.IndexFunc(told, func(n figures.Need) bool { return !b.silent(n) && !n.Mixed })
	if i < 0 || told[i].People < b.leastTold() {
		return figures.Need{}, -1
	}
	return told[i], i
}

// silent reports whether nobody voiced a need of late: in a window of weeks, this week.
func (b *builder) silent(n figures.Need) bool {
	return n.Stale || b.Story.Window.To.Sub(b.Story.Window.From) <= figures.LongWindow && len(n.Weekly) > 0 && n.Weekly[len(n.Weekly)-1] == 0
}

// rank says which place a need has: the first of all, the first of those that are voiced this week, or one of the first.
func (b *builder) rank(i int) string {
	switch before := b.Figures.Needs[:i]; {
	case !slices.ContainsFunc(before, func(n figures.Need) bool { return !n.Stale }):
		return b.text("rank.first")
	case !slices.ContainsFunc(before, func(n figures.Need) bool { return !b.silent(n) }):
		return b.text("rank.now")
	}
	return b.text("rank.among")
}

func clock(hour int) string {
	return string([]byte{byte('0' + hour/10), byte('0' + hour%10)}) + ":00"
}

// placeName says where something was written: the place alone, where all come from one source.
func (b *builder) placeName(p figures.PlaceShare) string {
	switch {
	case p.Place == "":
		return p.Source
	case p.Source == "" || p.Source == "import" || b.oneSource:
		return p.Place
	}
	return p.Place + ", " + p.Source
}
