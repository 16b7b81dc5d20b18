package reports

import (
	"slices"
	"time"

	"tribu/data"
	"tribu/reports/figures"
)

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

// cause tells with whom those talk who moved at a split, a merger or a birth, and where they met.
func (b *builder) cause(c figures.Change) []span {
	why, known := c.Cause(b.Story)
	if !known || b.Options.Anonymise {
		return nil
	}
	return slices.Concat(b.since(c.Event, why), b.parted(c, why), b.met(c, why))
}

// why tells in one sentence what sets those who left at a split apart: their need, else with whom they talk, else where
// they met.
func (b *builder) why(c figures.Change) []span {
	why, known := c.Cause(b.Story)
	if !known {
		return nil
	}
	if parted := b.parted(c, why); parted != nil {
		return parted
	}
	if !b.Options.Anonymise && why.Across == 0 && why.Inside > 0 {
		return b.since(c.Event, why)
	}
	return b.met(c, why)
}

// parted tells which need sets those who moved apart from those who stayed; nothing where none that is told does.
func (b *builder) parted(c figures.Change, why figures.Cause) []span {
	if c.Event != data.Split {
		return nil
	}
	for _, a := range why.Apart {
		i := b.needAt(a.Key)
		if i < 0 || !b.inList(i) || b.Figures.Needs[i].Mixed || !b.Options.tells(a.Moved) {
			continue
		}
		_, topic := b.subject(b.Figures.Needs[i], "")
		key := "reason.parted"
		if a.Others == 0 {
			key += ".alone"
		}
		return b.rich(key, "n", a.Moved, "moved", why.Moved, "topic", topic, "others", a.Others, "of", why.Others)
	}
	return nil
}

// met tells in which conversation most of those who moved met; nothing where in none.
func (b *builder) met(c figures.Change, why figures.Cause) []span {
	title := clean(b.Story.Threads[why.Thread].Title)
	if b.Options.Anonymise || why.Met == 0 || title == "" {
		return nil
	}
	id := "moved-" + string(c.Event) + "-" + string(why.Side.ID)
	href := b.cite(id, b.rich("cite.moved", "title", collected(title)), why.Posts, 0)
	return b.rich("reason.met", "n", why.Met, "title", collected(cut(title, 80)), "href", href)
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
