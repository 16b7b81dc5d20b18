package tribes

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"tribu/data"
)

const (
	hardly    = 0.1  // of a tribe's people who use each word of its name, below which that tells it no more
	aboutElse = 0.5  // of them, who write about another thing that lasts: it is about that
	outdoneBy = 1.5  // times as many as use its name
	farMore   = 2    // times as many, of whom it is at once
	fadesIn   = 3    // runs in a row of either, in which a tribe gets another name
	waitsFor  = 2    // times as many runs until one gets a name of what does not last either
	settlesIn = 3    // runs of a tribe, the first among them, until its name holds like this: in these it gets one of what it is about at once
	settled   = 0.25 // of its people, who use another name at least
	shortForm = 5    // letters of a word whose forms differ in the last alone, where neither begins the other
	lastsIn   = 3    // runs in a row, of those at hand, by whose words a tribe that lives is named
	elseShare = 0.4  // of a tribe's people who write another language, from which they have a name of their own for it,
	fairShare = 0.2  // that so many of these use

	sharedBonus = 1.5 // factor of the score of a word that both languages of a tribe have
	neededBonus = 1.5 // of one that is of a need that people of it voice, where a tribe that lives is named
)

// callAll names the tribes. One that lives on keeps its names, by which readers know it, until it is really about another
// thing: for some runs hardly anybody of it uses its name, or half of its people another that lasts. Only a name of its
// first runs, when little is known of it, gives way at once. A kept name is nobody else's. A tribe has one name, and in its
// other languages what these have for the same, else what those who write them are told by. What it writes about is told
// from there.
func (t *teller) callAll(tribes []data.Tribe) {
	kept := make([]bool, len(tribes))
	rivals := make([][]called, len(tribes))
	if t.prior != nil {
		all, holders := slices.Clone(t.prior.tribes), t.holders(tribes)
		for i := range tribes {
			rivals[i] = t.rivals(tribes[i], t.speech[t.shown[i]], holders)
			for _, r := range rivals[i] {
				all = append(all, data.Tribe{Name: r.name})
			}
		}
		known := t.nameWords(all)
		for i := range tribes {
			kept[i] = t.keep(&tribes[i], t.speech[t.shown[i]], rivals[i], known)
			t.noteNames(tribes[i])
		}
	}
	for i := range tribes {
		speeches := t.speech[t.shown[i]]
		if !kept[i] {
			t.call(&tribes[i], speeches, rivals[i])
		}
		t.callElse(&tribes[i], speeches, rivals[i], kept[i])
	}
	known := t.nameWords(tribes)
	for i := range tribes {
		speeches := t.speech[t.shown[i]]
		tribes[i].Themes = t.themes(speeches, t.ofName(speeches[0], tribes[i].Name, known))
	}
}

