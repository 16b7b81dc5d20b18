package cpi

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"tribu/reports/measure/customer"
	"tribu/reports/measure/signs"
)

// LintGoal returns what keeps g from being a goal: a metric, a number with a unit, a baseline and a
// deadline make one; a wish does not. What its columns leave out may stand in its statement.
func LintGoal(g customer.Goal) []Finding {
	words := plainWords(g.Statement)
	var out []Finding
	for _, m := range []struct {
		missing      bool
		rule, reason string
	}{
		{g.Target == nil && !hasNumber(g.Statement), "no-number", "there is no number to reach"},
		{g.Unit == "" && g.TargetKind != "rel" && !hasUnit(g.Statement, words), "no-unit", "the number has no unit"},
		{g.Baseline == nil && !hasAny(words, "base", "baseline", "from", "partendo"), "no-baseline", "there is no baseline to start from"},
		{g.Metric == "" && !named(words), "no-metric", "nothing that can be counted is named"},
	} {
		if m.missing {
			out = append(out, Finding{Fault, m.rule, m.reason})
		}
	}
	if g.Deadline.IsZero() && !hasDate(g.Statement) {
		out = append(out, Finding{Warning, "no-deadline", "there is no time limit"})
	}
	return out
}

// LintCPIGoal lints a CPI's goal: as a goal, and as a CPI that somebody is to answer for.
func LintCPIGoal(g customer.Goal, d Definition, confirmed bool) []Finding {
	return append(LintGoal(g), Lint(d, confirmed)...)
}

func plainWords(text string) []string {
	var out []string
	for _, w := range signs.Words(text) {
		if w != "." {
			out = append(out, w)
		}
	}
	return out
}

func hasNumber(s string) bool { return strings.ContainsFunc(withoutDates(s), unicode.IsDigit) }

func hasUnit(s string, words []string) bool {
	return strings.ContainsAny(s, "%€$£") || hasAny(words, "euro", "eur", "hours", "ore", "days", "giorni", "minutes", "minuti", "people", "persone", "clienti", "customers", "percent", "points", "punti")
}

func hasAny(words []string, any ...string) bool {
	for _, w := range words {
		for _, a := range any {
			if w == a {
				return true
			}
		}
	}
	return false
}

// named reports whether words name something that can be counted; money alone does not.
func named(words []string) bool {
	return hasAny(words, "customers", "customer", "clienti", "cliente", "revenue", "fatturato", "sales", "vendite", "contacts", "contatti", "leads", "orders", "ordini",
		"requests", "richieste", "answers", "risposte", "hours", "ore", "days", "giorni", "subscribers", "iscritti", "members", "membri", "quotes", "preventivi", "complaints", "reclami")
}

func hasDate(s string) bool { return withoutDates(s) != s }

// withoutDates drops 2027-06-30 from s.
func withoutDates(s string) string {
	var kept []string
	for _, w := range strings.Fields(s) {
		if _, err := time.Parse(time.DateOnly, strings.Trim(w, ",.;()")); err != nil {
			kept = append(kept, w)
		}
	}
	if len(kept) == len(strings.Fields(s)) {
		return s
	}
	return strings.Join(kept, " ")
}

// Grounding says how many goals stand on an outcome that people state.
type Grounding struct {
	Grounded, Goals int
}

// Ground counts the goals whose metric is the key of an outcome that at least Params.Authors people
// state.
func Ground(goals []customer.Goal, outcomes []Outcome, params Params) Grounding {
	p := params.filled()
	enough := make(map[string]bool)
	for _, o := range outcomes {
		enough[o.String()] = o.Authors >= p.Authors
	}
	g := Grounding{Goals: len(goals)}
	for _, goal := range goals {
		if enough[goal.Metric] {
			g.Grounded++
		}
	}
	return g
}

// String writes "goals that stand on what people say: 2 of 5".
func (g Grounding) String() string {
	return fmt.Sprintf("goals that stand on what people say: %d of %d", g.Grounded, g.Goals)
}
