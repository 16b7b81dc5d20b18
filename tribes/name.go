package tribes

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tribu/data"
)

const (
	nameReach   = 0.12 // of the members, who use a part of the name
	leastPhrase = 5    // of them, who use a phrase that is the name
	nounBonus   = 1.3  // factor of a topic's or need object's score in a name
	phraseBonus = 1.4  // factor of a phrase, which says more than its words
	foreign     = 16   // divides the score of a word that a group's people do not use in their language
	describes   = 3    // divides the score of a word that mostly describes others
	proper      = 16   // divides the score of a proper name: firms, products and people name no tribe
	whole       = 0.55 // of the best word's score, from which a phrase is the name, and a word one that it is to hold
	ownPower    = 1.5  // of the share of a word's people who are the group's, in its score
	asGood      = 0.85 // of the best word's score, at which one that more use is the name
	written     = 0.25 // power of the share of a phrase's people who wrote it, or under it
	mostlyIn    = 0.8  // of a word's people, who write it in one phrase: alone it says less
	related     = 0.5  // of the people of the rarer word of a pair, who use both
	aloneWord   = 0.5  // of the members, whose word is the name by itself
	beside      = 0.15 // of the members, who use both words of a pair
	others      = 0.6  // of the best word's score, from which another stands beside it
	covers      = 0.6  // of the people of the word that most use, from which a phrase without it is the name
	shortWord   = 3    // letters of a word that says little, unless all are capitals
	longest     = 40   // runes of a name
	candidates  = 8    // words that may
	fixed       = 4    // times below the usual share of posts that repeat it, a word is part of a form or a name
	repeated    = 0.08 // the usual share from which that tells
	leastTitled = 8    // titles with a word, from which what stands before it tells
	seldom      = 3    // in one of so many posts a word with a capital is a proper name
)

// A part is a word or a phrase that a name may be made of.
type part struct {
	word    int // -1 where it is of titles
	key     string
	form    string
	own     bool // of the language
	heads   float64
	people  int
	score   float64 // as a name
	telling float64 // as one of the words of a group, whoever says them
}

func (p part) phrase() bool { return strings.Contains(p.form, " ") }

// name says what people of a group talk about: a phrase of theirs that holds one of their best words and that
// as many use, or the word where half of them use it, or it with another that the same people use. It is in the language of s, in the plural where they talk of many, and never
// a proper name where there is another. A phrase that is of somebody is told by its subject: of baseball players, baseball.
func (t *teller) name(s *speech, parts []part) called {
	if free := slices.DeleteFunc(slices.Clone(parts), func(p part) bool { return t.named[p.form] }); len(free) > 0 {
		parts = free
	}
	words := slices.DeleteFunc(slices.Clone(parts), func(p part) bool { return p.phrase() || p.within(parts) })
	if len(words) == 0 {
		if len(parts) == 0 {
			return called{}
		}
		return t.phrase(parts[0], parts)
	}
	first, best := words[max(0, slices.IndexFunc(words, part.standsAlone))], words[0].score
	good := asGood * first.score
	for _, p := range words {
		if p.score >= good && p.people > first.people && p.standsAlone() {
			first = p
		}
	}
	for _, p := range parts {
		if p.phrase() && p.people >= leastPhrase && float64(p.people) >= nameReach*float64(s.of) && p.speaksFor(words, first) &&
			(p.score >= best || p.score >= whole*best && p.holds(words, whole*best)) {
			return t.phrase(p, parts)
		}
	}
	if float64(first.people) >= aloneWord*float64(s.of) {
		return t.inFull(first)
	}
	second, most := part{}, 0.0
	for _, p := range words[:min(candidates, len(words))] {
		if p.score < others*best || !p.standsAlone() || first.alike(p) {
			continue
		}
		d, users := t.both(s.group, first.word, p.word)
		if float64(d.people) >= max(beside*float64(s.of), related*float64(min(first.people, p.people))) {
			if score := t.worth(s, d, users); score > most {
				second, most = p, score
			}
		}
	}
	if second.people > first.people {
		first, second = second, first
	}
	one := t.inFull(first)
	if second.form == "" {
		return one
	}
	pair := one.and(t.inFull(second), t.in.small, t.in.langs[s.lang])
	if utf8.RuneCountInString(pair.name) > longest {
		return one
	}
	return pair
}

// A called is a name with the words it is made of; without, where other languages cannot say it word by word.
type called struct {
	name  string
	words []int
}

func (p part) called() called {
	if p.word < 0 {
		return called{name: p.form}
	}
	return called{p.form, []int{p.word}}
}

// and returns both as one name.
func (c called) and(next called, small smallWords, lang data.Lang) called {
	out := called{name: c.name + small.and(lang, next.name) + next.name}
	if len(c.words) > 0 && len(next.words) > 0 {
		out.words = slices.Concat(c.words, next.words)
	}
	return out
}

