package reports

import (
	"cmp"
	"slices"

	"tribu/reports/figures"
	"tribu/reports/measure/stats"
)

// firstLine tells the largest tribe and what holds it, where nothing earlier tells of a change; the only one as such.
func (b *builder) firstLine() lineView {
	t, n, key := b.largest(), b.Figures.TribeCount(), "line.first"
	switch {
	case n == 1:
		key = "line.only"
	case b.tentative():
		key = "line.first.tentative"
	}
	return b.tribeLine(key, 0, t)
}

// tribeLine tells of tribe i what holds it.
func (b *builder) tribeLine(key string, i int, t figures.Tribe) lineView {
	s := b.strength(t.Stability, t.People)
	return lineView{Strength: &s, Parts: b.rich(key, "name", b.still(t.Tribe), "n", t.People, "count", b.spelled(b.Figures.TribeCount(), false),
		"bond", b.bond(i, t), "href", "#"+b.tribeID(i))}
}

// secondLine tells, where nothing earlier tells who grew, in which tribes most and fewest get a reply; else the second
// tribe and what holds it.
func (b *builder) secondLine() lineView {
	if l := b.apartLine(); l.Parts != nil {
		return l
	}
	if b.Figures.TribeCount() < 2 {
		return lineView{}
	}
	return b.tribeLine("line.second", 1, b.Figures.Tribes[1])
}

// apartLine tells in which tribes most and fewest get a reply; nothing where they are served alike.
func (b *builder) apartLine() lineView {
	gap := b.servedApart()
	if gap.told == "" {
		return lineView{}
	}
	best, last := gap.best, gap.last
	s, key := b.repliesStrength(min(best.Stability, last.Stability), min(best.Asked, last.Asked)), "line.apart"+gap.told
	if gap.told != apartPair && slices.ContainsFunc(b.Figures.Tribes, func(t figures.Tribe) bool {
		return t.IsTribe() && t.Asked >= figures.EnoughAsked && (replied(t) > replied(best) || replied(t) < replied(last))
	}) {
		key += ".asking"
	}
	return lineView{Strength: &s, Parts: b.rich(key, "best", b.called(best.Tribe), "most", b.percent(replied(best)),
		"last", b.called(last.Tribe), "least", b.percent(replied(last)), "n", best.Asked, "asked", last.Asked, "href", "#tribes")}
}

// replied returns the share of a tribe's requests that got a reply in time.
func replied(t figures.Tribe) float64 {
	return float64(t.ByTribe+t.ByOthers) / float64(max(t.Asked, 1))
}

// asksOf returns how much of what a tribe writes asks for something.
func asksOf(t figures.Tribe) float64 { return float64(t.Asked) / float64(max(t.Posts, 1)) }

// askedShare returns how much of what all tribes write asks for something.
func (b *builder) askedShare() float64 {
	var all figures.Tribe
	for _, t := range b.Figures.Tribes {
		all.Asked, all.Posts = all.Asked+t.Asked, all.Posts+t.Posts
	}
	return asksOf(all)
}

// A servedGap is the tribes in which most and fewest requests get a reply, and what may be told of them.
type servedGap struct {
	best, last figures.Tribe
	told       string // apart…; empty where they differ by no more than chance
}

// What may be told of those two: each is held against the tribe next to it as well.
const (
	apartBoth = ".both" // the one is served best of all, the other least
	apartBest = ".best" // the one is served best of all
	apartLast = ".last" // the other is served least of all
	apartPair = ".pair" // the other gets fewer replies than the one
)

// servedApart returns the tribes in which most and fewest requests get a reply, where they differ by more than chance; of
// those that ask half as much as whoever asks most: where people meet to argue or to sell, little is for others to answer.
// Where one of the two is tentative, two that are not are told before them.
func (b *builder) servedApart() servedGap {
	var asked []figures.Tribe
	most := 0.0
	for _, t := range b.Figures.Tribes {
		if t.IsTribe() && t.Asked >= figures.EnoughAsked {
			asked, most = append(asked, t), max(most, asksOf(t))
		}
	}
	asked = slices.DeleteFunc(asked, func(t figures.Tribe) bool { return 2*asksOf(t) < most })
	if len(asked) < 2 || !b.Figures.Threads {
		return servedGap{}
	}
	slices.SortStableFunc(asked, func(x, y figures.Tribe) int { return cmp.Compare(replied(y), replied(x)) })
	gap := gapOf(asked)
	if gap.told == "" || b.sure(gap.best) && b.sure(gap.last) {
		return gap
	}
	if surer := gapOf(slices.DeleteFunc(slices.Clone(asked), func(t figures.Tribe) bool { return !b.sure(t) })); surer.told != "" {
		surer.told = apartPair // others may be served better, or less
		return surer
	}
	return gap
}

// sure reports whether what is told of a tribe is more than tentative.
func (b *builder) sure(t figures.Tribe) bool { return b.level(t.Stability, t.People) > 1 }

// gapOf tells of tribes, those served best first, which differ by more than chance.
func gapOf(asked []figures.Tribe) servedGap {
	if len(asked) < 2 {
		return servedGap{}
	}
	end := len(asked) - 1
	gap := servedGap{best: asked[0], last: asked[end]}
	best, last := servedMore(asked[0], asked[1]), servedMore(asked[end-1], asked[end])
	switch {
	case !servedMore(gap.best, gap.last):
		return servedGap{}
	case best && last:
		gap.told = apartBoth
	case best:
		gap.told = apartBest
	case last:
		gap.told = apartLast
	default:
		gap.told = apartPair
	}
	return gap
}

// servedMore reports whether surely more of the requests in t get a reply than of those in other: their intervals lie apart.
func servedMore(t, other figures.Tribe) bool {
	low, _ := stats.Wilson(t.ByTribe+t.ByOthers, t.Asked)
	_, high := stats.Wilson(other.ByTribe+other.ByOthers, other.Asked)
	return high < low
}

// risingLine tells, beside the need voiced most, which has a line of its own, the first that more people voice than usual;
// nothing where none is.
func (b *builder) risingLine() lineView {
	top, _ := b.topUnmet()
	told := b.Figures.Needs[:min(len(b.Figures.Needs), toldNeeds)]
	i := slices.IndexFunc(told, func(n figures.Need) bool { return n.Trend > 0 && n.Key != top.Key && b.spoken(n) })
	if i < 0 || b.windowWeeks() > trendWeeks {
		return lineView{}
	}
	n, last := told[i], len(told[i].Weekly)-1
	_, topic := b.subject(n, "")
	s, key, home := b.strength(1, n.People), "line.rising", []span(nil)
	for _, share := range n.Within {
		if share.People == n.People && b.Figures.Tribes[share.Tribe].IsTribe() {
			key, home = "line.rising.in", b.called(b.Figures.Tribes[share.Tribe].Tribe)
			break
		}
	}
	return lineView{Strength: &s, Parts: b.rich(key, "topic", topic, "n", n.Weekly[last], "most", slices.Max(n.Weekly[:last]), "name", home, "served", b.servedToo(i),
		"largest", b.still(b.largest().Tribe), "people", b.largest().People, "href", "#"+needID(i))}
}
