package nlp

import (
	"fmt"
	"strings"

	"tribu/data"
	"tribu/nlp/lexicon"
)

// A glossed is an entry of a glossary: a word, what it is in English, and marks.
type glossed struct {
	word, english string
	gender        string // f, m; empty where the ending tells
	mass          bool
	many          bool     // it names many
	from          bool     // English has other senses: it is not said back
	plural        string   // in English, where that is irregular
	forms         []string // irregular forms
}

// NewGlossary reads the glossaries in lists: of each language but English what its words are in English, of
// English which words are another for those.
func NewGlossary(lists lexicon.Lists) (Glossary, error) {
	w, err := wordsIn(lists)
	if err != nil {
		return Glossary{}, err
	}
	one, err := newSingulars(w)
	if err != nil {
		return Glossary{}, fmt.Errorf("read glossary: %w", err)
	}
	articles, err := readArticles(w, data.LangEN)
	if err != nil {
		return Glossary{}, fmt.Errorf("read glossary: %w", err)
	}
	g := Glossary{map[data.Lang]*wordbook{}, map[string]string{}, map[string]string{}, map[string]string{}, map[string]bool{}, articles, one}
	for many, one := range one[data.LangEN] {
		if was := g.many[one]; was == "" || many < was {
			g.many[one] = many
		}
	}
	for _, lang := range w.heard {
		if lang == data.LangEN {
			err = load(w, "en/gloss.txt", true, func(e glossed) { g.same[e.word] = e.english })
		} else {
			err = g.read(w, lang)
		}
		if err != nil {
			return Glossary{}, fmt.Errorf("read glossary of %s: %w", lang, err)
		}
	}
	return g, nil
}

// read reads the lists of a language that is not English.
func (g Glossary) read(w wordLists, lang data.Lang) error {
	b := &wordbook{map[string]thing{}, map[string]string{}, map[string]string{}, map[string]string{}, map[string]string{}, map[string]nounIn{}, map[string]qualityIn{}, map[string]string{}, map[string]string{}, map[string]string{}}
	g.books[lang] = b
	var things []glossed
	for _, list := range []struct {
		name string
		full bool
		add  func(glossed)
	}{
		{"gloss_link", false, func(e glossed) { g.addLink(b, e) }},
		{"gloss_head", true, func(e glossed) { b.heads[e.word] = e.english }},
		{"gloss_adjective", true, func(e glossed) { b.addQuality(e, lang) }},
		{"gloss_verb", true, func(e glossed) { b.addDeed(e, lang) }},
		{"gloss", true, func(e glossed) { things = append(things, e) }},
	} {
		if err := load(w, string(lang)+"/"+list.name+".txt", list.full, list.add); err != nil {
			return err
		}
	}
	irregular := map[string]string{}
	for _, e := range things {
		b.things[wordKey(e.word)], g.nouns[lower(e.english)] = thing{e.english, e.english}, true
		if len(e.forms) > 0 {
			irregular[e.word] = e.forms[0]
		}
		if e.plural != "" {
			g.many[e.english], g.one[e.plural] = e.plural, e.english
		}
	}
	for _, e := range things {
		g.addPlural(b, e, lang, irregular)
	}
	return nil
}

// load calls add with the entries of a list; full ones all say what they are in English.
func load(w wordLists, path string, full bool, add func(glossed)) error {
	entries, err := w.Load(path)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if full && len(e.Attrs) == 0 {
			return fmt.Errorf("line %d of %s: want what %q is in English", e.Line, path, e.Phrase)
		}
		add(glossedIn(e))
	}
	return nil
}

func glossedIn(e lexicon.Entry) glossed {
	out := glossed{word: e.Phrase}
	var english []string
	for _, a := range e.Attrs {
		switch {
		case a == "/f", a == "/m":
			out.gender = a[1:]
		case a == "/mass":
			out.mass = true
		case a == "/many":
			out.many = true
		case a == "/from":
			out.from = true
		case a[0] == '+':
			out.plural = strings.ReplaceAll(a[1:], "_", " ")
		case a[0] == '/':
			out.forms = append(out.forms, strings.ReplaceAll(a[1:], "_", " "))
		default:
			english = append(english, a)
		}
	}
	out.english = strings.Join(english, " ")
	return out
}

