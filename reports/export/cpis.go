package export

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tribu/reports/measure/cpi"
	"tribu/reports/measure/stats"
)

// cpis returns the outcomes people name, as they were measured; their words only with
// Options.WithText, and never in an anonymous copy.
func (l *list) cpis() table {
	t := table{name: "CPIs", columns: []column{{"run_id", text, 17}, {"week", text, 10}}}
	names := cpi.Columns()
	var kept []int
	for i, name := range names {
		words := name == "quote" || name == "evidence"
		if words && (l.Anonymise || name == "quote" && !l.WithText) {
			continue
		}
		kept = append(kept, i)
		t.columns = append(t.columns, column{name, cpiKind(name), max(float64(len(name))+2, 12)})
	}
	for _, row := range cpi.Rows(l.Lang, l.Outcomes, l.Served) {
		cells := []any{l.ID, l.Week}
		for _, i := range kept {
			cells = append(cells, typed(row[i], cpiKind(names[i])))
		}
		t.rows = append(t.rows, cells)
	}
	return t
}

// sheetLinks is how many places of an outcome a sheet names.
const sheetLinks = 3

// cpiSheet returns the outcomes for people: each figure in the words and the unit they would use.
func (l *list) cpiSheet() table {
	t := table{name: "CPIs", columns: []column{
		{"outcome", text, 28}, {"status", text, 17}, {"people", whole, 9}, {"posts", whole, 9}, {"say_it_matters", maybe, 14}, {"counted_in", text, 13}, {"good_enough", text, 34},
		{"this_week", text, 22}, {"usual", text, 22}, {"verdict", text, 17}, {"why", text, 50},
	}}
	if l.WithText && !l.Anonymise {
		t.columns = append(t.columns, column{"quote", text, 60})
	}
	if !l.Anonymise {
		t.columns = append(t.columns, column{"where", text, 60})
	}
	for i, o := range l.Outcomes {
		row := []any{o.Label(l.Lang), string(o.Status), o.Authors, len(o.Posts), nil, "", "", "", "", "", o.Why}
		if o.Important.State == stats.Known {
			row[4] = round(o.Important.Value)
		}
		if o.WithStep > 0 {
			row[5] = strings.ToLower(string(o.Increment))
		}
		if e := o.Expected; e.State == stats.Known && e.N > 0 {
			row[6] = fmt.Sprintf("%s (%s to %s; %d people)", cpi.Amount(e.Median, e.Unit), cpi.Amount(e.Low, e.Unit), cpi.Amount(e.High, e.Unit), e.N)
		}
		if i < len(l.Served) {
			row[7], row[8], row[9] = performed(l.Served[i], o.Expected.Unit)
		}
		if l.WithText && !l.Anonymise {
			row = append(row, firstQuote(o))
		}
		if !l.Anonymise {
			row = append(row, places(o))
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// performed says this week, the usual range and how they compare; nothing of what is not known.
func performed(p cpi.Performance, currency string) (this, usual, verdict string) {
	if w := p.This(); w.State == stats.Known {
		this, verdict = fmt.Sprintf("%s (%d people)", p.Unit.Say(w.Value, currency), w.N), string(p.Verdict)
	}
	if p.Usual.State == stats.Known {
		usual = p.Unit.Say(max(p.Usual.Low, 0), currency) + " to " + p.Unit.Say(p.Usual.High, currency)
	}
	return this, usual, verdict
}

func firstQuote(o cpi.Outcome) string {
	if len(o.Quotes) == 0 {
		return ""
	}
	return o.Quotes[0].Text
}

// places returns where the best quotes of an outcome stand.
func places(o cpi.Outcome) string {
	var out []string
	for _, q := range o.Quotes {
		if at := web(q.URL); at != "" && len(out) < sheetLinks {
			out = append(out, at)
		}
	}
	return strings.Join(out, " ")
}

func cpiKind(name string) kind {
	switch {
	case slices.Contains([]string{"people", "posts", "with_increment", "expected_n"}, name):
		return whole
	case slices.Contains([]string{"important", "important_low", "important_high", "expected_median", "expected_low", "expected_high", "this_week", "this_week_n", "usual_median", "usual_low", "usual_high"}, name):
		return maybe
	}
	return text
}

// typed reads a cell as its kind; nil where it is empty or none.
func typed(s string, k kind) any {
	if k == text {
		return s
	}
	if s == "" {
		return nil
	}
	if n, err := strconv.Atoi(s); err == nil && k == whole {
		return n
	}
	if x, err := strconv.ParseFloat(s, 64); err == nil && k == maybe {
		return x
	}
	return nil
}
