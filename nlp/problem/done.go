package problem

import (
	"cmp"
	"slices"
	"strings"

	"tribu/data"
	"tribu/nlp"
)

// doneTo returns to what people do what verb says, in the word of most, of as many in the wider one; empty where no two
// say the same, and no word is wide.
func (n *naming) doneTo(verb nlp.Word) string {
	f := n.featureOf(n.lang, verb)
	if of, known := n.done[f]; known {
		return of
	}
	by, forms, doing := map[string]map[data.AuthorID]bool{}, map[string]map[string]int{}, map[data.AuthorID]bool{}
	for _, v := range n.voices {
		to, ok := n.objectOf(v, f)
		if !ok {
			continue
		}
		if by[to.Stem] == nil {
			by[to.Stem], forms[to.Stem] = map[data.AuthorID]bool{}, map[string]int{}
		}
		author := n.need(v).Author
		by[to.Stem][author], doing[author] = true, true
		forms[to.Stem][to.Form]++
	}
	best, most := "", 0
	for stem, people := range by {
		worth := 2 * len(people)
		if n.words.General(n.lang, stem) {
			worth++
		}
		if worth > most || worth == most && stem < best {
			best, most = stem, worth
		}
	}
	wide := most == 3 && len(doing) >= pairPeople
	if n.done[f] = ""; wide || most > 3 && shareOfMany*most/2 >= len(doing) {
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
