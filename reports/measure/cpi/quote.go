package cpi

import (
	"cmp"
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports/measure"
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
