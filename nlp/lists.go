package nlp

import (
	"fmt"

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
