package cpi

import (
	"fmt"
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports/measure/customer"
	"tribu/reports/measure/stats"
)

// A Definition is a metric somebody wants on the page as a CPI.
type Definition struct {
	Name       string
	Text       string // how it is defined
	Outcome    string // key of the outcome it measures, such as Speed/quote; empty where it names none
	Evidence   []data.PostID
	Provenance string // observed, interview, copied, expert, focus_group, survey
	Function   string // marketing, sales, product, service, operations, finance
	Owner      string
	Target     bool // it has a target
}

// DefinitionOf reads a line of goals.csv as the definition of a CPI. Its metric may be the key of
// an outcome; evidence is what stands behind that.
func DefinitionOf(g customer.Goal, evidence []data.PostID) Definition {
	d := Definition{Name: g.Metric, Text: g.Statement, Evidence: evidence, Provenance: g.Provenance, Function: g.Function, Owner: g.Owner, Target: g.Target != nil}
	if isKey(g.Metric) {
		d.Outcome = g.Metric
	}
	return d
}

// A Level says how bad a finding is.
type Level string

// The levels. A fault keeps a definition from being a CPI.
const (
	Fault   Level = "fault"
	Warning Level = "warning"
)

// A Finding is one thing wrong with a definition or a goal.
type Finding struct {
	Level  Level
	Rule   string // stable name: firm-side, no-evidence, copied, …
	Reason string // in one sentence
}

// mistake names what is wrong with a CPI by where it comes from; empty where nothing is.
func mistake(provenance string) string {
	switch provenance {
	case "copied":
		return "copied from another firm: it shows what matters to their customers, not to yours"
	case "expert":
		return "expert judgement: the team presumes to know what customers need, and is usually inexact"
	case "focus_group":
		return "a focus group: it shows what a group comes to think together, not what each person wants"
	case "survey":
		return "a survey: quick and wide, but it cannot ask about what it does not know"
	}
	return ""
}

// Functions returns the parts of a firm that touch customers.
func Functions() []string {
	return []string{"marketing", "sales", "product", "service", "operations", "finance"}
}

// Lint returns what keeps d from being a CPI, and what to think again about. confirmed says that an
// experiment showed that it moves a KPI: before that nobody is made accountable for it.
func Lint(d Definition, confirmed bool) []Finding {
	var out []Finding
	add := func(bad bool, level Level, rule, reason string) {
		if bad {
			out = append(out, Finding{level, rule, reason})
		}
	}
	firm, is := firmSide(d.Name, d.Text)
	add(is, Fault, "firm-side", fmt.Sprintf("%s measures what customers do for the firm, not what the firm does for them: it is a KPI", firm))
	add(len(d.Evidence) == 0, Fault, "no-evidence", "no post states this outcome: there is no way back from the number to anybody's words")
	wrong := mistake(d.Provenance)
	add(wrong != "", Warning, d.Provenance, wrong)
	add(wrong == "" && !trusted(d.Provenance), Fault, "no-provenance", fmt.Sprintf("provenance %q is none of observed, interview, copied, expert, focus_group, survey", d.Provenance))
	add((d.Owner != "" || d.Target) && !confirmed, Fault, "not-confirmed", "an owner or a target comes only after an experiment has confirmed that this outcome moves a KPI")
	add(d.Function != "" && !slices.Contains(Functions(), d.Function), Warning, "function", fmt.Sprintf("function %q is none of %s", d.Function, strings.Join(Functions(), ", ")))
	return out
}

func trusted(provenance string) bool { return provenance == "observed" || provenance == "interview" }

// mayQualify reports whether a CPI of this provenance may be qualified: only what was observed, or
// said in an interview on the spot.
func mayQualify(provenance string) bool { return trusted(provenance) }

