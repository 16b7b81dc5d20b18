package reports

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/stats"
)

// perform draws p on the strip of row; behind says how many stand behind this week.
func (b *builder) perform(row *serviceView, p cpi.Performance, behind, currency string) {
	this := p.This()
	r := stripRange{lower: p.Lower, share: isShare(p.Unit), seconds: p.Unit == cpi.SecondsWaited || p.Unit == cpi.SecondsToHelp,
		this: this.Value, hasThis: this.State == stats.Known,
		low: max(p.Usual.Low, 0), mid: p.Usual.Median, high: p.Usual.High, hasUsual: p.Usual.State == stats.Known,
		good: p.Good.Median, hasGood: p.Good.State == stats.Known && p.Good.N > 0}
	if r.share {
		r.high = min(r.high, 1)
	}
	if !r.hasThis && !r.hasUsual {
		row.Few = b.text("fact.week", "state", b.state(this.State, this.N))
		return
	}
	write := func(x float64) string { return b.value(p.Unit, x, currency) }
	row.Strip = b.strip(r, write)
	row.Scale = b.scale(r, weekOf(p), behind, write)
	if !r.hasThis {
		row.Few = b.text("fact.week", "state", b.state(this.State, this.N))
	}
	if r.hasGood {
		row.Scale = append(row.Scale, b.rich("fact.good", "value", write(p.Good.Median), "n", p.Good.N)...)
	}
	row.verdict(b, p.Verdict)
}

// expected draws and says what people call good enough, where what they got this week is not known.
func (b *builder) expected(row *serviceView, o cpi.Outcome, told int) {
	unit := cpi.SecondsWaited
	switch {
	case row.Strip != nil || o.Expected.State != stats.Known:
		return
	case o.Expected.Kind == cpi.Money:
		unit = cpi.MoneyPaid
	case o.Expected.Kind != cpi.Time:
		return
	}
	write := func(x float64) string { return b.value(unit, x, o.Expected.Unit) }
	lacking := "fact.none"
	if told == 0 {
		lacking = "fact.nobody"
	}
	asked := o.Expected.Summary
	if unit == cpi.SecondsWaited {
		asked.Median, asked.Low, asked.High = asWritten(asked.Median), asWritten(asked.Low), asWritten(asked.High)
	}
	row.Strip = b.strip(stripRange{lower: true, seconds: unit == cpi.SecondsWaited, good: asked.Median, hasGood: true, askedLow: asked.Low, askedHigh: asked.High}, write)
	row.Few, row.Scale, row.Word = "", b.rich("fact.good", "value", write(asked.Median), "n", asked.N), b.text("verdict.unknown")
	if asked.High > asked.Low {
		row.Scale = append(row.Scale, b.rich("fact.half", "low", write(asked.Low), "high", write(asked.High))...)
	}
	row.Scale = append(row.Scale, b.rich(lacking, "n", told)...)
}

// asWritten returns the length of time that stands for seconds on a page: whole days from two on, so that a bar ends where
// its words say.
func asWritten(seconds float64) float64 {
	const day = 24 * 60 * 60
	if seconds < 2*day {
		return seconds
	}
	return math.Round(seconds/day) * day
}

// weekOf says which week a figure is of: what askers come back to say is known a week later.
func weekOf(p cpi.Performance) string {
	if p.Unit == cpi.ShareResolved {
		return "fact.judged"
	}
	return "fact.this"
}

// scale says a strip in words: the week that key names, and the usual range.
func (b *builder) scale(r stripRange, key, behind string, write func(float64) string) []span {
	var out []span
	if r.hasThis {
		out = b.rich(key, "n", behind)
	}
	if r.hasUsual {
		out = append(out, b.rich("fact.usual", "low", write(r.low), "high", write(r.high))...)
	}
	return out
}

func (row *serviceView) verdict(b *builder, v cpi.Verdict) {
	if v == cpi.Untold {
		return
	}
	row.Word = b.text("verdict." + string(v))
	switch v {
	case cpi.Worse:
		row.Class = "worse"
	case cpi.Better:
		row.Class = "better"
	}
}

// paceRow is how long requests wait for a first reply; false where there were too few to say.
func (b *builder) paceRow() (serviceView, bool) {
	p := b.Figures.Pace
	if !p.Known() && !p.Silent() || !b.Figures.Hours {
		return serviceView{}, false
	}
	row := serviceView{outcomeView: outcomeView{ID: "pace", Topic: b.text("pace.title"), What: b.text("pace.unit")}}
	r := stripRange{lower: true, seconds: true, this: p.Median.Seconds(), hasThis: true,
		low: p.Low.Seconds(), mid: p.Usual.Seconds(), high: p.High.Seconds(), hasUsual: p.Usual > 0}
	good := b.replyInTime()
	r.good, r.hasGood = good.Median, good.State == stats.Known && good.N > 0
	within := b.Figures.Params.ReplyWithin
	write := func(x float64) string {
		if time.Duration(x*float64(time.Second)) >= within && x == p.Median.Seconds() {
			return b.text("wait.over", "wait", b.text("wait.hours", "h", int(within.Hours())))
		}
		return b.value(cpi.SecondsToHelp, x, "")
	}
	row.Strip = b.strip(r, write)
	row.Scale = b.scale(r, "fact.this", b.text("pace.opened", "n", p.Asked, "from", b.weekday(b.Story.AsOf.Add(time.Second-7*24*time.Hour)), "to", b.weekday(b.Story.AsOf.Add(-b.Figures.Params.ReplyWithin))), write)
	if r.hasGood {
		row.Scale = append(row.Scale, b.rich("fact.good", "value", write(r.good), "n", good.N)...)
	}
	if p.Unanswered > 0 {
		row.Scale = append(row.Scale, b.rich("pace.open", "n", p.Unanswered)...)
		if len(p.Late) > 0 {
			row.Scale = append(row.Scale, b.rich("pace.open.late", "n", len(p.Late))...)
		}
		row.Scale = append(row.Scale, span{Text: "."})
	}
	row.Scale = append(row.Scale, b.paceTold(p)...)
	if p.Running > 1 {
		row.Scale = append(row.Scale, b.rich("pace.running", "n", p.Running)...)
	}
	row.verdict(b, paceVerdict(p))
	if paceVerdict(p) == cpi.Worse {
		row.Of = b.left(p.Posts)
	}
	row.Evidence = b.unanswered()
	row.Scale = linked(row.Scale, b.cite("pace", b.rich("pace.title"), p.Replied, p.Asked-p.Unanswered))
	return row, true
}

