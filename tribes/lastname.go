package tribes

import (
	"slices"
	"strings"

	"tribu/data"
)

const (
	namesake  = 20  // best parts of a name, among which those of last week's must still be
	stillGood = 0.5 // of the score of another name, at which last week's stays
)

// keepNames gives each tribe the names it had in the run before, while most of its people are the same
// and such a name is still worth half of another: a name people know is worth more than one that fits
// a little better.
func (t *teller) keepNames(tribes []data.Tribe) {
	for _, l := range t.result.Lineage {
		i := slices.IndexFunc(tribes, func(tr data.Tribe) bool { return tr.ID == l.To })
		if i < 0 || l.From != l.To || 2*l.Shared <= max(l.Before, l.After) {
			continue
		}
		last := t.prior.tribes[slices.IndexFunc(t.prior.tribes, func(tr data.Tribe) bool { return tr.ID == l.From })]
		for k, s := range t.speech[t.shown[i]] {
			name := nameIn(&tribes[i], k)
			before := last.TellingIn(t.in.langs[s.lang]).Name
			if s.main && before == "" {
				before = last.Name
			}
			if before != "" && !t.taken(tribes, i, before) && s.stillSays(before, *name) {
				*name = before
			}
		}
	}
}

// nameIn returns where the name of a tribe stands in its k-th language.
func nameIn(t *data.Tribe, k int) *string {
	if k == 0 {
		return &t.Name
	}
	return &t.Told[k].Name
}

// taken reports whether a tribe but the i-th has a name.
func (t *teller) taken(tribes []data.Tribe, i int, name string) bool {
	for k := range tribes {
		if k != i && (tribes[k].Name == name || slices.ContainsFunc(tribes[k].Told, func(told data.Telling) bool { return told.Name == name })) {
			return true
		}
	}
	return false
}

// stillSays reports whether name is worth half of what another would be now.
func (s *speech) stillSays(name, now string) bool {
	return name == now || s.worthOf(name) >= stillGood*s.worthOf(now)
}

// worthOf returns the score of the best part that a name is made of; 0 where it has a word of none.
func (s *speech) worthOf(name string) float64 {
	words := nameWords(name)
	best, known := 0.0, make(map[string]bool)
	for _, p := range s.parts[:min(namesake, len(s.parts))] {
		all := true
		for _, word := range nameWords(p.form) {
			said := false
			for _, w := range words {
				if w == word || commonPrefix(w, word) >= max(4, min(len(w), len(word))-1) {
					said, known[w] = true, true
				}
			}
			all = all && said
		}
		if all {
			best = max(best, p.score)
		}
	}
	if slices.ContainsFunc(words, func(w string) bool { return !known[w] && !parts(w) }) {
		return 0
	}
	return best
}

func nameWords(name string) []string {
	return strings.Fields(strings.ReplaceAll(strings.ToLower(name), "'", "' "))
}
