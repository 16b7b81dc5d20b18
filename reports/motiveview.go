package reports

import (
	"math"
	"slices"

	"tribu/reports/figures"
	"tribu/reports/measure"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/soft"
	"tribu/reports/measure/stats"
)

// A motiveMatrix shows every tribe against every motive.
type motiveMatrix struct {
	Heads []motiveHead
	Rows  []motiveRow
}

type motiveHead struct{ Name, What string }

type motiveRow struct {
	Badge badge
	Few   string // in place of cells: too few people wrote
	Cells []motiveCell
}

// A motiveCell is a dot whose area says how many of a tribe show a motive; no Share where fewer than
// measure.Privacy people do.
type motiveCell struct {
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
	for _, s := range signs.Motives() {
		key := "motive." + string(s)
		m.Heads = append(m.Heads, motiveHead{b.text(key), b.text(key + ".what")})
	}
	for _, p := range b.Measures.Motives {
		i := b.tribeIndex(p.Tribe)
		if i == figures.None || !b.Figures.Tribes[i].IsTribe() || len(m.Rows) == toldWhen {
			continue
		}
		row := motiveRow{Badge: b.badge(i)}
		if p.Active < measure.Privacy {
			row.Few = b.text("soft.few", "n", p.Active)
		} else {
			row.Cells = b.motiveCells(p)
		}
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
	return m
}

func (b *builder) motiveCells(p soft.Panel) []motiveCell {
	var out []motiveCell
	for _, s := range signs.Motives() {
		cell := motiveCell{}
		if i := slices.IndexFunc(p.Labels, toldOf(s)); i >= 0 {
			share := p.Labels[i].Rate.Value
			cell = motiveCell{max(2, int(math.Round(fullRadius*math.Sqrt(share)))), b.percent(share), p.Labels[i].Figure}
		}
		out = append(out, cell)
	}
	return out
}

// toldOf reports whether a label is of s and may be told.
func toldOf(s signs.Sign) func(soft.Label) bool {
	return func(l soft.Label) bool {
		return l.Motive == s && l.State == stats.Known && l.Rate.State == stats.Known
	}
}
