package reports

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"tribu/reports/atlas"
	"tribu/reports/figures"
)

// steps along a line, at which it is looked whether a name stands there.
const steps = 48

// curves draws the people who turned to each other across tribes, each pair of tribes as a bundle, and those of a tribe to
// whom people in none did as another.
func (b *builder) curves(m atlas.Map, class string) (links []mapLink, many bool, along []atlas.Point) {
	total := b.ties(m.PerDot)
	for i, l := range b.Figures.Links[:min(len(b.Figures.Links), maxBundles)] {
		var s strings.Builder
		for _, pair := range l.Pairs[:b.drawn(len(l.Pairs), m.PerDot)] {
			along = append(along, curve(&s, m.Place[pair.A], m.Place[pair.B], m.Discs[l.A].Center, m.Discs[l.B].Center)...)
		}
		links = append(links, mapLink{class[:1] + strconv.Itoa(i), s.String(), []int{l.A, l.B}})
	}
	if m.PerDot > 1 {
		return links, total > maxCurves/2, along
	}
	free := make([]strings.Builder, len(m.Discs))
	for _, pair := range b.drawnFree(m.PerDot) {
		if at, ok := m.Place[pair.A]; ok {
			home := b.Figures.Home[pair.B]
			along = append(along, curve(&free[home], at, m.Place[pair.B], at, m.Discs[home].Center)...)
		}
	}
	for i := range free {
		if free[i].Len() > 0 {
			links = append(links, mapLink{class[:1] + "f" + strconv.Itoa(i), free[i].String(), []int{i}})
		}
	}
	return links, total > maxCurves/2, along
}

// drawn returns how many lines are drawn of n.
func (b *builder) drawn(n, perDot int) int {
	if total := b.ties(perDot); total > maxCurves {
		return max(n*maxCurves/total, 1)
	}
	return n
}

// drawnFree returns the pairs of which one is in no tribe whose lines are drawn.
func (b *builder) drawnFree(perDot int) []figures.PersonPair {
	if perDot > 1 {
		return nil
	}
	return b.Figures.Free[:min(b.drawn(len(b.Figures.Free), perDot), len(b.Figures.Free))]
}

// tied returns the places of people in no tribe whose lines are drawn.
func (b *builder) tied(m atlas.Map) (out []atlas.Point) {
	for _, pair := range b.drawnFree(m.PerDot) {
		if at, ok := m.Place[pair.A]; ok && !slices.Contains(out, at) {
			out = append(out, at)
		}
	}
	return out
}

// ties returns how many pairs of people are to be drawn.
func (b *builder) ties(perDot int) int {
	if perDot > 1 {
		return b.across()
	}
	return b.across() + len(b.Figures.Free)
}

// across returns how many pairs of people turned to each other across tribes.
func (b *builder) across() (n int) {
	for _, l := range b.Figures.Links {
		n += len(l.Pairs)
	}
	return n
}

// curve draws the line of a pair, between the middles of where they stand, and returns points along it.
func curve(s *strings.Builder, from, to, a, b atlas.Point) []atlas.Point {
	dx, dy := b.X-a.X, b.Y-a.Y
	length := max(math.Hypot(dx, dy), 1)
	bend := 0.07 * length
	nx, ny := -dy/length*bend, dx/length*bend
	c, d := atlas.Point{X: a.X + 0.42*dx + nx, Y: a.Y + 0.42*dy + ny}, atlas.Point{X: a.X + 0.58*dx + nx, Y: a.Y + 0.58*dy + ny}
	fmt.Fprintf(s, "M%d %dC%d %d %d %d %d %d", int(from.X), int(from.Y), int(c.X), int(c.Y), int(d.X), int(d.Y), int(to.X), int(to.Y))
	var along []atlas.Point
	for i := range steps + 1 {
		t := float64(i) / steps
		u := 1 - t
		at := func(p, q, r, s float64) float64 { return u*u*u*p + 3*u*u*t*q + 3*u*t*t*r + t*t*t*s }
		along = append(along, atlas.Point{X: at(from.X, c.X, d.X, to.X), Y: at(from.Y, c.Y, d.Y, to.Y)})
	}
	return along
}
