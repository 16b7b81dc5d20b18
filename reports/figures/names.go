package figures

import (
	"maps"
	"slices"
	"strings"

	"tribu/data"
)

// A Named reports whether a phrase, words as data.Words returns them joined by a space, is what
// somebody is called. Nil: nobody is called anything.
type Named func(phrase string) bool

// longestName is how many words a name has at most.
const longestName = 4

// In reports whether text is what somebody is called, or holds it.
func (n Named) In(text string) bool {
	if n == nil {
		return false
	}
	words := data.Words(text)
	for i := range words {
		for end := i + 1; end <= min(i+longestName, len(words)); end++ {
			if n(strings.Join(words[i:end], " ")) {
				return true
			}
		}
	}
	return false
}

// WithoutNames returns a story in which no word, need, tribe or conversation is called what somebody is called.
func WithoutNames(story data.Story, named Named) data.Story {
	if named == nil {
		return story
	}
	story.RunRecord = RunWithoutNames(story.RunRecord, named)
	story.History = slices.Clone(story.History)
	for i := range story.History {
		story.History[i] = RunWithoutNames(story.History[i], named)
	}
	story.Threads = maps.Clone(story.Threads)
	for id, t := range story.Threads {
		if named.In(t.Title) {
			t.Title = ""
			story.Threads[id] = t
		}
	}
	story.Decisions = DecisionsWithoutNames(story.Decisions, named)
	story.Needs = NeedsWithoutNames(story.Needs, named)
	return story
}

// DecisionsWithoutNames does so with decisions: a text that holds what somebody is called is empty.
func DecisionsWithoutNames(all []data.TribeDecision, named Named) []data.TribeDecision {
	all = slices.Clone(all)
	for i := range all {
		if named.In(all[i].Text) {
			all[i].Text = ""
		}
	}
	return all
}

// RunWithoutNames does so with a run: a tribe whose name is somebody's goes by its first words, else by its letter.
func RunWithoutNames(r data.RunRecord, named Named) data.RunRecord {
	if named == nil {
		return r
	}
	r.Tribes, r.Members = slices.Clone(r.Tribes), slices.Clone(r.Members)
	for i := range r.Tribes {
		t := &r.Tribes[i]
		t.Words, t.Told = named.outOf(t.Words), slices.Clone(t.Told)
		for k := range t.Told {
			told := &t.Told[k]
			if told.Words = named.outOf(told.Words); named.In(told.Name) {
				told.Name = ""
			}
		}
		t.Themes = named.outOfThemes(t.Themes)
		t.Needs = slices.DeleteFunc(slices.Clone(t.Needs), func(n data.TribeNeed) bool { return named.In(n.Topic) })
		if named.In(t.Name) {
			t.Name = firstWords(*t)
		}
	}
	for i := range r.Members {
		if m := &r.Members[i]; named.In(m.Why) {
			m.Why = ""
		}
	}
	return r
}

// outOfThemes returns themes without those that somebody is called.
func (n Named) outOfThemes(themes []data.Theme) []data.Theme {
	return slices.DeleteFunc(slices.Clone(themes), func(o data.Theme) bool { return n.In(o.Form) })
}

// outOf returns the words that nobody is called.
func (n Named) outOf(words []data.Term) []data.Term {
	return slices.DeleteFunc(slices.Clone(words), func(w data.Term) bool { return n.In(w.Form) })
}

// firstWords is a name for a tribe, of the words it says more than others.
func firstWords(t data.Tribe) string {
	var forms []string
	for _, w := range t.Words[:min(2, len(t.Words))] {
		forms = append(forms, w.Form)
	}
	if len(forms) == 0 {
		return t.Letter
	}
	return strings.Join(forms, ", ")
}

// NeedsWithoutNames does so with needs alone: a need that is called like somebody is called by what it is about,
// and by nothing where that is a name too.
func NeedsWithoutNames(needs []data.NeedRow, named Named) []data.NeedRow {
	if named == nil {
		return needs
	}
	met := make(map[string]bool)
	in := func(text string) bool {
		hit, known := met[text]
		if !known {
			hit = named.In(text)
			met[text] = hit
		}
		return hit
	}
	needs = slices.Clone(needs)
	for i := range needs {
		n := &needs[i].Need
		if in(n.Object) {
			n.Object = ""
		}
		if in(n.Aspect) {
			n.Aspect = ""
		}
		if n.Problem == "" || !in(n.Called) {
			continue
		}
		needs[i].Spoken = n.Called
		if n.Called = n.Topic(); n.Called == "" {
			n.Problem, n.Given, needs[i].Spoken = "", false, ""
		}
	}
	return needs
}
