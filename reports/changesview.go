package reports

import (
	"math"
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports/figures"
)

// A changesView is the section of what changed; a first report has none.
type changesView struct {
	Title []span
	Intro []span
	Rows  []changeRow
	Bands []bandsView
	Table []bandRow
	Weeks []string
}

type changeRow struct {
	Word     string
	Parts    []span
	Strength *strength
}

type bandRow struct {
	Name  string
	Sizes []string
}

func (b *builder) changesView() *changesView {
	if b.Figures.First {
		return nil // nothing to compare with: a line says it
	}
	v := &changesView{Intro: b.rich("changes.intro")}
	counts := make(map[data.LineageEvent]int)
	for _, c := range b.Figures.Changes {
		parts := b.changeSentence(c)
		if parts == nil {
			continue
		}
		counts[c.Event]++
		s := b.changeStrength(c)
		v.Rows = append(v.Rows, changeRow{b.text("event." + string(c.Event)), slices.Concat(parts, b.reason(c), b.fares(c)), &s})
	}
	if v.Title = b.movedTitle(); v.Title == nil {
		v.Title = b.changesTitle(counts)
	}
	if row, ok := b.steady(len(v.Rows)); ok {
		v.Rows = append(v.Rows, row)
	}
	if parts := b.renamedNow(); parts != nil {
		v.Rows = append(v.Rows, changeRow{Word: b.text("event.renamed"), Parts: parts})
	}
	if parts := b.mergedEarlier(); parts != nil {
		v.Rows = append(v.Rows, changeRow{Word: b.text("event.earlier"), Parts: parts})
	}
	if len(b.Story.History) > 0 {
		v.Bands, v.Table, v.Weeks = b.bands()
		v.Intro = append(v.Intro, b.rich("changes.intro.bands", "n", len(v.Weeks))...)
		if len(v.Weeks) > narrowWeeks {
			v.Intro = append(v.Intro, b.rich("changes.intro.narrow", "n", narrowWeeks)...)
		}
	}
	return v
}

// movedTitle says who moved between tribes or split off from one, where that is the weightiest change.
func (b *builder) movedTitle() []span {
	if len(b.Figures.Changes) == 0 {
		return nil
	}
	switch c := b.Figures.Changes[0]; {
	case c.Event == figures.Move:
		return b.rich("changes.title.move", "n", c.Came[0], "from", b.called(b.now(c.From[0])), "to", b.called(c.To[0]))
	case c.Event == data.Split && goesOn(c) && len(c.To) == 2:
		return b.rich("changes.title.move", "n", c.Came[1], "from", b.called(c.To[0]), "to", b.called(c.To[1]))
	}
	return nil
}

func (b *builder) changesTitle(counts map[data.LineageEvent]int) []span {
	var parts []string
	for _, e := range []data.LineageEvent{data.Split, data.Merge, figures.Dissolve, data.Born, data.Died, data.Dormant, figures.Move, data.Grow, data.Shrink} {
		if n := counts[e]; n > 0 && len(parts) < 3 {
			parts = append(parts, b.text("changes.count."+string(e), "n", n))
		}
	}
	if len(parts) == 0 {
		return b.rich("changes.title.quiet")
	}
	return b.rich("changes.title", "list", upper(b.join(parts)))
}

// changeSentence tells a change; nothing where it is no more than usual.
func (b *builder) changeSentence(c figures.Change) []span {
	var from, to data.Tribe
	if len(c.From) > 0 {
		from = c.From[0]
	}
	if len(c.To) > 0 {
		to = c.To[0]
	}
	args := []any{"from", b.called(from), "to", b.still(to), "n", to.People, "before", from.People, "href", "#tribe-" + string(to.ID)}
	switch c.Event {
	case data.Split:
		out := append(b.splitClaim(c, "#tribe-"+string(to.ID)), b.rich("change.split.rows", "firsts", c.Before, "went", collected(b.went(c.To, c.Came)), "rest", b.elsewhere(c))...)
		return append(append(out, b.joined(c)...), b.others(c)...)
	case figures.Move:
		key, old := "change.move", b.renamed(c)
		if old != nil {
			key, args[3] = "change.move.joined", b.called(to)
		}
		out := b.rich(key, append(args, "from", b.still(from), "came", c.Came[0], "stayed", c.Stayed, "held", c.Held, "old", old)...)
		if old != nil {
			out = append(out, b.others(c)...)
		}
		if c.Left > 0 {
			out = append(out, b.rich("change.move.left", "from", b.called(from), "left", c.Left, "back", c.Back)...)
		}
		return out
	case data.Merge:
		out := b.rich("change.merge", append(args, "parents", collected(tribeNames(b, c.From)))...)
		return append(out, b.mergerAdds(c)...)
	case data.Born:
		return b.rich("change.born", args...)
	case figures.Dissolve, data.Died, data.Dormant:
		return b.ended(c)
	case data.Grow, data.Shrink:
		size, ok := b.realSize(c)
		if !ok {
			return nil
		}
		if size.Change >= 1 {
			return b.rich("change.grow.from", append(args, "first", size.Before)...)
		}
		return b.rich("change."+string(c.Event), append(args, "change", b.percent(math.Abs(size.Change)))...)
	}
	return nil
}

// splitClaim says into what a tribe has split, by the name it had; where one part carries it on, what left.
func (b *builder) splitClaim(c figures.Change, href string) []span {
	if goesOn(c) {
		return b.rich("change.split.off", "from", b.still(c.To[0]), "before", c.From[0].People, "now", c.To[0].People,
			"children", collected(upper(tribeNames(b, c.To[1:]))), "n", len(c.To)-1, "href", href)
	}
	return b.rich("change.split", "from", b.called(c.From[0]), "before", c.From[0].People, "children", collected(tribeNames(b, c.To)), "href", href)
}

