package reports

import (
	"math"
	"slices"

	"tribu/reports/figures"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/soft"
	"tribu/reports/measure/stats"
)

// A motiveMatrix shows the tribes of which a motive is told against the motives told of any.
type motiveMatrix struct {
	Heads   []motiveHead
	Rows    []motiveRow
	Unclear bool // some cell holds nothing
	Others  int  // tribes of which none is told
}

type motiveHead struct{ Name, What string }

type motiveRow struct {
	Badge badge
	Cells []motiveCell
}

// A motiveCell is a dot whose area says how many of a tribe show a motive; no Share where fewer than
// measure.Privacy people do.
type motiveCell struct {
	Motive string
	Radius int
	Share  string
	Figure bool // more than elsewhere
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
		if i := b.tribeIndex(p.Tribe); i == figures.None || !b.Figures.Tribes[i].IsTribe() {
			continue
		}
		if !slices.ContainsFunc(p.Labels, motiveTold) {
			m.Others++
		} else if len(rows) < toldWhen {
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
		for _, c := range row.Cells {
			if c.Share != "" {
				full++
			}
		}
		m.Rows = append(m.Rows, row)
	}
	if full < fullCells {
		return nil
	}
	m.Unclear = full < len(rows)*len(shown)
	return m
}

func (b *builder) motiveCells(p soft.Panel, shown []signs.Sign) []motiveCell {
	var out []motiveCell
	for _, s := range shown {
		cell := motiveCell{}
		if i := slices.IndexFunc(p.Labels, toldOf(s)); i >= 0 {
			share := p.Labels[i].Rate.Value
			cell = motiveCell{b.text("motive." + string(s)), max(2, int(math.Round(fullRadius*math.Sqrt(share)))), b.percent(share), p.Labels[i].Figure}
		}
		out = append(out, cell)
	}
	return out
}

// toldOf reports whether a label is of s and may be told.
func toldOf(s signs.Sign) func(soft.Label) bool {
	return func(l soft.Label) bool { return l.Motive == s && motiveTold(l) }
}

func motiveTold(l soft.Label) bool { return l.State == stats.Known && l.Rate.State == stats.Known }
