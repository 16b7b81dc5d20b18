package tribes

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"tribu/data"
)

// A meaning is what people of a language call something that other languages have a word for too.
type meaning struct {
	lang          data.Lang
	word, concept string
}

// meanings say which words of different languages mean the same, as far as people needed it.
type meanings struct {
	concepts map[spokenWord]string
	words    map[spokenWord]string // of a concept
}

type spokenWord struct {
	lang data.Lang
	word string
}

// mean notes what the object of a need means.
func (r *reader) mean(n data.Need) {
	if n.Concept == "" || n.Object == "" || !n.Lang.Heard() || demographic(n.Object) {
		return
	}
	m := meaning{n.Lang, n.Object, n.Concept}
	if r.meant[m] == 0 {
		m.word, m.concept = strings.Clone(m.word), strings.Clone(m.concept)
	}
	r.meant[m]++
}

// meaningsOf returns, of each word, what it mostly means, and of each meaning, what it is mostly called.
func meaningsOf(meant map[meaning]int) meanings {
	m := meanings{make(map[spokenWord]string), make(map[spokenWord]string)}
	ofWord, ofConcept := make(map[spokenWord]int), make(map[spokenWord]int)
	for x, n := range meant {
		m.prefer(m.concepts, ofWord, spokenWord{x.lang, x.word}, x.concept, n)
		m.prefer(m.words, ofConcept, spokenWord{x.lang, x.concept}, x.word, n)
	}
	return m
}

func (m meanings) prefer(best map[spokenWord]string, top map[spokenWord]int, key spokenWord, value string, n int) {
	if n > top[key] || n == top[key] && cmp.Less(value, best[key]) {
		best[key], top[key] = value, n
	}
}

// inLang returns what a word of one language is called in another; empty where that is not known. What
// is meant is named in English.
func (m meanings) inLang(from data.Lang, word string, to data.Lang) string {
	concept := m.concepts[spokenWord{from, word}]
	if to == data.LangEN {
		return strings.ReplaceAll(concept, "-", " ")
	}
	return m.words[spokenWord{to, concept}]
}

// names reads what conversations and people are called.
func (r *reader) names(ctx context.Context, c Corpus) error {
	r.titles, r.handles = make([]string, len(r.threads)), make([]string, len(r.authors))
	titles, err := c.Titles(ctx)
	if err != nil {
		return fmt.Errorf("read titles: %w", err)
	}
	for id, title := range titles {
		if at, known := r.threads[id]; known {
			r.titles[at] = title
		}
	}
	for a, err := range c.Authors(ctx) {
		if err != nil {
			return fmt.Errorf("read authors: %w", err)
		}
		if at, known := r.authors[a.ID]; known {
			r.handles[at] = strings.ToLower(a.Handle)
		}
	}
	return nil
}

// glossed returns what the words of a tribe mean in the languages that too few of its people write.
func (t *teller) glossed(g int, tribe data.Tribe) []data.Telling {
	main := t.speech[g][0]
	var out []data.Telling
	for _, lang := range data.Heard() {
		if slices.ContainsFunc(tribe.Told, func(told data.Telling) bool { return told.Lang == lang }) {
			continue
		}
		glosses := make(map[string]string)
		gloss := func(form, once string) {
			for _, word := range [...]string{form, once} {
				if means := t.in.means.inLang(t.in.langs[main.lang], strings.ToLower(word), lang); means != "" && means != strings.ToLower(form) && glosses[form] == "" {
					glosses[form] = means
				}
			}
		}
		for _, p := range main.parts {
			if p.own && p.word >= 0 {
				gloss(p.form, t.in.formsIn[main.lang][p.word])
			}
		}
		for _, word := range nameWords(tribe.Name) {
			gloss(word, word)
		}
		if len(glosses) > 0 {
			out = append(out, data.Telling{Lang: lang, Glosses: glosses})
		}
	}
	return out
}
