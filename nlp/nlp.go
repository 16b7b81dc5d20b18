// Package nlp hears what people say in public posts: the language, what a post is about, and the
// needs its author voices, each with the exact bytes that prove it. English and Italian.
//
// A post passes a guard (UTF-8, NFC, caps, quoted text and signatures dropped), is cut into
// sentences and tokens, and gets its language. A trie over the cues of both languages gates the
// sentences; only those whose cues add up are tagged and put to the need rules.
// Rules and word lists only: the lists are files in nlp/lexicon that a linguist can read and edit.
package nlp

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"

	"tribu/data"
	"tribu/nlp/lexicon"
)

// Version names what Analyze hears without words of a project's own. It changes whenever a result can.
const Version = "nlp-55"

// A Config adds a project's own words. The zero value works.
type Config struct {
	Products []string            `json:"products,omitempty"` // names of products: always taken for objects
	Concepts map[string][]string `json:"concepts,omitempty"` // concept id → further words for it, English or Italian
	Stop     []string            `json:"stop,omitempty"`     // words that tell nothing here
}

// Version names what an analyzer of c hears: Version, and where the project has words of its own, a
// hash of these, so that posts are heard anew after they change.
func (c Config) Version() string {
	text, err := json.Marshal(c)
	if err != nil {
		panic(err) // texts always marshal
	}
	if string(text) == "{}" {
		return Version
	}
	sum := sha256.Sum256(text)
	return fmt.Sprintf("%s+%x", Version, sum[:4])
}

// An Analyzer understands posts. It is safe for concurrent use.
type Analyzer struct {
	version   string
	reader    *reader
	tongue    tongue
	stop      stopWords
	function  stopWords // function words only
	vague     map[string]bool
	parts     map[string]bool // nouns that name a part or an amount of something
	self      map[string]bool // words by which people speak of themselves
	opines    map[string]bool // words behind "I" that say what somebody holds
	setting   map[string]bool // nouns that say when or where
	which     map[string]bool // words that ask which one
	recurs    map[string]bool // words that tell of what happens again and again
	lacks     stopWords       // words that say of a thing that there is none
	plain     map[string]bool // nouns that tell little of a post, but enough of a need
	begins    map[string]bool // first words of concepts of several
	products  map[string]bool
	procedure map[string]bool // stems
	stems     stemmer
	cues      *cueBook
	concepts  concepts
	english   englishTagger
	grammar   *grammar
}

// New reads the word lists and returns an analyzer for c.
func New(c Config) (*Analyzer, error) { return newAnalyzer(lexicon.Own(), c) }

func newAnalyzer(lists lexicon.Lists, c Config) (*Analyzer, error) {
	w, err := wordsIn(lists)
	if err != nil {
		return nil, fmt.Errorf("build analyzer: %w", err)
	}
	var errs [15]error
	a := &Analyzer{version: c.Version(), stems: newStemmer(), products: map[string]bool{}}
	a.reader, errs[9] = newReader(w)
	a.tongue, errs[0] = newTongue(w)
	a.function, a.stop, errs[1] = newStopWords(w)
	a.vague, errs[2] = w.all("vague")
	a.cues, errs[3] = newCueBook(w)
	a.concepts, errs[4] = newConcepts(w, c.Concepts)
	a.parts, errs[5] = w.all("part")
	a.plain, errs[6] = w.all("plain")
	a.self, errs[7] = w.all("self")
	a.grammar, errs[8] = newGrammar(w)
	a.opines, errs[10] = w.all("opine")
	a.setting, errs[12] = w.all("setting")
	a.which, errs[13] = w.all("which")
	a.lacks, errs[11] = readPhrases(w, "lack")
	a.recurs, errs[14] = w.all("recur")
	if err := errors.Join(errs[:]...); err != nil {
		return nil, fmt.Errorf("build analyzer: %w", err)
	}
	a.begins = a.concepts.begins()
	for _, word := range c.Stop {
		for _, stop := range a.stop {
			stop[fold(lower(word))] = true
		}
	}
	if a.procedure, err = newProcedures(w, a.stems); err != nil {
		return nil, fmt.Errorf("build analyzer: %w", err)
	}
	for _, w := range c.Products {
		a.products[fold(lower(w))] = true
	}
	return a, nil
}

// Analyze returns what is heard in p. It is a pure function of the configuration and p, its Prior
// included, which counts where p leaves doubt about its language; text beyond 16 KB is not heard, and a panic in a library becomes an error.
func (a *Analyzer) Analyze(p data.Post) (out data.Annotation, err error) {
	defer func() {
		if r := recover(); r != nil {
			out, err = data.Annotation{}, fmt.Errorf("analyse post %s: %v", p.ID, r)
		}
	}()
	above := data.Post{Title: p.ThreadTitle} // its words tell what the post is about too, its needs are those of whoever wrote it
	title := a.title(above, "")
	d := a.reader.read(p)
	a.tongue.detect(d, p.LangHint)
	lent := a.settle(d, p, title.lang)
	if a.reader.misread(d) {
		d = a.reader.readAs(p, true)
		a.tongue.detect(d, p.LangHint)
		a.settle(d, p, title.lang)
	}
	if title.lang != d.lang {
		title = a.title(above, d.lang)
	}
	a.grammar.mark(d)
	a.grammar.mark(title)
	out = data.Annotation{Post: p.ID, Version: a.version, Lang: d.lang, Lent: lent, Words: d.words(), Fingerprint: fingerprint(d.tokens)}
	out.Terms, out.Topics = a.terms(d, title)
	readings := a.cues.readings(d)
	needs, in := a.needs(d, title, readings, !p.Parent.IsZero() || a.reader.saysAnswer(p.Title))
	out.Needs, out.Acts = needs, a.acts(p, d, readings, needs, in)
	return out, nil
}

// title reads the title above a post in the language that its words tell; hint decides where they leave doubt.
func (a *Analyzer) title(p data.Post, hint data.Lang) *document {
	if p.Title == "" {
		return &document{lang: cmp.Or(hint, data.LangUnd)}
	}
	d := a.reader.read(p)
	a.tongue.detect(d, hint)
	if a.reader.misread(d) {
		d = a.reader.readAs(p, true)
		a.tongue.detect(d, hint)
	}
	return d
}

// words counts the words of the author's own text, the title apart.
func (d *document) words() int {
	n := 0
	for _, x := range d.sentences {
		if x.sec.inTitle {
			continue
		}
		for _, t := range d.tokens[x.from:x.to] {
			if t.kind == word || t.kind == number {
				n++
			}
		}
	}
	return n
}
