package atlas

import (
	"cmp"
	"math"
	"slices"

	"tribu/data"
	"tribu/reports/figures"
)

// A rect is what a disc and its label above it cover.
type rect struct{ left, top, right, bottom float64 }

func (d Disc) rect(pad float64) rect {
	half := max(d.Radius, d.LabelWidth/2) + pad
	return rect{d.Center.X - half, d.Center.Y - d.Radius - d.LabelHeight - pad, d.Center.X + half, d.Center.Y + d.Radius + pad}
}

// spread moves discs towards the middle of the ground that is nearer to them than to others, so that
// none of the map lies empty (Lloyd 1982; with a disc's radius as its weight).
func spread(ds []Disc, b Box) []Disc {
	if len(ds) == 0 {
		return ds
	}
	const rounds, columns, rows, pace = 3, 60, 36, 0.5
	for range rounds {
		sum, n := make([]Point, len(ds)), make([]float64, len(ds))
		for i := range columns * rows {
			p := Point{(float64(i%columns) + 0.5) * b.Width / columns, (float64(i/columns) + 0.5) * b.Height / rows}
			best, least := 0, math.Inf(1)
			for j, d := range ds {
				if dist := math.Hypot(p.X-d.Center.X, p.Y-d.Center.Y) - d.Radius; dist < least {
					best, least = j, dist
				}
			}
			sum[best].X, sum[best].Y, n[best] = sum[best].X+p.X, sum[best].Y+p.Y, n[best]+1
		}
		for j := range ds {
			if n[j] > 0 {
				ds[j].Center.X += pace * (sum[j].X/n[j] - ds[j].Center.X)
				ds[j].Center.Y += pace * (sum[j].Y/n[j] + ds[j].LabelHeight/2 - ds[j].Center.Y)
			}
		}
	}
	return ds
}

// crowded reports whether the discs cover too much of the map to be pushed apart.
func crowded(ds []Disc, b Box) bool {
	const full = 0.92
	covered := 0.0
	for _, d := range ds {
		r := d.rect(b.Margin / 2)
		covered += (r.right - r.left) * (r.bottom - r.top)
	}
	return covered > full*b.Width*b.Height
}

// separate pushes discs apart, each as little as needed, and reports whether none touch.
func separate(ds []Disc, b Box) bool {
	pad := b.Margin / 2
	for round := range 600 {
		moved := false
		for i := range ds {
			keepIn(&ds[i], b)
			for j := range i {
				if push(&ds[j], &ds[i], pad, round%3 == 2) {
					moved = true
				}
			}
		}
		if !moved {
			break
		}
	}
	for i := range ds {
		keepIn(&ds[i], b)
	}
	return !touching(ds, b)
}

func touching(ds []Disc, b Box) bool {
	for i := range ds {
		r := ds[i].rect(0)
		if r.left < -1 || r.top < -1 || r.right > b.Width+1 || r.bottom > b.Height+1 {
			return true
		}
		for j := range i {
			if x, y := overlap(ds[j].rect(1), r); x > 1 && y > 1 {
				return true
			}
		}
	}
	return false
}

func overlap(a, b rect) (x, y float64) {
	return min(a.right, b.right) - max(a.left, b.left), min(a.bottom, b.bottom) - max(a.top, b.top)
}

// push moves two discs apart along the axis that takes least, or around each other: along the line
// of their centres, so that rows that are too full can spill.
func push(a, b *Disc, pad float64, around bool) bool {
	ra, rb := a.rect(pad), b.rect(pad)
	x, y := overlap(ra, rb)
	if x <= 0 || y <= 0 {
		return false
	}
	const slack = 0.5
	if around {
		dx, dy := b.Center.X-a.Center.X, b.Center.Y-a.Center.Y
		length := max(math.Hypot(dx, dy), 1)
		d := (min(x, y) + slack) / 2
		a.Center.X, a.Center.Y = a.Center.X-dx/length*d, a.Center.Y-dy/length*d
		b.Center.X, b.Center.Y = b.Center.X+dx/length*d, b.Center.Y+dy/length*d
		return true
	}
	if x < y {
		d := (x + slack) / 2
		if a.Center.X > b.Center.X {
			d = -d
		}
		a.Center.X -= d
		b.Center.X += d
		return true
	}
	d := (y + slack) / 2
	if ra.top+ra.bottom > rb.top+rb.bottom {
		d = -d
	}
	a.Center.Y -= d
	b.Center.Y += d
	return true
}

