package figures

import (
	"cmp"
	"slices"
	"strings"

	"tribu/data"
)

// WithoutPhrases returns a story in which no need is called by words that only one person says, now
// or earlier: such a name is a quote. What the need is about stands in its place, with the id of the
// need where others are called so too. It is counted like before: by the name that people say.
func WithoutPhrases(story data.Story) data.Story {
	kept := keptBack(story.Needs)
	story.Needs = kept.renamed(story.Needs)
	story.Tribes = slices.Clone(story.Tribes)
	for i := range story.Tribes {
		needs := slices.Clone(story.Tribes[i].Needs)
		for j, n := range needs {
			needs[j].Topic = kept.shown(n.Problem, n.Topic)
		}
		story.Tribes[i].Needs = needs
	}
	return story
}

// NeedsWithoutPhrases does so with needs alone.
func NeedsWithoutPhrases(needs []data.NeedRow) []data.NeedRow { return keptBack(needs).renamed(needs) }

// names says what stands for the names that are kept back.
type names struct {
	things map[string]string // what a need of that name is about
	shared map[string]bool   // things by which several needs go
}

func (k names) shown(id data.ProblemID, called string) string {
	thing, hidden := k.things[called]
	switch {
	case !hidden:
		return called
	case k.shared[thing]:
		return thing + " (" + string(id) + ")"
	}
	return thing
}

func (k names) renamed(needs []data.NeedRow) []data.NeedRow {
	needs = slices.Clone(needs)
	for i := range needs {
		n := &needs[i]
		if name := k.shown(n.Problem, n.Called); name != n.Called {
			n.Spoken, n.Called = cmp.Or(n.Spoken, n.Called), name
		}
	}
	return needs
}

// keptBack returns the names that phrasesOfOne finds, and which needs go by the same thing.
func keptBack(needs []data.NeedRow) names {
	k := names{things: phrasesOfOne(needs), shared: make(map[string]bool)}
	first := make(map[string]data.ProblemID)
	for i := range needs {
		n := &needs[i]
		if n.Problem == "" {
			continue
		}
		name := cmp.Or(k.things[n.Called], n.Called)
		if id, met := first[name]; met && id != n.Problem {
			k.shared[name] = true
		}
		first[name] = n.Problem
	}
	return k
}

// phrasesOfOne returns the names of several words that nobody gave and that no two people say, with
// what they are most often about: somebody said them, in these needs or in earlier ones.
func phrasesOfOne(needs []data.NeedRow) map[string]string {
	type sayer struct {
		phrase  string // in small letters
		author  data.AuthorID
		things  tally[string]
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
			s = &sayer{phrase: strings.ToLower(n.Called)}
			said[n.Called] = s
		}
		s.things.add(cmp.Or(n.Object, n.Concept, string(n.Type)))
		if s.several || !strings.Contains(strings.ToLower(n.Quote), s.phrase) {
			continue
		}
		s.several = !s.author.IsZero() && s.author != n.Author
		s.author = n.Author
	}
	things := make(map[string]string)
	for called, s := range said {
		if !s.several {
			things[called] = s.things.top()
		}
	}
	return things
}
