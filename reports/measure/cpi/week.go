package cpi

import (
	"cmp"
	"math"
	"slices"
	"time"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/stats"
)

// A Unit says what a performance is counted in.
type Unit string

// The units.
const (
	SecondsWaited Unit = "seconds, as people tell"
	MoneyPaid     Unit = "money, as people tell"
	ShareServed   Unit = "share of people who say they have it, of all who say they have or lack it"
	SecondsToHelp Unit = "seconds to the first reply"
	ShareAnswered Unit = "share of questions to makers answered in public within 72 hours"
	ShareResolved Unit = "share of requests the asker calls solved, the first time"
)

// A Verdict compares this week with the weeks before.
type Verdict string

// The verdicts.
const (
	Better Verdict = "better than usual"
	Usual  Verdict = "as usual"
	Worse  Verdict = "worse than usual"
	Untold Verdict = "not told"
)

// A WeekValue is what one week shows.
type WeekValue struct {
	Week     data.Window
	Value    float64
	N        int // distinct people behind it
	State    stats.State
	Evidence measure.Evidence // requests or tellings behind it, where it is read from these
	Told     []measure.Quote  // what people tell they got or paid, newest first
}

// A Range is what weeks usually show: their median, and how far it usually moves around it.
type Range struct {
	Weeks     int
	Median    float64
	Low, High float64 // median ∓ 2 × 1.4826 × MAD
	State     stats.State
}

// A Performance is how well people are served on one outcome, week by week.
type Performance struct {
	Name     string // an outcome's key, or answer, maker, first-time
	Unit     Unit
	Currency string      // of money paid; empty of another unit
	Lower    bool        // lower is better
	Weeks    []WeekValue // oldest first; the last is this week
	Usual    Range       // of the weeks before this one
	Good     Expectation // what people call good enough
	Verdict  Verdict
	Meets    *bool // this week is good enough; nil where either is unknown
}

// This returns this week's value.
func (p Performance) This() WeekValue { return p.Weeks[len(p.Weeks)-1] }

// fewestUsual is how many earlier weeks a usual range needs.
const fewestUsual = 4

// judge compares this week with the weeks before and with good enough.
func (p *Performance) judge() {
	var before []float64
	for _, w := range p.Weeks[:len(p.Weeks)-1] {
		if w.State == stats.Known {
			before = append(before, w.Value)
		}
	}
	this := p.This()
	p.Usual, p.Verdict = rangeOf(before), Untold
	if p.Good.State == stats.Known && this.State == stats.Known && p.Good.Kind != Other {
		meets := this.Value <= p.Good.Median
		p.Meets = &meets
	}
	if this.State != stats.Known || p.Usual.State != stats.Known {
		return
	}
	p.Verdict = Usual
	switch {
	case this.Value > p.Usual.High && p.Lower, this.Value < p.Usual.Low && !p.Lower:
		p.Verdict = Worse
	case this.Value > p.Usual.High, this.Value < p.Usual.Low:
		p.Verdict = Better
	}
}

func rangeOf(before []float64) Range {
	r := Range{Weeks: len(before)}
	if len(before) < fewestUsual {
		r.State = stats.FewWeeks
		return r
	}
	r.Median = stats.Median(before)
	half := 2 * 1.4826 * stats.MAD(before)
	if half == 0 {
		r.State = stats.NoSpread
		return r
	}
	r.Low, r.High = r.Median-half, r.Median+half
	return r
}

// Perform returns how people are served on each outcome, week by week: in the time or money they
// say it took, where enough of them tell; else by how many say they have it.
func Perform(r *measure.Reading, outcomes []Outcome, params Params) []Performance {
	p := params.filled()
	windows := r.Weeks(p.Weeks)
	all := tellings(r, p, data.Window{From: windows[0].From, To: r.AsOf})
	out := make([]Performance, len(outcomes))
	for i, o := range outcomes {
		weeks := make([][]mention, len(windows))
		for _, m := range all[o.Key] {
			k := weekOf(windows, m.row.CreatedAt)
			weeks[k] = append(weeks[k], m)
		}
		out[i] = perform(o, p, windows, weeks)
	}
	return out
}

func weekOf(windows []data.Window, t time.Time) int {
	return slices.IndexFunc(windows, func(w data.Window) bool { return w.Contains(t) })
}

func perform(o Outcome, p Params, windows []data.Window, weeks [][]mention) Performance {
	out := Performance{Name: o.String(), Unit: ShareServed, Good: noExpectation()}
	unit := ""
	if o.Increment == Money {
		unit = cmp.Or(o.Expected.Unit, mostUsed(slices.Concat(weeks...), Money, wentOf))
	}
	told := (o.Increment == Time || o.Increment == Money) && len(perAuthor(slices.Concat(weeks...), o.Increment, unit, wentOf)) >= p.WeekPeople
	if told {
		out.Lower, out.Unit, out.Good = true, SecondsWaited, o.Expected
		if o.Increment == Money {
			out.Unit, out.Currency = MoneyPaid, unit
		}
	}
	for i, ms := range weeks {
		if told {
			w := medianOf(windows[i], perAuthor(ms, o.Increment, unit, wentOf), p.WeekPeople)
			w.Told, w.Evidence = toldIn(ms, o.Increment, unit)
			out.Weeks = append(out.Weeks, w)
		} else {
			out.Weeks = append(out.Weeks, servedIn(windows[i], ms))
		}
	}
	out.judge()
	return out
}

