package tribes

import (
	"slices"
	"strings"

	"tribu/data"
)

const (
	mostThemes = 8    // things that say together what a group writes about, of which some may turn out to be none
	themeReach = 0.06 // of the members, whom a further thing has to add
)

// A thing is what people of a group write about.
type thing struct {
	part
	lang data.Lang
	who  []uint32
	own  float64 // of all who use it, in the group
}

// themes returns the things that together reach most of a group: those of its name, which is of so many parts, then one
// after another the thing that adds most people, by how much it is the group's more than everybody's. They are of the
// words that tell it best in the languages it writes, and no describing words, names or pieces of words.
func (t *teller) themes(speeches []*speech, named [][]thing) (out []data.Theme) {
	of := len(t.members[speeches[0].group])
	reached := make(map[uint32]bool)
	var chosen []part
	next := func(things []thing) bool {
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
			return false
		}
		o := things[best]
		chosen = append(chosen, o.part)
		out = append(out, data.Theme{Term: data.Term{Key: o.key, Form: o.form, Count: len(o.who)}, Adds: added, Lang: o.lang})
		for _, v := range o.who {
			reached[v] = true
		}
		return true
	}
	for _, things := range named {
		next(things)
	}
	things := t.things(speeches)
	for len(out) < mostThemes && next(things) {
	}
	return out
}

// things returns those that a group may be told by, each once.
func (t *teller) things(speeches []*speech) (out []thing) {
	seen := make(map[int]bool)
	for _, s := range speeches {
		for _, p := range telling(s.parts, true) {
			if o := t.thingOf(s, p); !seen[p.word] && len(o.who) >= leastPeople {
				seen[p.word] = true
				out = append(out, o)
			}
		}
	}
	return out
}

// thingOf returns who of a group writes about a part; nobody where it names no thing.
func (t *teller) thingOf(s *speech, p part) thing {
	if t.heads[p.word] < headShare || t.in.proper[p.word] || saysLittle(p.form) || t.isPiece(p.form) {
		return thing{}
	}
	return t.thing(s, p, t.usersOf(p.word))
}

func (t *teller) thing(s *speech, p part, users []uint32) thing {
	who := slices.DeleteFunc(slices.Clone(users), func(v uint32) bool { return !t.isOf(v, s.group) })
	return thing{p, t.in.langs[s.lang], who, float64(len(who)) / float64(max(1, len(users)))}
}

// ofName returns, for each of the names that a name joins, what people of a group write who write of it: all its words,
// or one of them that names a thing.
func (t *teller) ofName(s *speech, name string, known map[string][]uint32) (out [][]thing) {
	var things []thing
	var whole part
	var users []uint32
	flush := func() {
		for _, p := range s.parts {
			if p.word >= 0 && p.phrase() && p.own && strings.EqualFold(p.form, whole.form) {
				things = append(things, t.thing(s, p, t.usersOf(p.word)))
			}
		}
		if strings.Contains(whole.key, " ") {
			things = append(things, t.thing(s, whole, users))
		}
		if len(things) > 0 {
			out = append(out, things)
		}
		things, whole, users = nil, part{}, nil
	}
	for _, token := range nameWords(name) {
		if t.in.small.ands(token) {
			flush()
			continue
		}
		whole.form = strings.TrimSpace(whole.form + " " + token)
		if t.in.small.parts(token) {
			continue
		}
		var use []uint32
		for _, p := range s.parts {
			if p.word >= 0 && !p.phrase() && p.own && slices.Contains(known[token], uint32(p.word)) {
				use = append(use, t.usersOf(p.word)...)
				if o := t.thingOf(s, p); len(o.who) > 0 {
					things = append(things, o)
				}
			}
		}
		use = distinctSorted(use)
		if whole.key == "" {
			whole.key, users = token, use
		} else {
			whole.key += " " + token
			users = slices.DeleteFunc(users, func(v uint32) bool { _, too := slices.BinarySearch(use, v); return !too })
		}
	}
	flush()
	return out
}

// isOf reports whether author v is a member of group g.
func (t *teller) isOf(v uint32, g int) bool {
	return slices.ContainsFunc(t.belongs[v], func(m membership) bool { return m.group == g })
}
