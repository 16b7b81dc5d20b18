package nlp

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tribu/data"
)

// An object is what a need is about.
type object struct {
	lemma    string
	concept  string
	modifier string
	from, to int  // tokens
	solid    bool // a noun beyond doubt: known, or behind an article
}

// objectOf returns what the need by k with cues [from, to) in r is about: a noun among its cues,
// then the head of the first noun phrase behind them in their clause, or where subject is set of
// the last one before them, for that is what fails; then what stands on the other side, then in the
// clauses before, then what is known in those behind. A noun elsewhere is incidental.
func (a *Analyzer) objectOf(d *document, r *reading, tags []tag, k class, from, to int, subject bool) (object, bool) {
	if hintsTell(k) {
		from = strongestAt(r, k, from)
	}
	start, end := clauseOf(d, r.sentence, from, to)
	subject = subject && !a.lacking(r, k, from)
	if subject && from > start && d.tokens[from-1].roles&standsIn != 0 {
		end = from // it, mine: what is meant was named before
	}
	var best object
	rank, free := 0, false // free: something before the cue hangs on nothing
	phrases := a.nounPhrases(d, r, tags)
	follows := subject && slices.ContainsFunc(phrases, func(o object) bool { return o.from >= to && o.to <= end && !dependent(d, tags, o, to) })
	for _, o := range phrases {
		if end == from && o.from >= from {
			break
		}
		n := objectRank(o, o.from >= from, o.to-1 >= to, o.from >= start && o.to <= end, subject)
		switch {
		case n > 0 && o.from >= start && a.askedFor(d, tags, o, r) && (k == seek || k == howto || k == ask):
			n = askedRank
		case n > 0 && inCue(r, k, o) && (o.concept == "" || k == motive || k == howto): // light that somebody should shed
			n = 0
		case n > 0 && isCue(r, k, o) || inCue(r, trouble, o) && k == trouble:
			n = 1
		case n > 1 && o.to <= from && dependent(d, tags, o, r.from):
			n--
			if follows && !free && o.from >= start { // after a run the knee hurts: what fails hangs on nothing
				n -= behindRank
			}
		case n > 0 && o.from < start && (k == seek || k == howto || k == ask) && o.from > r.from && o.from-r.from <= 2 && d.tokens[o.from-1].roles&(writer|ours) != 0:
			n += topicRank // my hamster bites, what can I do
		case n > 0 && k == tip && o.concept != "":
			n += 4
		}
		free = free || o.from >= start && o.to <= from && !dependent(d, tags, o, r.from)
		if n > rank || n == rank && n > 0 && o.to <= from && (o.from >= start || k != praise && k != complaint) {
			best, rank = o, n
		}
	}
	return best, rank > 0
}

// strongestAt returns where the first of the strongest cues of k from token from on begins.
func strongestAt(r *reading, k class, from int) int {
	at, most := from, 0
	for _, h := range r.hits {
		if h.cue.class == k && h.from >= from && h.cue.weight > most {
			at, most = h.from, h.cue.weight
		}
	}
	return at
}

// behindRank is by how much what only hangs on a preposition before a cue stands back behind what follows it, topicRank by how
// much what somebody begins to tell of, as theirs, stands out where their question names nothing.
const behindRank, topicRank = 8, 1

// askedRank is the rank of what a question asks for by name: which chair.
const askedRank = 30

// askedFor reports whether o stands behind a word that asks which one.
func (a *Analyzer) askedFor(d *document, tags []tag, o object, r *reading) bool {
	i := o.from - 1
	for i > r.from && tagAt(tags, i-r.from) == adjective {
		i--
	}
	if i < r.from || !a.which[d.tokens[i].key] {
		return false
	}
	return i == r.from || d.tokens[i-1].kind == mark || d.tokens[i-1].roles&(divider|opener|preposition) != 0
}

// lacking reports whether the cue of k at token from says that there is none of what is named behind it.
func (a *Analyzer) lacking(r *reading, k class, from int) bool {
	for _, h := range r.hits {
		if h.cue.class == k && h.from == from && h.cue.weight >= fires && a.lacks.say(h.cue.lang, strings.Fields(h.cue.phrase)) {
			return true
		}
	}
	return false
}

// objectRank orders candidates; 0 is none. Equal ranks before the cue go to the nearest.
func objectRank(o object, inside, behind, near, subject bool) int {
	var rank int
	switch {
	case near && inside && !behind:
		rank = 26
	case near && subject && !inside, near && !subject && behind:
		rank = 24
	case near:
		rank = 16
	case !inside:
		rank = 12
	case o.concept != "":
		rank = 8
	default:
		return 0
	}
	if !o.solid {
		rank -= 6
	}
	return rank
}

// inCue reports whether o is a word of a cue of k.
func inCue(r *reading, k class, o object) bool {
	for _, h := range r.hits {
		if h.cue.class == k && h.from < o.to && o.to <= h.to {
			return true
		}
	}
	return false
}

