package tribes

import (
	"slices"
	"strings"

	"tribu/data"
)

// namesake is among how many of a tribe's best parts of a name one of last week's must still be.
const namesake = 4

// keepNames gives each tribe the name it had in the run before, while most of its people are the same
// and a part of that name is still one of the best for it: a name people know is worth more than one
// that fits a little better.
func (t *teller) keepNames(tribes []data.Tribe) {
	for _, l := range t.result.Lineage {
		i := slices.IndexFunc(tribes, func(tr data.Tribe) bool { return tr.ID == l.To })
		if i < 0 || l.From != l.To || 2*l.Shared <= max(l.Before, l.After) {
			continue
		}
		at := slices.IndexFunc(t.prior.tribes, func(tr data.Tribe) bool { return tr.ID == l.From })
		if last := t.prior.tribes[at].Name; t.stillSays(t.shown[i], last) {
			tribes[i].Name = last
		}
	}
}

// stillSays reports whether one of the best parts of a name for group g is in name.
func (t *teller) stillSays(g int, name string) bool {
	parts := t.nameParts(g)
	words := strings.Fields(strings.ToLower(name))
	return slices.ContainsFunc(parts[:min(namesake, len(parts))], func(p part) bool {
		said := strings.Fields(strings.ToLower(p.form))
		return len(said) > 0 && slices.ContainsFunc(windows(words, len(said)), func(w []string) bool { return slices.Equal(w, said) })
	})
}

// windows returns the runs of n words that follow each other.
func windows(words []string, n int) (out [][]string) {
	for i := 0; i+n <= len(words); i++ {
		out = append(out, words[i:i+n])
	}
	return out
}
