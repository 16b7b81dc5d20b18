package tribes

import (
	"cmp"
	"slices"
	"strings"

	"tribu/data"
)

const (
	fairShare = 0.2 // of a tribe's people who use each word of its name, below which that fades
	fadesIn   = 3   // runs in a row of those, in which a tribe gets another

	sharedBonus = 1.5 // factor of the score of a word that both languages of a tribe have
)

// callAll names the tribes. One that lives on keeps its names, by which readers know it, until for some runs only few
// of its people, or no more of them than of everybody, use it; a kept name is nobody else's. A tribe
// has one name, and in its other languages what these have for the same. What it writes about is told from there.
func (t *teller) callAll(tribes []data.Tribe) {
	kept := make([]bool, len(tribes))
	if t.prior != nil {
		known := t.nameWords(t.prior.tribes)
		for i := range tribes {
			kept[i] = t.keep(&tribes[i], t.speech[t.shown[i]], known)
			t.noteNames(tribes[i])
		}
	}
	for i := range tribes {
		if kept[i] {
			continue
		}
		speeches := t.speech[t.shown[i]]
		name := t.name(speeches[0], t.shared(speeches))
		tribes[i].Name = name.name
		for k, s := range speeches[1:] {
			tribes[i].Told[k+1].Name = t.inOther(s, name)
		}
		t.noteNames(tribes[i])
	}
	known := t.nameWords(tribes)
	for i := range tribes {
		speeches := t.speech[t.shown[i]]
		tribes[i].Themes = t.themes(speeches, t.ofName(speeches[0], tribes[i].Name, known))
	}
}

// shared returns the parts of a name of the first of speeches, those before others that the next has a word for too.
func (t *teller) shared(speeches []*speech) []part {
	parts := slices.Clone(speeches[0].parts)
	if len(speeches) > 1 {
		for i := range parts {
			if parts[i].word >= 0 && t.inOther(speeches[1], parts[i].called()) != "" {
				parts[i].score *= sharedBonus
			}
		}
		slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(b.score, a.score) })
	}
	return parts
}

// noteNames notes that the names of a tribe are given.
func (t *teller) noteNames(tribe data.Tribe) {
	for _, name := range tribe.Names() {
		t.named[name] = true
	}
}

// keep gives a tribe its names of the run before, where they stay.
func (t *teller) keep(tribe *data.Tribe, speeches []*speech, known map[string][]uint32) bool {
	at := slices.IndexFunc(t.prior.tribes, func(before data.Tribe) bool { return before.ID == tribe.ID })
	if at < 0 || t.prior.tribes[at].Name == "" || t.named[t.prior.tribes[at].Name] {
		return false
	}
	last := t.prior.tribes[at]
	faded := 0
	if t.spread(speeches[0], last.Name, known) < fairShare {
		faded = last.Faded + 1
	}
	if faded >= fadesIn {
		return false
	}
	tribe.Name, tribe.Faded = cmp.Or(last.TellingIn(tribe.Told[0].Lang).Name, last.Name), faded
	for k := range tribe.Told[1:] {
		told := &tribe.Told[k+1]
		told.Name = last.TellingIn(told.Lang).Name
		if slices.ContainsFunc(last.Told, func(l data.Telling) bool { return l.Lang == told.Lang && l.Name == "" }) {
			told.Name = last.Name
		}
		if told.Name == tribe.Name {
			told.Name = ""
		}
	}
	return true
}

// spread returns the share of those s speaks for who use name: of each of the names that it joins, the word that
// fewest of them use. A word tells nothing that no larger a share of them uses than of everybody.
func (t *teller) spread(s *speech, name string, known map[string][]uint32) float64 {
	using := make(map[int]bool)
	var least []int
	first := true
	add := func() {
		for _, author := range least {
			using[author] = true
		}
		least, first = nil, true
	}
	for _, token := range nameWords(name) {
		switch users := t.usersIn(s, known[token]); {
		case t.in.small.ands(token):
			add()
		case t.in.small.parts(token):
		case first || len(users) < len(least):
			least, first = users, false
		}
	}
	add()
	return float64(len(using)) / float64(s.of)
}

// usersIn returns which members of a group use the one of words that most of them use, of those that a larger
// share of them uses than of everybody.
func (t *teller) usersIn(s *speech, words []uint32) (most []int) {
	for _, w := range words {
		var users []int
		for _, m := range t.members[s.group] {
			if _, said := slices.BinarySearch(t.uses[m.author], w); said {
				users = append(users, m.author)
			}
		}
		if share := float64(len(users)) / float64(s.of); share*float64(len(t.uses)) > float64(t.users[w]) && len(users) > len(most) {
			most = users
		}
	}
	return most
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

func nameWords(name string) []string {
	return strings.Fields(strings.ReplaceAll(strings.ToLower(name), "'", "' "))
}
