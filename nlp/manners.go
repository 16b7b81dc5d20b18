package nlp

import (
	"fmt"
	"strings"

	"tribu/data"
	"tribu/nlp/lexicon"
)

// Manners tell of words, apart from what they are about, whether they may stand in a portrait of people.
type Manners struct {
	insults map[string]bool // phrases of words in lower case
	longest int             // words of one
	endings endings
	grammar *grammar
}

// NewManners reads the lists of insults, and the grammar.
func NewManners(lists lexicon.Lists) (Manners, error) {
	w, err := wordsIn(lists)
	if err != nil {
		return Manners{}, err
	}
	m := Manners{insults: map[string]bool{}}
	err = w.each("insult", func(_ data.Lang, e lexicon.Entry) error {
		m.insults[e.Phrase] = true
		m.longest = max(m.longest, len(strings.Fields(e.Phrase)))
		return nil
	})
	if err != nil {
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
func (m Manners) Insults(text string) bool {
	words := Split(text)
	for i := range words {
		for n := 1; n <= min(m.longest, len(words)-i); n++ {
			if m.insults[strings.Join(words[i:i+n], " ")] {
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
