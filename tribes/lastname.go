package tribes

import (
	"slices"
	"strings"

	"tribu/data"
)

// namesake is among how many of a tribe's best parts of a name one of last week's must still be.
const namesake = 8

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
		last := t.prior.tribes[at].Name
		taken := slices.ContainsFunc(tribes, func(tr data.Tribe) bool { return tr.ID != l.To && tr.Name == last })
		if last != "" && !taken && t.stillSays(t.shown[i], last) {
			tribes[i].Name = last
		}
	}
}

// stillSays reports whether a word of one of the best parts of a name for group g is in name.
func (t *teller) stillSays(g int, name string) bool {
	parts := t.parts[g]
	words := strings.Fields(strings.ToLower(name))
	return slices.ContainsFunc(parts[:min(namesake, len(parts))], func(p part) bool {
		return slices.ContainsFunc(strings.Fields(strings.ToLower(p.form)), func(said string) bool {
			return slices.ContainsFunc(words, func(w string) bool {
				return w == said || commonPrefix(w, said) >= max(4, min(len(w), len(said))-1)
			})
		})
	})
}
