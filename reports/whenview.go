package reports

import (
	"fmt"
	"slices"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure"
	"tribu/reports/measure/stats"
)

// A whensView says of each tribe when, where and how to join in; with a map of everybody's hours.
type whensView struct {
	Rows   []whenView
	Rest   []span // tribes of which nothing is to be told
	All    heatView
	Weeks  int  // over which replies are counted
	Places bool // there are several
	Hours  bool // a tribe's are drawn
	Apart  bool // of a tribe it is told when else than to everybody replies come
	Ways   bool // a tribe has something to give or to avoid,
	Avoid  bool // and one of them to avoid
}

// A whenView is when and where one tribe gets replies.
type whenView struct {
	Badge  badge
	When   []span
	Apart  bool // when is not as to everybody
	Hours  *hoursView
	Slots  []span // when requests are answered soonest
	Places []placeView
	How    []howRow // what to give and what to avoid
	Open   []span   // requests that are open, where there is nothing to give or avoid
}

// A heatView is the hours of the week by how many replies came.
type heatView struct {
	Shades [5]string // as paths
	Days   []axisLabel
	Hours  []axisLabel
	Best   []span
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
	toldPlace = 2
)

func (b *builder) when() *whensView {
	all := b.everybody()
	if !b.Figures.Hours || !b.Figures.Threads || all.Replies < figures.EnoughReplies {
		return nil
	}
	v, top := &whensView{Weeks: b.weeksBack(), Places: !b.onePlace}, hourTop(append(slices.Clone(b.Figures.Tribes), all))
	for i, t := range b.Figures.Tribes {
		if t.IsTribe() && len(v.Rows) < toldWhen {
			row := b.whenOf(i, t, all)
			row.Hours = b.hours(t, all, top)
			v.Rows, v.Hours, v.Apart = append(v.Rows, row), v.Hours || row.Hours != nil, v.Apart || row.Apart
			how := row.How
			v.Ways = v.Ways || how != nil
			v.Avoid = v.Avoid || slices.ContainsFunc(how, func(h howRow) bool { return h.Avoid })
		}
	}
	if len(v.Rows) == 0 {
		return nil
	}
	v.quiet(b)
	v.All = b.heat(all)
	return v
}

// quiet leaves out the tribes of which only is to be told that no request of theirs is open, and names them together.
func (v *whensView) quiet(b *builder) {
	if v.Places {
		return
	}
	var letters []string
	v.Rows = slices.DeleteFunc(v.Rows, func(r whenView) bool {
		if r.Apart || r.Hours != nil || r.How != nil || plainText(r.Open) != b.text("when.open.none") {
			return false
		}
		letters = append(letters, r.Badge.Letter)
		return true
	})
	if len(letters) > 0 {
		v.Rest = b.rich("when.open.none.in", "n", len(letters), "letters", b.letters(letters))
	}
}

// whenOf tells when, where and how to join in tribe i.
func (b *builder) whenOf(i int, t, all figures.Tribe) whenView {
	v, tender := whenView{Badge: b.badge(i)}, b.tender(t.ID)
	if !tender {
		v.How = b.how(t)
	}
	switch best := t.Busiest(); {
	case t.Replies < figures.EnoughReplies:
		v.When = b.rich("when.few", "n", t.Replies)
	case t.Released:
		v.When, v.Apart = b.rich("when.released"), true
	default:
		if v.Apart = otherHours(t, all); !v.Apart {
			from := all.Busiest().From
			v.When = b.rich("when.alike", "from", clock(from), "to", clock((from+3)%24), "share", b.percent(t.Within(from)), "n", t.Replies)
			break
		}
		when := b.best(t)
		if best.Share < all.Busiest().Share {
			when = append(when, b.rich("when.less")...)
		}
		when = append(when, span{Text: b.bestDays(t, all)})
		v.When = linked(when, b.cite("busy-"+string(t.ID), b.rich("cite.busy", "tribe", b.called(t.Tribe), "from", clock(best.From), "to", clock(best.To), "n", b.weeksBack()), t.Busy, best.Replies))
	}
	for k, p := range t.Places[:min(len(t.Places), toldPlace)] {
		if !b.onePlace {
			v.Places = append(v.Places, placeView{cut(clean(b.placeName(p)), 40), b.percent(t.Stands(k))})
		}
	}
	p, _ := b.profile(t.ID)
	v.Slots = b.slots(p)
	v.Apart = v.Apart || v.Slots != nil
	open := b.openFirst(t)
	fits := slices.IndexFunc(open, func(q figures.Quote) bool { return !b.strange(waiting{q, i}) })
	switch {
	case tender:
		v.Open = b.rich("when.tender")
	case v.How != nil:
	case len(open) == 0:
		v.Open = b.rich("when.open.none")
	case b.Options.Anonymise || fits < 0:
		v.Open = b.rich("when.open", "n", len(open), "href", b.openHref(i))
	default:
		w, key := waiting{open[fits], i}, "when.open.one"
		if first, known := b.toAnswer(); known && first.tribe == i {
			w = first
		}
		if len(open) > 1 {
			key = "when.open.more"
		}
		v.How = []howRow{{Parts: b.rich(key, "who", b.readableName(w.Post.Author), "title", b.request(w), "n", len(open)-1, "href", b.openHref(i))}}
	}
	return v
}

// best says in which three hours of the day most replies come.
func (b *builder) best(t figures.Tribe) []span {
	best := t.Busiest()
	return b.rich("when.best", "from", clock(best.From), "to", clock(best.To), "share", b.percent(best.Share), "n", t.Replies)
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

func (b *builder) heat(t figures.Tribe) heatView {
	best := t.Busiest()
	most, v := 1, heatView{Best: b.rich("when.all", "from", clock(best.From), "to", clock(best.To), "share", b.percent(best.Share), "n", t.Replies)}
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
	return v
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