// joined says how many people of other tribes are in the fresh parts of a split.
func (b *builder) joined(c figures.Change) []span {
	var out []span
	for _, p := range c.Joined {
		out = append(out, b.rich("change.joined", "n", p.People, "from", b.called(p.From), "to", collected(b.quotedNames(c.Fresh())))...)
	}
	return out
}

// others says how many came into the parts of a split, or into what others moved to, of whom nothing else is told.
func (b *builder) others(c figures.Change) []span {
	var parts []string
	for i, n := range c.Others {
		if n > 0 {
			parts = append(parts, b.text("change.others", "n", n, "name", b.called(c.To[i])))
		}
	}
	if parts == nil {
		return nil
	}
	return []span{{Text: " "}, {Text: upper(b.join(parts)), Collected: true}, {Text: "."}}
}

// mergerAdds says how the people of tribes that merged make those of the one they are.
func (b *builder) mergerAdds(c figures.Change) []span {
	several, rest, n := "", "", -c.Before
	for _, t := range c.From {
		n += t.People
	}
	if n > 0 {
		several = b.text("change.merge.several", "n", n)
	}
	if c.New > 0 {
		rest = b.text("change.merge.new", "n", c.New)
	}
	return b.rich("change.merge.rows", "firsts", c.Before, "several", several, "kept", c.Kept, "rest", rest)
}

// ended tells what became of the people of a tribe that no tribe carries on.
func (b *builder) ended(c figures.Change) []span {
	f, key := c.Fate, "change."+string(c.Event)
	switch {
	case f.People == 0:
		return b.rich(key, "from", b.called(c.From[0]), "n", c.From[0].People)
	case c.Event != figures.Dissolve:
		return b.rich("change.dormant.told", "from", b.called(c.From[0]), "n", f.People, "silent", f.Silent)
	}
	var parts []string
	others := 0
	for i, id := range f.To {
		at := b.tribeIndex(id)
		if at == figures.None || i >= toldParts {
			others += f.Went[i]
			continue
		}
		part := b.went([]data.Tribe{b.Figures.Tribes[at].Tribe}, f.Went[i:])
		if f.There[i] > 0 {
			part += b.text("change.part.there", "n", f.There[i])
		}
		parts = append(parts, part)
	}
	for _, rest := range []struct {
		key string
		n   int
	}{{"change.part.others", others}, {"change.part.none", f.None}, {"change.part.silent", f.Silent}} {
		if rest.n > 0 {
			parts = append(parts, b.text(rest.key, "n", rest.n))
		}
	}
	return b.rich(key, "from", b.called(c.From[0]), "n", f.People, "went", collected(b.join(parts)))
}

// toldParts is how many tribes are named to which the people of another went.
const toldParts = 4

// went says how many people are in each of tribes.
func (b *builder) went(tribes []data.Tribe, people []int) string {
	var out []string
	for i, t := range tribes {
		out = append(out, b.text("change.part", "n", people[i], "name", b.called(t)))
	}
	return b.join(out)
}

// elsewhere says how many people of a tribe that split are in several of its parts, and how many in none.
func (b *builder) elsewhere(c figures.Change) string {
	out, both := "", -c.Kept
	for _, came := range c.Came {
		both += came
	}
	if both > 0 {
		out = b.text("change.split.both", "n", both)
	}
	if n := c.Before - c.Kept; n > 0 {
		out += b.text("change.split.rest", "n", n)
	}
	return out
}

func tribeNames(b *builder, tribes []data.Tribe) string {
	var out []string
	for _, t := range tribes {
		out = append(out, b.text("quoted", "name", collected(b.title(t)))+" ("+b.number(t.People)+")")
	}
	return b.join(out)
}

// toldEarlier is how many earlier mergers are told.
const toldEarlier = 3

// mergedEarlier tells the newest mergers of the weeks before into tribes that are still there.
func (b *builder) mergedEarlier() []span {
	var told []string
	var last string
	for i, r := range slices.Backward(b.Story.History) {
		for _, l := range r.Lineage {
			into := b.tribeIndex(l.To)
			if l.Event != data.Merge || l.From == l.To || i == 0 || into == figures.None || len(told) == toldEarlier {
				continue
			}
			before := b.Story.History[i-1].Tribes
			if was := slices.IndexFunc(before, func(t data.Tribe) bool { return t.ID == l.From }); was >= 0 {
				key := "change.earlier"
				if r.Week == last {
					key = "change.earlier.same"
				}
				last = r.Week
				told = append(told, b.text(key, "week", b.shortWeek(r.Week), "from", b.called(before[was]), "to", b.still(b.Figures.Tribes[into].Tribe)))
			}
		}
	}
	if told == nil {
		return nil
	}
	return []span{{Text: upper(b.join(told)) + "."}}
}

func (b *builder) steady(told int) (changeRow, bool) {
	var kept []figures.Tribe
	for _, t := range b.Figures.Tribes {
		if t.Size.Known && !t.Size.Real && t.Size.After == "" && len(kept) < 26 {
			kept = append(kept, t)
		}
	}
	slices.SortStableFunc(kept, func(s, t figures.Tribe) int { return data.ByLetter(s.Letter, t.Letter) })
	var names []string
	for _, t := range kept {
		names = append(names, strings.TrimSpace(t.Letter+" "+cut(b.title(t.Tribe), 48)))
	}
	if len(names) == 0 {
		return changeRow{}, false
	}
	key := "change.steady"
	if told == 0 {
		key = "change.allsteady"
	}
	return changeRow{Word: b.text("event.steady"), Parts: b.rich(key, "n", len(names), "names", collected(b.join(names)))}, true
}
