package cpi

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/stats"
)

// quotes returns the most telling words of different authors; of equals the shortest.
func quotes(ms []mention) []measure.Quote {
	scores, ordered := make([]int, len(ms)), make([]int, len(ms))
	for i, m := range ms {
		scores[i], ordered[i] = telling(m), i
	}
	slices.SortStableFunc(ordered, func(a, b int) int {
		return cmp.Or(scores[b]-scores[a], len(ms[a].row.Quote)-len(ms[b].row.Quote))
	})
	var out []measure.Quote
	for _, i := range ordered {
		if len(out) == 5 {
			break
		}
		m := ms[i]
		same := func(q measure.Quote) bool { return q.Author == m.row.Author || q.Text == m.row.Quote }
		if m.row.Quote != "" && !slices.ContainsFunc(out, same) {
			out = append(out, measure.QuoteOf(*m.row))
		}
	}
	return out
}

// limits returns in each language the whole sentence that states one limit, the nearest to the one expected, the shortest of
// several; none where that is not known.
func limits(ms []mention, e Expectation) (out []measure.Quote) {
	if e.State != stats.Known {
		return nil
	}
	near := make(map[data.Lang]mention)
	far := func(m mention) float64 { return math.Abs(m.limits[0].value - e.Median) }
	for _, m := range ms {
		if len(m.limits) != 1 || m.limits[0].of != e.Kind || e.Kind == Money && m.limits[0].unit != e.Unit || !wordy(m.row.Quote) || !sentence(m.row.Quote) {
			continue
		}
		if best, known := near[m.row.Need.Lang]; !known || cmp.Or(cmp.Compare(far(m), far(best)), len(m.row.Quote)-len(best.row.Quote)) < 0 {
			near[m.row.Need.Lang] = m
		}
	}
	for _, lang := range slices.Sorted(maps.Keys(near)) {
		out = append(out, measure.QuoteOf(*near[lang].row))
	}
	return out
}

// telling scores the words of a mention: those with an increment that name the thing, ask for it or
// lack it, say that it matters, and are a whole sentence, neither a stub nor a tirade.
func telling(m mention) int {
	s, quote := 0, m.row.Quote
	for _, yes := range []bool{
		len(m.increments) > 0, len(m.increments) > 0, len(m.limits)+len(m.went) > 0, m.matters, m.asks,
		m.thing != "" && strings.Contains(strings.ToLower(quote), strings.ToLower(m.thing)),
		m.row.Type != data.Problem && m.row.Type != data.Complaint || m.direction < 0, wordy(quote), sentence(quote), !strings.ContainsAny(quote, "()[]{}=<>|"),
	} {
		if yes {
			s++
		}
	}
	return s
}

func wordy(quote string) bool {
	n := len(strings.Fields(quote))
	return n >= 6 && n <= 40
}

func sentence(quote string) bool {
	return strings.HasSuffix(quote, ".") || strings.HasSuffix(quote, "?") || strings.HasSuffix(quote, "!")
}
