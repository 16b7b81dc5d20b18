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

// mapBridges places the names of bridges beside their dots, where nothing else is written. A number
// in a name's place tells nobody who it is.
func (b *builder) mapBridges(m atlas.Map, named []figures.Person) []mapBridge {
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
		spot, ok := spotFor(at, width, size, max(24, float64(v.Radius)+10), m, append(rings(m, named, p), taken...))
		if !ok {
			continue
		}
		taken = append(taken, spot)
		v.TextX, v.TextY, v.Anchor = int(spot.left)+8, int(spot.top+size)-4, "start"
		v.LineX = int(min(max(at.X, spot.left), spot.right))
		v.LineY = int(min(max(at.Y, spot.top+6), spot.bottom))
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

func spotFor(at atlas.Point, width, size, pad float64, m atlas.Map, taken []patch) (patch, bool) {
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
			if on := covered(p, m); on+reach/2 < least {
				best, least, over = p, on+reach/2, on
			}
		}
	}
	return best, over < unread
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
