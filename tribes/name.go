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
	nameReach   = 0.12 // of the members, who use a part of the name
	nounBonus   = 1.3  // factor of a topic's or need object's score in a name
	phraseBonus = 1.4  // factor of a phrase, which says more than its words
	foreign     = 16   // divides the score of a word that a group's people do not use in their language
	describes   = 3    // divides the score of a word that mostly describes others
	proper      = 16   // divides the score of a proper name: firms, products and people name no tribe
	carries     = 0.3  // of a word's people, who write it in a phrase that says it better
	alone       = 0.12 // of the members, whose phrase is a name by itself
	aloneWord   = 0.2  // of the members, whose word is
	asGood      = 0.85 // of such a word's score, at which another stands beside it
	beside      = 0.15 // of the members, who use what is named beside another
	passable    = 0.25 // of another's
	fixed       = 4    // times below the usual share of posts that repeat it, a word is part of a form or a name
	repeated    = 0.08 // the usual share from which that tells
	seldom      = 3    // in one of so many posts a word with a capital is a proper name
)

// A part is a word or a phrase that a name may be made of.
type part struct {
	key     string
	form    string
	people  int
	score   float64 // as a name
	telling float64 // as one of the words of a group, whoever says them
}

// name says what group g talks about: the phrase its people write that tells it best, or the word
// where many use it and few others; else two of them. It is in the language most of them write, in
// the plural where they talk of many, and never a proper name where there is another.
func (t *teller) name(g int, parts []part) string {
	if len(parts) == 0 {
		return ""
	}
	if free := slices.DeleteFunc(slices.Clone(parts), func(p part) bool { return t.named[p.form] }); len(free) > 0 {
		parts = free
	}
	first := parts[0]
	for _, p := range parts {
		if p.score >= asGood*parts[0].score && p.people > first.people {
			first = p
		}
	}
	first = phraseOf(parts, first)
	members, near := float64(len(t.members[g])), asGood
	switch phrase := strings.Contains(first.form, " "); {
	case phrase && float64(first.people) >= alone*members:
		return first.form
	case phrase || float64(first.people) < aloneWord*members:
		near = passable
	}
	for _, p := range parts {
		second := phraseOf(parts, p)
		if float64(second.people) < beside*members || second.score < near*first.score || first.alike(p) || first.alike(second) {
			continue
		}
		if second.people > first.people {
			first, second = second, first
		}
		return first.form + t.and(g, second.form) + second.form
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
		score := d.z * math.Sqrt(min(share, 0.5)) * float64(d.people) / float64(t.users[d.word])
		if t.nouns[d.word] {
			score *= nounBonus
		}
		form, own := t.form(g, d)
		if many := t.in.plurals[wordIn{d.word, t.speech[g].lang}]; own && many != "" {
			form = many
		}
		if strings.Contains(form, " ") {
			score *= phraseBonus
		}
		if t.modifies[d.word] {
			score /= describes
		}
		if usual >= repeated && fixed*repeats[d.word] < usual {
			score /= foreign
		}
		if t.in.proper[d.word] {
			score /= proper
		}
		telling := score
		if share < nameReach || t.saidBetter(g, d) {
			score /= 4
		}
		if !own {
			score /= foreign
		}
		parts = append(parts, part{t.in.words[d.word], strings.TrimPrefix(form, "#"), d.people, score, telling})
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
		if 4*o.score < p.score || float64(o.people) < carries*float64(p.people) || len(strings.Fields(o.key)) <= len(strings.Fields(best.key)) {
			continue
		}
		if slices.Contains(strings.Fields(o.key), p.key) {
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
