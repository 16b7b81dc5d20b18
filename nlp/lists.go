package nlp

import (
	"fmt"
	"slices"

	"tribu/data"
	"tribu/nlp/lexicon"
)

// wordLists are the word lists, and the languages in which needs are heard: those that have a folder.
type wordLists struct {
	lexicon.Lists
	heard []data.Lang
}

func wordsIn(lists lexicon.Lists) (wordLists, error) {
	names, err := lists.Languages()
	if err != nil {
		return wordLists{}, fmt.Errorf("read word lists: %w", err)
	}
	w := wordLists{Lists: lists}
	for _, name := range names {
		w.heard = append(w.heard, data.Lang(name))
	}
	return w, nil
}

// each calls add with the entries of the list of that name of every language, and with those of the languages
// that are recognised and not heard.
func (w wordLists) each(name string, add func(data.Lang, lexicon.Entry) error) error {
	for _, lang := range slices.Concat(w.heard, []data.Lang{"lang"}) {
		entries, err := w.Load(string(lang) + "/" + name + ".txt")
		if err != nil {
			return err
		}
		for _, e := range entries {
			if err := add(lang, e); err != nil {
				return fmt.Errorf("read %s/%s: line %d: %q: %w", lang, name, e.Line, e.Phrase, err)
			}
		}
	}
	return nil
}

// all reads the list of that name of every language.
func (w wordLists) all(name string) (map[string]bool, error) {
	out := stopWords{"": {}}
	for _, lang := range w.heard {
		if err := out.read(w, "", string(lang)+"/"+name+".txt"); err != nil {
			return nil, err
		}
	}
	return out[""], nil
}
