package tribes

import (
	"slices"

	"tribu/data"
)

const (
	mostThemes  = 4    // things that say together what a group writes about
	themeReach  = 0.06 // of the members, whom a further thing has to add
	themeEnough = 0.7  // of them, from which no further is sought
)

// themes returns the things that together reach most of those s speaks for: one after another the thing that adds
// most people, by how much it is the group's more than everybody's. They are of the words that tell it best, and no
// describing words, names or pieces of words.
func (t *teller) themes(s *speech) (out []data.Theme) {
	type thing struct {
		part
		who []uint32
		own float64 // of all who use it, in the group
	}
	var things []thing
	for _, p := range telling(s.parts, true) {
		if t.heads[p.word] < headShare || t.in.proper[p.word] || saysLittle(p.form) || t.isPiece(p.form) {
			continue
		}
		who := slices.DeleteFunc(slices.Clone(t.usersOf(p.word)), func(v uint32) bool { return !t.isOf(v, s.group) })
		things = append(things, thing{p, who, float64(len(who)) / float64(t.users[p.word])})
	}
	reached := make(map[uint32]bool)
	of := len(t.members[s.group])
	var chosen []part
	for len(chosen) < mostThemes && float64(len(reached)) < themeEnough*float64(of) {
		best, most, added := -1, 0.0, 0
		for i, o := range things {
			if slices.ContainsFunc(chosen, o.alike) {
				continue
			}
			adds := 0
			for _, v := range o.who {
				if !reached[v] {
					adds++
				}
			}
			if gain := float64(adds) * o.own; gain > most {
				best, most, added = i, gain, adds
			}
		}
		if best < 0 || added < leastPeople || float64(added) < themeReach*float64(of) {
			break
		}
		chosen = append(chosen, things[best].part)
		out = append(out, data.Theme{Term: data.Term{Key: things[best].key, Form: things[best].form, Count: len(things[best].who)}, Adds: added})
		for _, v := range things[best].who {
			reached[v] = true
		}
	}
	return out
}

// isOf reports whether author v is a member of group g.
func (t *teller) isOf(v uint32, g int) bool {
	return slices.ContainsFunc(t.belongs[v], func(m membership) bool { return m.group == g })
}