// replyInTime is what people call good enough for a first reply; not known where too few say so.
func (b *builder) replyInTime() cpi.Expectation {
	if b.Measures != nil {
		for _, p := range b.Measures.Threads {
			if p.Unit == cpi.SecondsToHelp {
				return p.Good
			}
		}
	}
	return cpi.Expectation{Summary: stats.Summary{State: stats.NotEnough}}
}

// left returns the tribes of those who got no reply, most of them first, where several of a tribe did not.
func (b *builder) left(posts []data.PostID) (out []badge) {
	who := make(map[int]map[data.AuthorID]bool)
	for i := range b.Story.Activity {
		p := &b.Story.Activity[i]
		if !slices.Contains(posts, p.ID) {
			continue
		}
		home, known := b.Figures.Home[p.Author]
		if !known || home == figures.None || !b.Figures.Tribes[home].IsTribe() {
			continue
		}
		if who[home] == nil {
			who[home] = make(map[data.AuthorID]bool)
		}
		who[home][p.Author] = true
	}
	for _, home := range slices.SortedFunc(maps.Keys(who), func(x, y int) int { return cmp.Or(len(who[y])-len(who[x]), x-y) }) {
		if len(who[home]) > 1 && len(out) < askingTribes {
			out = append(out, b.badge(home))
		}
	}
	return out
}

func isShare(u cpi.Unit) bool {
	return u == cpi.ShareServed || u == cpi.ShareAnswered || u == cpi.ShareResolved
}

func (b *builder) value(u cpi.Unit, x float64, currency string) string {
	switch {
	case isShare(u):
		return b.percent(x)
	case u == cpi.MoneyPaid:
		return b.money(x, currency)
	}
	return b.wait(time.Duration(min(x, math.MaxInt32) * float64(time.Second)))
}

// money writes an amount as people read it: whole where it is.
func (b *builder) money(x float64, currency string) string {
	digits := 2
	if x == math.Trunc(x) {
		digits = 0
	}
	key := "money." + currency
	if _, known := b.messages[key]; known {
		return b.text(key, "x", b.decimal(x, digits))
	}
	return strings.TrimSpace(b.decimal(x, digits) + " " + currency)
}

// state says why there is no figure; empty where there is one.
func (b *builder) state(s stats.State, n int) string {
	if s == stats.Known {
		return ""
	}
	return b.text("state."+string(s), "n", n)
}

// unanswered lists the requests of the last week that got no first reply in time, each under the title of its conversation.
func (b *builder) unanswered() *evidence {
	p, open := b.Figures.Pace, make(map[data.PostID]bool)
	for _, id := range b.Figures.Pace.Posts {
		open[id] = true
	}
	asked := make(map[data.PostID]figures.Quote)
	for i := range b.Story.Needs {
		if n := &b.Story.Needs[i]; n.Ord == n.Acts.Ord() && open[n.ID] && figures.Whole(n.Quote) {
			asked[n.ID] = figures.Quote{Post: n.PostMeta, Text: n.Quote, Lang: n.Need.Lang}
		}
	}
	for i := range b.Story.Activity {
		m := &b.Story.Activity[i]
		if _, said := asked[m.ID]; !said && open[m.ID] && clean(b.Story.Threads[m.Thread].Title) != "" {
			asked[m.ID] = figures.Quote{Post: *m, Text: b.Story.Threads[m.Thread].Title, Lang: m.Lang}
		}
	}
	var quotes []figures.Quote
	for _, id := range p.Posts {
		if q, said := asked[id]; said {
			q.Late = slices.Contains(p.Late, id)
			quotes = append(quotes, q)
		}
	}
	e := b.evidence("pace-posts", b.rich("pace.title"), b.rich("evidence.pace", "n", p.Unanswered), quotes, 6, quotedFirst(quotes, p.Posts))
	b.titled(e, quotes)
	return e
}

// titled puts over each quote of an evidence the title of its conversation, where that is not what it says.
func (b *builder) titled(e *evidence, quotes []figures.Quote) {
	if e == nil {
		return
	}
	for i := range e.Posts {
		if title := cut(b.threadOf(quotes[i]), 80); title != e.Posts[i].Text {
			e.Posts[i].Title = title
		}
	}
}
