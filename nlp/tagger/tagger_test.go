package tagger_test

import (
	"fmt"
	"strings"

	"tribu/nlp/tagger"
)

func ExampleTagger_Tag() {
	t, err := tagger.Load()
	if err != nil {
		panic(err)
	}
	words := strings.Fields("my old pump leaks * again")
	for i, tag := range t.Tag(words) {
		if tag != tagger.None {
			fmt.Println(words[i], t.Names()[tag])
		}
	}
	// Output:
	// my PRP$
	// old JJ
	// pump NN
	// leaks VBZ
	// again RB
}
