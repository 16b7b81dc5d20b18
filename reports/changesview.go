package reports

import (
	"math"

	"tribu/data"
	"tribu/reports/figures"
)

// A changesView is the section of what changed.
type changesView struct {
	Title []span
	Intro []span
	First []span // instead of the rest: nothing to compare with
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
		return &changesView{Title: b.rich("changes.title.first", "n", b.Figures.TribeCount()), First: b.rich("changes.first")}
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
		v.Rows = append(v.Rows, changeRow{b.text("event." + string(c.Event)), append(parts, b.reason(c)...), &s})
	}
	v.Title = b.changesTitle(counts)
	if row, ok := b.steady(len(v.Rows)); ok {
		v.Rows = append(v.Rows, row)
	}
	if len(b.Story.History) > 0 {
		v.Bands, v.Table, v.Weeks = b.bands()
		v.Intro = append(v.Intro, b.rich("changes.intro.bands", "n", len(v.Weeks))...)
	}
	return v
}

func (b *builder) changesTitle(counts map[data.LineageEvent]int) []span {
	var parts []string
	for _, e := range []data.LineageEvent{data.Split, data.Merge, data.Born, data.Died, data.Dormant, figures.Move, data.Grow, data.Shrink} {
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
	args := []any{"from", b.called(from), "to", b.called(to), "n", to.People, "before", from.People, "href", "#tribe-" + string(to.ID)}
	switch c.Event {
	case data.Split:
		return b.rich("change.split", append(args, "children", collected(b.parts(c)), "kept", c.Came[0], "firsts", c.Firsts, "rest", b.elsewhere(c), "href", "#tribe-"+string(c.To[len(c.To)-1].ID))...)
	case figures.Move:
		return b.rich("change.move", append(args, "came", c.Came[0], "firsts", c.Firsts)...)
	case data.Merge:
		return b.rich("change.merge", append(args, "parents", collected(tribeNames(b, c.From)))...)
	case data.Born:
		return b.rich("change.born", args...)
	case data.Died, data.Dormant:
		return b.rich("change."+string(c.Event), append(args[:4:4], "n", from.People)...)
	case data.Grow, data.Shrink:
		size, ok := b.realSize(c)
		if !ok {
			return nil
		}
		return b.rich("change."+string(c.Event), append(args, "change", b.percent(math.Abs(size.Change)))...)
	}
	return nil
}

// parts says how many people of a tribe that split are in each part that left it.
func (b *builder) parts(c figures.Change) string {
	var out []string
	for i, t := range c.To[1:] {
		out = append(out, b.text("change.part", "n", c.Came[i+1], "name", b.text("quoted", "name", collected(title(t))), "people", b.text("people", "n", t.People)))
	}
	return b.join(out)
}

// elsewhere says how many who belonged to a tribe that split are in none of its parts.
func (b *builder) elsewhere(c figures.Change) string {
	n := c.Firsts
	for _, came := range c.Came {
		n -= came
	}
	if n <= 0 {
		return ""
	}
	return b.text("change.split.rest", "n", n)
}

func tribeNames(b *builder, tribes []data.Tribe) string {
	var out []string
	for _, t := range tribes {
		out = append(out, b.text("quoted", "name", collected(title(t)))+" ("+b.number(t.People)+")")
	}
	return b.join(out)
}

// reason adds what the data show about a change, never why people did it.
func (b *builder) reason(c figures.Change) []span {
	if len(c.To) == 0 {
		return nil
	}
	if out := b.cause(c); out != nil {
		return out
	}
	for _, t := range b.Figures.Tribes {
		if t.ID != c.To[0].ID {
			continue
		}
		switch c.Event {
		case data.Born:
			if t.New == 0 {
				return nil
			}
			return b.rich("reason.born", "n", t.New, "people", t.People)
		case data.Grow, data.Shrink:
			if t.Size.Usual > 0 {
				return b.rich("reason.usual", "usual", b.percent(t.Size.Usual))
			}
		}
	}
	return nil
}

// cause tells who moved at a split, a merger or a birth, with whom they talk since, and where they met.
func (b *builder) cause(c figures.Change) []span {
	why, known := b.Figures.Cause(b.Story, c)
	if !known || b.Options.Anonymise {
		return nil
	}
	key := "reason." + string(c.Event)
	args := []any{"name", b.called(why.Side), "n", why.Moved, "none", why.Unattached, "inside", b.orNone(why.Inside), "across", b.orNone(why.Across)}
	out := b.rich(key+".moved", args...)
	if title := clean(b.Story.Threads[why.Thread].Title); why.Met > 0 && title != "" {
		id := "moved-" + string(c.Event) + "-" + string(why.Side.ID)
		href := b.cite(id, b.rich("cite.moved", "title", collected(title)), why.Posts, 0)
		out = append(out, b.rich("reason.met", "n", why.Met, "title", collected(cut(title, 80)), "href", href)...)
	}
	return out
}

// orNone writes a number of pairs.
func (b *builder) orNone(n int) string {
	if n == 0 {
		return b.text("pairs.none")
	}
	return b.number(n)
}

func (b *builder) steady(told int) (changeRow, bool) {
	var letters []string
	for _, t := range b.Figures.Tribes {
		if t.Size.Known && !t.Size.Real && t.Size.After == "" && len(letters) < 26 {
			letters = append(letters, t.Letter)
		}
	}
	if len(letters) == 0 {
		return changeRow{}, false
	}
	key := "change.steady"
	if told == 0 {
		key = "change.allsteady"
	}
	return changeRow{Word: b.text("event.steady"), Parts: b.rich(key, "n", len(letters), "letters", b.join(letters))}, true
}

// upper makes the first letter a capital.
func upper(s string) string {
	for i, r := range s {
		if i == 0 {
			return string(toUpper(r)) + s[len(string(r)):]
		}
	}
	return s
}
