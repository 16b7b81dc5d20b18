package tribes

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"tribu/data"
)

// rivals returns what a tribe that lives on would be called in each of its languages by the words that have told it for
// some runs, those that reach many and those of its needs before others; nothing where none has, or where that is the name
// of another that lives on, as holders has it.
func (t *teller) rivals(tribe data.Tribe, speeches []*speech, holders map[string]data.TribeID) []called {
	out := make([]called, len(speeches))
	if _, lives := t.before(tribe.ID); !lives {
		return out
	}
	lasting, needed := t.lasting(tribe.ID), make(map[string]bool)
	for _, n := range tribe.Needs {
		if n.People >= leastPeople {
			for _, w := range nameWords(n.Topic) {
				needed[w] = true
			}
		}
	}
	for k, s := range speeches {
		parts := s.parts
		if k == 0 {
			parts = t.shared(speeches)
		}
		s.lasting = t.lastingOf(s, parts, lasting, needed)
		if name := t.widely(s); holders[name.name] == "" || holders[name.name] == tribe.ID {
			out[k] = name
		}
	}
	return out
}

// widely returns the first name of one thing of the lasting parts of s that enough use; nothing where there is none.
func (t *teller) widely(s *speech) called {
	for parts := s.lasting; len(parts) > 0; parts = parts[1:] {
		name := t.name(s, parts)
		if slices.ContainsFunc(nameWords(name.name), t.in.small.ands) {
			name = t.name(s, parts[:1])
		}
		if t.spread(s, name.name, t.nameWords([]data.Tribe{{Name: name.name}})) >= settled {
			return name
		}
	}
	return called{}
}

// holders returns which of the tribes that live on has a name.
func (t *teller) holders(tribes []data.Tribe) map[string]data.TribeID {
	out := make(map[string]data.TribeID)
	for i := range tribes {
		if last, lives := t.before(tribes[i].ID); lives {
			for _, name := range last.Names() {
				out[name] = last.ID
			}
		}
	}
	return out
}

// lastingOf returns the parts whose words are all lasting, best first; no phrase that few use who use
// its words.
func (t *teller) lastingOf(s *speech, parts []part, lasting, needed map[string]bool) (out []part) {
	most := make(map[string]int)
	for _, p := range parts {
		if !p.phrase() {
			most[p.key] = max(most[p.key], p.people)
		}
	}
	for _, p := range parts {
		if !p.own || lasting != nil && !lasting[p.key] && slices.ContainsFunc(strings.Fields(p.key), func(w string) bool { return !lasting[w] }) {
			continue
		}
		if p.phrase() && slices.ContainsFunc(strings.Fields(p.key), func(w string) bool { return float64(p.people) < covers*float64(most[w]) }) {
			continue
		}
		p.score *= math.Sqrt(float64(p.people) / float64(s.of))
		if t.isNeeded(p, needed) {
			p.score *= neededBonus
		}
		out = append(out, p)
	}
	slices.SortStableFunc(out, func(a, b part) int { return cmp.Compare(b.score, a.score) })
	return out
}

// lasting returns the keys of what told a tribe in the runs before, in as many as make it last, with the words that it told
// alone or in several phrases; nil where nothing is known of these.
func (t *teller) lasting(id data.TribeID) map[string]bool {
	if t.in.Parent == nil {
		return nil
	}
	in, past := make(map[string]int), t.past(id)
	phrases := make(map[string]map[string]bool) // with each word that no run tells alone
	for _, tribe := range past {
		told := make(map[string]bool)
		for key := range keysTelling(tribe) {
			told[key] = true
			for w := range strings.FieldsSeq(key) {
				told[w] = true
				if phrases[w] == nil {
					phrases[w] = make(map[string]bool)
				}
				phrases[w][key] = true
			}
		}
		for key := range told {
			in[key]++
		}
	}
	out := make(map[string]bool)
	for key, n := range in {
		out[key] = n >= min(len(past), lastsIn-1) && (phrases[key] == nil || phrases[key][key] || len(phrases[key]) > 1)
	}
	return out
}

// keysTelling returns the words and phrases that a tribe is told by, in any language.
func keysTelling(t data.Tribe) map[string]bool {
	out := make(map[string]bool)
	for _, term := range t.Words {
		out[term.Key] = true
	}
	for _, told := range t.Told {
		for _, term := range told.Words {
			out[term.Key] = true
		}
	}
	return out
}

// shareWord reports whether two names have a word in common, in any form.
func (t *teller) shareWord(a, b string) bool {
	return slices.ContainsFunc(nameWords(a), func(x string) bool {
		return !t.in.small.parts(x) && slices.ContainsFunc(nameWords(b), func(y string) bool { return formsOfOne(x, y) })
	})
}

// isNeeded reports whether a word of a part is one of words, or a form of one.
func (t *teller) isNeeded(p part, words map[string]bool) bool {
	for w := range strings.FieldsSeq(strings.ToLower(p.form)) {
		for n := range words {
			if !t.in.small.parts(n) && formsOfOne(w, n) {
				return true
			}
		}
	}
	return false
}

// callElse names a tribe whose name holds in its other languages that many of its people write, where these have no word
// for that: by what tells those who do.
func (t *teller) callElse(tribe *data.Tribe, speeches []*speech, rivals []called, kept bool) {
	for k, s := range speeches[1:] {
		told := &tribe.Told[k+1]
		if told.Name != "" || tribe.Faded > 0 || float64(s.of) < elseShare*float64(tribe.People) || t.says(s, tribe.Name) {
			continue
		}
		name := ""
		if len(s.lasting) > 0 {
			name = rivals[k+1].name
		}
		if name == "" && !kept {
			name = t.name(s, s.parts).name
		}
		if name == "" || t.named[name] {
			continue
		}
		if reach := t.spread(s, name, t.nameWords([]data.Tribe{{Name: name}})); reach >= fairShare && reach*float64(s.of) >= leastPhrase {
			told.Name = name
			t.named[name] = true
		}
	}
}

// says reports whether enough of those s speaks for use the words of a name in the forms it has.
func (t *teller) says(s *speech, name string) bool {
	return !slices.ContainsFunc(nameWords(name), func(token string) bool {
		return !t.in.small.parts(token) && !slices.ContainsFunc(s.parts, func(p part) bool {
			return p.own && slices.ContainsFunc(strings.Fields(strings.ToLower(p.form)), func(w string) bool { return formsOfOne(w, token) })
		})
	})
}