// call names a tribe, by the first of rivals where it lives on.
func (t *teller) call(tribe *data.Tribe, speeches []*speech, rivals []called) {
	var name called
	if len(rivals) > 0 {
		name = rivals[0]
	}
	if name.name == "" || t.named[name.name] {
		name = t.name(speeches[0], t.shared(speeches))
	}
	tribe.Name = name.name
	for k, s := range speeches[1:] {
		tribe.Told[k+1].Name = t.inOther(s, name)
	}
	t.noteNames(*tribe)
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

// keep gives a tribe its names of the run before, where they stay. Where the first does not, it notes how many people use
// that and its rival.
func (t *teller) keep(tribe *data.Tribe, speeches []*speech, rivals []called, known map[string][]uint32) bool {
	last, found := t.before(tribe.ID)
	if !found || last.Name == "" || t.named[last.Name] {
		return false
	}
	for k, s := range speeches {
		told := &tribe.Told[k]
		name, faded := lastIn(last, told.Lang)
		if k > 0 && (name == tribe.Name || !toldIn(last, told.Lang)) {
			continue
		}
		held, other := t.spread(s, name, known), 0.0
		if rival := rivals[k].name; !t.named[rival] && !t.shareWord(rival, name) {
			other = t.spread(s, rivals[k].name, known)
		}
		faded, gone := fading(held, other, faded, len(t.past(tribe.ID)))
		name = t.many(s, name)
		switch {
		case gone && k == 0:
			tribe.Old, tribe.Used = int(math.Round(held*float64(s.of))), int(math.Round(other*float64(s.of)))
			return false
		case gone:
		case k == 0:
			tribe.Name, tribe.Faded = name, faded
		default:
			told.Name, told.Faded = name, faded
		}
	}
	return true
}

// fading returns for how many runs in a row a name tells its tribe no more, this run counted, and whether that gets another:
// held and other are the shares of its people who use the name, and another that lasts, faded and runs how many runs that
// was so, and the tribe has been, before. A run counts twice in which hardly anybody uses the name and many another.
func fading(held, other float64, faded, runs int) (now int, gone bool) {
	outdone := other >= outdoneBy*held && other >= settled
	replaced := outdone && other >= aboutElse && held < aboutElse
	switch {
	case replaced && (runs < settlesIn || other >= farMore*held):
		return faded + 1, true
	case held >= hardly && !replaced && (held >= settled || !outdone):
		return 0, false
	}
	now = faded + 1
	if held < hardly && outdone {
		now++
	}
	return now, now >= fadesIn && outdone || now >= fadesIn*waitsFor && held < hardly
}

// past returns a tribe as each of the runs before has it, the newest first, up to one that does not.
func (t *teller) past(id data.TribeID) (all []data.Tribe) {
	if t.in.Parent == nil {
		return nil
	}
	for _, r := range append([]data.RunRecord{*t.in.Parent}, t.in.Earlier...) {
		at := slices.IndexFunc(r.Tribes, func(o data.Tribe) bool { return o.ID == id })
		if at < 0 {
			break
		}
		all = append(all, r.Tribes[at])
	}
	return all
}

// many returns a name of one word as those s speaks for say it of many things, where they talk of these now.
func (t *teller) many(s *speech, name string) string {
	for _, p := range s.parts {
		if p.own && p.word >= 0 && p.form != name && t.in.formsIn[s.lang][p.word] == name && t.in.plurals[wordIn{uint32(p.word), s.lang}] == p.form && !t.named[p.form] {
			return p.form
		}
	}
	return name
}

// lastIn returns what a tribe of the run before was called in a language, and for how many runs that has faded.
func lastIn(last data.Tribe, lang data.Lang) (string, int) {
	if told := last.TellingIn(lang); told.Name != "" {
		return told.Name, told.Faded
	}
	return last.Name, last.Faded
}

// toldIn reports whether a tribe was told of in a language.
func toldIn(t data.Tribe, lang data.Lang) bool {
	return slices.ContainsFunc(t.Told, func(told data.Telling) bool { return told.Lang == lang })
}

// before returns a tribe as the newest run before has it.
func (t *teller) before(id data.TribeID) (data.Tribe, bool) {
	at := slices.IndexFunc(t.prior.tribes, func(b data.Tribe) bool { return b.ID == id })
	if at < 0 {
		return data.Tribe{}, false
	}
	return t.prior.tribes[at], true
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
	known := make(map[string][]uint32)
	for _, tribe := range tribes {
		for _, token := range nameWords(strings.Join(tribe.Names(), " ")) {
			if _, met := known[token]; met || t.in.small.parts(token) {
				continue
			}
			known[token] = slices.Clone(t.in.titleWords[token])
			for _, f := range t.formsBy(beginning(token)) {
				if formsOfOne(f.form, token) && !slices.Contains(known[token], f.word) {
					known[token] = append(known[token], f.word)
				}
			}
		}
	}
	return known
}

// A wordForm is the most frequent form of a word in a language, in small letters.
type wordForm struct {
	word uint32
	form string
}

// formsBy returns the forms that begin so, read once.
func (t *teller) formsBy(first string) []wordForm {
	if t.forms == nil {
		t.forms = make(map[string][]wordForm)
		for _, forms := range t.in.formsIn {
			for w, form := range forms {
				form = strings.ToLower(form)
				first := beginning(form)
				t.forms[first] = append(t.forms[first], wordForm{uint32(w), form})
			}
		}
	}
	return t.forms[first]
}

// beginning returns the letters that forms of a word share at least.
func beginning(form string) string { return form[:min(len(form), 3)] }

// formsOfOne reports whether two words begin as forms of one do; of short ones, of which neither is the beginning of the
// other, all letters but the last: piano and piani, and not piano and pianta.
func formsOfOne(a, b string) bool {
	same, short := commonPrefix(a, b), min(len(a), len(b))
	if same < short && short <= shortForm {
		return len(a) == len(b) && same == short-1 && same >= 3
	}
	return same == len(a) && same == len(b) || same >= max(4, short-1) || same == short && same >= 3 && len(a)+len(b) == 2*short+1
}

func nameWords(name string) []string {
	return strings.Fields(strings.ReplaceAll(strings.ToLower(name), "'", "' "))
}
