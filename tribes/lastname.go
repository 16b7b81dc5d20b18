package tribes

import (
	"slices"
	"strings"

	"tribu/data"
)

const (
	stillGood = 0.5 // of the score of another name, at which a tribe's stays,
	telling   = 0.1 // and at which it does where a fair share of its people use it
	settledIn = 3   // runs from which a tribe is young no more
	fairShare = 0.2 // of a tribe's people who use each word of its name, at which it stays
)

// keepNames gives each tribe the names it had in the run before, while most of its people are the same
// and a fair share of them, and fewer of the others, use all words of the name: readers know a tribe by it.
// A name that twice as many use takes its place.
// A young tribe's name, which was of few posts, gives way to one that is worth twice as much.
func (t *teller) keepNames(tribes []data.Tribe) {
	if t.prior == nil {
		return
	}
	known := t.nameWords(slices.Concat(t.prior.tribes, tribes))
	for _, l := range t.result.Lineage {
		i := slices.IndexFunc(tribes, func(tr data.Tribe) bool { return tr.ID == l.To })
		if i < 0 || l.From != l.To || 2*l.Shared <= max(l.Before, l.After) {
			continue
		}
		last := t.prior.tribes[slices.IndexFunc(t.prior.tribes, func(tr data.Tribe) bool { return tr.ID == l.From })]
		young := t.in.seen(last.ID) < settledIn
		for k, s := range t.speech[t.shown[i]] {
			name := nameIn(&tribes[i], k)
			before := last.TellingIn(t.in.langs[s.lang]).Name
			if s.main && before == "" {
				before = last.Name
			}
			if before == "" || t.taken(tribes, i, before) {
				continue
			}
			if s.stillSays(before, *name, stillGood) || !young && s.stillSays(before, *name, telling) && t.spread(s, before, known) >= max(fairShare, t.spread(s, *name, known)/2) {
				*name = before
			}
		}
	}
}

// seen returns in how many of the runs before there was a tribe of that id.
func (in Input) seen(id data.TribeID) (n int) {
	for _, r := range append([]data.RunRecord{*in.Parent}, in.Earlier...) {
		if slices.ContainsFunc(r.Tribes, func(t data.Tribe) bool { return t.ID == id }) {
			n++
		}
	}
	return n
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

// spread returns the share of those s speaks for who use the word of name that fewest of them use; 0 where no
// smaller a share of everybody uses one.
func (t *teller) spread(s *speech, name string, known map[string][]uint32) float64 {
	least := 1.0
	for _, token := range nameWords(name) {
		if t.in.small.parts(token) {
			continue
		}
		most := 0.0
		for _, w := range known[token] {
			users := 0
			for _, m := range t.members[s.group] {
				if _, said := slices.BinarySearch(t.uses[m.author], w); said {
					users++
				}
			}
			if share := float64(users) / float64(s.of); share*float64(len(t.uses)) > float64(t.users[w]) {
				most = max(most, share)
			}
		}
		least = min(least, most)
	}
	return least
}

// nameWords returns for each word of the names of tribes the words it is a form of: those in titles, and those
// whose most frequent form in a language begins alike.
func (t *teller) nameWords(tribes []data.Tribe) map[string][]uint32 {
	known, alike := make(map[string][]uint32), make(map[string][]string)
	for _, tribe := range tribes {
		for _, token := range nameWords(strings.Join(tribe.Names(), " ")) {
			if _, met := known[token]; !met && !t.in.small.parts(token) {
				known[token] = slices.Clone(t.in.titleWords[token])
				alike[beginning(token)] = append(alike[beginning(token)], token)
			}
		}
	}
	for _, forms := range t.in.formsIn {
		for w, form := range forms {
			form = strings.ToLower(form)
			for _, token := range alike[beginning(form)] {
				if formsOfOne(form, token) && !slices.Contains(known[token], uint32(w)) {
					known[token] = append(known[token], uint32(w))
				}
			}
		}
	}
	return known
}

// beginning returns the letters that forms of a word share at least.
func beginning(form string) string { return form[:min(len(form), 3)] }

// formsOfOne reports whether two words begin as forms of one do.
func formsOfOne(a, b string) bool {
	same, short := commonPrefix(a, b), min(len(a), len(b))
	return same == len(a) && same == len(b) || same >= max(4, short-1) || same == short && same >= 3 && len(a)+len(b) == 2*short+1
}

// stillSays reports whether name is worth such a share of what another would be now.
func (s *speech) stillSays(name, now string, share float64) bool {
	return name == now || s.worthOf(name) >= share*s.worthOf(now)
}

// worthOf returns the score of the best part that a name is made of; 0 where it has a word of none.
func (s *speech) worthOf(name string) float64 {
	words := nameWords(name)
	best, known := 0.0, make(map[string]bool)
	for _, p := range s.parts {
		all := true
		for _, word := range nameWords(p.form) {
			said := false
			for _, w := range words {
				if formsOfOne(w, word) {
					said, known[w] = true, true
				}
			}
			all = all && said
		}
		if all {
			best = max(best, p.score)
		}
	}
	if slices.ContainsFunc(words, func(w string) bool { return !known[w] && !s.small.parts(w) }) {
		return 0
	}
	return best
}

func nameWords(name string) []string {
	return strings.Fields(strings.ReplaceAll(strings.ToLower(name), "'", "' "))
}
