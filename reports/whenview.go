package reports

import (
	"fmt"

	"tribu/data"
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
	all := b.everybody()
	if all.Replies < figures.EnoughReplies {
		return nil
	}
	for i, t := range b.Figures.Tribes {
		if !figures.IsTribe(t.Tribe) || len(out) == toldWhen {
			continue
		}
		v := whenView{Badge: b.badge(i), Weeks: b.weeksBack()}
		if otherHours(t, all) {
			b.heat(&v, t)
			best := t.Busiest()
			v.Best = linked(v.Best, b.cite("busy-"+string(t.ID), b.rich("cite.busy", "tribe", b.called(t.Tribe), "from", clock(best.From), "to", clock(best.To), "n", b.weeksBack()), t.Busy, best.Replies))
		}
		for i, p := range t.Places[:min(len(t.Places), toldPlace)] {
			if b.onePlace {
				break
			}
			v.Places = append(v.Places, placeView{cut(clean(b.placeName(p)), 40), b.percent(t.Stands(i))})
		}
		p, _ := b.profile(t.ID)
		v.Slots, v.How = b.slots(p), b.how(t)
		if v.Best != nil || v.Places != nil || v.How != nil {
			out = append(out, v)
		}
	}
	if len(out) == 0 {
		return nil
	}
	usual := whenView{Badge: badge{Name: b.text("when.everybody"), Colour: -1}, Weeks: b.weeksBack()}
	b.heat(&usual, all)
	return append(out, usual)
}

// otherHours reports whether a tribe gets more or fewer of its replies in the hours in which most come to
// everybody than everybody does, by more than chance.
func otherHours(t, all figures.Tribe) bool {
	if t.Replies < figures.EnoughReplies {
		return false
	}
	busy, own := all.Busiest(), 0
	for _, day := range t.Hours {
		for h := range 3 {
			own += day[(busy.From+h)%24]
		}
	}
	low, high := stats.Wilson(own, t.Replies)
	return busy.Share < low || high < busy.Share
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
}

// weeksBack returns how many weeks the story's posts reach back.
func (b *builder) weeksBack() int {
	window := b.Story.Window.To.Sub(b.Story.Window.From)
	return max(figures.Weeks, int((window+measure.Week-1)/measure.Week))
}

// A balanceView is what makers gave and what they put off, against what they wrote unasked: a bar of
// 1000 units.
type balanceView struct {
	Text  []span
	Parts []balancePart
}

// A balancePart is one part of the bar.
type balancePart struct {
	Class    string
	X, Width int
	Label    string
	Href     string // where its posts stand
}

func (b *builder) balance() *balanceView {
	if b.Measures == nil || b.Measures.Makers == nil || b.Measures.Makers.Balance.State != stats.Known || !b.Figures.Threads {
		return nil
	}
	x := b.Measures.Makers.Balance
	all := x.Given + x.Held + x.Unasked
	if all == 0 {
		return nil
	}
	v := &balanceView{Text: b.rich("balance.text", "weeks", b.windowWeeks(), "n", x.Given, "unasked", b.text("posts.short", "n", x.Unasked))}
	if x.Held > 0 {
		v.Text = append(v.Text, b.rich("balance.held", "n", x.Held)...)
	}
	if x.Talk > 0 {
		v.Text = append(v.Text, b.rich("balance.talk", "n", x.Talk)...)
	}
	if x.Ignored > 0 {
		v.Text = append(v.Text, b.rich("balance.ignored", "n", x.Ignored)...)
	}
	done := 0
	for _, part := range [...]struct {
		key, class string
		n          int
		posts      []data.PostID
	}{{"unasked", "asked", x.Unasked, x.Pushed}, {"held", "held", x.Held, x.Put}, {"given", "given", x.Given, x.Gave}} {
		if part.n == 0 {
			continue
		}
		from := 1000 * done / all
		done += part.n
		v.Parts = append(v.Parts, balancePart{part.class, from, max(1000*done/all-from-4, 2), b.text("balance.part."+part.key, "n", part.n), b.cite(part.key, b.rich("cite.balance."+part.key), part.posts, 0)})
	}
	return v
}
