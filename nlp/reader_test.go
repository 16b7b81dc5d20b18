package nlp

import (
	"sync"

	"tribu/data"
	"tribu/nlp/lexicon"
)

// ownReader returns a reader by the program's own lists.
var ownReader = sync.OnceValue(func() *reader {
	w, err := wordsIn(lexicon.Own())
	if err != nil {
		panic(err)
	}
	r, err := newReader(w)
	if err != nil {
		panic(err)
	}
	return r
})

func read(p data.Post) *document { return ownReader().read(p) }
