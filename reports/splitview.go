package reports

import (
	"cmp"
	"slices"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/stats"
)

// leaving says of what split off a tribe since the run before what sets those who left apart; nothing of other tribes.
func (b *builder) leaving(t data.Tribe) []span {
	for _, c := range b.Figures.Changes {
		if c.Event != data.Split || !goesOn(c) || !slices.ContainsFunc(c.To, func(to data.Tribe) bool { return to.ID == t.ID }) {
			continue
		}
		why, known := c.Cause(b.Story)
		if !known || why.Side.ID != t.ID {
			continue
		}
		if told := b.sets(c, why, "reason"); told != nil {
			return append(b.rich("bond.left", "from", b.called(c.To[0])), told...)
		}
	}
	return nil
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
