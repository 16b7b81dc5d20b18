package reports

import (
	"tribu/reports/figures"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/stats"
)

// clearly is how many times what people call good enough an outcome that is no worse than usual must take or cost to be told.
const clearly = 1.25

// leftUsual returns the outcome that left its usual range, the worst first: of those that are worse than usual, or else better,
// the one furthest beyond what people call good enough.
func (b *builder) leftUsual() int {
	best, far := -1, 0.0
	if b.Measures == nil {
		return best
	}
	for _, verdict := range []cpi.Verdict{cpi.Worse, cpi.Better} {
		for i, o := range b.Measures.Outcomes {
			if o.Status != cpi.Qualified || b.Measures.Served[i].Verdict != verdict {
				continue
			}
			if over := b.over(i); best < 0 || over > far {
				best, far = i, over
			}
		}
		if best >= 0 {
			return best
		}
	}
	return best
}

// notEnough returns the outcome that is furthest beyond what people call good enough, and clearly so; -1 where none is.
func (b *builder) notEnough() int {
	best, far := -1, clearly
	if b.Measures == nil {
		return best
	}
	for i, o := range b.Measures.Outcomes {
		if over := b.over(i); o.Status == cpi.Qualified && over > far {
			best, far = i, over
		}
	}
	return best
}

// over returns how many times what people call good enough outcome i takes or costs this week; 0 where either is not known.
func (b *builder) over(i int) float64 {
	p := b.Measures.Served[i]
	_, enough, n := b.asked(i)
	if p.This().State != stats.Known || p.This().N == 0 || n == 0 || enough <= 0 {
		return 0
	}
	return p.This().Value / enough
}

// asked returns what those who state outcome i call good enough, as it is written and as a number, and how many say so; none
// where it is not known.
func (b *builder) asked(i int) (written string, value float64, n int) {
	p := b.Measures.Served[i]
	if p.Good.State != stats.Known || p.Good.N == 0 || isShare(p.Unit) {
		return "", 0, 0
	}
	return b.value(p.Unit, p.Good.Median, p.Currency), p.Good.Median, p.Good.N
}

// toldOutcome returns the outcome that a line of its own tells; -1 where none does.
func (b *builder) toldOutcome() int {
	if b.servedFirst().Parts != nil {
		return b.leftUsual()
	}
	if b.Measures == nil || b.grewLine().Parts != nil {
		return -1
	}
	return b.servedBeside()
}

// outcomeLine tells outcome i: what people got this week, against what they call good enough, else against what is usual.
func (b *builder) outcomeLine(i int) lineView {
	if i < 0 {
		return lineView{}
	}
	p, key, usual := b.Measures.Served[i], "line.served.short", ""
	switch p.Verdict {
	case cpi.Worse, cpi.Better:
		key = "line.served." + verdictKey(p.Verdict)
	case cpi.Usual:
		usual = b.text("line.served.as.usual")
	}
	s := b.strength(1, p.This().N)
	written, _, n := b.asked(i)
	against := b.rich("line.served.enough", "n", n, "enough", written)
	if n == 0 {
		against = b.rich("line.served.usual", "low", b.value(p.Unit, max(p.Usual.Low, 0), p.Currency), "high", b.value(p.Unit, p.Usual.High, p.Currency))
	}
	return lineView{Strength: &s, Parts: b.rich(key, "topic", collected(upper(b.outcomeName(b.Measures.Outcomes[i]))),
		"value", b.value(p.Unit, p.This().Value, p.Currency), "against", against, "usual", usual, "href", "#"+outcomeID(i))}
}

// servedToo tells, beside how many voice need i, how well it is served this week, against what they call good enough or what is
// usual; nothing where that is not known, or a line of its own tells it.
func (b *builder) servedToo(i int) []span {
	if b.Measures == nil {
		return nil
	}
	for k, o := range b.Measures.Outcomes {
		p := b.Measures.Served[k]
		if o.Status != cpi.Qualified || p.Verdict == cpi.Untold || b.needOf(o) != i {
			continue
		}
		if k == b.toldOutcome() {
			return nil
		}
		args := []any{"value", b.value(p.Unit, p.This().Value, p.Currency), "low", b.value(p.Unit, max(p.Usual.Low, 0), p.Currency),
			"high", b.value(p.Unit, p.Usual.High, p.Currency), "href", "#" + outcomeID(k)}
		written, enough, n := b.asked(k)
		switch {
		case n == 0:
			return b.rich("line.too."+verdictKey(p.Verdict), args...)
		case p.This().Value <= enough:
			return b.rich("line.too.within", append(args, "enough", written)...)
		}
		return b.rich("line.too.beyond", append(args, "enough", written)...)
	}
	return nil
}

// servedFirst is the outcome that is told before how long requests wait: nothing where these wait longer than usual, and
// more surely so.
func (b *builder) servedFirst() lineView {
	l, p := b.outcomeLine(b.leftUsual()), b.Figures.Pace
	waiting := b.Figures.Threads && b.Figures.Hours && (p.Known() || p.Silent()) && paceVerdict(p) == cpi.Worse
	if l.Parts != nil && waiting && b.repliesStrength(1, p.Asked).Level > l.Strength.Level {
		return lineView{}
	}
	return l
}

// servedBeside returns the outcome that the line before tells where this one tells how long requests wait: the one that is worse
// than usual, else the one that is furthest from good enough; -1 where none is, or this line tells one.
func (b *builder) servedBeside() int {
	i := b.leftUsual()
	switch {
	case b.Measures == nil || b.servedFirst().Parts != nil:
		return -1
	case i >= 0 && b.Measures.Served[i].Verdict == cpi.Worse:
		return i
	}
	return b.notEnough()
}

// within says of a wait for a reply whether it is what people call good enough; nothing where too few say so.
func (b *builder) within(p figures.Pace) []span {
	good := b.replyInTime()
	if good.State != stats.Known || good.N == 0 || p.Median <= 0 {
		return nil
	}
	key := "line.pace.beyond"
	if p.Median.Seconds() <= good.Median {
		key = "line.pace.within"
	}
	return b.rich(key, "n", good.N, "enough", b.value(cpi.SecondsToHelp, good.Median, ""))
}
