package problem

import (
	"slices"

	"tribu/nlp"
)

// denies reports whether n says of its object that nothing is lacking: solved, known, or not the question.
func (g *grouping) denies(n *Need, object string) bool {
	said := g.config.Words.Denied(n.Lang, n.Quote)
	if said == "" {
		return false
	}
	words, _ := g.config.Words.Words(n.Lang, said)
	return slices.ContainsFunc(words, func(w nlp.Word) bool { return w.Stem == object || n.Concept != "" && w.Shared == n.Concept })
}
