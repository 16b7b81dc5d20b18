package problem

import (
	"slices"
	"strings"

	"tribu/data"
	"tribu/nlp"
)

// denies reports whether n says of its object that nothing is lacking: solved, known, or not the question.
func (g *grouping) denies(n *Need, object string) bool {
	said := g.config.Words.Denied(n.Lang, n.Quote)
	if said == "" {
		return false
	}
	if n.Type == data.Problem && strings.Contains(" "+said+" ", " "+n.Rule[strings.LastIndexByte(n.Rule, '/')+1:]+" ") {
		return true // what was heard as wrong is what is not
	}
	words, _ := g.config.Words.Words(n.Lang, said)
	return slices.ContainsFunc(words, func(w nlp.Word) bool { return w.Stem == object || n.Concept != "" && w.Shared == n.Concept })
}
