package reports

import (
	"fmt"

	"tribu/reports/figures"
	"tribu/reports/measure"
	"tribu/reports/measure/stats"
)

// A whenView is when and where one tribe gets replies.
type whenView struct {
	Badge  badge
	Weeks  int       // over which replies are counted
	Shades [5]string // hours of the week by how many replies came, as paths
	Days   []axisLabel
	Hours  []axisLabel
	Best   []span
	Busy   string // where the replies of the best hours stand
	Few    []span
	Places []placeView
	Slots  []span   // when requests are answered soonest
	How    []howRow // what to give and what to avoid
}

type axisLabel struct {
	X, Y int
	Text string
}

type placeView struct{ Name, Share string }

const (
	cellSize  = 9
	gridLeft  = 16
	gridTop   = 2
	toldWhen  = 12
	toldPlace = 3
)

func (b *builder) when() []whenView {
	if !b.Figures.Hours || !b.Figures.Threads {
		return nil
	}
	var out []whenView
	any := false
	for i, t := range b.Figures.Tribes {
		if !figures.IsTribe(t.Tribe) || len(out) == toldWhen {
			continue
		}
		v := whenView{Badge: b.badge(i), Weeks: b.weeksBack()}
		if t.Replies >= figures.EnoughReplies {
			any = true
			b.heat(&v, t)
		} else {
			v.Few = b.rich("when.few", "n", t.Replies)
		}
		total := 0
		for _, p := range t.Places {
			total += p.Posts
		}
		for _, p := range t.Places[:min(len(t.Places), toldPlace)] {
			if b.onePlace {
				break
			}
			v.Places = append(v.Places, placeView{cut(clean(b.placeName(p)), 40), b.percent(float64(p.Posts) / float64(total))})
		}
		p, _ := b.profile(t.ID)
		v.Slots, v.How = b.slots(p), b.how(t)
		out = append(out, v)
	}
	if !any {
		return nil
	}
	return out
}

func (b *builder) heat(v *whenView, t figures.Tribe) {
	most := 1
	for _, day := range t.Hours {
		for _, n := range day {
			most = max(most, n)
		}
	}
	for d, day := range t.Hours {
		v.Days = append(v.Days, axisLabel{8, gridTop + d*cellSize + cellSize - 2, b.list("days.letter", d)})
		for h, n := range day {
			v.Shades[(4*n+most-1)/most] += fmt.Sprintf("M%d %dh8v8h-8z", gridLeft+h*cellSize, gridTop+d*cellSize)
		}
	}
	for h := 0; h < 24; h += 6 {
		v.Hours = append(v.Hours, axisLabel{gridLeft + h*cellSize, gridTop + 7*cellSize + 9, clock(h)})
	}
	best := t.Busiest()
	v.Best = b.rich("when.best", "from", clock(best.From), "to", clock(best.To), "share", b.percent(best.Share), "n", t.Replies)
	v.Busy = b.cite("busy-"+string(t.ID), b.rich("cite.busy", "tribe", b.called(t.Tribe), "from", clock(best.From), "to", clock(best.To), "n", b.weeksBack()), t.Busy, best.Replies)
}

// weeksBack returns how many weeks the story's posts reach back.
func (b *builder) weeksBack() int {
	window := b.Story.Window.To.Sub(b.Story.Window.From)
	return max(figures.Weeks, int((window+measure.Week-1)/measure.Week))
}

// A balanceView is what makers gave, against what they wrote unasked: a bar of 1000 units.
type balanceView struct {
	Text                  []span
	Left, Right           string // what the ends of the bar are
	Pushed, Gave          string // where the posts stand
	Unasked, Start, Given int
}

func (b *builder) balance() *balanceView {
	if b.Measures == nil || b.Measures.Makers == nil || b.Measures.Makers.Balance.State != stats.Known || !b.Figures.Threads {
		return nil
	}
	x := b.Measures.Makers.Balance
	if x.Given+x.Unasked == 0 {
		return nil
	}
	end := 1000 * x.Unasked / (x.Unasked + x.Given)
	text := b.rich("balance.text", "n", x.Given, "unasked", b.text("posts.short", "n", x.Unasked))
	if x.Talk > 0 {
		text = append(text, b.rich("balance.talk", "n", x.Talk)...)
	}
	if x.Ignored > 0 {
		text = append(text, b.rich("balance.ignored", "n", x.Ignored)...)
	}
	return &balanceView{text,
		b.text("balance.unasked", "n", x.Unasked), b.text("balance.given", "n", x.Given), b.cite("unasked", b.rich("cite.unasked"), x.Pushed, 0), b.cite("given", b.rich("cite.given"), x.Gave, 0), max(end-4, 0), end, 1000 - end}
}