func noExpectation() Expectation {
	return Expectation{Summary: stats.Summary{State: stats.NotEnough}, Kind: Other}
}

func medianOf(w data.Window, values []float64, fewest int) WeekValue {
	v := WeekValue{Week: w, N: len(values), State: stats.Insufficient}
	if len(values) >= fewest {
		v.Value, v.State = stats.Median(values), stats.Known
	}
	return v
}

func servedIn(w data.Window, ms []mention) WeekValue {
	have, lack := make(map[data.AuthorID]bool), make(map[data.AuthorID]bool)
	for _, m := range ms {
		have[m.row.Author] = have[m.row.Author] || m.direction > 0
		lack[m.row.Author] = lack[m.row.Author] || m.direction < 0
	}
	k, n := 0, 0
	for a, h := range have {
		if h || lack[a] {
			n++
		}
		if h && !lack[a] {
			k++
		}
	}
	return shareIn(w, k, n)
}

func shareIn(w data.Window, k, n int) WeekValue {
	s := stats.ShareOf(k, n)
	return WeekValue{Week: w, Value: s.Value, N: n, State: s.State}
}

// Threads returns what public threads show of service everywhere, whatever the outcome: how soon a
// request gets a first reply ("answer"), and how many are solved the first time, as the asker says
// ("first-time"). Requests that are still inside the time they are given are not counted.
func Threads(r *measure.Reading, params Params) []Performance {
	p := params.filled()
	answer := Performance{Name: "answer", Unit: SecondsToHelp, Lower: true, Good: replyExpected(r, p)}
	first := Performance{Name: "first-time", Unit: ShareResolved, Good: noExpectation()}
	all := r.AllRequests(p.RepeatWithin)
	for _, w := range r.Weeks(p.Weeks) {
		answer.Weeks = append(answer.Weeks, answeredIn(measure.Within(all, w), r.AsOf, p, w))
		settled := data.Window{From: w.From.Add(-p.RepeatWithin), To: w.To.Add(-p.RepeatWithin)}
		res := resolve(measure.Within(all, settled), r.AsOf, p.RepeatWithin)
		first.Weeks = append(first.Weeks, WeekValue{Week: settled, Value: res.Low.Value, N: res.Threads, State: res.Low.State, Evidence: res.Evidence})
	}
	answer.judge()
	first.judge()
	return []Performance{answer, first}
}

// unreplied stands for the wait of a request without a reply: longer than any.
const unreplied = math.MaxFloat64

// answeredIn returns the median time to the first reply over the requests of a week, Undefined
// where more than half have none.
func answeredIn(requests []measure.Request, asOf time.Time, p Params, w data.Window) WeekValue {
	var values []float64
	for _, q := range requests {
		switch {
		case len(q.Answers) > 0:
			values = append(values, q.Answers[0].CreatedAt.Sub(q.Post.CreatedAt).Seconds())
		case asOf.Sub(q.Post.CreatedAt) >= 48*time.Hour:
			values = append(values, unreplied)
		}
	}
	v := medianOf(w, values, p.WeekPeople)
	if v.Value >= unreplied/2 {
		v.Value, v.State = 0, stats.Undefined
	}
	return v
}

// replyExpected is the speed people state for a reply, an answer or support of anybody: not of an office they name.
// Where a sentence asks for an answer, what it is about may be its need, not the answer.
func replyExpected(r *measure.Reading, p Params) Expectation {
	groups := mentions(r, p, data.Window{To: r.AsOf})
	var ms []mention
	for _, k := range sortedKeys(groups) {
		if replyTopic(k.Topic) {
			ms = append(ms, slices.DeleteFunc(groups[k], ofSomebody)...)
		}
	}
	for i := range r.Needs {
		n := &r.Needs[i]
		if n.Expectation <= 0 || !n.Lacks() || r.Makers[n.Author] || slices.ContainsFunc(ms, func(m mention) bool { return m.row.ID == n.ID }) {
			continue
		}
		words := signs.Words(n.Quote)
		if k := slices.IndexFunc(words, replyTopic); k >= 0 {
			if m := (mention{row: n, thing: words[k], limits: []amount{{value: n.Expectation.Seconds(), of: Time}}}); !ofSomebody(m) {
				ms = append(ms, m)
			}
		}
	}
	return expected(p, Time, ms)
}

// ofSomebody reports whether words name from whom a thing is to come: "an answer from the council".
func ofSomebody(m mention) bool {
	words, thing := signs.Words(m.row.Quote), signs.Words(m.thing)
	if len(thing) == 0 {
		return false
	}
	at := slices.Index(words, thing[len(thing)-1])
	return at >= 0 && at+1 < len(words) && slices.Contains([]string{"from", "da", "dal", "dalla", "dallo", "dall", "dai", "dalle", "del", "della", "dell", "dei"}, words[at+1])
}

func replyTopic(topic string) bool {
	switch topic {
	case "reply", "answer", "response", "support", "help", "risposta", "assistenza", "aiuto":
		return true
	}
	return false
}
