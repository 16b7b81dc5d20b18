// Package atlas decides where tribes lie on the map and which colour they wear. Both follow from
// the tribes' ids, oldest first, so that a tribe keeps its place and colour from week to week.
// Method: a fixed anchor per tribe, then boxes pushed apart until none touch; people on a
// sunflower spiral (Vogel 1979), the most strongly held in the middle.
package atlas

import (
	"cmp"
	"hash/fnv"
	"math"
	"slices"
	"unicode/utf8"

	"tribu/data"
	"tribu/reports/figures"
)

// Palette is how many colours there are; tribes beyond share one and differ by letter.
const Palette = 12

// A Point is a place on the map, in units of its box.
type Point struct{ X, Y float64 }

// A Box is the size of a map and how large its writing is.
type Box struct {
	Width, Height float64
	Columns, Rows int     // of the smallest grid of anchors
	Named         int     // tribes with a name; the others have their letter only
	NameRunes     int     // how much of a name is written
	Rune          float64 // width of a letter of it
	Label         float64 // height of a label of two lines
	Margin        float64
}

// Wide is the map for a page or a screen.
func Wide() Box {
	return Box{Width: 3000, Height: 1760, Columns: 4, Rows: 2, Named: 14, NameRunes: 30, Rune: 25, Label: 124, Margin: 26}
}

// Tall is the map of n tribes for a phone: the longer, the more there are.
func Tall(n int) Box {
	height := 1500 + 170*float64(min(max(n-5, 0), 10))
	return Box{Width: 1080, Height: height, Columns: 2, Rows: 6, Named: 10, NameRunes: 24, Rune: 21, Label: 108, Margin: 12}
}

// labelWidth is the room for a tribe's label, in any language: its name above its size and change.
func (b Box) labelWidth(i int, name string) float64 {
	if i >= b.Named {
		return 60
	}
	runes := min(utf8.RuneCountInString(name), b.NameRunes) + 2
	return max(float64(runes)*b.Rune+20, min(400, 0.36*b.Width))
}

// A Disc is a tribe on the map.
type Disc struct {
	Tribe       int // index in Figures.Tribes
	Center      Point
	Radius      float64
	LabelWidth  float64
	LabelHeight float64
	Dots        []Point // of Members in order, or of every tenth
}

// A Map is where everybody is.
type Map struct {
	Box    Box
	PerDot int // people per dot: 1, or 10
	Step   float64
	Discs  []Disc
	Loose  []Point // people in no tribe
	Place  map[data.AuthorID]Point
	Outer  map[data.AuthorID]bool // named people, moved to the rim
}

// Discs that find no room are tried again, each time smaller: at first from their anchors, then from
// where they were pushed to.
const (
	tries    = 40
	patience = 6
	shrink   = 0.95
)

// maxDots is the largest number of people drawn one by one.
const maxDots = 5000

// Colour returns colour i as written on light ground and on dark.
func Colour(i int) (light, dark string) {
	pair := [Palette][2]string{
		{"#ac4a0c", "#f19a62"}, {"#1d62ae", "#79b4f3"}, {"#2b6c3b", "#80c78b"}, {"#9a2440", "#f2839a"},
		{"#673c9e", "#bb9cf0"}, {"#0a6b7f", "#58c5d5"}, {"#ad2c6c", "#f48cbf"}, {"#666200", "#cbc850"},
		{"#764829", "#d5a781"}, {"#425a78", "#a1bad8"}, {"#006f59", "#54cfb3"}, {"#80318a", "#de95e4"},
	}[i%Palette]
	return pair[0], pair[1]
}

// Colours gives each tribe of story a colour from 0 to Palette-1.
func Colours(story data.Story) map[data.TribeID]int {
	return assign(story, Palette, "colour")
}

// assign gives the tribes of all runs at hand one of n slots by their ids, oldest tribe first;
// tribes that live at the same time share a slot only where there are more tribes than slots.
func assign(story data.Story, n int, salt string) map[data.TribeID]int {
	out := make(map[data.TribeID]int)
	for _, run := range append(slices.Clone(story.History), story.RunRecord) {
		taken := make([]int, n)
		ordered := slices.Clone(run.Tribes)
		slices.SortFunc(ordered, func(a, b data.Tribe) int {
			return cmp.Or(cmp.Compare(a.Born, b.Born), cmp.Compare(a.ID, b.ID))
		})
		for _, t := range ordered {
			if slot, ok := out[t.ID]; ok {
				taken[slot]++
			}
		}
		for _, t := range ordered {
			if _, ok := out[t.ID]; ok {
				continue
			}
			slot := free(taken, hash(salt, string(t.ID)))
			taken[slot]++
			out[t.ID] = slot
		}
	}
	return out
}

