package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"tribu/data"
	"tribu/reports/figures"
)

// A bandsView is the eight weeks as bands: a column a week, a bar a tribe, its people as the height.
type bandsView struct {
	Class         string
	Width, Height int
	Columns       []bandColumn
	Flows         []bandFlow
	Bars          []bandBar
	Names         []bandName
	Marks         []bandMark
	Label         string
}

type bandColumn struct {
	X          int
	Week, Date string
}

type bandFlow struct {
	D      string
	Colour int
	Faded  bool
}

type bandBar struct {
	X, Y, Height int
	Colour       int
	Faded        bool
	Title        string
}

// A bandMark is where a tribe was born, split, merged or ended.
type bandMark struct {
	X, Y, TextY int
	Word        string
}

type bandName struct {
	X, Y         int
	Letter, Name string
	People       string
	Colour       int
	Left         bool
}

const (
	wideLeft, tallLeft  = 128, 30 // of the first week: names have room on the wide one
	bandTop, bandHeight = 46, 340
	bandGap             = 13
	bandBarWidth        = 5
	bandTribes          = 12 // more are left to the table
	narrowWeeks         = 4  // drawn for phones
)

func toUpper(r rune) rune { return unicode.ToUpper(r) }

// A bandSlot is where one tribe's bar stands in one week.
type bandSlot struct{ y, h float64 }

// bands draws all weeks at hand, and the last of them again for phones.
func (b *builder) bands() ([]bandsView, []bandRow, []string) {
	runs := append(slices.Clone(b.Story.History), b.Story.RunRecord)
	order := b.bandOrder(runs)
	var weeks []string
	for _, r := range runs {
		weeks = append(weeks, b.shortWeek(r.Week))
	}
	wide := b.drawBands("wide", runs, order, 1000, wideLeft, 26)
	tall := b.drawBands("tall", runs[max(0, len(runs)-narrowWeeks):], order, 440, tallLeft, 18)
	return []bandsView{wide, tall}, b.bandTable(runs, order), weeks
}

func (b *builder) drawBands(class string, runs []data.RunRecord, order []data.TribeID, width, left, nameRunes int) bandsView {
	v := &bandsView{Class: class, Width: width, Height: bandTop + bandHeight + 10, Label: b.text("bands.alt", "n", len(runs))}
	right := 70 + nameRunes*8
	scale := bandScale(runs, order)
	at := make([]map[data.TribeID]bandSlot, len(runs))
	for i, r := range runs {
		x := left
		if len(runs) > 1 {
			x += i * (v.Width - left - right) / (len(runs) - 1)
		}
		v.Columns = append(v.Columns, bandColumn{x, b.shortWeek(r.Week), b.shortDate(r.AsOf)})
		at[i] = b.column(v, r, order, x, scale)
	}
	for i := 1; i < len(runs); i++ {
		b.flows(v, runs[i-1], runs[i], order, at[i-1], at[i], v.Columns[i-1].X+bandBarWidth, v.Columns[i].X, scale)
	}
	b.bandNames(v, runs, at, order, nameRunes)
	return *v
}

// shortWeek writes "W47" of "2026-W47".
func (b *builder) shortWeek(week string) string {
	_, number, _ := strings.Cut(week, "-W")
	return b.text("week.short", "week", number)
}

// bandOrder returns every tribe of the weeks from top to bottom: today's by size, each followed by
// those that came from it or went into it, then the rest.
func (b *builder) bandOrder(runs []data.RunRecord) []data.TribeID {
	beside := make(map[data.TribeID][]data.TribeID)
	for _, r := range runs {
		for _, l := range r.Lineage {
			if l.From != "" && l.To != "" && l.From != l.To {
				beside[l.From] = append(beside[l.From], l.To)
				beside[l.To] = append(beside[l.To], l.From)
			}
		}
	}
	var order []data.TribeID
	seen := make(map[data.TribeID]bool)
	var visit func(id data.TribeID)
	visit = func(id data.TribeID) {
		if seen[id] || len(order) == bandTribes*2 {
			return
		}
		seen[id] = true
		order = append(order, id)
		for _, next := range beside[id] {
			visit(next)
		}
	}
	for _, t := range b.Figures.Tribes[:min(len(b.Figures.Tribes), bandTribes)] {
		visit(t.ID)
	}
	for _, r := range slices.Backward(runs) {
		for _, t := range r.Tribes {
			if t.People >= b.Options.MinTribe && len(order) < bandTribes {
				visit(t.ID)
			}
		}
	}
	return order
}

// bandScale returns units per person so that the fullest week fits.
func bandScale(runs []data.RunRecord, order []data.TribeID) float64 {
	scale := 4.0
	for _, r := range runs {
		people, shown := 0, 0
		for _, t := range r.Tribes {
			if slices.Contains(order, t.ID) {
				people, shown = people+t.People, shown+1
			}
		}
		if people > 0 {
			scale = min(scale, (bandHeight-float64(bandGap*shown))/float64(people))
		}
	}
	return max(scale, 0.001)
}

