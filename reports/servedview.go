package reports

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"tribu/reports/measure"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/stats"
)

// A servedView is the section that says how well people are served.
type servedView struct {
	Title      []span
	Intro      []span
	None       []span // in place of outcomes, where none is told
	Outcomes   []outcomeView
	Candidates []outcomeView
	Actions    [][]span // what is worth working on, most first
	Threads    []performView
	Makers     [][]span
	Together   [][]span // what comes of complaining together
	Mood       [][]span
	Notes      [][]span
}

// An outcomeView is something people want, with how well they get it.
type outcomeView struct {
	ID       string
	Title    string // in somebody's own words
	Lang     string
	Topic    string
	What     string // how many people, and in which steps
	Status   string
	Perform  *performView
	Evidence *evidence
}

// A performView is one figure of this week beside the usual and the good enough.
type performView struct {
	Name    string
	Unit    string
	This    string
	N       string
	Usual   string
	Good    string
	Verdict string
	Worse   bool
	Short   bool // neither this week nor the usual is known
}

const (
	toldOutcomes   = 8
	toldCandidates = 5
	candidateFrom  = 5 // people who state a candidate worth telling
)

func outcomeID(i int) string { return "outcome-" + strconv.Itoa(i+1) }

func (b *builder) served() *servedView {
	m := b.Measures
	if m == nil {
		return nil
	}
	v := &servedView{Intro: b.rich("served.intro")}
	for i, o := range m.Outcomes {
		switch {
		case o.Status == cpi.Qualified && len(v.Outcomes) < toldOutcomes:
			v.Outcomes = append(v.Outcomes, b.outcome(i, o))
		case o.Status != cpi.Qualified && o.Facet != "" && o.Authors >= candidateFrom && len(v.Candidates) < toldCandidates:
			v.Candidates = append(v.Candidates, b.outcome(i, o))
		}
	}
	v.Title = b.servedTitle()
	if len(v.Outcomes) == 0 {
		v.None, v.Intro = b.rich("served.none", "n", len(m.Outcomes), "people", b.number(m.People)), nil
		if len(m.Outcomes) == 0 {
			v.None = b.rich("served.nothing", "n", m.People)
		}
	}
	for _, p := range m.Threads {
		t := b.perform(p, b.text("service."+p.Name), "")
		t.N = b.text("served.requests", "n", p.This().N)
		v.Threads = append(v.Threads, t)
	}
	v.Actions, v.Makers, v.Together, v.Mood = b.actions(), b.makers(), b.together(), b.mood()
	v.Notes = b.servedNotes()
	return v
}

// servedTitle names the outcome that left its usual range, the worst first.
func (b *builder) servedTitle() []span {
	for _, verdict := range []cpi.Verdict{cpi.Worse, cpi.Better} {
		for i, o := range b.Measures.Outcomes {
			if o.Status == cpi.Qualified && b.Measures.Served[i].Verdict == verdict {
				return b.rich("served.title."+verdictKey(verdict), "topic", collected(b.outcomeName(o)))
			}
		}
	}
	return b.rich("served.title")
}

func verdictKey(v cpi.Verdict) string { return strings.ReplaceAll(string(v), " ", ".") }

func (b *builder) outcome(i int, o cpi.Outcome) outcomeView {
	p := b.perform(b.Measures.Served[i], "", o.Expected.Unit)
	v := outcomeView{ID: outcomeID(i), Topic: b.outcomeName(o), What: b.text("served.people", "n", o.Authors), Perform: &p}
	if o.Test2 && o.Increment != cpi.Other {
		v.What += " · " + b.text("increment."+string(o.Increment))
	}
	if o.Status != cpi.Qualified {
		v.Status, v.Perform = b.candidateReason(o), nil
	}
	if o.Status == cpi.Candidate && o.Important.State != stats.Known {
		v.What, v.Status = v.Status, ""
	}
	if b.Options.Anonymise || len(o.Quotes) == 0 {
		return v
	}
	v.Title, v.Lang = cut(clean(o.Quotes[0].Text), 150), langTag(o.Quotes[0].Lang)
	v.Evidence = b.quoted(v.ID+"-posts", b.rich("evidence.outcome", "n", len(o.Posts), "people", o.Authors), o.Quotes, o.Authors)
	return v
}

func (b *builder) candidateReason(o cpi.Outcome) string {
	switch {
	case o.Status == cpi.NeedsIncrement:
		return b.text("candidate.increment")
	case o.Important.State != stats.Known:
		return b.text("candidate.few", "n", o.Authors)
	}
	return b.text("candidate.importance", "n", o.Important.K, "of", o.Important.N)
}

