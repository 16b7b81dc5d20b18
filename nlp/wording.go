package nlp

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"tribu/data"
	"tribu/nlp/lexicon"
)

// A Word is one informative word or phrase of a sentence.
type Word struct {
	Stem    string // comparable within a language
	Shared  string // id that means the same in all languages: a concept, or an action with "to "; empty where there is none
	Form    string // as written, in lower case
	At, End int    // its place among all words of the sentence
}

// A Wording reduces sentences to the words by which two of them can be compared, within a language
// by stems, across languages by shared ids. It is safe for concurrent use.
type Wording struct {
	heard    []data.Lang
	reader   *reader
	endings  endings
	function stopWords
	stop     stopWords
	vague    map[string]bool
	self     map[string]bool
	names    map[string]bool // given names
	fails    map[string]bool // forms of words for failing
	concepts concepts
	begins   map[string]bool                 // first words of concepts of several
	actions  map[data.Lang]map[string]string // stem → id: of a concept, or "to " and that of an action
	grammar  *grammar
	unable   []string                          // words of sentences that say that something cannot be done
	denied   map[data.Lang]map[string][]denial // what its writer does not lack
	answers  map[string]bool                   // words that say where an answer should go
	general  map[data.Lang]map[string]string   // stem of a noun for things of many kinds → which of them all name alike, "" for none
	lacks    stopWords                         // words that say of a thing that there is none, or that it is looked for
	wanted   stopWords                         // words by which a question asks for a thing
	outcomes map[data.Lang]map[string]string   // side of an outcome → what a need of it is called, the thing as ~
	sided    map[data.Lang]map[string]string   // stem or concept of a word → side of an outcome that it names by itself
	stems    stemmer
	glossary Glossary
	rids     map[data.Lang]riddances
	wonders  map[data.Lang]riddances // ways to say that somebody wants to know whether
	articles map[data.Lang]map[string]article
	getting  map[string]bool                 // ids of acts by which people come to have a thing; true: between two of them
	same     map[string]bool                 // ids of concepts whose words all name one thing
	deeds    map[data.Lang]map[string]string // stem of a verb → the English verb
	meanings map[data.Lang]*memory[meaning]
}

// A meaning is what the lists say of one word of a language.
type meaning struct {
	stem    string // of a word that tells something
	shared  string
	concept string
	roles   Role
	begins  bool // a concept of several words
	plain   bool // neither too short nor on a list of words that tell nothing
}

// NewWording reads the word lists; the project's own concepts and stop words of c count too.
func NewWording(c Config) (*Wording, error) { return newWording(lexicon.Own(), c) }

