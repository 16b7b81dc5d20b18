package figures

import (
	"slices"
	"strings"

	"tribu/data"
)

// WithoutPhrases returns a story in which no need is called by words that only one person says, now
// or earlier: such a name is a quote. What the need is about stands in its place.
func WithoutPhrases(story data.Story) data.Story {
	things := phrasesOfOne(story.Needs)
	story.Needs = renamed(story.Needs, things)
	story.Tribes = slices.Clone(story.Tribes)
	for i := range story.Tribes {
		needs := slices.Clone(story.Tribes[i].Needs)
		for j := range needs {
			if thing, own := things[needs[j].Topic]; own {
				needs[j].Topic = thing
			}
		}
		story.Tribes[i].Needs = needs
	}
	return story
}

// NeedsWithoutPhrases does so with needs alone.
func NeedsWithoutPhrases(needs []data.NeedRow) []data.NeedRow {
	return renamed(needs, phrasesOfOne(needs))
}

func renamed(needs []data.NeedRow, things map[string]string) []data.NeedRow {
	needs = slices.Clone(needs)
	for i := range needs {
		if thing, own := things[needs[i].Called]; own {
			needs[i].Called = thing
		}
	}
	return needs
}

// phrasesOfOne returns the names of several words that nobody gave and that no two people say, with
// what they are about: somebody said them, in these needs or in earlier ones.
func phrasesOfOne(needs []data.NeedRow) map[string]string {
	type sayer struct {
		phrase  string // in small letters
		author  data.AuthorID
		thing   string
		several bool
	}
	said := make(map[string]*sayer)
	for i := range needs {
		n := &needs[i]
		if n.Problem == "" || n.Given || !strings.Contains(n.Called, " ") {
			continue
		}
		s := said[n.Called]
		if s == nil {
			s = &sayer{phrase: strings.ToLower(n.Called), thing: n.Object}
			said[n.Called] = s
		}
		if s.several || !strings.Contains(strings.ToLower(n.Quote), s.phrase) {
			continue
		}
		s.several = !s.author.IsZero() && s.author != n.Author
		s.author = n.Author
	}
	things := make(map[string]string)
	for called, s := range said {
		if !s.several {
			things[called] = s.thing
		}
	}
	return things
}
