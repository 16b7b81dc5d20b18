package reports

import (
	"fmt"
	"strings"

	"tribu/data"
	"tribu/reports/atlas"
	"tribu/reports/figures"
)

// A mapView is the map of tribes, twice: wide, and tall for phones.
type mapView struct {
	Title   []span
	Intro   []span
	Pics    []mapPic
	Note    []span
	Rows    []mapRow
	Between []pairRow
}

// A mapPic is one drawing of the map.
type mapPic struct {
	Class         string
	Width, Height int
	Label         string // for those who cannot see it
	Loose         string // dots of people in no tribe
	Tied          string // of those whose ties are drawn
	Links         []mapLink
	Many          bool // so many lines that each must be faint
	Hint          string
	Foot          int // where what is said of a tribe begins
	Tribes        []mapTribe
	Bridges       []mapBridge
	Dot           int // diameter
	LooseDot      int
}

// A mapLink is the lines between two tribes, or of one with people in none.
type mapLink struct {
	ID, D string
	ends  []int // the tribes
}

type mapTribe struct {
	Half           bool // a crowd or a clique
	Colour         int
	X, Y, Radius   int
	Dots           string
	Letter, Name   string
	Under          string
	LabelX, LabelY int
	UnderY         int
	Href           string
	Title          string
	Links          []string // ids of the lines to others
	Card           []string // lines about it, told when it is pointed at
}

type mapBridge struct {
	X, Y         int
	Radius       int
	TextX, TextY int
	Anchor       string
	Name         string
	LineX, LineY int
}

type mapRow struct {
	Badge  badge
	People string
	Change string
	Posts  string
	Inside string
}

type pairRow struct {
	A, B  badge
	Pairs string
	Posts string // where they stand
}

const (
	maxCurves  = 420 // lines on a map
	maxBundles = 300 // pairs of tribes whose lines are drawn
	fewLoose   = 60  // people in no tribe, whose dots are larger than those of many
)

func (b *builder) mapView() *mapView {
	if len(b.Figures.Tribes) == 0 {
		return nil
	}
	v := &mapView{Title: b.mapTitle()}
	named := b.bridging()
	wide, perDot := b.drawMap("wide", atlas.Wide(), named)
	tall, _ := b.drawMap("tall", atlas.Tall(len(b.Figures.Tribes)), named[:min(len(named), 4)])
	v.Pics = []mapPic{wide, tall}
	free := ""
	if n := len(b.Figures.Free); n > 0 {
		free = b.text("map.intro.free", "n", n)
	}
	key := "map.intro.pairs"
	if len(b.Figures.Tribes) > b.Figures.TribeCount() {
		key = "map.intro.pairs.groups"
	}
	v.Intro = append(b.rich("map.intro", "n", perDot), b.rich(key, "n", b.across(), "free", free, "inside", b.Figures.Inside)...)
	if b.Figures.None > 0 {
		key := "map.intro.none"
		if len(b.Figures.Tribes) > b.Figures.TribeCount() {
			key = "map.intro.none.groups"
		}
		v.Intro = append(v.Intro, b.rich(key, "n", b.Figures.None)...)
	}
	v.Note = b.rich("map.note")
	if len(b.Figures.Tribes) > b.Figures.TribeCount() {
		v.Note = append(b.rich("map.note.half"), v.Note...)
	}
	if len(wide.Bridges) > 0 {
		v.Note = append(b.rich("map.note.bridges"), v.Note...)
	}
	if pairs := b.ties(perDot); pairs > maxCurves {
		v.Note = append(v.Note, b.rich("map.note.lines", "n", pairs, "drawn", maxCurves)...)
	}
	b.mapTable(v)
	return v
}

func (b *builder) mapTable(v *mapView) {
	for i, t := range b.Figures.Tribes {
		row := b.badge(i)
		row.Name = b.titleStill(t)
		v.Rows = append(v.Rows, mapRow{row, b.number(t.People), b.sizeWord(t), b.number(t.Posts), b.percent(t.Stability)})
	}
	for _, l := range b.Figures.Links[:min(len(b.Figures.Links), 20)] {
		a, z := b.badge(l.A), b.badge(l.B)
		posts := b.cite("between-"+a.Letter+"-"+z.Letter, b.rich("cite.between", "a", a.Letter, "b", z.Letter), l.Posts, 0)
		v.Between = append(v.Between, pairRow{a, z, b.number(len(l.Pairs)), posts})
	}
}

// bridging returns the bridges to be named on the map: those that are listed.
func (b *builder) bridging() []figures.Person {
	if b.Options.Anonymise || !b.Figures.Threads {
		return nil
	}
	return b.bridges()
}

func (b *builder) drawMap(class string, box atlas.Box, named []figures.Person) (mapPic, int) {
	towards := make(map[data.AuthorID]int)
	for _, p := range named {
		if len(p.Reach) > 0 {
			towards[p.Author] = p.Reach[0].Tribe
		}
	}
	m := atlas.Lay(b.Story, b.Figures, box, towards)
	pic := mapPic{
		Class: class, Width: int(box.Width), Height: int(box.Height), Label: b.text("map.alt", "n", b.Figures.TribeCount()),
		Loose: dots(m.Loose), Dot: int(m.Step * 1.16), LooseDot: 9,
	}
	if len(m.Loose) > 1500 {
		pic.LooseDot = 6
	}
	if len(m.Loose) <= fewLoose {
		pic.LooseDot = 16
	}
	var ties []atlas.Point
	pic.Links, pic.Many, ties = b.curves(m, class)
	pic.Tied = dots(b.tied(m))
	for i, d := range m.Discs {
		pic.Tribes = append(pic.Tribes, b.mapTribe(d, b.Figures.Tribes[i], box))
	}
	if class == "wide" { // a phone has nothing to point with
		b.focus(&pic)
	}
	if m.PerDot == 1 {
		pic.Bridges = b.mapBridges(m, named, ties)
	}
	return pic, m.PerDot
}

func (b *builder) mapName(t figures.Tribe, runes int) string { return cut(b.title(t.Tribe), runes) }

func (b *builder) underLabel(t figures.Tribe) string {
	s := b.text("people", "n", t.People)
	if w := b.sizeWord(t); w != "" {
		s += " · " + w
	}
	return s
}

func (b *builder) mapTribe(d atlas.Disc, t figures.Tribe, box atlas.Box) mapTribe {
	x, y, r := int(d.Center.X), int(d.Center.Y), int(d.Radius)
	top := y - r
	v := mapTribe{
		Colour: b.Colours[t.ID], X: x, Y: y, Radius: r, Dots: dots(d.Dots), Letter: t.Letter,
		LabelX: x, LabelY: top - 62, UnderY: top - 18, Href: "#" + b.tribeID(d.Tribe),
		Title: b.title(t.Tribe) + ": " + b.underLabel(t), Half: !t.IsTribe(),
	}
	if d.Tribe < box.Named {
		v.Name, v.Under = b.mapName(t, box.NameRunes), b.underLabel(t)
	} else {
		v.LabelY = top - 14
	}
	return v
}

// dots draws a dot per point as a path of zero-length strokes with round ends.
func dots(points []atlas.Point) string {
	var s strings.Builder
	x, y := 0, 0
	for i, p := range points {
		px, py := int(p.X), int(p.Y)
		if i == 0 {
			fmt.Fprintf(&s, "M%d %dh0", px, py)
		} else {
			fmt.Fprintf(&s, "m%d %dh0", px-x, py-y)
		}
		x, y = px, py
	}
	return s.String()
}
