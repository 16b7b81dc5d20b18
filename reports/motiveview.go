package reports

import (
	"slices"

	"tribu/reports/figures"
	"tribu/reports/measure"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/soft"
	"tribu/reports/measure/stats"
)

// A motiveMatrix shows every tribe against every motive that one of them shows.
type motiveMatrix struct {
	Heads  []motiveHead
	Rows   []motiveRow
	Absent []span // motives that no tribe shows
}

type motiveHead struct{ Name, What string }

type motiveRow struct {
	Badge badge
	Few   string // in place of cells: too few people wrote
	Cells []motiveCell
}

// A motiveCell is a dot whose size says how strongly a tribe shows a motive, 1 to 5; 0 where fewer
// than measure.Privacy people do.
type motiveCell struct {
	Level, Radius int
	Share, Says   string
}

// matrix draws the motives of all tribes; nil where no tribe shows one.
func (b *builder) matrix() *motiveMatrix {
	m := &motiveMatrix{}
	var shown []signs.Sign
	var absent []string
	panels := b.toldPanels()
	for _, s := range signs.Motives() {
		key := "motive." + string(s)
		if !slices.ContainsFunc(panels, func(p soft.Panel) bool { return slices.ContainsFunc(p.Labels, toldOf(s)) }) {
			absent = append(absent, b.text(key+".short"))
			continue
		}
		shown = append(shown, s)
		m.Heads = append(m.Heads, motiveHead{b.text(key), b.text(key + ".what")})
	}
	if len(shown) == 0 {
		return nil
	}
	if len(absent) > 0 {
		m.Absent = b.rich("soft.absent", "list", b.join(absent))
	}
	for _, p := range panels {
		row := motiveRow{Badge: b.badge(b.tribeIndex(p.Tribe))}
		if p.Active < measure.Privacy {
			row.Few = b.text("soft.few", "n", p.Active)
		} else {
			row.Cells = b.motiveCells(p, shown)
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}

// toldPanels returns the panels of the tribes that stand in the table.
func (b *builder) toldPanels() []soft.Panel {
	var out []soft.Panel
	for _, p := range b.Measures.Motives {
		if i := b.tribeIndex(p.Tribe); i != figures.None && figures.IsTribe(b.Figures.Tribes[i].Tribe) && len(out) < toldWhen {
			out = append(out, p)
		}
	}
	return out
}

func (b *builder) motiveCells(p soft.Panel, shown []signs.Sign) []motiveCell {
	var out []motiveCell
	for _, s := range shown {
		cell := motiveCell{Says: b.text("soft.level.0")}
		if i := slices.IndexFunc(p.Labels, toldOf(s)); i >= 0 {
			level := motiveLevel(p.Labels[i])
			cell = motiveCell{level, 2 + 2*level, b.percent(p.Labels[i].Rate.Value), b.text("soft.level." + string(rune('0'+level)))}
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

// motiveLevel says how a tribe shows a motive against everybody else: 5 is its signature, 3 as
// others do, 1 far rarer.
func motiveLevel(l soft.Label) int {
	switch {
	case l.Z >= 2*stats.DistinctAt:
		return 5
	case l.Figure:
		return 4
	case l.Z > -stats.DistinctAt:
		return 3
	case l.Z > -2*stats.DistinctAt:
		return 2
	}
	return 1
}