func (b *builder) column(v *bandsView, r data.RunRecord, order []data.TribeID, x int, scale float64) map[data.TribeID]bandSlot {
	out := make(map[data.TribeID]bandSlot)
	y := float64(bandTop)
	used := 0.0
	for _, id := range order {
		if i := slices.IndexFunc(r.Tribes, func(t data.Tribe) bool { return t.ID == id }); i >= 0 {
			used += max(float64(r.Tribes[i].People)*scale, 2) + bandGap
		}
	}
	y += (bandHeight - used) / 2
	for _, id := range order {
		i := slices.IndexFunc(r.Tribes, func(t data.Tribe) bool { return t.ID == id })
		if i < 0 {
			continue
		}
		h := max(float64(r.Tribes[i].People)*scale, 2)
		out[id] = bandSlot{y, h}
		v.Bars = append(v.Bars, bandBar{
			X: x, Y: int(y), Height: max(int(y+h)-int(y), 2), Colour: b.Colours[id], Faded: !b.alive(id),
			Title: b.title(r.Tribes[i]) + ", " + b.shortWeek(r.Week) + ": " + b.text("people", "n", r.Tribes[i].People),
		})
		y += h + bandGap
	}
	return out
}

func (b *builder) alive(id data.TribeID) bool {
	return slices.ContainsFunc(b.Figures.Tribes, func(t figures.Tribe) bool { return t.ID == id })
}

// flows draws the people who stayed or moved between two weeks: each tribe's own band takes what
// those who came or left do not.
func (b *builder) flows(v *bandsView, prior, r data.RunRecord, order []data.TribeID, before, after map[data.TribeID]bandSlot, x1, x2 int, scale float64) {
	var steps []data.Lineage
	left, right := make(map[data.TribeID]float64), make(map[data.TribeID]float64)
	for _, l := range r.Lineage {
		_, okFrom := before[l.From]
		_, okTo := after[l.To]
		if !okFrom || !okTo || slices.ContainsFunc(steps, func(s data.Lineage) bool { return s.From == l.From && s.To == l.To }) {
			continue
		}
		steps = append(steps, l)
		if l.From != l.To {
			left[l.From] += float64(l.Shared) * scale
			right[l.To] += float64(l.Shared) * scale
		}
	}
	rank := func(id data.TribeID) int { return slices.Index(order, id) }
	slices.SortStableFunc(steps, func(a, c data.Lineage) int { return cmp.Or(rank(a.From)-rank(c.From), rank(a.To)-rank(c.To)) })
	usedLeft, usedRight := make(map[data.TribeID]float64), make(map[data.TribeID]float64)
	for _, l := range steps {
		from, to := before[l.From], after[l.To]
		hl := min(float64(l.Shared)*scale, from.h)
		hr := min(float64(l.Shared)*scale, to.h)
		if l.From == l.To {
			hl, hr = max(from.h-left[l.From], 1), max(to.h-right[l.To], 1)
		}
		y1, y2 := from.y+usedLeft[l.From], to.y+usedRight[l.To]
		usedLeft[l.From] += hl
		usedRight[l.To] += hr
		colour := b.Colours[l.To]
		if l.Event == data.Merge {
			colour = b.Colours[l.From]
		}
		v.Flows = append(v.Flows, bandFlow{D: ribbon(x1, x2, y1, y1+hl, y2, y2+hr), Colour: colour, Faded: !b.alive(l.From) || !b.alive(l.To)})
	}
	b.marks(v, prior, r, before, after, x1, x2)
}

func ribbon(x1, x2 int, top1, bottom1, top2, bottom2 float64) string {
	mid := (x1 + x2) / 2
	return fmt.Sprintf("M%d %.1fC%d %.1f %d %.1f %d %.1fV%.1fC%d %.1f %d %.1f %d %.1fz",
		x1, top1, mid, top1, mid, top2, x2, top2, bottom2, mid, bottom2, mid, bottom1, x1, bottom1)
}

func (b *builder) bandTable(runs []data.RunRecord, order []data.TribeID) []bandRow {
	var out []bandRow
	for _, id := range order {
		row := bandRow{}
		for _, r := range runs {
			size := "–"
			for _, t := range r.Tribes {
				if t.ID == id {
					size, row.Name = b.number(t.People), b.title(t)
				}
			}
			row.Sizes = append(row.Sizes, size)
		}
		if i := b.tribeIndex(id); i != figures.None {
			row.Name = b.titleStill(b.Figures.Tribes[i])
		}
		out = append(out, row)
	}
	return out
}
