package problem

import (
	"slices"
	"strings"

	"tribu/data"
	"tribu/nlp"
)

// wellMade says how well a run of words, some of which tell something, is cut as a name.
func (n *naming) wellMade(short nlp.Short, words []string, tells int, fails bool) float64 {
	score := -anyWord * float64(len(words))
	if len(words) > 2 || len(words) == tells && short.Near && !fails {
		score += saidOut
	}
	if n.anyOf(words, nlp.Elsewhere|nlp.Or) {
		score -= looseEnd
	}
	if n.anyOf(words, nlp.Calls) || loud(short.Text) || strings.ContainsAny(short.Text, "._/\\()[]{}#<>=*") {
		score -= noName
	}
	if titled(short.Text) || !short.Whole {
		score -= looseEnd
	}
	if short.Near {
		score += wellCut
	}
	if len(words) > 2 && n.lang == data.LangEN && strings.HasSuffix(words[len(words)-1], "ing") {
		score -= looseEnd // a function calling …
	}
	switch anyhow := n.anyOf(words, nlp.Whatever); {
	case anyhow:
		score -= looseEnd
	case fails && short.Cued:
		score += saysHow
	}
	return score
}

// alone reports whether one of words names a thing and the others only lead to it.
func (n *naming) alone(words []string) bool {
	others := 0
	for _, w := range words {
		if !n.config.Words.Leads(n.lang, w) {
			others++
		}
	}
	return others == 1
}

// broken reports whether a run of words is no phrase: it begins another clause, says of a thing what it is,
// not that it fails, has a noun for a trouble before an article, or ends with what something wrong is of: an
// error code is no error in a code.
func (n *naming) broken(all []string, cued bool) bool {
	for i, w := range all {
		if i > 0 && !cued && n.words.Does(n.lang, w, nlp.States) {
			if _, opens := n.config.Words.Holds(n.lang, all[i-1]); !opens && !n.config.Words.Turns(n.lang, all[i-1]) {
				return true
			}
		}
		troubled := strings.HasPrefix(w, "error") || n.words.Does(n.lang, w, nlp.Whatever)
		if i+1 < len(all) && troubled && n.config.Words.Leads(n.lang, all[i+1]) || i == 0 && n.config.Words.Turns(n.lang, w) || i > 0 && i == len(all)-2 && (w == "error" || n.words.Does(n.lang, w, nlp.Whatever)) {
			return true
		}
	}
	return len(all) == 2 && (all[0] == "error" || n.words.Does(n.lang, all[0], nlp.Whatever))
}

// wrong reports whether a word says that something goes wrong.
func (n *naming) wrong(word string) bool {
	return strings.HasPrefix(word, "error") || strings.HasPrefix(word, "fail") || strings.HasPrefix(word, "crash") || n.words.Does(n.lang, word, nlp.Wrong|nlp.Whatever)
}

// anyOf reports whether one of words has one of roles.
func (n *naming) anyOf(words []string, roles nlp.Role) bool {
	return slices.ContainsFunc(words, func(w string) bool { return n.words.Does(n.lang, w, roles) })
}