// Adopt returns why a mined outcome may not be adopted as a CPI; nothing where it may.
func Adopt(d Definition, mined []Outcome, confirmed bool) []Finding {
	i := slices.IndexFunc(mined, func(o Outcome) bool { return o.String() == d.Outcome })
	if i < 0 {
		return append(Lint(d, confirmed), Finding{Fault, "unknown-outcome", fmt.Sprintf("no outcome %q was heard in the window", d.Outcome)})
	}
	d.Evidence = mined[i].Posts
	out := Lint(d, confirmed)
	if mined[i].Status != Qualified {
		out = append(out, Finding{Fault, "not-qualified", fmt.Sprintf("%s: %s", mined[i].Status, mined[i].Why)})
	}
	if !mayQualify(d.Provenance) {
		out = append(out, Finding{Fault, "not-observed", "only what was observed, or said in an interview, can be qualified"})
	}
	return out
}

// A firmMetric is a metric that looks at the firm: what it is called in a reason, the names that
// give it away wherever they stand, and those that do only as a metric's name.
type firmMetric struct{ name, anywhere, asName string }

func firmMetrics() []firmMetric {
	return []firmMetric{
		{"NPS", "nps|net promoter|promoter score|willingness to recommend", ""},
		{"revenue", "fatturato|ricavi", "revenue|revenues|turnover|sales|entrate|vendite"},
		{"growth", "market share|quota di mercato", "growth|crescita"},
		{"profit", "ebitda|roi", "profit|profits|margin|margins|profitto|margine|margini"},
		{"churn", "churn|retention rate|renewal rate|tasso di abbandono", ""},
		{"customer lifetime value", "clv|ltv|lifetime value", ""},
		{"conversions", "conversion rate|tasso di conversione", "conversion|conversions|conversione|conversioni"},
		{"traffic", "page views|pageviews|click through rate|ctr|impressions|visite al sito", "followers|visits|visite"},
		{"CSAT", "csat|customer satisfaction score|punteggio di soddisfazione", ""},
		{"upselling", "upsell|upselling|cross sell|cross selling|average order value|scontrino medio", ""},
	}
}

// firmSide returns which firm-side metric a metric is, by its name and definition.
func firmSide(name, definition string) (metric string, is bool) {
	in := func(text, phrases string) bool {
		words := " " + strings.Join(plainWords(text), " ") + " "
		for p := range strings.SplitSeq(phrases, "|") {
			if p != "" && strings.Contains(words, " "+p+" ") {
				return true
			}
		}
		return false
	}
	for _, f := range firmMetrics() {
		if in(name, f.anywhere) || in(definition, f.anywhere) || in(name, f.asName) {
			return f.name, true
		}
	}
	return "", false
}

// A Centricity says how many of the metrics on a page look at the customer's outcome.
type Centricity struct{ CPI, KPI int }

// CentricityOf counts goals by direction. A metric that looks at the firm is a KPI, whatever it is called.
func CentricityOf(goals []customer.Goal) Centricity {
	var c Centricity
	for _, g := range goals {
		switch {
		case looksAtCustomer(g):
			c.CPI++
		case g.Direction == "KPI" || g.Direction == "CPI":
			c.KPI++
		}
	}
	return c
}

func looksAtCustomer(g customer.Goal) bool {
	_, firm := firmSide(g.Metric, "")
	return g.Direction == "CPI" && !firm
}

// Ratio returns CPI / (CPI + KPI), Undefined where there is neither.
func (c Centricity) Ratio() (float64, stats.State) {
	if c.CPI+c.KPI == 0 {
		return 0, stats.Undefined
	}
	return float64(c.CPI) / float64(c.CPI+c.KPI), stats.Known
}

// String writes "3 of 12 metrics on this page look at the customer's outcome".
func (c Centricity) String() string {
	return fmt.Sprintf("%d of %d metrics on this page look at the customer's outcome", c.CPI, c.CPI+c.KPI)
}

// Uncovered returns the functions of which no goal looks at the customer.
func Uncovered(goals []customer.Goal) (none []string) {
	for _, f := range Functions() {
		if !slices.ContainsFunc(goals, func(g customer.Goal) bool { return g.Function == f && looksAtCustomer(g) }) {
			none = append(none, f)
		}
	}
	return none
}
