package reports

import (
	"cmp"
	"math"
	"slices"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/soft"
	"tribu/reports/measure/stats"
)

// A motiveMatrix shows the tribes in which somebody shows a motive that is told of any tribe against these motives.
type motiveMatrix struct {
	Heads  []motiveHead
	Rows   []motiveRow
	Few    bool // some cell holds a few people
	None   bool // some cell holds nobody
	Others int  // tribes in which nobody shows one of them
}

type motiveHead struct{ Name, What string }

type motiveRow struct {
	Badge badge
	Cells []motiveCell
}

// A motiveCell is a dot whose area says how many of a tribe show a motive; no Share where fewer than
// measure.Privacy people do.
type motiveCell struct {
	Motive    string // empty where nobody shows it
	Radius    int
	Share     string
	Elsewhere string // the share of everybody else, where it is told
	Figure    bool   // more than elsewhere
}

const (
	fullCells  = 2  // from which a matrix says more than the tribes' lines below it
	fullRadius = 12 // of a dot of everybody
)

// matrix draws the motives of all tribes; nil where too few cells hold any.
func (b *builder) matrix() *motiveMatrix {
	m, full := &motiveMatrix{}, 0
	var rows []soft.Panel
	for _, p := range b.Measures.Motives {
		if i := b.tribeIndex(p.Tribe); i != figures.None && b.Figures.Tribes[i].IsTribe() {
			rows = append(rows, p)
		}
	}
	shown := slices.DeleteFunc(signs.Motives(), func(s signs.Sign) bool {
		return !slices.ContainsFunc(rows, func(p soft.Panel) bool { return slices.ContainsFunc(p.Labels, toldOf(s)) })
	})
	for _, s := range shown {
		key := "motive." + string(s)
		m.Heads = append(m.Heads, motiveHead{b.text(key), b.text(key + ".what")})
	}
	for _, p := range rows {
		row := motiveRow{Badge: b.badge(b.tribeIndex(p.Tribe)), Cells: b.motiveCells(p, shown)}
		if len(m.Rows) == toldWhen || !slices.ContainsFunc(row.Cells, func(c motiveCell) bool { return c.Motive != "" }) {
			m.Others++
			continue
		}
		for _, c := range row.Cells {
			if c.Share != "" {
				full++
			}
			m.Few, m.None = m.Few || c.Motive != "" && c.Share == "", m.None || c.Motive == ""
		}
		m.Rows = append(m.Rows, row)
	}
	if full < fullCells {
		return nil
	}
	return m
}

func (b *builder) motiveCells(p soft.Panel, shown []signs.Sign) []motiveCell {
	var out []motiveCell
	for _, s := range shown {
		cell := motiveCell{}
		i := slices.IndexFunc(p.Labels, func(l soft.Label) bool { return l.Motive == s && (motiveTold(l) || l.Some) })
		if i >= 0 {
			cell.Motive = b.text("motive." + string(s))
		}
		if i >= 0 && motiveTold(p.Labels[i]) {
			l := p.Labels[i]
			cell.Radius, cell.Share, cell.Figure = max(2, int(math.Round(fullRadius*math.Sqrt(l.Rate.Value)))), b.percent(l.Rate.Value), l.Figure
			cell.Elsewhere = b.besideOthers(l)
		}
		out = append(out, cell)
	}
	return out
}

// besideOthers writes the share of everybody else that a label is held against; empty where it is not told.
func (b *builder) besideOthers(l soft.Label) string {
	if l.Elsewhere.State != stats.Known || l.Elsewhere.N == 0 {
		return ""
	}
	return b.text("soft.elsewhere", "share", b.percent(l.Elsewhere.Value))
}

// toldOf reports whether a label is of s and may be told.
func toldOf(s signs.Sign) func(soft.Label) bool {
	return func(l soft.Label) bool { return l.Motive == s && motiveTold(l) }
}

func motiveTold(l soft.Label) bool { return l.State == stats.Known && l.Rate.State == stats.Known }

// A distinctMotive is a motive that a tribe shows more than elsewhere.
type distinctMotive struct {
	tribe int
	label soft.Label
}

const (
	headedMotives = 2  // that a heading tells
	headedShare   = .1 // of a tribe's people who show a motive that a heading tells
)

// distinctMotives returns what a heading tells: the most distinct motives, each of another tribe.
func (b *builder) distinctMotives() []distinctMotive {
	var all []distinctMotive
	for _, p := range b.Measures.Motives {
		for _, l := range p.Labels {
			if i := b.tribeIndex(p.Tribe); i != figures.None && l.Figure && motiveTold(l) && l.Rate.Value >= headedShare {
				all = append(all, distinctMotive{i, l})
			}
		}
	}
	slices.SortStableFunc(all, func(x, y distinctMotive) int { return cmp.Compare(y.label.Z, x.label.Z) })
	var out []distinctMotive
	for _, f := range all {
		told := slices.ContainsFunc(out, func(o distinctMotive) bool { return o.tribe == f.tribe || o.label.Motive == f.label.Motive })
		if !told && len(out) < headedMotives {
			out = append(out, f)
		}
	}
	return out
}

// letDown reports whether most of a tribe's people who say what they expected of a firm say that it is not that.
func (b *builder) letDown(tribe int) bool {
	down, all := make(map[data.AuthorID]bool), make(map[data.AuthorID]bool)
	for i := range b.Story.Needs {
		n := &b.Story.Needs[i]
		if slices.Contains(n.Motives, string(signs.Image)) && slices.Contains(b.Figures.In(n.Author), tribe) {
			all[n.Author] = true
			if n.Polarity < 0 {
				down[n.Author] = true
			}
		}
	}
	return 2*len(down) > len(all)
}

// alsoLetDown returns a tribe and the others of which that is as much a figure.
func (b *builder) alsoLetDown(first int) []data.Tribe {
	out := []data.Tribe{b.Figures.Tribes[first].Tribe}
	for _, p := range b.Measures.Motives {
		i := b.tribeIndex(p.Tribe)
		if i != figures.None && i != first && b.letDown(i) && slices.ContainsFunc(p.Labels, func(l soft.Label) bool {
			return l.Motive == signs.Image && l.Figure && motiveTold(l) && l.Rate.Value >= headedShare
		}) {
			out = append(out, b.Figures.Tribes[i].Tribe)
		}
	}
	return out
}
