package reports

import (
	"fmt"
	"testing"

	"tribu/data"
	"tribu/reports/figures"
)

// A headline tells a need that ten people voice, and three in a hundred of all or a hundred.
func TestHeadlineNeeds(t *testing.T) {
	for _, c := range []struct {
		all, voice int
		told       bool
	}{{200, 10, true}, {200, 9, false}, {400, 11, false}, {400, 12, true}, {9000, 49, false}, {9000, 50, true}} {
		authors := make(map[data.AuthorID]data.Author, c.all)
		for i := range c.all {
			authors[data.NewAuthorID("s", fmt.Sprint(i))] = data.Author{}
		}
		v := View{Story: data.Story{Authors: authors}, Figures: figures.Figures{Needs: []figures.Need{{Key: "k", Label: "a later train", People: c.voice}}}}
		b, err := newBuilder(v, data.LangEN)
		if err != nil {
			t.Fatal(err)
		}
		if _, i := b.topUnmet(); (i == 0) != c.told {
			t.Errorf("%d of %d people voice it: told %v, want %v", c.voice, c.all, i == 0, c.told)
		}
	}
}