// wordKey returns a word or phrase as it is looked up: without accents, what is elided as a word of its own.
func wordKey(phrase string) string {
	if !strings.ContainsAny(phrase, " '’") {
		return fold(phrase)
	}
	return fold(strings.Join(strings.Fields(strings.ReplaceAll(strings.ReplaceAll(phrase, "’", "'"), "'", "' ")), " "))
}

func (g Glossary) addLink(b *wordbook, e glossed) {
	b.links[wordKey(e.word)] = e.english
	if _, known := b.linked[e.english]; !known && !strings.HasSuffix(e.word, "'") && g.articles[e.english] == noArticle {
		b.linked[e.english] = e.word
	}
}

// addQuality enters an adjective with its forms; of several that are the same in English the first is given back.
func (b *wordbook) addQuality(e glossed, lang data.Lang) {
	a := qualityIn{one: e.word}
	if len(e.forms) > 0 {
		a.many = e.forms[0]
	}
	if _, known := b.described[lower(e.english)]; !known && !e.from {
		b.described[lower(e.english)] = a
	}
	addForms(b.qualities, a, e.english, lang)
}

// addForms enters the forms of an adjective into qualities.
func addForms(qualities map[string]string, a qualityIn, english string, lang data.Lang) {
	forms := []string{a.one}
	if lang == data.LangIT {
		forms = []string{a.one, a.form(true, false), a.form(false, true), a.form(true, true)}
	}
	for _, form := range forms {
		if key := wordKey(form); qualities[key] == "" {
			qualities[key] = english
		}
	}
}

// addDeed enters a verb, and its participle as a quality. Of several that are the same in English none is given back.
func (b *wordbook) addDeed(e glossed, lang data.Lang) {
	b.deeds[wordKey(e.word)] = e.english
	if _, known := b.does[e.english]; known && !e.from {
		b.does[e.english] = ""
	} else if !e.from {
		b.does[e.english] = e.word
	}
	participle, english := italianParticiple(e.word), pastOf(e.english)
	if len(e.forms) > 0 {
		participle = e.forms[0]
	}
	if len(e.forms) > 1 {
		english = e.forms[1]
	}
	if lang != data.LangIT || participle == "" {
		return
	}
	a := qualityIn{one: participle}
	if _, known := b.described[english]; !known && hasEnding(english, "ed", "en", "wn") {
		b.described[english] = a
	}
	addForms(b.done, a, english, lang)
}

// addPlural enters many of what a noun names, and the noun for what it is in English; of several for the same the
// first is given back. Plurals that no rule tells are in irregular.
func (g Glossary) addPlural(b *wordbook, e glossed, lang data.Lang, irregular map[string]string) {
	first, rest, _ := strings.Cut(e.word, " ")
	n := nounIn{one: e.word, many: e.word, mass: e.mass, always: e.many, feminine: e.gender == "f" || e.gender == "" && isFeminine(first)}
	var plurals []string
	if lang == data.LangIT && !e.many {
		if n.many = irregular[first]; n.many == "" {
			n.many = manyOf(first, n.feminine)
		}
		if b.qualities[wordKey(rest)] != "" {
			rest = manyOf(rest, strings.HasSuffix(rest, "a"))
		}
		n.many = strings.TrimSpace(n.many + " " + rest)
		plurals = append(italianPlurals(e.word), n.many)
	}
	if _, known := b.called[lower(e.english)]; !known && !e.from {
		b.called[lower(e.english)] = n
	}
	english := e.english
	if !e.mass {
		english = g.plural(english)
	}
	for _, many := range plurals {
		if key := wordKey(many); b.things[key].english == "" {
			b.things[key] = thing{english, e.english}
		}
	}
}