func keepIn(d *Disc, b Box) {
	r := d.rect(0)
	d.Center.X += max(b.Margin-r.left, 0) - max(r.right-(b.Width-b.Margin), 0)
	d.Center.Y += max(b.Margin-r.top, 0) - max(r.bottom-(b.Height-b.Margin), 0)
}

const golden = math.Pi * (3 - 2.23606797749979) // the angle that spreads seeds

// fill puts the members of a disc on a spiral, strongest in the middle, named people on the rim.
func (m *Map) fill(f figures.Figures, d *Disc, named map[data.AuthorID]int) {
	members := f.Tribes[d.Tribe].AtHome
	n := (len(members) + m.PerDot - 1) / m.PerDot
	turn := unit(hash("turn", string(f.Tribes[d.Tribe].ID))) * 2 * math.Pi
	for i := range n {
		r := m.Step * math.Sqrt(float64(i)+0.5)
		sin, cos := math.Sincos(turn + float64(i)*golden)
		d.Dots = append(d.Dots, Point{math.Round(d.Center.X + r*cos), math.Round(d.Center.Y + r*sin)})
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	if m.PerDot == 1 {
		m.toRim(members, d, order, named)
	}
	for i, member := range members {
		m.Place[member.Author] = d.Dots[order[i/m.PerDot]]
	}
}

// toRim gives named members the free outer dots nearest to the tribes they reach.
func (m *Map) toRim(members []data.Member, d *Disc, order []int, named map[data.AuthorID]int) {
	swapped := make(map[int]bool)
	for i, member := range members {
		target, ok := named[member.Author]
		if !ok {
			continue
		}
		goal := m.Discs[target].Center
		best, least := -1, math.Inf(1)
		for j := len(order) * 3 / 5; j < len(order); j++ {
			p := d.Dots[j]
			if dist := math.Hypot(p.X-goal.X, p.Y-goal.Y); !swapped[j] && dist < least {
				best, least = j, dist
			}
		}
		if best < 0 {
			continue
		}
		swapped[best] = true
		at := slices.Index(order, best)
		order[i], order[at] = order[at], order[i]
		m.Outer[member.Author] = true
	}
}

// scatter strews n people over the free ground: the R2 sequence (Roberts 2018) without discs and labels.
func (m *Map) scatter(n int) {
	n = (n + m.PerDot - 1) / m.PerDot
	const a1, a2 = 0.7548776662466927, 0.5698402909980532
	for i := 1; len(m.Loose) < n && i < 40*n+400; i++ {
		_, x := math.Modf(0.5 + a1*float64(i))
		_, y := math.Modf(0.5 + a2*float64(i))
		p := Point{math.Round(x * m.Box.Width), math.Round(y * m.Box.Height)}
		if m.free(p) {
			m.Loose = append(m.Loose, p)
		}
	}
}

// seat gives those in no group who talk to people in one the loose dots nearest to the middle of these, whoever talks to
// most first.
func (m *Map) seat(f figures.Figures) {
	if m.PerDot > 1 {
		return
	}
	goals, ties := make(map[data.AuthorID]Point), make(map[data.AuthorID]float64)
	var people []data.AuthorID
	for _, pair := range f.Free {
		if ties[pair.A] == 0 {
			people = append(people, pair.A)
		}
		ties[pair.A]++
		goal, to := goals[pair.A], m.Place[pair.B]
		goals[pair.A] = Point{goal.X + to.X, goal.Y + to.Y}
	}
	slices.SortStableFunc(people, func(a, b data.AuthorID) int { return cmp.Compare(ties[b], ties[a]) })
	taken := make([]bool, len(m.Loose))
	for _, who := range people {
		goal, best, least := goals[who], -1, math.Inf(1)
		for i, p := range m.Loose {
			if dist := math.Hypot(p.X-goal.X/ties[who], p.Y-goal.Y/ties[who]); !taken[i] && dist < least {
				best, least = i, dist
			}
		}
		if best < 0 {
			return
		}
		taken[best] = true
		m.Place[who] = m.Loose[best]
	}
}

func (m *Map) free(p Point) bool {
	for _, d := range m.Discs {
		if math.Hypot(p.X-d.Center.X, p.Y-d.Center.Y) < d.Radius+m.Step {
			return false
		}
		top := d.Center.Y - d.Radius - d.LabelHeight
		if d.LabelHeight > 0 && math.Abs(p.X-d.Center.X) < d.LabelWidth/2+6 && p.Y > top-6 && p.Y < d.Center.Y {
			return false
		}
	}
	return true
}
