package tribes

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tribu/data"
)

const (
	nameReach   = 0.08 // of the members, who use a part of the name
	nounBonus   = 1.1  // factor of a topic's or need object's score in a name
	phraseBonus = 1.5  // factor of a phrase, which says more than its words
	foreign     = 16   // divides the score of a word that a group's people do not use in their language
	proper      = 4    // divides the score of a proper name: firms, products and people name no tribe
	carries     = 0.3  // of a word's people, who write it in a phrase that says it better
	alone       = 0.15 // of the members, whose phrase is a name by itself
	fixed       = 4    // times below the usual share of posts that repeat it, a word is part of a form or a name
	repeated    = 0.08 // the usual share from which that tells
	seldom      = 3    // in one of so many posts a word with a capital is a proper name
)

// A part is a word or a phrase that a name may be made of.
type part struct {
	form   string
	people int
	score  float64
}

// name says in a phrase what group g talks about: the phrase its people write that tells it best, or
// two such words or phrases; in the language most of them write, and never a proper name where there
// is another.
func (t *teller) name(g int) string {
	parts := t.nameParts(g)
	if len(parts) == 0 {
		return ""
	}
	first := phraseOf(parts, parts[0])
	if len(strings.Fields(first.form)) > 1 && float64(first.people) >= alone*float64(len(t.members[g])) {
		return first.form
	}
	for _, p := range parts[1:] {
		if second := phraseOf(parts, p); !alike(first.form, p.form) && !alike(first.form, second.form) {
			return first.form + t.and(g, second.form) + second.form
		}
	}
	return first.form
}

// nameParts returns the distinctive words and phrases of g, the best for a name first: those that
// many of its people use and few others, things rather than acts.
func (t *teller) nameParts(g int) []part {
	members := float64(len(t.members[g]))
	repeats, usual := t.repeats(g)
	var parts []part
	for _, d := range t.words[g] {
		if !t.written[d.word] {
			continue
		}
		share := float64(d.people) / members
		score := d.z * math.Sqrt(min(share, 0.5)*float64(d.people)/float64(t.users[d.word]))
		if t.nouns[d.word] {
			score *= nounBonus
		}
		if share < nameReach || t.saidBetter(g, d) {
			score /= 4
		}
		form, own := t.form(g, d)
		if strings.Contains(form, " ") {
			score *= phraseBonus
		}
		if !own {
			score /= foreign
		}
		if usual >= repeated && fixed*repeats[d.word] < usual {
			score /= foreign
		}
		if t.in.proper[d.word] {
			score /= proper
		}
		parts = append(parts, part{strings.TrimPrefix(form, "#"), d.people, score})
	}
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(b.score, a.score) })
	return parts
}

// repeats returns for each distinctive word of g the share of its posts that write it more than once,
// and the median of these. What people talk about comes again in a post; signatures, forms, headers
// and those addressed do not (Katz 1996).
func (t *teller) repeats(g int) (map[uint32]float64, float64) {
	type tally struct{ posts, again int }
	count := make(map[uint32]*tally, len(t.words[g]))
	for _, d := range t.words[g] {
		count[d.word] = &tally{}
	}
	for _, m := range t.members[g] {
		for _, i := range t.byAuthor[m.author] {
			for _, f := range t.in.posts[i].features {
				if c := count[f.word]; c != nil && f.kind != isNeed {
					c.posts++
					if f.count > 1 {
						c.again++
					}
				}
			}
		}
	}
	shares, sorted := make(map[uint32]float64, len(count)), make([]float64, 0, len(count))
	for _, d := range t.words[g] {
		c := count[d.word]
		shares[d.word] = float64(c.again) / float64(max(c.posts, 1))
		sorted = append(sorted, shares[d.word])
	}
	slices.Sort(sorted)
	if len(sorted) == 0 {
		return shares, 0
	}
	return shares, sorted[len(sorted)/2]
}

// phraseOf returns the phrase in which p is mostly written, p itself where there is none (the longer
// string takes what it accounts for: Frantzi, Ananiadou and Mima 2000).
func phraseOf(parts []part, p part) part {
	best := p
	for _, o := range parts {
		if 4*o.score < p.score || float64(o.people) < carries*float64(p.people) || len(strings.Fields(o.form)) <= len(strings.Fields(best.form)) {
			continue
		}
		if slices.Contains(strings.Fields(o.form), p.form) {
			best = o
		}
	}
	return best
}

// and joins two things in the language of g.
func (t *teller) and(g int, next string) string {
	switch t.in.langs[t.speech[g].lang] {
	case data.LangIT:
		if strings.HasPrefix(strings.ToLower(next), "e") {
			return " ed "
		}
		return " e "
	case data.LangEN:
		return " and "
	}
	return ", "
}

// isProper reports whether a form is spelt like the name of somebody or something: a capital, and
// small letters behind it, or more capitals than most acronyms have.
func isProper(form string) bool {
	first, n := utf8.DecodeRuneInString(form)
	return unicode.IsUpper(first) && (len(form) > 3 || form[n:] != strings.ToUpper(form[n:]))
}

// alike reports whether two forms say the same: one contains the other, or words of them begin alike.
func alike(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	if strings.Contains(a, b) || strings.Contains(b, a) {
		return true
	}
	for _, x := range strings.Fields(a) {
		for _, y := range strings.Fields(b) {
			if x == y || commonPrefix(x, y) >= 5 || commonPrefix(x, y) >= 4 && commonPrefix(x, y) >= min(len(x), len(y))-1 {
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
