package reports

import (
	"cmp"
	"maps"
	"slices"

	"tribu/data"
	"tribu/reports/figures"
)

const (
	leastOwn = 2 // needs of a tribe's own that hold it together where no single one does,
	ownOfFew = 3 // of how many of its people one at least must voice any of them
)

// cardNeeds returns a tribe's needs as its card tells them: the one that holds it together; then those of the last weeks,
// and of these the tribe's own before what people of many need, what says a word the tribe is told by before other
// things; last what nobody voiced of late.
func (b *builder) cardNeeds(i int) []data.TribeNeed {
	if i == figures.None {
		return nil
	}
	t := b.Figures.Tribes[i]
	bond, bound := b.bondNeed(i, t)
	bound = bound && !b.Figures.Needs[b.needIndex(bond)].Stale
	things, _ := b.themes(t.Tribe)
	about := b.toldBy(t.Tribe) + " " + b.title(t.Tribe) + " " + plainText(slices.Concat(things...))
	order := func(n data.TribeNeed) int {
		all := b.Figures.Needs[b.needIndex(n)]
		switch says := slices.ContainsFunc(slices.Collect(maps.Values(all.Labels)), func(s string) bool { return namedIn(s, about) }); {
		case bound && all.Key == b.Figures.Needs[b.needIndex(bond)].Key:
			return 0
		case all.Stale:
			return 4
		case 2*n.People <= all.People:
			return 3
		case !says:
			return 2
		}
		return 1
	}
	needs := b.ownNeeds(i)
	slices.SortStableFunc(needs, func(x, y data.TribeNeed) int { return order(x) - order(y) })
	return needs
}

// shownNeeds returns the needs of tribe i's card in the order in which it shows them: by how many of its people voice each,
// what nobody voiced of late last.
func (b *builder) shownNeeds(i int) []data.TribeNeed {
	needs := b.cardNeeds(i)
	stale := func(n data.TribeNeed) int {
		if b.Figures.Needs[b.needIndex(n)].Stale {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(needs, func(x, y data.TribeNeed) int { return cmp.Or(stale(x)-stale(y), y.People-x.People) })
	return needs
}

// bondNeeds returns the needs that hold a tribe together where no single one does: those of the last weeks of which most
// people are its, the first as its card tells it; and how many of its people voice any of them. Nothing where these are few.
func (b *builder) bondNeeds(i int, t figures.Tribe) (own []data.TribeNeed, voicing int) {
	if n, ok := b.bondNeed(i, t); ok && !b.Figures.Needs[b.needIndex(n)].Stale {
		return nil, 0
	}
	keys := make(map[string]bool)
	for _, n := range b.cardNeeds(i) {
		if all := b.Figures.Needs[b.needIndex(n)]; 2*n.People > all.People && !all.Mixed && !all.Stale {
			own = append(own, n)
			keys[all.Key] = true
		}
	}
	if len(own) < leastOwn {
		return nil, 0
	}
	who := make(map[data.AuthorID]bool)
	for k := range b.Story.Needs {
		row := &b.Story.Needs[k]
		if key, _ := row.Subject(); keys[key] && row.Lacks() && slices.Contains(b.Figures.In(row.Author), i) {
			who[row.Author] = true
		}
	}
	if ownOfFew*len(who) < t.People {
		return nil, 0
	}
	return own, len(who)
}