func newWording(lists lexicon.Lists, c Config) (*Wording, error) {
	from, err := wordsIn(lists)
	if err != nil {
		return nil, err
	}
	w := &Wording{heard: from.heard, stems: newStemmer(), actions: map[data.Lang]map[string]string{}, outcomes: map[data.Lang]map[string]string{}, sided: map[data.Lang]map[string]string{}, general: map[data.Lang]map[string]string{}, rids: map[data.Lang]riddances{}, articles: map[data.Lang]map[string]article{}, denied: map[data.Lang]map[string][]denial{}, wonders: map[data.Lang]riddances{}, deeds: map[data.Lang]map[string]string{},
		meanings: map[data.Lang]*memory[meaning]{data.LangUnd: {}}}
	if w.function, w.stop, err = newStopWords(from); err != nil {
		return nil, fmt.Errorf("read word lists: %w", err)
	}
	if w.reader, err = newReader(from); err != nil {
		return nil, fmt.Errorf("read word lists: %w", err)
	}
	if w.endings, err = newEndings(from); err != nil {
		return nil, fmt.Errorf("read word lists: %w", err)
	}
	for _, list := range [...]struct {
		name  string
		words *map[string]bool
	}{{"vague", &w.vague}, {"answer", &w.answers}, {"self", &w.self}, {"name", &w.names}, {"fail", &w.fails}} {
		if *list.words, err = from.all(list.name); err != nil {
			return nil, fmt.Errorf("read word lists: %w", err)
		}
	}
	if err := errors.Join(w.readSame(from), w.readGetting(from)); err != nil {
		return nil, fmt.Errorf("read word lists: %w", err)
	}
	if w.concepts, err = newConcepts(from, c.Concepts); err != nil {
		return nil, fmt.Errorf("read word lists: %w", err)
	}
	if w.grammar, err = newGrammar(from); err != nil {
		return nil, fmt.Errorf("read word lists: %w", err)
	}
	w.begins = w.concepts.begins()
	for _, word := range c.Stop {
		for _, stop := range w.stop {
			stop[fold(lower(word))] = true
		}
	}
	if w.lacks, err = readPhrases(from, "lack"); err != nil {
		return nil, fmt.Errorf("read word lists: %w", err)
	}
	if w.wanted, err = readPhrases(from, "wanted"); err != nil {
		return nil, fmt.Errorf("read word lists: %w", err)
	}
	for _, lang := range w.heard {
		w.meanings[lang] = &memory[meaning]{}
		unable, err := from.Load(string(lang) + "/unable.txt")
		if err != nil {
			return nil, fmt.Errorf("read word lists: %w", err)
		}
		for _, e := range unable {
			w.unable = append(w.unable, e.Phrase)
		}
		if w.denied[lang], err = readDenied(from, lang); err != nil {
			return nil, fmt.Errorf("read word lists: %w", err)
		}
		if err := w.readActions(from, lang); err != nil {
			return nil, fmt.Errorf("read word lists: %w", err)
		}
		if err := w.readOutcomes(from, lang); err != nil {
			return nil, fmt.Errorf("read word lists: %w", err)
		}
		entries, err := from.Load(string(lang) + "/general.txt")
		if err != nil {
			return nil, fmt.Errorf("read word lists: %w", err)
		}
		w.general[lang] = map[string]string{}
		for _, e := range entries {
			w.general[lang][w.Stem(lang, e.Phrase)] = strings.Join(e.Attrs, " ")
		}
		if w.articles[lang], err = readArticles(from, lang); err != nil {
			return nil, fmt.Errorf("read word lists: %w", err)
		}
		if w.rids[lang], err = w.readRiddances(from, lang, "rid"); err != nil {
			return nil, fmt.Errorf("read word lists: %w", err)
		}
		if w.wonders[lang], err = w.readRiddances(from, lang, "whether"); err != nil {
			return nil, fmt.Errorf("read word lists: %w", err)
		}
	}
	if w.glossary, err = NewGlossary(lists); err != nil {
		return nil, err
	}
	for lang, book := range w.glossary.books {
		w.deeds[lang] = map[string]string{}
		for verb, english := range book.deeds {
			w.deeds[lang][w.stems.stem(lang, verb)] = english
		}
	}
	return w, nil
}

func (w *Wording) readActions(from wordLists, lang data.Lang) error {
	entries, err := from.Load(string(lang) + "/actions.txt")
	if err != nil {
		return err
	}
	w.actions[lang] = map[string]string{}
	for _, e := range entries {
		if len(e.Attrs) != 1 {
			return fmt.Errorf("actions of %s: line %d: want one id", lang, e.Line)
		}
		id, thing := strings.CutPrefix(e.Attrs[0], "=")
		if !thing {
			id = "to " + id
		}
		key := w.stems.stem(lang, fold(e.Phrase))
		if before := w.actions[lang][key]; before != "" && before != id {
			return fmt.Errorf("actions of %s: line %d: %q is %q and %q", lang, e.Line, e.Phrase, before, id)
		}
		w.actions[lang][key] = id
	}
	return nil
}

