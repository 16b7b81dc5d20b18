package reports

import (
	"slices"
	"strings"
	"time"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/soft"
)

// leastPairs is how many pairs of those who left must have talked for a line to tell it.
const leastPairs = 3

// A lookedUp is what can be looked up about a change, and whether anything can.
type lookedUp struct {
	figures.Cause
	known bool
}

// causeOf returns what can be looked up about a change; it reads the story but once for each.
func (b *builder) causeOf(c figures.Change) (figures.Cause, bool) {
	key := string(c.Event)
	for _, t := range slices.Concat(c.From, c.To) {
		key += " " + string(t.ID)
	}
	found, asked := b.causes[key]
	if !asked {
		found.Cause, found.known = c.Cause(b.Story)
		b.causes[key] = found
	}
	return found.Cause, found.known
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

// cause tells with whom those talk who moved at a split, a merger or a birth, what sets them apart from those who stayed, most
// first, and what moves those who left beyond an answer.
func (b *builder) cause(c figures.Change) []span {
	why, known := b.causeOf(c)
	if !known || b.Options.Anonymise {
		return nil
	}
	return slices.Concat(b.since(c.Event, why), b.sets(c, why, "reason"), b.moves(c, why))
}

// sets tells what sets those who moved apart from those who stayed, most first: the conversation in which they met, their
// need. key begins the messages that tell it.
func (b *builder) sets(c figures.Change, why figures.Cause, key string) []span {
	need, least := b.parted(c, why, key)
	met := b.met(c, why, key)
	if met != nil {
		met = slices.Concat(met, b.toldThere(why), b.firmDid(why))
	}
	if why.MetLeast > least {
		return append(met, need...)
	}
	return append(need, met...)
}

// why tells in a sentence or two what sets those who left at a split apart most: the conversation in which they met, or their
// need, else with whom they talk; and what moves them beyond an answer.
func (b *builder) why(c figures.Change) []span {
	why, known := b.causeOf(c)
	if !known {
		return nil
	}
	need, least := b.parted(c, why, "reason.short")
	switch met := b.met(c, why, "reason.short"); {
	case met != nil && why.MetLeast > least:
		return slices.Concat(met, b.toldThere(why), b.moves(c, why))
	case need != nil:
		return append(need, b.moves(c, why)...)
	case !b.Options.Anonymise && why.Across == 0 && why.Inside >= leastPairs:
		return b.rich("line.split.apart", "n", why.Inside)
	default:
		return met
	}
}

// metIn returns the cause of a split where the conversation in which those who left met is what sets them apart most from those
// who stayed, and half of them wrote there; false elsewhere.
func (b *builder) metIn(c figures.Change) (figures.Cause, bool) {
	if c.Event != data.Split || !goesOn(c) || len(c.To) != 2 || len(c.Came) != 2 || b.Options.Anonymise {
		return figures.Cause{}, false
	}
	why, known := b.causeOf(c)
	if !known || 2*why.Met < why.Moved || clean(b.Story.Threads[why.Thread].Title) == "" {
		return why, false
	}
	_, least := b.parted(c, why, "reason.short")
	return why, why.MetLeast > least
}

// parted tells which need sets those who moved apart from those who stayed, and by how much at least; nothing where none that
// is told does.
func (b *builder) parted(c figures.Change, why figures.Cause, key string) ([]span, float64) {
	if c.Event != data.Split {
		return nil, 0
	}
	key += ".need"
	for _, a := range why.Apart {
		i := b.needAt(a.Key)
		if i < 0 || !b.inList(i) || b.Figures.Needs[i].Mixed || !b.Options.tells(a.Moved) {
			continue
		}
		_, topic := b.subject(b.Figures.Needs[i], "")
		if a.Others == 0 {
			key += ".alone"
		}
		return b.rich(key, "n", a.Moved, "moved", why.Moved, "topic", topic, "others", a.Others, "of", why.Others), a.Least
	}
	return nil, 0
}

// met tells in which conversation most of those who moved met, and how many of those who stayed were there, where surely fewer
// were; nothing where in none.
func (b *builder) met(c figures.Change, why figures.Cause, key string) []span {
	title := clean(b.Story.Threads[why.Thread].Title)
	if b.Options.Anonymise || why.Met == 0 || title == "" {
		return nil
	}
	href := b.movedHref(c, why)
	switch {
	case c.Event != data.Split || why.MetLeast == 0:
		key = "reason.met"
	case why.MetOthers == 0:
		key += ".met.alone"
	default:
		key += ".met.apart"
	}
	short := strings.HasPrefix(key, "reason.short")
	return b.rich(key, "n", why.Met, "moved", why.Moved, "others", why.MetOthers, "of", why.Others, "talk", b.talkOf(why, !short),
		"begun", b.begun(why, short), "href", href)
}

// movedHref leads to what those who moved wrote in the conversation in which they met.
func (b *builder) movedHref(c figures.Change, why figures.Cause) string {
	title := clean(b.Story.Threads[why.Thread].Title)
	return b.cite("moved-"+string(c.Event)+"-"+string(why.Side.ID), b.rich("cite.moved", "title", collected(title)), why.Posts, 0)
}

// moves tells of the fresh part of a split how many of its people show a motive more than elsewhere that those who stayed hardly
// show.
func (b *builder) moves(c figures.Change, why figures.Cause) []span {
	if b.Measures == nil || c.Event != data.Split || !goesOn(c) {
		return nil
	}
	of := func(id data.TribeID) (p soft.Panel) {
		if i := slices.IndexFunc(b.Measures.Motives, func(p soft.Panel) bool { return p.Tribe == id }); i >= 0 {
			p = b.Measures.Motives[i]
		}
		return p
	}
	stayed, told := of(c.To[0].ID), b.saidThere(why).down()
	for _, l := range of(why.Side.ID).Labels {
		if l.Motive == signs.Image && told {
			continue
		}
		if l.Figure && motiveTold(l) && !slices.ContainsFunc(stayed.Labels, toldOf(l.Motive)) {
			return b.rich("reason.felt."+string(l.Motive), "n", l.Authors, "name", b.called(why.Side), "href", "#soft")
		}
	}
	return nil
}

// since says with whom those who moved talk since the run before; nothing where with nobody.
func (b *builder) since(e data.LineageEvent, why figures.Cause) []span {
	days := b.text("wait.days", "n", int(why.Since.To.Sub(why.Since.From).Round(24*time.Hour)/(24*time.Hour)))
	switch {
	case e == data.Born && why.Inside > 0:
		return b.rich("reason.born.moved", "none", why.Unattached, "inside", why.Inside, "since", days)
	case e == data.Merge:
		out := b.rich("reason.merge.moved", "name", b.called(why.Side), "n", why.Moved)
		if why.Across > 0 {
			out = append(out, b.rich("reason.merge.both", "n", why.Across, "since", days)...)
		}
		return out
	case e == data.Born || why.Inside == 0:
		return nil
	case why.Across == 0:
		return b.rich("reason."+string(e)+".apart", "n", why.Inside, "name", b.called(why.Side), "since", days)
	}
	return b.rich("reason."+string(e)+".both", "n", why.Inside, "across", why.Across, "name", b.called(why.Side), "since", days)
}
