package lives

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure"
	"tribu/reports/measure/signs"
)

// A guide finds in an answer the words that tell how.
type guide struct {
	book     *signs.Book
	common   map[string]bool // stems
	dangling map[string]bool
}

func newGuide(r *measure.Reading) guide {
	g := guide{book: r.Answers(), common: map[string]bool{}, dangling: map[string]bool{}}
	for _, w := range signs.Common() {
		g.common[signs.Stem(w)] = true
	}
	for _, w := range signs.Dangling() {
		g.dangling[w] = true
	}
	return g
}

const (
	mostHow   = 280 // letters of what is quoted
	leastHow  = 9   // words, ends of clauses included, of a sentence that tells how without a word of what was asked
	shortWord = 4   // letters from which a word tells a subject
)

// how returns sentences of an answer that stand together and tell what to do or why it is so, about what
// was asked: one that gives advice and shares a word with the request, with the one before where it leans on
// that, and the one after where there is room; else one that tells what somebody did, or gives advice
// in other words. Empty where no sentence does.
func (g guide) how(asked, answer string) string {
	wanted, said := g.subjects(asked), signs.Sentences(answer)
	from, to, most := 0, 0, 0
	for i, s := range said {
		start := i
		if g.leans(s) {
			start--
		}
		if points := g.points(s, wanted); points > most && start >= 0 && (start == i || g.plain(said[start]) && !g.leans(said[start])) {
			from, to, most = start, i+1, points
		}
	}
	if most == 0 {
		return cmp.Or(g.first(said, signs.Deed), g.first(said, signs.Advice))
	}
	if length(said[from:to]) > mostHow {
		return ""
	}
	if to < len(said) && g.plain(said[to]) && length(said[from:to+1]) <= mostHow {
		to++
	}
	return strings.Join(said[from:to], " ")
}

// first returns the first sentence that shows sign and does not lean on another; empty where none does.
func (g guide) first(said []string, sign signs.Sign) string {
	for _, s := range said {
		if len(signs.Words(s)) >= leastHow && utf8.RuneCountInString(s) <= mostHow && g.plain(s) && !g.leans(s) && g.book.Read(s).Has(sign) {
			return s
		}
	}
	return ""
}

func length(said []string) int { return utf8.RuneCountInString(strings.Join(said, " ")) }

// points says how well a sentence tells how: 0 where it gives no advice, or none about what is wanted.
func (g guide) points(s string, wanted map[string]bool) int {
	if !g.plain(s) || !g.book.Read(s).Has(signs.Advice) {
		return 0
	}
	shared := 0
	for w := range g.subjects(s) {
		if wanted[w] {
			shared++
		}
	}
	return shared
}

// plain reports whether a sentence can be quoted: whole, no question, and neither against what was asked nor
// a courtesy.
func (g guide) plain(s string) bool {
	return figures.Whole(s) && !strings.Contains(s, "?") && !g.book.Read(s).Has(signs.Against, signs.Applause)
}

// leans reports whether a sentence begins by speaking of what was said before.
func (g guide) leans(s string) bool {
	words := signs.Words(s)
	return len(words) > 0 && g.dangling[words[0]]
}

// subjects returns the stems of the words of text that tell a subject.
func (g guide) subjects(text string) map[string]bool {
	out := make(map[string]bool)
	for _, w := range signs.Words(text) {
		if stem := signs.Stem(w); utf8.RuneCountInString(w) >= shortWord && !g.common[stem] && !digits(w) {
			out[stem] = true
		}
	}
	return out
}

func digits(w string) bool { return strings.Trim(w, "0123456789.,") == "" }

// tells reports whether an answer can show how something was solved: one that offers nothing, asks something
// itself or opens with thanks does not.
func tells(r *measure.Reading, answer data.PostMeta) bool {
	return answer.Acts.Has(data.Offering) && !answer.Acts.Has(data.Wondering|data.Pleading) && !r.Thanks(answer.ID) && !r.Polite(answer.ID)
}