// free returns the least taken slot, looking from where h points.
func free(taken []int, h uint64) int {
	best := int(h % uint64(len(taken)))
	for i := range taken {
		slot := (int(h%uint64(len(taken))) + i*7919) % len(taken)
		if taken[slot] < taken[best] {
			best = slot
		}
	}
	return best
}

func hash(parts ...string) uint64 {
	h := fnv.New64a()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return mix(h.Sum64())
}

// mix is the finaliser of SplitMix64.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func unit(x uint64) float64 { return float64(mix(x)>>11) / (1 << 53) }

// grid returns enough columns and rows for n anchors in the shape of the box.
func grid(b Box, n int) (columns, rows int) {
	columns, rows = b.Columns, b.Rows
	for columns*rows < n {
		if float64(columns)*b.Height < float64(rows)*b.Width {
			columns++
		} else {
			rows++
		}
	}
	return columns, rows
}

// anchors returns each tribe's anchor: a slot of the grid, moved a little by its id.
func anchors(story data.Story, b Box) map[data.TribeID]Point {
	most := 0
	for _, run := range append(slices.Clone(story.History), story.RunRecord) {
		most = max(most, len(run.Tribes))
	}
	columns, rows := grid(b, most)
	out := make(map[data.TribeID]Point)
	for id, slot := range assign(story, columns*rows, "anchor") {
		col, row := slot%columns, slot/columns
		h := hash("jitter", string(id))
		shift := 0.0
		if row%2 == 1 {
			shift = 0.25
		}
		x := (float64(col) + 0.38 + shift + 0.2*(unit(h)-0.5)) / float64(columns)
		y := (float64(row) + 0.5 + 0.3*(unit(h+1)-0.5)) / float64(rows)
		out[id] = Point{x * b.Width, y * b.Height}
	}
	return out
}

// Lay lays out the tribes of story. named are people to be moved to the rim of their disc, towards the tribe they reach.
func Lay(story data.Story, f figures.Figures, b Box, named map[data.AuthorID]int) Map {
	m := Map{Box: b, PerDot: 1, Place: make(map[data.AuthorID]Point), Outer: make(map[data.AuthorID]bool)}
	placed := f.None
	for _, t := range f.Tribes {
		placed += len(t.AtHome)
	}
	if placed > maxDots {
		m.PerDot = 10
	}
	at := anchors(story, b)
	inTribes := placed - f.None
	step := math.Sqrt(0.19 * b.Width * b.Height / (math.Pi * max(float64(inTribes)/float64(m.PerDot), 1)))
	m.Step = min(step, 0.0152*math.Sqrt(b.Width*b.Height))
	for i, d := range spread(discs(f, b, at, m.Step, m.PerDot), b) {
		at[f.Tribes[i].ID] = d.Center
	}
	for try := 0; try < tries; try++ {
		next := discs(f, b, at, m.Step, m.PerDot)
		for ; try < tries-1 && crowded(next, b); try++ {
			m.Step *= shrink
			next = discs(f, b, at, m.Step, m.PerDot)
		}
		if try >= patience && m.Discs != nil { // go on from where the discs were pushed to
			for i := range next {
				next[i].Center = m.Discs[i].Center
			}
		}
		m.Discs = next
		if separate(m.Discs, b) {
			break
		}
		m.Step *= shrink
	}
	for i := range m.Discs {
		m.fill(f, &m.Discs[i], named)
	}
	m.scatter(f.None)
	m.seat(f)
	return m
}

func discs(f figures.Figures, b Box, at map[data.TribeID]Point, step float64, perDot int) []Disc {
	out := make([]Disc, 0, len(f.Tribes))
	for i, t := range f.Tribes {
		n := (len(t.AtHome) + perDot - 1) / perDot
		d := Disc{Tribe: i, Center: at[t.ID], Radius: step * (math.Sqrt(float64(n)) + 1.1)}
		d.LabelWidth, d.LabelHeight = b.labelWidth(i, t.Name), b.Label
		out = append(out, d)
	}
	return out
}
