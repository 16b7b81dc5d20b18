package reports

import (
	"fmt"
	"math"
	"strconv"
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
	v.Intro = append(b.rich("map.intro", "n", perDot), b.rich("map.intro.pairs", "n", b.across(), "free", free, "inside", b.Figures.Inside)...)
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
		v.Rows = append(v.Rows, mapRow{b.badge(i), b.number(t.People), b.sizeWord(t), b.number(t.Posts), b.percent(t.Stability)})
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
	pic.Links, pic.Many = b.curves(m, class)
	for i, d := range m.Discs {
		pic.Tribes = append(pic.Tribes, b.mapTribe(d, b.Figures.Tribes[i], box))
	}
	if class == "wide" { // a phone has nothing to point with
		b.focus(&pic)
	}
	if m.PerDot == 1 {
		pic.Bridges = b.mapBridges(m, named)
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

// curves draws the people who turned to each other across tribes, each pair of tribes as a bundle, and those of a tribe to
// whom people in none did as another.
func (b *builder) curves(m atlas.Map, class string) (links []mapLink, many bool) {
	total := b.ties(m.PerDot)
	drawn := func(n int) int {
		if total > maxCurves {
			return max(n*maxCurves/total, 1)
		}
		return n
	}
	for i, l := range b.Figures.Links[:min(len(b.Figures.Links), maxBundles)] {
		var s strings.Builder
		for _, pair := range l.Pairs[:drawn(len(l.Pairs))] {
			curve(&s, m.Place[pair.A], m.Place[pair.B], m.Discs[l.A].Center, m.Discs[l.B].Center)
		}
		links = append(links, mapLink{class[:1] + strconv.Itoa(i), s.String(), []int{l.A, l.B}})
	}
	if m.PerDot > 1 {
		return links, total > maxCurves/2
	}
	free := make([]strings.Builder, len(m.Discs))
	for _, pair := range b.Figures.Free[:min(drawn(len(b.Figures.Free)), len(b.Figures.Free))] {
		if at, ok := m.Place[pair.A]; ok {
			home := b.Figures.Home[pair.B]
			curve(&free[home], at, m.Place[pair.B], at, m.Discs[home].Center)
		}
	}
	for i := range free {
		if free[i].Len() > 0 {
			links = append(links, mapLink{class[:1] + "f" + strconv.Itoa(i), free[i].String(), []int{i}})
		}
	}
	return links, total > maxCurves/2
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

func curve(s *strings.Builder, from, to, a, b atlas.Point) {
	dx, dy := b.X-a.X, b.Y-a.Y
	length := max(math.Hypot(dx, dy), 1)
	bend := 0.07 * length
	nx, ny := -dy/length*bend, dx/length*bend
	fmt.Fprintf(s, "M%d %dC%d %d %d %d %d %d", int(from.X), int(from.Y),
		int(a.X+0.42*dx+nx), int(a.Y+0.42*dy+ny), int(a.X+0.58*dx+nx), int(a.Y+0.58*dy+ny), int(to.X), int(to.Y))
}