// action returns the shared id of a verb, or of an English adjective in any of its degrees; empty
// where the lists have none.
func (w *Wording) action(lang data.Lang, key, stem string) string {
	id := w.actions[lang][stem]
	if id != "" || lang != data.LangEN || !strings.HasSuffix(key, "er") && !strings.HasSuffix(key, "est") {
		return id
	}
	plain := strings.TrimSuffix(strings.TrimSuffix(key, "r"), "st") // safe-r, safe-st
	for _, form := range [...]string{plain, plain[:len(plain)-1]} {
		form = strings.TrimSuffix(form, "i") + strings.Repeat("y", len(form)-len(strings.TrimSuffix(form, "i")))
		if id := w.actions[lang][w.stems.stem(lang, form)]; id != "" {
			return id
		}
	}
	return ""
}

// Heard returns the languages in which needs are heard.
func (w *Wording) Heard() []data.Lang { return slices.Clone(w.heard) }

// Stem returns the stem of one word.
func (w *Wording) Stem(lang data.Lang, word string) string {
	return w.stems.stem(lang, fold(lower(word)))
}

// Infinitive reports whether a lower-case word is the infinitive of what somebody does, as far as lang shows it.
func (w *Wording) Infinitive(lang data.Lang, word string) bool {
	return w.Shows(lang, word, Infinitive)
}

// Answers reports whether a lower-case word only says where an answer should go.
func (w *Wording) Answers(word string) bool { return w.answers[fold(word)] }

// Given reports whether a lower-case word is somebody's given name.
func (w *Wording) Given(word string) bool { return w.names[fold(word)] }

// Personal reports whether one of the words in lower case speaks of who writes, or turns to those around.
func (w *Wording) Personal(words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool {
		return w.self[fold(word)] || w.endings.any.of(word)&personal != 0 // andiamo, potrei
	})
}

// Words returns the informative words of a sentence of lang, in their order, and all its words.
func (w *Wording) Words(lang data.Lang, sentence string) (words []Word, all []string) {
	all = Split(sentence)
	words = make([]Word, 0, len(all))
	for i := 0; i < len(all); {
		one := w.wordAt(lang, all, i)
		if one.Stem != "" {
			words = append(words, one)
		}
		i = one.End
	}
	return words, all
}

// wordAt returns the longest concept that begins at i, else the word there; without a stem where
// it tells nothing.
func (w *Wording) wordAt(lang data.Lang, all []string, i int) Word {
	m := w.meaning(lang, all[i])
	for n := min(3, len(all)-i); n > 1 && m.begins; n-- {
		phrase := strings.Join(all[i:i+n], " ")
		if id := w.concepts.of(lang, fold(phrase)); id != "" {
			return Word{Stem: fold(phrase), Shared: id, Form: phrase, At: i, End: i + n}
		}
	}
	return Word{Stem: m.stem, Shared: m.shared, At: i, End: i + 1, Form: all[i]}
}

// meaning returns what the lists say of a lower-case word.
func (w *Wording) meaning(lang data.Lang, word string) meaning {
	m := w.meanings[lang]
	if m == nil {
		lang, m = data.LangUnd, w.meanings[data.LangUnd]
	}
	return m.recall(word, func(word string) meaning { return w.look(lang, word) })
}

// look looks a lower-case word up in the lists.
func (w *Wording) look(lang data.Lang, word string) meaning {
	key := fold(word)
	m := meaning{concept: w.conceptIn(lang, key), roles: w.grammar.roles[lang][key], begins: w.begins[key]}
	m.plain = len(key) > 2 && !w.stop[lang][key] && !w.vague[key] && !w.names[key]
	if utf8.RuneCountInString(key) < 2 {
		return m
	}
	stem := w.stems.stem(lang, key)
	if m.shared = m.concept; m.shared == "" {
		m.shared = w.action(lang, key, stem)
	}
	if m.shared != "" || m.plain {
		m.stem = stem
	}
	return m
}

// conceptIn returns the concept of a word, or of a part of one such as "slug-proof".
func (w *Wording) conceptIn(lang data.Lang, key string) string {
	if id := w.concepts.of(lang, key); id != "" || strings.IndexByte(key, '-') < 0 {
		return id
	}
	for part := range strings.SplitSeq(key, "-") {
		if id := w.concepts.of(lang, part); id != "" {
			return id
		}
	}
	return ""
}