// isCue reports whether o is nothing but a cue of k: the word that complains, not what about.
func isCue(r *reading, k class, o object) bool {
	for _, h := range r.hits {
		if h.cue.class == k && h.from == o.to-1 && h.to == o.to {
			return true
		}
	}
	return false
}

// dependent reports whether o hangs on a preposition: "on my jacket".
func dependent(d *document, tags []tag, o object, first int) bool {
	for i := o.from - 1; i >= max(first, o.from-4); i-- {
		if d.tokens[i].roles&preposition != 0 {
			return true
		}
		if t := tagAt(tags, i-first); t != adjective && t != function && t != other {
			return false
		}
	}
	return false
}

// clauseOf returns the tokens of the clause of x around [from, to).
func clauseOf(d *document, x *sentence, from, to int) (start, end int) {
	start, end = from, to
	for start > x.from && !divides(&d.tokens[start-1]) {
		start--
	}
	for end < x.to && !divides(&d.tokens[end]) {
		end++
	}
	return start, end
}

// divides reports whether a clause ends at t.
func divides(t *token) bool {
	if t.kind == mark {
		return strings.Contains(",;:.!?()–—", t.key)
	}
	return t.roles&divider != 0
}

func tagAt(tags []tag, i int) tag {
	if i < 0 || i >= len(tags) {
		return other
	}
	return tags[i]
}

// objectLike reports whether token i is a noun a reader would recognise.
func (a *Analyzer) objectLike(d *document, r *reading, tags []tag, i int) bool {
	t := d.tokens[i]
	if t.kind != word || t.elided || len(t.key) < 3 || strings.Contains(t.key, " ") {
		return false
	}
	failing := i > r.from && i+1 < r.to && tagAt(tags, i-r.from) == adjective && tagAt(tags, i-1-r.from) == function && d.tokens[i-1].roles&preposition == 0 && fails(r, i+1) // the saddle squeaks
	if tags != nil && !failing && !a.nounLike(r.lang, t.key, tags[i-r.from]) && !(tags[i-r.from] == infinitive && i > r.from && doneTo(d, r, tags, i-1)) {
		return false
	}
	if a.stop[r.lang][t.key] && !a.plain[t.key] && a.concepts.of(r.lang, t.key) == "" || a.vague[t.key] || r.lang == data.LangEN && a.vague[a.concepts.singular.english(t.key)] || r.lang == data.LangUnd && a.stop[data.LangEN][t.key] {
		return false
	}
	if inPath(r.sec.text, t.start, t.end) || doneTo(d, r, tags, i) || a.sets(d, r, i) {
		return false
	}
	form := r.sec.text[t.start:t.end]
	upper := 0
	for k, c := range form {
		switch {
		case c == '_' || c == '.' || c == ':' || unicode.IsDigit(c):
			return false
		case unicode.IsUpper(c) && k > 0:
			upper++
		}
	}
	if upper > 0 && upper < len(form)-1 {
		return false // camelCase
	}
	if r.lang == data.LangIT && i > r.from && unicode.IsUpper(firstRune(form)) && upper == 0 && !r.sec.inTitle {
		return a.products[t.key] || a.concepts.of(r.lang, t.key) != "" // else a name
	}
	known := a.products[t.key] || a.concepts.of(r.lang, t.key) != ""
	if tags == nil {
		return known
	}
	return tags[i-r.from] == noun || known || failing
}

// sets reports whether token i only counts, says when or where, or how a thing is of which the word before says nothing: a quiet place.
func (a *Analyzer) sets(d *document, r *reading, i int) bool {
	t := &d.tokens[i]
	if _, counts := a.grammar.numbers[r.lang][t.key]; counts {
		return true
	}
	if a.setting[t.key] {
		return i == r.from || d.tokens[i-1].roles&(writer|ours|toReader) == 0
	}
	return r.lang == data.LangIT && i > r.from && a.vague[d.tokens[i-1].key] && a.concepts.of(r.lang, t.key) == ""
}

// doneTo reports whether token i, a thing as often as a verb, is what is done: who would water pots, to water my pots.
func doneTo(d *document, r *reading, tags []tag, i int) bool {
	if d.tokens[i].roles&verbToo == 0 || i == r.from || d.tokens[i-1].roles&beforeInfinitive == 0 {
		return false
	}
	return d.tokens[i-1].roles&preposition == 0 || tagAt(tags, i+1-r.from) == function
}

// inPath reports whether text[start:end] is part of the path of a file: /usr/bin, c:\temp.
func inPath(text string, start, end int) bool {
	if (start == 0 || text[start-1] != '/' && text[start-1] != '\\') && (end >= len(text) || text[end] != '/' && text[end] != '\\') {
		return false
	}
	for start > 0 && text[start-1] > ' ' {
		start--
	}
	for end < len(text) && text[end] > ' ' {
		end++
	}
	chunk := text[start:end]
	return chunk[0] == '/' || strings.Count(chunk, "/") > 1 || strings.Contains(chunk, "\\")
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
