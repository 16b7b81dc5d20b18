package nlp

import (
	"slices"
	"strings"

	"tribu/data"
)

// provided reports whether what k says goes wrong in r is but a condition, told of nobody in particular: "if the door
// jams, the alarm rings". Only where whoever speaks of themselves says so: not in Italian, whose verbs have it in their ending.
func provided(d *document, r *reading, k class) bool {
	from, to, strongest := extent(r, k)
	if strongest == nil || r.lang != data.LangEN || endsAsking(d, r.sentence) {
		return false
	}
	start, end := clauseOf(d, r.sentence, from, to)
	if start > r.from && conditionAt(d, r, start-1) {
		start--
	}
	if end == r.to-1 || !conditionAt(d, r, start) {
		return false
	}
	return !slices.ContainsFunc(d.tokens[start:r.to], func(t token) bool { return t.kind != mark && t.opens&writer != 0 })
}

// conditionAt reports whether token i of r opens a condition.
func conditionAt(d *document, r *reading, i int) bool {
	return d.tokens[i].roles&turns != 0 && slices.ContainsFunc(r.hits, func(h hit) bool { return h.cue.class == hypothetical && h.from == i })
}

// instructs reports whether a plea of r tells its reader what to do in a case, or is a program's: "otherwise, please
// install it", "ERROR: too old, please install it". Nobody who writes so needs it.
func instructs(d *document, r *reading) bool {
	from, _, strongest := extent(r, wish)
	if strongest == nil || d.tokens[from].roles&appeals == 0 || from == r.from {
		return false
	}
	if own, _, _ := addresses(d, r.sentence); own {
		return false
	}
	_, end := clauseOf(d, r.sentence, r.from+1, r.from+1)
	return slices.ContainsFunc(r.hits, func(h hit) bool {
		switch h.cue.class {
		case problem, complaint, trouble:
			if h.cue.class == problem && h.from == r.from && strings.HasSuffix(h.cue.phrase, ":") {
				return true
			}
			return h.cue.weight > 0 && h.from < end && end <= from && conditionAt(d, r, r.from)
		case hypothetical:
			return h.from == r.from && h.to == end && end <= from
		}
		return false
	})
}

// mentioned reports whether what k says goes wrong in r is one word between quotation marks that says of nothing how it
// is: a word spoken of.
func mentioned(d *document, r *reading, k class) bool {
	from, to, strongest := extent(r, k)
	if strongest == nil || to != from+1 || from == r.from || to == r.to {
		return false
	}
	if from > r.from+1 && d.tokens[from-2].roles&(finite|States) != 0 {
		return false
	}
	before, behind := d.tokens[from-1].key, d.tokens[to].key
	return d.tokens[from-1].kind == mark && d.tokens[to].kind == mark && strings.Contains("\"“«‘'", before) && strings.Contains("\"”»’'", behind)
}
