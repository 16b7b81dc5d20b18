package reports

import (
	"cmp"
	"slices"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/stats"
)

// leftBy returns the split since the run before by which a tribe came to be, and what can be looked up about it; false for other
// tribes.
func (b *builder) leftBy(t data.Tribe) (figures.Change, figures.Cause, bool) {
	for _, c := range b.Figures.Changes {
		if c.Event != data.Split || !goesOn(c) || !slices.ContainsFunc(c.To, func(to data.Tribe) bool { return to.ID == t.ID }) {
			continue
		}
		if why, known := b.causeOf(c); known && why.Side.ID == t.ID {
			return c, why, true
		}
	}
	return figures.Change{}, figures.Cause{}, false
}

// metBy returns that split and its cause, where the conversation in which those who left met is what sets them apart most.
func (b *builder) metBy(t data.Tribe) (figures.Change, figures.Cause, bool) {
	c, _, left := b.leftBy(t)
	if !left {
		return c, figures.Cause{}, false
	}
	why, met := b.metIn(c)
	return c, why, met
}

// leaving says of what split off a tribe since the run before what sets those who left apart; nothing of other tribes.
func (b *builder) leaving(t data.Tribe) []span {
	c, why, left := b.leftBy(t)
	if !left {
		return nil
	}
	told := b.sets(c, why, "reason")
	if _, met := b.metIn(c); met { // what holds it together says it
		told, _ = b.parted(c, why, "reason.left")
	} else if told == nil {
		return nil
	}
	return append(b.rich("bond.left", "from", b.called(c.To[0])), told...)
}

// newborn says what holds a tribe together that split off since the run before: the conversation in which it met, where that is
// what sets its people apart most from those who stayed; nothing of other tribes.
func (b *builder) newborn(t data.Tribe) []span {
	c, why, met := b.metBy(t)
	if !met {
		return nil
	}
	out := b.rich("bond.met", "talk", b.talkOf(why, true), "begun", b.begun(why, false), "n", why.Met, "moved", why.Moved, "href", b.movedHref(c, why))
	return slices.Concat(out, b.toldThere(why), b.firmSilent(why))
}

// metPosts returns what its people wrote in the conversation that holds such a tribe together; nothing of other tribes.
func (b *builder) metPosts(t data.Tribe) []data.PostID {
	if _, why, met := b.metBy(t); met {
		return why.Posts
	}
	return nil
}

// metQuotes returns a tribe's quotes, after what it says of itself in the conversation that holds it together, where one does.
func (b *builder) metQuotes(t figures.Tribe) []figures.Quote {
	cause := b.metPosts(t.Tribe)
	if cause == nil {
		return slices.Clone(t.Quotes)
	}
	var out []figures.Quote
	for i := range b.Story.Needs {
		if n := &b.Story.Needs[i]; slices.Contains(cause, n.ID) && n.Quote != "" && (b.veiled[n.ID] || !b.intimate.holds(n.ID, n.Quote)) {
			out = append(out, figures.Quote{Post: n.PostMeta, Text: n.Quote, Lang: n.Need.Lang, Type: n.Type, Answered: true, Own: figures.OwnVoice(n.Quote)})
		}
	}
	for _, q := range t.Quotes {
		if !slices.ContainsFunc(out, func(told figures.Quote) bool { return told.Text == q.Text }) {
			out = append(out, q)
		}
	}
	return out
}

// fares says how many requests get a reply in each part of a split, and which part fares worse, or that this may be chance;
// nothing where too few ask in one of them.
func (b *builder) fares(c figures.Change) []span {
	if c.Event != data.Split || !b.Figures.Threads || len(c.To) < 2 {
		return nil
	}
	var parts []figures.Tribe
	for _, to := range c.To {
		i := b.tribeIndex(to.ID)
		if i == figures.None || b.Figures.Tribes[i].Asked < figures.EnoughAsked {
			return nil
		}
		parts = append(parts, b.Figures.Tribes[i])
	}
	var list []string
	for _, t := range parts {
		list = append(list, b.text("change.fares.part", "share", b.percent(replied(t)), "n", t.Asked, "name", b.called(t.Tribe)))
	}
	slices.SortStableFunc(parts, func(x, y figures.Tribe) int { return cmp.Compare(replied(x), replied(y)) })
	worst, best := parts[0], parts[len(parts)-1]
	_, high := stats.Wilson(worst.ByTribe+worst.ByOthers, worst.Asked)
	key := "change.fares.chance"
	if low, _ := stats.Wilson(best.ByTribe+best.ByOthers, best.Asked); high < low {
		key = "change.fares.worse"
	}
	return b.rich(key, "list", collected(b.join(list)), "name", b.called(worst.Tribe))
}
