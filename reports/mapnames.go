package reports

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tribu/reports/atlas"
	"tribu/reports/figures"
)

// unread is the cost from which a name would stand on too many dots to be read.
const unread = 100

const (
	crossed  = 4  // the cost of a point of a tie under a name,
	struck   = 80 // and of a name that the line from another to its ring runs through
	byLeader = 12 // points along that line
)

// mapBridges places the names of bridges beside their dots, where nothing else is written and few ties run. A number
// in a name's place tells nobody who it is.
func (b *builder) mapBridges(m atlas.Map, named []figures.Person, ties []atlas.Point) []mapBridge {
	const size = 36.0
	taken := labelBoxes(m)
	var out []mapBridge
	for _, p := range named {
		at, ok := m.Place[p.Author]
		name := cut(string(b.name(p.Author)), 22)
		if !ok || coded(name) {
			continue
		}
		width := textWidth(name, size, 0.54)
		v := mapBridge{X: int(at.X), Y: int(at.Y), Radius: int(m.Step*0.8) + 3, Name: name}
		ring := patch{at.X - float64(v.Radius), at.Y - float64(v.Radius), at.X + float64(v.Radius), at.Y + float64(v.Radius)}
		spot, ok := spotFor(at, width, size, max(24, float64(v.Radius)+10), m, append(append(rings(m, named, p), ring), taken...), ties)
		if !ok {
			continue
		}
		taken = append(taken, spot)
		v.TextX, v.TextY, v.Anchor = int(spot.left)+8, int(spot.top+size)-4, "start"
		to := spot.nearest(at)
		v.LineX, v.LineY = int(to.X), int(to.Y)
		out = append(out, v)
	}
	return out
}

// leastCode is how many hexadecimal digits in a row, letters among them or not, are no name.
const leastCode = 8

// coded reports whether a name is a number that a source or an export gave: digits, or hexadecimal digits.
func coded(name string) bool {
	return slices.ContainsFunc(strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), func(part string) bool {
		hex := strings.TrimLeft(strings.ToLower(part), "0123456789abcdef") == ""
		return hex && len(part) >= leastCode && strings.ContainsAny(part, "0123456789")
	})
}

// rings returns what the rings of everybody named but one cover.
func rings(m atlas.Map, named []figures.Person, but figures.Person) []patch {
	var out []patch
	for _, p := range named {
		if at, ok := m.Place[p.Author]; ok && p.Author != but.Author {
			r := m.Step
			out = append(out, patch{at.X - r, at.Y - r, at.X + r, at.Y + r})
		}
	}
	return out
}

// A patch is a rectangle where something is written.
type patch struct{ left, top, right, bottom float64 }

func (p patch) hits(q patch) bool {
	return p.left < q.right && q.left < p.right && p.top < q.bottom && q.top < p.bottom
}

func labelBoxes(m atlas.Map) []patch {
	var out []patch
	for _, d := range m.Discs {
		top := d.Center.Y - d.Radius
		out = append(out, patch{d.Center.X - d.LabelWidth/2, top - d.LabelHeight, d.Center.X + d.LabelWidth/2, top})
	}
	return out
}

func spotFor(at atlas.Point, width, size, pad float64, m atlas.Map, taken []patch, ties []atlas.Point) (patch, bool) {
	best, least, over := patch{}, math.Inf(1), math.Inf(1)
	for step := range 6 {
		reach := pad + float64(step)*60
		for angle := range 16 {
			sin, cos := math.Sincos(float64(angle) * math.Pi / 8)
			x, y := at.X+reach*cos, at.Y+(reach+size/2)*sin-size/2
			x += (cos - 1) / 2 * width
			p := patch{x, y, x + width, y + size + 6}
			if p.left < 0 || p.top < 0 || p.right > m.Box.Width || p.bottom > m.Box.Height || hitsAny(p, taken) {
				continue
			}
			on := covered(p, m)
			if cost := on + reach/2 + crossed*float64(p.holds(ties)) + struck*float64(p.strikes(at, taken)); cost < least {
				best, least, over = p, cost, on
			}
		}
	}
	return best, over < unread
}

// nearest returns the point of a patch that is nearest to at.
func (p patch) nearest(at atlas.Point) atlas.Point {
	return atlas.Point{X: min(max(at.X, p.left), p.right), Y: min(max(at.Y, p.top+6), p.bottom)}
}

// strikes counts the patches of taken that a line from at to p runs through, but for the one it begins in.
func (p patch) strikes(at atlas.Point, taken []patch) (n int) {
	to := p.nearest(at)
	var along []atlas.Point
	for i := range byLeader {
		t := float64(i) / byLeader
		along = append(along, atlas.Point{X: at.X + t*(to.X-at.X), Y: at.Y + t*(to.Y-at.Y)})
	}
	for _, q := range taken {
		if q.holds(along[:1]) == 0 && q.holds(along) > 0 {
			n++
		}
	}
	return n
}

// holds counts the points that lie in a patch.
func (p patch) holds(points []atlas.Point) (n int) {
	for _, q := range points {
		if p.left < q.X && q.X < p.right && p.top < q.Y && q.Y < p.bottom {
			n++
		}
	}
	return n
}

func hitsAny(p patch, taken []patch) bool {
	for _, q := range taken {
		if p.hits(q) {
			return true
		}
	}
	return false
}

// covered says how much of p lies over discs.
func covered(p patch, m atlas.Map) float64 {
	cost := 0.0
	for _, d := range m.Discs {
		for i := range 7 {
			x := p.left + (p.right-p.left)*float64(i)/6
			if math.Hypot(x-d.Center.X, (p.top+p.bottom)/2-d.Center.Y) < d.Radius+8 {
				cost += 40
			}
		}
	}
	return cost
}

func textWidth(s string, size, ratio float64) float64 {
	return float64(utf8.RuneCountInString(s))*size*ratio + 20
}
