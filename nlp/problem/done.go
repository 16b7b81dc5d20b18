package problem

import (
	"cmp"
	"slices"
	"strings"

	"tribu/data"
	"tribu/nlp"
)

// doneTo returns to what people do what verb says, in the word of most; empty where no two say the same, or too few.
func (n *naming) doneTo(verb nlp.Word) string {
	f := n.featureOf(n.lang, verb)
	if of, known := n.done[f]; known {
		return of
	}
	by, forms := map[uint32]map[data.AuthorID]bool{}, map[uint32]map[string]int{}
	for _, v := range n.voices {
		to, ok := n.objectOf(v, f)
		if !ok {
			continue
		}
		of := n.featureOf(n.lang, to)
		if by[of] == nil {
			by[of], forms[of] = map[data.AuthorID]bool{}, map[string]int{}
		}
		by[of][n.need(v).Author] = true
		forms[of][to.Form]++
	}
	best, most := uint32(0), 1
	for of, people := range by {
		if len(people) > most || len(people) == most && best != 0 && n.grouping.names[of] < n.grouping.names[best] {
			best, most = of, len(people)
		}
	}
	if shareOfMany*most < len(n.authors(n.voices)) || best == 0 {
		n.done[f] = ""
	} else {
		n.done[f] = ofMany(forms[best])
	}
	return n.done[f]
}

// ofMany returns the form of an English noun that is said of many, else the most frequent one.
func ofMany(forms map[string]int) string {
	all := make([]string, 0, len(forms))
	for form := range forms {
		all = append(all, form)
	}
	one := func(form string) int {
		if strings.HasSuffix(form, "s") {
			return 0
		}
		return 1
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(one(a)-one(b), forms[b]-forms[a], strings.Compare(a, b)) })
	return all[0]
}

// objectOf returns to what v does what f says: the last noun of the phrase behind it.
func (n *naming) objectOf(v int, f uint32) (to nlp.Word, ok bool) {
	words, all := n.config.Words.Words(n.lang, n.need(v).Quote)
	at := slices.IndexFunc(words, func(w nlp.Word) bool { return n.featureOf(n.lang, w) == f })
	if at < 0 {
		return to, false
	}
	for i := words[at].End; i < min(len(all), words[at].End+doneReach); i++ {
		_, opens := n.config.Words.Holds(n.lang, all[i])
		switch k := slices.IndexFunc(words, func(w nlp.Word) bool { return w.At == i }); {
		case k >= 0 && done(n.words, n.lang, all[i]):
			return to, ok // a format named so
		case k >= 0:
			to, ok = words[k], true
		case opens && !n.words.Does(n.lang, all[i], nlp.Partitive), n.words.Turns(n.lang, all[i]):
			return to, ok
		}
	}
	return to, ok
}

// endsWithHead reports whether the last of all words is what the problem is about.
func (n *naming) endsWithHead(words []nlp.Word, all []string) bool {
	if len(words) == 0 {
		return false
	}
	last := words[len(words)-1]
	return last.End == len(all) && n.featureOf(n.lang, last) == n.c.head
}
