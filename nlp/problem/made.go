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
	if len(words) > 2 && n.words.Shows(n.lang, words[len(words)-1], nlp.Gerund) {
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

// broken reports whether a run of words is no phrase, or no need: it tells what somebody says, leaves a choice,
// begins another clause, says of a thing what it is, not that it fails, has a noun for a trouble before an article, or ends with what something wrong is of: an
// error code is no error in a code.
func (n *naming) broken(all []string, cued bool) bool {
	if n.anyOf(all, nlp.Or|nlp.Tells) {
		return true
	}
	if !cued && n.ends(all) || n.words.Modal(n.lang, all[0]) && !(len(all) > 1 && n.words.Does(n.lang, all[1], nlp.Negation)) {
		return true
	}
	states := false
	for i, w := range all {
		states = states || i > 0 && n.words.Does(n.lang, w, nlp.States)
		if states && i == len(all)-1 && n.faulty(w) && !n.words.Leads(n.lang, all[i-1]) {
			return true // an argument is missing exception
		}
		if i > 0 && n.words.Does(n.lang, w, nlp.Oneself) && !n.words.Leads(n.lang, w) && (i == 1 || i+1 < len(all) && n.words.Leads(n.lang, all[i+1])) {
			return true // send me the address
		}
		if i > 0 && !cued && n.words.Does(n.lang, w, nlp.States) {
			if _, opens := n.config.Words.Holds(n.lang, all[i-1]); !opens && !n.config.Words.Turns(n.lang, all[i-1]) {
				return true
			}
		}
		troubled := n.faulty(w)
		if troubled && i == len(all)-1 && i > 0 && n.words.Does(n.lang, all[i-1], nlp.Partitive) { // a load of errors
			return true
		}
		if i+1 < len(all) && troubled && n.config.Words.Leads(n.lang, all[i+1]) || i == 0 && n.config.Words.Turns(n.lang, w) || i > 0 && i == len(all)-2 && troubled {
			return true
		}
	}
	return len(all) == 2 && n.words.Does(n.lang, all[0], nlp.Fault|nlp.Whatever)
}

// ends reports whether a run of English words ends with a noun and what was done to it, that elsewhere stands before it.
func (n *naming) ends(all []string) bool {
	last := len(all) - 1
	return n.lang == data.LangEN && last == 1 && done(n.words, n.lang, all[last]) && n.words.Names(n.lang, all[0]) && !done(n.words, n.lang, all[0])
}

// leavesChoice reports whether a word of text names two things: "function/package".
func leavesChoice(text string) bool {
	for word := range strings.FieldsSeq(text) {
		if a, b, ok := strings.Cut(word, "/"); ok && min(len(a), len(b)) > 2 && strings.ToLower(word) == word {
			return true
		}
	}
	return false
}

// vacuous reports whether a run of words says of a thing only that something is wrong with it, not what:
// "error in the code", "a server bug".
func (n *naming) vacuous(words []nlp.Word, all []string) bool {
	telling, wrong := 0, false
	for _, w := range words {
		bare := n.faulty(w.Form)
		wrong = wrong || bare
		if !bare && !(w.At > 0 && n.words.Does(n.lang, all[w.At-1]+" "+w.Form, nlp.Fault)) {
			telling++
		}
	}
	return wrong && telling < 2
}

// faulty reports whether a word, or the first of those a hyphen joins, is a noun for something wrong.
func (n *naming) faulty(word string) bool {
	first, _, _ := strings.Cut(word, "-")
	return n.words.Does(n.lang, first, nlp.Fault|nlp.Whatever)
}

// doing returns what somebody does or would do by a run of words: its infinitive, or the verb before an article;
// 0 where it begins with a thing.
func (n *naming) doing(short *nlp.Short, words []nlp.Word, all []string) uint32 {
	if len(words) == 0 {
		return 0
	}
	cannot := n.unable(words, all)
	if words[0].At > 0 && !cannot {
		return 0
	}
	if first := words[0]; short.Does || cannot || strings.HasPrefix(first.Shared, "to ") && first.End < len(all) && n.config.Words.Leads(n.lang, all[first.End]) {
		return n.featureOf(n.lang, first)
	}
	return 0
}

// unable reports whether a run of words begins with what cannot be done.
func (n *naming) unable(words []nlp.Word, all []string) bool {
	return len(words) > 0 && words[0].At > 0 && words[0].At <= 4 && n.words.Unable(strings.Join(all[:words[0].At], "'"))
}

// wide reports whether words name but things of so many kinds, or say that one fails, that nobody knows what is needed.
func (n *naming) wide(words []nlp.Word) bool {
	return !slices.ContainsFunc(words, func(w nlp.Word) bool {
		return !n.words.General(n.lang, w.Form) && !n.wrong(w.Form)
	})
}

// acting returns what words tell that is done inside a run of them: behind "to".
func (n *naming) acting(words []nlp.Word, all []string) (out []uint32) {
	for _, w := range words {
		if w.At > 0 && n.words.LeadsVerb(n.lang, all[w.At-1]) {
			out = append(out, n.featureOf(n.lang, w))
		}
	}
	return out
}

// order returns what words tell as they stand, where one between them opens a phrase; nothing elsewhere.
func (n *naming) order(words []nlp.Word, all []string) (out []uint32) {
	inside := false
	for i, w := range words {
		if i > 0 {
			for _, between := range all[words[i-1].End:w.At] {
				_, opens := n.config.Words.Holds(n.lang, between)
				inside = inside || opens
			}
		}
		out = append(out, n.featureOf(n.lang, w))
	}
	if !inside {
		return nil
	}
	return out
}

// wrongs returns the features of the words by which somebody says that something goes wrong, but for what
// cannot be done: that is of the name.
func (n *naming) wrongs(text string) []uint32 {
	several := strings.Contains(text, " ")
	words, _ := n.config.Words.Words(n.lang, text)
	var out []uint32
	for _, w := range words {
		if !several || w.Shared == "" {
			out = append(out, n.featureOf(n.lang, w))
		}
	}
	return out
}

// wrong reports whether a word says that something goes wrong.
func (n *naming) wrong(word string) bool {
	return n.words.Fails(word) || n.words.Does(n.lang, word, nlp.Wrong|nlp.Whatever|nlp.Fault)
}

// anyOf reports whether one of words has one of roles.
func (n *naming) anyOf(words []string, roles nlp.Role) bool {
	return slices.ContainsFunc(words, func(w string) bool { return n.words.Does(n.lang, w, roles) })
}
