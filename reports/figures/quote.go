package figures

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"tribu/data"
)

// A Quote is what somebody wrote, in their own words.
type Quote struct {
	Post     data.PostMeta
	Text     string
	Lang     data.Lang
	Answered bool
	score    float64
}

// maxQuotes is how many quotes of a need are kept: more than any page shows.
const maxQuotes = 24

// quotes returns the best of what the needs in rows say, one per author.
func quotes(needs []data.NeedRow, rows []int32, label string, f Figures, t talk) []Quote {
	type candidate struct {
		row   int32
		score float64
	}
	all := make([]candidate, 0, len(rows))
	lower := strings.ToLower(label)
	for _, i := range rows {
		n := &needs[i]
		if n.Quote == "" {
			continue
		}
		c := candidate{i, score(&n.Need, lower)}
		if label != "" && n.Speaks {
			c.score++
		}
		all = append(all, c)
	}
	slices.SortFunc(all, func(x, y candidate) int {
		a, b := &needs[x.row], &needs[y.row]
		return cmp.Or(cmp.Compare(y.score, x.score), compareID(a.ID, b.ID), cmp.Compare(a.Quote, b.Quote))
	})
	out := make([]Quote, 0, min(len(all), maxQuotes))
	for _, c := range all {
		n := &needs[c.row]
		if len(out) == maxQuotes {
			break
		}
		if slices.ContainsFunc(out, func(q Quote) bool { return q.Post.Author == n.Author || q.Text == n.Quote }) {
			continue
		}
		_, answered := t.answered(t.voiced[c.row], f.Params.ReplyWithin)
		out = append(out, Quote{Post: n.PostMeta, Text: n.Quote, Lang: n.Need.Lang, Answered: answered, score: c.score})
	}
	return out
}

// score prefers sure, self-contained sentences that name the thing, in lower case, and read at a glance.
func score(n *data.Need, label string) float64 {
	s := n.Confidence
	switch runes := utf8.RuneCountInString(n.Quote); {
	case runes >= 30 && runes <= 110:
		s += 0.5
	case runes > 110 && runes <= 160:
		s += 0.2
	case runes < 15:
		s -= 0.5
	}
	if label != "" && strings.Contains(strings.ToLower(n.Quote), label) {
		s += 0.4
	}
	if n.Type.Wanting() {
		s += 0.3
	}
	if n.Negated || n.Hypothetical {
		s -= 0.2
	}
	if strings.HasSuffix(n.Quote, "…") || strings.HasSuffix(n.Quote, "...") {
		s -= 0.2
	}
	return s
}

// Best returns which of needs says best what it is called: a sure, self-contained sentence that
// names the thing and reads at a glance.
func Best(needs []*data.NeedRow, called string) *data.NeedRow {
	lower, best := strings.ToLower(called), 0
	for i := range needs {
		if score(&needs[i].Need, lower) > score(&needs[best].Need, lower) {
			best = i
		}
	}
	return needs[best]
}
