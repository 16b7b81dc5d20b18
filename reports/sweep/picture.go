package sweep

import (
	"fmt"
	"strings"
)

// The size of a chart and of its margins, in units of its own drawing.
const (
	width, height           = 320, 180
	left, right, top, under = 44, 12, 12, 28
)

// A chart draws one measure against one axis: a dot per run, a line through the medians.
type chart struct {
	Title string
	Axis  string
	Says  string // the medians in words, for who does not see the picture
	Line  string // points of the polyline
	Dots  []dot
	Ticks []tick // along the axis
	Marks []tick // of the measure
}

type dot struct{ X, Y string }

type tick struct{ X, Y, Text string }

func charts(t Table) []chart {
	var out []chart
	for axis, name := range t.Axes {
		for _, m := range measures() {
			out = append(out, draw(t, axis, name, m))
		}
	}
	return out
}

func draw(t Table, axis int, name string, m measure) chart {
	most := 1.0
	if !m.share {
		for _, r := range t.Rows {
			most = max(most, m.of(r))
		}
	}
	y := func(v float64) float64 { return top + (height-top-under)*(1-max(0, v)/most) }
	c := chart{Title: m.name, Axis: name}
	var line, says []string
	for i, value := range t.Values[axis] {
		x := place(i, len(t.Values[axis]), left, width-right)
		c.Ticks = append(c.Ticks, tick{num(x), num(height - under + 16), value})
		var found []float64
		for _, r := range t.Rows {
			if r.Point[axis] == value {
				found = append(found, m.of(r))
				c.Dots = append(c.Dots, dot{num(x), num(y(m.of(r)))})
			}
		}
		if len(found) > 0 {
			line = append(line, num(x)+","+num(y(median(found))))
			says = append(says, fmt.Sprintf("%s: %s", value, m.write(median(found))))
		}
	}
	for _, v := range []float64{0, most / 2, most} {
		c.Marks = append(c.Marks, tick{num(left - 6), num(y(v)), m.write(v)})
	}
	c.Line, c.Says = strings.Join(line, " "), "medians: "+strings.Join(says, ", ")
	return c
}

// place returns the middle of the i-th of n equal parts of from … to.
func place(i, n int, from, to float64) float64 {
	return from + (to-from)*(float64(i)+0.5)/float64(n)
}

func num(x float64) string { return fmt.Sprintf("%.1f", x) }

// A grid shows the median of one measure for every pair of values of two axes.
type grid struct {
	Title, Across, Down string
	Head                []string
	Rows                []gridRow
}

type gridRow struct {
	Name  string
	Cells []cell
}

// A cell's Shade says in tenths where its value lies between the grid's least and most.
type cell struct {
	Text  string
	Shade int
}

func grids(t Table) []grid {
	if len(t.Axes) != 2 {
		return nil
	}
	var out []grid
	for _, m := range measures() {
		g := grid{Title: m.name, Across: t.Axes[1], Down: t.Axes[0], Head: t.Values[1]}
		low, high := 0.0, 0.0
		values := make([][]float64, len(t.Values[0]))
		for i, a := range t.Values[0] {
			for j, b := range t.Values[1] {
				v := medianAt(t, m, a, b)
				if i+j == 0 {
					low, high = v, v
				}
				low, high = min(low, v), max(high, v)
				values[i] = append(values[i], v)
			}
		}
		for i, a := range t.Values[0] {
			row := gridRow{Name: a}
			for _, v := range values[i] {
				c := cell{Text: m.write(v)}
				if high > low {
					c.Shade = int(9*(v-low)/(high-low) + 0.5)
				}
				row.Cells = append(row.Cells, c)
			}
			g.Rows = append(g.Rows, row)
		}
		out = append(out, g)
	}
	return out
}

func medianAt(t Table, m measure, a, b string) float64 {
	var found []float64
	for _, r := range t.Rows {
		if r.Point[0] == a && r.Point[1] == b {
			found = append(found, m.of(r))
		}
	}
	return median(found)
}
