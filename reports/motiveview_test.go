package reports

import (
	"slices"
	"testing"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/soft"
	"tribu/reports/measure/stats"
)

// The matrix of motives stands where two of its cells hold a share; equal shares have equal dots,
// what too few show has none. Motives that are told of no tribe are left out, tribes in which nobody shows one counted.
func TestMotiveMatrix(t *testing.T) {
	label := func(s signs.Sign, k, of int, figure bool) soft.Label {
		return soft.Label{Motive: s, Authors: k, Rate: stats.ShareOf(k, of), Figure: figure}
	}
	panels := []soft.Panel{
		{Tribe: "a", Active: 40, Labels: []soft.Label{label(signs.Belonging, 20, 40, true), label(signs.Dream, 10, 40, false)}},
		{Tribe: "b", Active: 20, Labels: []soft.Label{label(signs.Belonging, 10, 20, false), {Motive: signs.Dream, State: soft.Withheld, Some: true}}},
		{Tribe: "c", Active: 9},
	}
	v := View{Measures: &Measures{}}
	for _, id := range []data.TribeID{"a", "b", "c"} {
		v.Figures.Tribes = append(v.Figures.Tribes, figures.Tribe{Tribe: data.Tribe{ID: id, Kind: data.KindTribe}})
	}
	for n, want := range map[int]int{1: 0, 3: 2} {
		v.Measures.Motives = panels
		if n == 1 {
			v.Measures.Motives = panels[1:2]
		}
		b, err := newBuilder(v, data.LangEN)
		if err != nil {
			t.Fatal(err)
		}
		m := b.matrix()
		if m == nil {
			if want > 0 {
				t.Errorf("%d shares: no matrix", n)
			}
			continue
		}
		if len(m.Rows) != want || len(m.Heads) != 2 || m.Others != 1 || !m.Few || m.None {
			t.Fatalf("%d shares: got %d rows, %d motives, %d other tribes, cells of a few and of nobody: %t, %t, want %d, 2, 1, true, false", n, len(m.Rows), len(m.Heads), m.Others, m.Few, m.None, want)
		}
		at := slices.IndexFunc(m.Heads, func(h motiveHead) bool { return h.Name == b.text("motive."+string(signs.Belonging)) })
		one, other := m.Rows[0].Cells[at], m.Rows[1].Cells[at]
		if one.Radius != other.Radius || !one.Figure || other.Figure || one.Share != "50%" {
			t.Errorf("half of 40, of 20: got %+v and %+v, want equal dots, one a figure", one, other)
		}
	}
}