// inOther says a name in the words that people of s, who write another language, have for it; nothing where they
// have none.
func (t *teller) inOther(s *speech, c called) string {
	var out called
	for i, w := range c.words {
		form := t.in.formsIn[s.lang][w]
		if form == "" || s.users[uint32(w)] < leastPeople || form == t.in.formsIn[t.speech[s.group][0].lang][w] {
			return ""
		}
		if many := t.in.plurals[wordIn{uint32(w), s.lang}]; many != "" {
			form = many
		}
		next := called{strings.TrimPrefix(form, "#"), []int{w}}
		if i == 0 {
			out = next
		} else {
			out = out.and(next, t.in.small, t.in.langs[s.lang])
		}
	}
	return out.name
}

// phrase returns a part as a name, or the one of parts that it is about where it is of somebody.
func (t *teller) phrase(p part, parts []part) called {
	if at := p.subject(parts, &t.in.small); p.phrase() && at >= 0 {
		return t.inFull(parts[at])
	}
	return p.called()
}

// speaksFor reports whether a phrase holds the word that most use, or nearly as many use it.
func (p part) speaksFor(words []part, most part) bool {
	for _, w := range words {
		if w.score >= asGood*most.score && w.people > most.people {
			most = w
		}
	}
	return slices.Contains(strings.Fields(p.key), most.key) || float64(p.people) >= covers*float64(most.people)
}

// subject returns which of parts a phrase about somebody is about; -1 where it is about something.
func (p part) subject(parts []part, small *smallWords) int {
	if !slices.ContainsFunc(strings.Fields(p.form), small.people) {
		return -1
	}
	return slices.IndexFunc(parts, func(w part) bool {
		return !w.phrase() && slices.Contains(strings.Fields(p.key), w.key) && !small.people(w.form)
	})
}

// standsAlone reports whether a word names a thing rather than describing one.
func (p part) standsAlone() bool { return p.heads >= pairedShare }

// worth is the score of what d's people say, as a name.
func (t *teller) worth(s *speech, d distinct, users int) float64 {
	return d.z * math.Sqrt(min(float64(d.people)/float64(s.of), 0.5)) * distinctness(d.people, users)
}

// distinctness is by how much what people of a group use tells it, of all who use it.
func distinctness(people, all int) float64 {
	return math.Pow(float64(people)/float64(all), ownPower)
}

// holds reports whether a phrase holds a word of a score.
func (p part) holds(words []part, score float64) bool {
	for key := range strings.FieldsSeq(p.key) {
		if at := slices.IndexFunc(words, func(w part) bool { return w.key == key }); at >= 0 && (words[at].score >= score || words[at].heads < headShare && describes*words[at].score >= score) {
			return true
		}
	}
	return false
}

// within reports whether nearly all who use a word use it in one phrase.
func (p part) within(parts []part) bool {
	return slices.ContainsFunc(parts, func(o part) bool {
		return o.word >= 0 && o.phrase() && float64(o.people) >= mostlyIn*float64(p.people) && slices.Contains(strings.Fields(o.key), p.key)
	})
}

// inFull returns a word with the one that mostly stands before it in titles: time series, for sale.
func (t *teller) inFull(p part) called {
	word := p.form
	low, n, before := strings.ToLower(word), 0, make(map[string]int)
	for _, at := range t.titled(low) {
		for _, stretch := range t.titles()[at] {
			for i, token := range stretch {
				if token != low {
					continue
				}
				n++
				if i > 0 {
					before[stretch[i-1]]++
				}
			}
		}
	}
	for first, k := range before {
		full := first + " " + word
		if n >= leastTitled && 2*k > n && t.in.small.leads(first) && !t.in.small.demographic(first) && utf8.RuneCountInString(full) <= longest {
			return called{name: full}
		}
	}
	return p.called()
}

// isProper reports whether a form is spelt like the name of somebody or something: a capital, and
// small letters behind it, or more capitals than most acronyms have.
func isProper(form string) bool {
	first, n := utf8.DecodeRuneInString(form)
	return unicode.IsUpper(first) && (len(form) > 3 || form[n:] != strings.ToUpper(form[n:]))
}

// alike reports whether two parts say the same: one contains the other, or words of them are forms
// of one, or begin alike.
func (p part) alike(o part) bool {
	if a, b := strings.ToLower(p.form), strings.ToLower(o.form); strings.Contains(a, b) || strings.Contains(b, a) {
		return true
	}
	for _, x := range strings.Fields(p.key) {
		for _, y := range strings.Fields(o.key) {
			if same := commonPrefix(x, y); x == y || same >= 5 || same >= 4 && same >= min(len(x), len(y))-1 {
				return true
			}
		}
	}
	return false
}

func commonPrefix(a, b string) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}
