package reports

import (
	"math"

	"tribu/data"
	"tribu/reports/figures"
)

// headline returns the two strongest findings as one sentence.
func (b *builder) headline() []span {
	return append(b.firstFinding(), b.secondFinding()...)
}

func (b *builder) firstFinding() []span {
	largest := b.largest()
	if b.Figures.First {
		return b.rich("head.first", "n", b.Figures.TribeCount(), "name", b.called(largest.Tribe))
	}
	for _, c := range b.Figures.Changes {
		if parts := b.changeHead(c); parts != nil {
			return parts
		}
	}
	return b.rich("head.quiet")
}

// changeHead says a change in a headline; nothing for changes within the usual.
func (b *builder) changeHead(c figures.Change) []span {
	args := []any{"from", b.first(c.From), "to", b.first(c.To), "n", len(c.From)}
	switch c.Event {
	case figures.Move:
		if old := b.renamed(c); old != nil {
			return b.rich("head.move.joined", "from", b.still(c.From[0]), "stayed", c.Stayed, "old", old, "to", b.called(c.To[0]), "n", c.Came[0])
		}
		return b.rich("head.move", "from", b.still(c.From[0]), "to", b.still(c.To[0]), "n", c.Came[0])
	case data.Split:
		if b.keepsName(c) {
			return b.rich("head.split.off", "from", b.first(c.From), "list", collected(upper(b.quotedNames(c.To[1:]))), "n", len(c.To)-1)
		}
		return b.rich("head.split", append(args, "list", collected(b.quotedNames(c.To)))...)
	case data.Merge:
		if len(c.From) > mostHeaded {
			return b.rich("head.merge.many", args...)
		}
		return b.rich("head.merge", append(args, "parents", collected(upper(b.quotedNames(c.From))))...)
	case figures.Dissolve, data.Born, data.Died, data.Dormant:
		return b.rich("head."+string(c.Event), args...)
	case data.Grow, data.Shrink:
		size, ok := b.realSize(c)
		if !ok {
			return nil
		}
		return b.rich("head."+string(c.Event), "to", b.still(c.To[0]), "change", b.percent(math.Abs(size.Change)))
	}
	return nil
}

// renamed says what the tribe to which people moved was called before; nothing where it still is.
func (b *builder) renamed(c figures.Change) []span {
	i := b.tribeIndex(c.To[0].ID)
	if i == figures.None || c.Stayed == 0 || b.formerly(b.Figures.Tribes[i]) == "" {
		return nil
	}
	return b.called(b.Figures.Tribes[i].Size.Then)
}

// keepsName reports whether the part of a split that carries on the tribe has the name it had.
func (b *builder) keepsName(c figures.Change) bool {
	return len(c.To) > 1 && b.title(c.From[0]) == b.title(c.To[0])
}

// quotedNames lists the names of tribes.
func (b *builder) quotedNames(tribes []data.Tribe) string {
	var out []string
	for _, t := range tribes {
		out = append(out, b.text("quoted", "name", collected(cut(b.title(t), 48))))
	}
	return b.join(out)
}

// realSize returns how a tribe grew or shrank, and false where that is no more than usual.
func (b *builder) realSize(c figures.Change) (figures.Size, bool) {
	if len(c.To) == 0 {
		return figures.Size{}, false
	}
	for _, t := range b.Figures.Tribes {
		if t.ID == c.To[0].ID {
			grew := t.Size.Change > 0
			return t.Size, t.Size.Real && grew == (c.Event == data.Grow)
		}
	}
	return figures.Size{}, false
}

// first says which is the first of tribes; nothing where there is none.
func (b *builder) first(tribes []data.Tribe) []span {
	if len(tribes) == 0 {
		return nil
	}
	return b.called(tribes[0])
}

// secondFinding is the need voiced most, where as many voice it as make a tribe.
func (b *builder) secondFinding() []span {
	n, i := b.topUnmet()
	if i < 0 {
		return nil
	}
	if n.Old >= figures.EnoughAsked && 2*n.Unanswered > n.Old && b.Figures.Threads {
		_, topic := b.subject(n, "")
		return b.rich("tail.open", "topic", topic)
	}
	key, topic := b.subject(n, "tail.need")
	return b.rich(key, "topic", topic, "now", b.ofNow(i))
}

func (b *builder) largest() figures.Tribe {
	if len(b.Figures.Tribes) == 0 {
		return figures.Tribe{}
	}
	return b.Figures.Tribes[0]
}
