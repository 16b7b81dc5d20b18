package reports

import (
	"fmt"
	"strings"

	"tribu/reports/figures"
	"tribu/reports/measure/stats"
)

// An hoursView is the hours of the day by the share of a tribe's replies: bars, as paths, with everybody's as a line.
type hoursView struct {
	Bars, Best string // the three hours apart in which most come, to it or, where it has no pattern of its own, to everybody
	All        string
	Title      string
}

const (
	hourStep   = 8 // of a bar and the gap after it
	hourHeight = 26
	mostDays   = 2 // on which most replies of the best hours come
)

// hourTop returns the largest share of an hour in any of tribes: all bars are drawn on one scale.
func hourTop(tribes []figures.Tribe) float64 {
	top := 0.0
	for _, t := range tribes {
		for _, n := range t.Day() {
			if t.Replies >= figures.EnoughReplies {
				top = max(top, float64(n)/float64(t.Replies))
			}
		}
	}
	return top
}

// hours draws the hours of a tribe beside everybody's; nil where too few replied to it, or its posts are let pass together.
func (b *builder) hours(t, all figures.Tribe, top float64) *hoursView {
	if t.Replies < figures.EnoughReplies || t.Released || top <= 0 {
		return nil
	}
	height := func(n, of int) int { return int(float64(n)/float64(of)/top*hourHeight + .5) }
	from, v := all.Busiest().From, &hoursView{}
	if otherHours(t, all) {
		from = t.Busiest().From
	}
	v.Title = b.text("when.hours", "from", clock(from), "to", clock((from+3)%24), "share", b.percent(t.Within(from)), "all", b.percent(all.Within(from)))
	var line strings.Builder
	own, everybody := t.Day(), all.Day()
	for h, n := range own {
		bar := fmt.Sprintf("M%d %dv-%dh%dv%dz", h*hourStep, hourHeight, height(n, t.Replies), hourStep-1, height(n, t.Replies))
		switch {
		case n == 0:
		case (h-from+24)%24 < 3:
			v.Best += bar
		default:
			v.Bars += bar
		}
		fmt.Fprintf(&line, "V%dH%d", hourHeight-height(everybody[h], all.Replies), (h+1)*hourStep-1)
	}
	v.All = fmt.Sprintf("M0 %d%s", hourHeight, line.String())
	return v
}

// bestDays names the days on which surely more of the replies in a tribe's best hours come than of everybody's in these hours;
// nothing where none is.
func (b *builder) bestDays(t, all figures.Tribe) string {
	best := t.Busiest()
	var names []string
	for d := range t.Hours {
		low, _ := stats.Wilson(figures.ThreeFrom(t.Hours[d], best.From), best.Replies)
		if everybody := all.Within(best.From) * float64(all.Replies); low*everybody > float64(figures.ThreeFrom(all.Hours[d], best.From)) {
			names = append(names, b.list("days", d))
		}
	}
	if len(names) == 0 || len(names) > mostDays {
		return ""
	}
	return b.text("when.days", "days", b.join(names))
}
