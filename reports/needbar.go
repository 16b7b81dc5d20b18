package reports

import (
	"strconv"

	"tribu/reports/figures"
)

// A barPart is one tribe's part of a bar, in tenths of a percent of its length; what is written in it
// begins at TextX.
type barPart struct {
	X, Width string
	TextX    string
	Inside   string // its letter and people, as far as there is room
	Colour   int
	Letter   string
	Name     string
	People   string
	Title    string
}

// A ringView is a share drawn as an arc: of a circumference of 100.
type ringView struct {
	Share int
	Label string
	Title string
}

func (b *builder) ring(v *needView, n figures.Need) {
	if !b.Figures.Threads {
		return
	}
	if n.Old == 0 {
		v.RingNote = b.text("needs.norequests")
		return
	}
	share := float64(n.Unanswered) / float64(n.Old)
	v.Ring = &ringView{
		Share: int(share*100 + 0.5), Label: b.ringLabel(n.Unanswered, n.Old),
		Title: b.text("needs.ring", "n", n.Old, "open", n.Unanswered),
	}
}

// part writes k of n: as a share, where n is large enough for one.
func (b *builder) part(k, n int) string {
	if n < leastShare {
		return b.text("part", "k", k, "of", n)
	}
	return b.percent(float64(k) / float64(n))
}

// leastDrawn is how wide a part of a bar is at least, so that the gap around it leaves something to be seen.
const leastDrawn = 12

func (b *builder) bar(n figures.Need, most int) []barPart {
	const full = 1000
	var out []barPart
	x, done := 0, 0
	for _, s := range n.ByTribe {
		done += s.People
		end := done * full / most
		bd := b.badge(s.Tribe)
		n := b.number(s.People)
		part := barPart{tenths1000(x), tenths1000(max(end-x, leastDrawn)), tenths1000(x + 8), "", bd.Colour, bd.Letter, bd.Name, n, bd.Name + ": " + n}
		switch width := end - x; {
		case bd.Letter != "" && width >= roomForBoth:
			part.Inside = bd.Letter + " " + n
		case bd.Letter != "" && width >= roomForLetter:
			part.Inside = bd.Letter
		}
		out = append(out, part)
		x = end
	}
	return out
}

// ringLabel writes k of n as short as it stands within a ring.
func (b *builder) ringLabel(k, n int) string {
	if n < leastShare {
		return b.number(k) + "/" + b.number(n)
	}
	return b.percent(float64(k) / float64(n))
}

// tenths1000 writes thousandths as a percentage.
func tenths1000(n int) string { return strconv.FormatFloat(float64(n)/10, 'f', 1, 64) + "%" }

func (b *builder) barTitle(n figures.Need) string {
	var parts []string
	for _, s := range n.ByTribe {
		parts = append(parts, b.badge(s.Tribe).Name+" "+b.number(s.People))
	}
	return b.join(parts)
}
