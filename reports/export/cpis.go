package export

import (
	"slices"
	"strconv"

	"tribu/reports/measure/cpi"
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
	for _, row := range cpi.Rows(l.Outcomes, l.Served) {
		cells := []any{l.ID, l.Week}
		for _, i := range kept {
			cells = append(cells, typed(row[i], cpiKind(names[i])))
		}
		t.rows = append(t.rows, cells)
	}
	return t
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
