package nlp

import (
	"slices"
	"strings"
	"testing"

	"tribu/data"

	"github.com/jdkato/prose/v2"
)

// prose itself, given our words between spaces, finds the same tags but where two have equal votes;
// it gives a word that comes twice in a sentence the tag of the last, so that only that one is compared.
func TestTagsAreThoseOfProse(t *testing.T) {
	var g englishTagger
	if g.load(); g.err != nil {
		t.Fatal(g.err)
	}
	none, err := prose.NewDocument("", prose.WithSegmentation(false), prose.WithExtraction(false))
	if err != nil {
		t.Fatal(err)
	}
	words, others := 0, 0
	for _, set := range ownSets {
		for _, l := range readLabelled(t, set) {
			d := read(data.Post{Body: l.post.Body})
			for i := range d.sentences {
				ours, _ := proseWords(d, &d.sentences[i])
				doc, err := prose.NewDocument(strings.Join(ours, " "), prose.UsingModel(none.Model), prose.WithSegmentation(false), prose.WithExtraction(false))
				if err != nil {
					t.Fatal(err)
				}
				theirs := doc.Tokens()
				if len(theirs) != len(ours) {
					t.Errorf("prose split %q otherwise", ours)
					continue
				}
				for k, got := range g.model.Tag(ours) {
					if slices.Contains(ours[k+1:], ours[k]) {
						continue
					}
					words++
					if g.parts[got] != pennTag(theirs[k].Tag) {
						others++
						t.Logf("%q in %q: got %d, prose says %s", ours[k], ours, g.parts[got], theirs[k].Tag)
					}
				}
			}
		}
	}
	if others*1000 > words {
		t.Errorf("%d of %d tags differ from those of prose, want at most one in 1000", others, words)
	}
}
