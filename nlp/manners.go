package nlp

import (
	"fmt"
	"strings"

	"tribu/data"
	"tribu/nlp/lexicon"
)

// Manners tell of words, apart from what they are about, whether they may stand in a portrait of people.
type Manners struct {
	insults phrases
	tender  phrases
	endings endings
	grammar *grammar
}

// NewManners reads the lists of insults, and the grammar.
func NewManners(lists lexicon.Lists) (Manners, error) {
	w, err := wordsIn(lists)
	if err != nil {
		return Manners{}, err
	}
	var m Manners
	if m.insults, err = newPhrases(w, "insult"); err != nil {
		return Manners{}, fmt.Errorf("read manners: %w", err)
	}
	if m.tender, err = newPhrases(w, "tender"); err != nil {
		return Manners{}, fmt.Errorf("read manners: %w", err)
	}
	if m.endings, err = newEndings(w); err != nil {
		return Manners{}, fmt.Errorf("read manners: %w", err)
	}
	if m.grammar, err = newGrammar(w); err != nil {
		return Manners{}, fmt.Errorf("read manners: %w", err)
	}
	return m, nil
}

// Insults reports whether text calls somebody names, or speaks of nakedness or sex, in whichever language.
func (m Manners) Insults(text string) bool { return m.insults.in(text) }

// Tender reports whether text speaks of faith, politics, war or violent death, in whichever language.
func (m Manners) Tender(text string) bool { return m.tender.in(text) }

// Phrases are looked for in texts of any language.
type phrases struct {
	all     map[string]bool // of words in lower case
	longest int             // words of one
}

// newPhrases reads the lists of all languages that bear a name.
func newPhrases(w wordLists, name string) (phrases, error) {
	p := phrases{all: map[string]bool{}}
	err := w.each(name, func(_ data.Lang, e lexicon.Entry) error {
		p.all[e.Phrase] = true
		p.longest = max(p.longest, len(strings.Fields(e.Phrase)))
		return nil
	})
	return p, err
}

// in reports whether text holds one of the phrases.
func (p phrases) in(text string) bool {
	words := Split(text)
	for i := range words {
		for n := 1; n <= min(p.longest, len(words)-i); n++ {
			if p.all[strings.Join(words[i:i+n], " ")] {
				return true
			}
		}
	}
	return false
}

// Acts reports whether a lower-case word of lang looks like an infinitive, and no article or the like before it says
// that it is a thing: di partecipare, not il quartiere.
func (m Manners) Acts(lang data.Lang, behind, word string) bool {
	before := m.grammar.roles[lang][fold(behind)]
	return m.endings.of(lang, fold(word))&Infinitive != 0 && before&leads == 0 && before&(determiner|preposition) != determiner
}
