package nlp

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tribu/data"
)

const (
	maxTerm   = 30 // runes of a word that can be a term
	maxTopics = 40 // noun phrases kept of one post
)

// stopWords holds per language what is too general to be a term, spelled as keys.
type stopWords map[data.Lang]map[string]bool

// newStopWords reads the function words of all languages, and those with the stop words added.
func newStopWords(w wordLists) (function, stop stopWords, err error) {
	function, stop = stopWords{}, stopWords{data.LangUnd: {}}
	for _, lang := range langs {
		function[lang], stop[lang] = map[string]bool{}, map[string]bool{}
		if err := function.read(w, lang, "lang/"+string(lang)+".txt"); err != nil {
			return nil, nil, err
		}
		maps.Copy(stop[lang], function[lang])
	}
	for _, lang := range w.heard {
		for _, list := range [...]string{"/stop.txt", "/foreign.txt"} {
			if err := stop.read(w, lang, string(lang)+list); err != nil {
				return nil, nil, err
			}
		}
		maps.Copy(stop[data.LangUnd], stop[lang])
	}
	for _, lang := range langs {
		if !slices.Contains(w.heard, lang) {
			maps.Copy(stop[lang], stop[data.LangUnd])
		}
	}
	return function, stop, nil
}

// read adds the words of the list at path.
func (s stopWords) read(w wordLists, lang data.Lang, path string) error {
	entries, err := w.Load(path)
	if err != nil {
		return fmt.Errorf("read stop words: %w", err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Phrase, "-") { // an ending
			s[lang][fold(e.Phrase)] = true
		}
	}
	return nil
}

// informative reports whether t, in a sentence that may be all in capitals, tells what a post is about.
// In stop are the words of its language that never do.
func informative(stop map[string]bool, x *sentence, t *token, shouted bool) bool {
	if t.kind > number && t.kind != hashtag || t.elided {
		return false
	}
	form := x.sec.text[t.start:t.end]
	letters, digits, capitals := 0, 0, 0
	for _, r := range form {
		switch {
		case unicode.IsLetter(r):
			letters++
			if unicode.IsUpper(r) {
				capitals++
			}
		case unicode.IsDigit(r):
			digits++
		case r == '_' && t.kind == word || r == '/' || r == '\\' || r == ',' || r == ':':
			return false
		}
	}
	switch {
	case letters == 0 || letters+digits > maxTerm || digits > 4 || strings.IndexByte(t.key, ' ') >= 0 || stop[t.key]:
		return false
	case letters >= 3:
		return digits < 3 || letters+digits < 8
	}
	return digits > 0 && letters+digits >= 3 || capitals == letters && letters == 2 && !shouted
}

// surface returns how the author spells t: in lower case, unless it is a name or an acronym.
func (x *sentence) surface(d *document, i int, shouted bool) string {
	t := d.tokens[i]
	start := t.start
	if t.kind == hashtag {
		start++
	}
	end := start + len(strings.TrimSuffix(strings.TrimSuffix(x.sec.low[start:t.end], "'"), "'s"))
	form, low := x.sec.text[start:end], x.sec.low[start:end]
	r, n := utf8.DecodeRuneInString(form)
	switch {
	case form == low || shouted:
		return low
	case form[n:] != low[n:] && form[n:] != "": // capitals inside: an acronym or a brand
		return form
	case unicode.IsUpper(r) && i > x.from && d.tokens[i-1].kind != mark && !x.sec.inTitle:
		return form
	}
	return low
}

// shouted reports whether most letters of x are capitals.
func (x *sentence) shouted() bool {
	capitals, small := 0, 0
	for _, r := range x.sec.text[x.start:x.end] {
		switch {
		case unicode.IsUpper(r):
			capitals++
		case unicode.IsLower(r):
			small++
		}
	}
	return capitals > 6 && capitals > 2*small
}

// A bag counts terms and the forms they take.
type bag struct {
	index map[string]int
	terms []counted
}

type counted struct {
	key    string
	count  int
	form   data.Term   // the first: Form and Count
	others []data.Term // that it takes too
}

const maxScanned = 16 // terms of a bag without an index

// find returns the place of key among the terms, -1 where it has none.
func (b *bag) find(key string) int {
	if b.index == nil {
		if len(b.terms) <= maxScanned {
			return slices.IndexFunc(b.terms, func(c counted) bool { return c.key == key })
		}
		b.index = make(map[string]int, 4*maxScanned)
		for i, c := range b.terms {
			b.index[c.key] = i
		}
	}
	if i, ok := b.index[key]; ok {
		return i
	}
	return -1
}

func (b *bag) add(key, form string) {
	i := b.find(key)
	if i < 0 {
		i = len(b.terms)
		if b.terms == nil {
			b.terms = make([]counted, 0, maxScanned/2)
		}
		b.terms = append(b.terms, counted{key: key})
		if b.index != nil {
			b.index[key] = i
		}
	}
	c := &b.terms[i]
	c.count++
	if c.form.Count == 0 || c.form.Form == form {
		c.form.Form = form
		c.form.Count++
		return
	}
	for k := range c.others {
		if c.others[k].Form == form {
			c.others[k].Count++
			return
		}
	}
	c.others = append(c.others, data.Term{Form: form, Count: 1})
}

// sorted returns the terms by key, each in its most frequent form, the earlier at a tie.
func (b *bag) sorted() []data.Term {
	terms := make([]data.Term, 0, len(b.terms))
	for _, c := range b.terms {
		best := c.form
		for _, f := range c.others {
			if f.Count > best.Count {
				best = f
			}
		}
		terms = append(terms, data.Term{Key: c.key, Form: best.Form, Count: c.count})
	}
	slices.SortFunc(terms, func(a, b data.Term) int { return strings.Compare(a.Key, b.Key) })
	return terms
}

// terms returns the informative words of the documents and the phrases and hashtags they make.
func (a *Analyzer) terms(all ...*document) (terms, topics []data.Term) {
	var words, phrases bag
	for _, d := range all {
		for i := range d.sentences {
			a.sentenceTerms(d, &d.sentences[i], &words, &phrases)
		}
	}
	topics = phrases.sorted()
	if len(topics) > maxTopics {
		slices.SortStableFunc(topics, func(a, b data.Term) int { return b.Count - a.Count })
		topics = topics[:maxTopics]
		slices.SortFunc(topics, func(a, b data.Term) int { return strings.Compare(a.Key, b.Key) })
	}
	return words.sorted(), topics
}

func (a *Analyzer) sentenceTerms(d *document, x *sentence, words, phrases *bag) {
	shouted, stop := x.shouted(), a.stop[x.lang]
	lastKey, lastForm, lastEnd := "", "", -1
	for i := x.from; i < x.to; i++ {
		t := &d.tokens[i]
		if !informative(stop, x, t, shouted) {
			continue
		}
		form := x.surface(d, i, shouted)
		key := a.stems.stem(x.lang, lower(form))
		words.add(key, form)
		if t.kind == hashtag {
			phrases.add(key, "#"+form)
		}
		if lastEnd == i-1 && lastEnd >= 0 && d.tokens[i-1].end+1 == t.start {
			phrases.add(lastKey+" "+key, lastForm+" "+form)
		}
		lastKey, lastForm, lastEnd = key, form, i
	}
}
