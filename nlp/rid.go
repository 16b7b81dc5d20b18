package nlp

import (
	"fmt"
	"slices"
	"strings"

	"tribu/data"
)

// A riddance is one way to say that somebody wants to be rid of a thing.
type riddance struct {
	text   string
	before []string // stems of the words before the thing
	behind string   // the word behind it; "-ing" any that ends so, empty where none is asked for
	aside  bool     // it does not name what somebody would do
}

const (
	ridReach  = 3 // words between a riddance and its thing, the article and what kind of thing it is
	ridBehind = 1 // and between that and the word behind

	between    = "..." // stands for some words of a riddance
	ridBetween = 4     // so many at the most
)

// Riddances are those of one language in their order: all, and those that may begin with a word.
type riddances struct {
	all []riddance
	by  map[string][]riddance // by the stem of their first word, with those that begin with the thing
	any []riddance            // that begin with the thing
}

// at returns those that may begin with a word of that stem.
func (r riddances) at(stem string) []riddance {
	if by, ok := r.by[stem]; ok {
		return by
	}
	return r.any
}

// readRiddances returns the entries of the list of that name, which say something of a thing.
func (w *Wording) readRiddances(from wordLists, lang data.Lang, list string) (r riddances, err error) {
	entries, err := from.Load(string(lang) + "/" + list + ".txt")
	if err != nil {
		return r, err
	}
	r.by = map[string][]riddance{}
	for _, e := range entries {
		before, behind, ok := strings.Cut(e.Phrase, "~")
		words := strings.Fields(before)
		if !ok || len(words) == 0 && strings.TrimSpace(behind) == "" {
			return r, fmt.Errorf("%s of %s: line %d: want ~ and words", list, lang, e.Line)
		}
		for i := range words {
			if words[i] != between {
				words[i] = w.Stem(lang, words[i])
			}
		}
		r.all = append(r.all, riddance{strings.TrimSuffix(e.Phrase, " -ing"), words, strings.TrimSpace(behind), len(e.Attrs) > 0})
	}
	for _, one := range r.all {
		if len(one.before) == 0 {
			r.any = append(r.any, one)
		} else {
			r.by[one.before[0]] = nil
		}
	}
	for first := range r.by {
		r.by[first] = slices.DeleteFunc(slices.Clone(r.all), func(o riddance) bool { return len(o.before) > 0 && o.before[0] != first })
	}
	return r, nil
}

// A Rid is a thing that a sentence says somebody wants to be rid of, and how, the thing as ~.
type Rid struct {
	Thing Word
	Text  string
	Means bool // it names by what, not what somebody would do
}

// Rids returns the things that a sentence, of those words, says somebody wants to be rid of, each once.
func (w *Wording) Rids(lang data.Lang, words []Word, all []string) (out []Rid) {
	stems := w.stemsOf(lang, all)
	for i := range all {
		for _, r := range w.rids[lang].at(stems[i]) {
			if thing, ok := w.ridOf(lang, r, words, all, stems, i); ok && !slices.ContainsFunc(out, func(o Rid) bool { return o.Thing == thing }) {
				out = append(out, Rid{thing, r.text, r.aside || strings.HasPrefix(r.text, "~")})
			}
		}
	}
	return out
}

// ridOf returns the thing that words of a sentence with those stems, from i on, say somebody wants to be rid of as r says it.
func (w *Wording) ridOf(lang data.Lang, r riddance, words []Word, all, stems []string, i int) (thing Word, ok bool) {
	end := r.said(stems, i)
	if end < 0 {
		return thing, false
	}
	for _, o := range words {
		if o.At < end || o.At > end+ridReach || len(r.before) == 0 && o.At > i && !ok || ok && o.At > thing.End {
			continue
		}
		if o.At > end && !ok && slices.ContainsFunc(all[end:o.At], func(word string) bool { return w.Turns(lang, word) || w.LeadsVerb(lang, word) }) {
			return thing, false
		}
		if ok && (lang != data.LangEN || o.At != thing.End || r.follows(all, thing.End)) {
			break
		}
		thing, ok = o, true
	}
	return thing, ok && (r.behind == "" || r.follows(all, thing.End))
}

// said returns where the words of r that stand before its thing end, which begin at i of a sentence with those stems; -1 where
// they are not said there.
func (r riddance) said(stems []string, i int) int {
	for k, stem := range r.before {
		if stem == between {
			last := min(len(stems), i+ridBetween)
			for i++; i <= last; i++ {
				if end := (riddance{before: r.before[k+1:]}).said(stems, i); end >= 0 {
					return end
				}
			}
			return -1
		}
		if i >= len(stems) || stems[i] != stem {
			return -1
		}
		i++
	}
	return i
}

// follows reports whether the word that r asks for behind its thing stands at i or next to it.
func (r riddance) follows(all []string, i int) bool {
	if r.behind == "" {
		return false
	}
	behind := strings.Fields(r.behind)
	for until := i + ridBehind; i <= min(until, len(all)-len(behind)); i++ {
		if behind[0] == "-ing" && strings.HasSuffix(all[i], "ing") || slices.Equal(all[i:i+len(behind)], behind) {
			return true
		}
	}
	return false
}

// ridsAt reports whether word end says of a run that begins at i that somebody would be rid of its thing: keep the moles | out.
func (s *shortener) ridsAt(i, end int) bool {
	if end >= len(s.at) || end < i+2 || s.breaks[end] || s.does(end, preposition) {
		return false
	}
	return slices.ContainsFunc(s.words.rids[s.lang].all, func(r riddance) bool {
		return len(r.before) == 1 && r.behind == s.at[end].key && slices.ContainsFunc(s.at[i:end-1], func(t spoken) bool { return s.words.Stem(s.lang, t.key) == r.before[0] })
	})
}