func (b *builder) quoted(id string, label []span, quotes []measure.Quote, total int) *evidence {
	e := &evidence{ID: id, Label: label}
	for _, q := range quotes {
		e.Posts = append(e.Posts, quoteView{
			Text: cut(clean(q.Text), 280), Lang: langTag(q.Lang), Author: string(b.name(q.Author)), When: b.moment(q.At, b.Figures.Hours), URL: link(q.URL),
		})
	}
	if more := total - len(e.Posts); more > 0 {
		e.More = b.rich("evidence.more", "n", more)
	}
	return e
}

func (b *builder) perform(p cpi.Performance, name, currency string) performView {
	this := p.This()
	v := performView{Name: name, Unit: b.text("unit." + string(p.Unit)), N: b.text("served.n", "n", this.N), Verdict: b.text("verdict." + string(p.Verdict)), Worse: p.Verdict == cpi.Worse}
	v.This = b.state(this.State, this.N)
	if this.State == stats.Known {
		v.This = b.value(p.Unit, this.Value, currency)
	}
	v.Usual = b.state(p.Usual.State, p.Usual.Weeks)
	if p.Usual.State == stats.Known {
		low, high := max(p.Usual.Low, 0), p.Usual.High
		if isShare(p.Unit) {
			high = min(high, 1)
		}
		v.Usual = b.value(p.Unit, low, currency) + " – " + b.value(p.Unit, high, currency)
	}
	if p.Good.State == stats.Known && p.Good.N > 0 {
		v.Good = b.text("served.good", "n", p.Good.N, "value", b.value(p.Unit, p.Good.Median, currency))
	}
	v.Short = this.State != stats.Known && p.Usual.State != stats.Known
	if p.Verdict == cpi.Untold {
		v.Verdict = ""
	}
	return v
}

func isShare(u cpi.Unit) bool {
	return u == cpi.ShareServed || u == cpi.ShareAnswered || u == cpi.ShareResolved
}

func (b *builder) value(u cpi.Unit, x float64, currency string) string {
	switch {
	case isShare(u):
		return b.percent(x)
	case u == cpi.MoneyPaid:
		return strings.TrimSpace(b.decimal(x, 2) + " " + currency)
	}
	return b.wait(time.Duration(min(x, math.MaxInt32) * float64(time.Second)))
}

// state says why there is no figure; empty where there is one.
func (b *builder) state(s stats.State, n int) string {
	if s == stats.Known {
		return ""
	}
	return b.text("state."+string(s), "n", n)
}

func (b *builder) makers() [][]span {
	m := b.Measures.Makers
	if m == nil {
		return nil
	}
	out := [][]span{
		b.rate("makers.answered", m.Answered.Answered), b.rate("makers.kept", m.Kept),
	}
	if m.Trust.State == stats.Known {
		return append(out, b.rich("makers.trust", "peers", b.percent(m.Trust.Peers.Value), "makers", b.percent(m.Trust.Makers.Value), "n", m.Trust.Makers.N))
	}
	return append(out, b.rich("makers.trust.none", "state", b.state(m.Trust.State, m.Trust.Makers.N)))
}

func (b *builder) rate(key string, s stats.Share) []span {
	if s.State != stats.Known {
		return b.rich(key+".none", "state", b.state(s.State, s.N))
	}
	return b.rich(key, "share", b.percent(s.Value), "low", b.percent(s.Low), "high", b.percent(s.High), "n", s.N)
}

func (b *builder) servedNotes() [][]span {
	out := [][]span{b.confidence()}
	c := cpi.CentricityOf(b.Options.Customer.Goals)
	if total := c.CPI + c.KPI; total > 0 {
		out = append(out, b.rich("served.centricity", "n", total, "x", c.CPI))
		out = append(out, b.rich("served.grounded", "n", len(b.Options.Customer.Goals), "x", cpi.Ground(b.Options.Customer.Goals, b.Measures.Outcomes, cpi.Params{}).Grounded))
	}
	standing := slices.DeleteFunc(slices.Clone(b.Options.Customer.Adopted), func(a cpi.AdoptedCPI) bool { return !a.Retired.IsZero() })
	if len(standing) > 0 {
		var names []string
		for _, a := range standing {
			names = append(names, clean(a.Name))
		}
		out = append(out, b.rich("served.adopted", "n", len(standing), "names", collected(b.join(names))))
	}
	for _, k := range b.Measures.Kept {
		if k.Met.State != stats.Known {
			out = append(out, b.rich("served.met.none", "name", collected(clean(k.Name)), "state", b.state(k.Met.State, k.Met.N)))
			continue
		}
		out = append(out, b.rich("served.met", "name", collected(clean(k.Name)), "share", b.percent(k.Met.Value), "low", b.percent(k.Met.Low), "high", b.percent(k.Met.High), "n", k.Met.N))
	}
	if _, none := cpi.Coverage(b.Options.Customer.Goals); c.CPI > 0 && len(none) > 0 {
		out = append(out, b.rich("served.uncovered", "functions", b.join(b.each("function.", none))))
	}
	return out
}

func (b *builder) each(prefix string, keys []string) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = b.text(prefix + k)
	}
	return out
}
