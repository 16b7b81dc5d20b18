package nlp

import (
	"slices"
	"strings"

	"tribu/data"
)

// advises reports whether what sounds like a wish is advice to the reader: more points speak for a
// tip, or as many and it says "you".
func advises(r *reading) bool {
	_, _, strongest := extent(r, tip)
	if strongest == nil || r.score[tip] < fires {
		return false
	}
	return r.score[tip] > r.score[wish] || r.score[tip] == r.score[wish] && strings.HasPrefix(strongest.phrase, "you ")
}

// idle reports whether the cues of k in r mean something else: advice, or a question.
func (a *Analyzer) idle(d *document, r *reading, k class) bool {
	switch k {
	case wish:
		return advises(r) || instructs(d, r)
	case problem:
		return r.score[howto] >= fires && r.score[problem] <= fires+1 || supposed(r) || provided(d, r, problem)
	case complaint:
		return r.score[complaint] == fires && asked(d, r, complaint) || provided(d, r, complaint) || mentioned(d, r, complaint)
	case trouble:
		return supposed(r) || asked(d, r, trouble) || provided(d, r, trouble) || mentioned(d, r, trouble)
	case howto:
		return r.score[howto] <= fires+1 && r.score[belonging] >= fires || a.tells(d, r)
	case praise:
		names := motives(r)
		return slices.Contains(names, "dream") || slices.Contains(names, "pioneering")
	case ask:
		return r.to-r.from < leastAsked || d.tokens[r.to-1].key != "?" || r.score[belonging] >= fires
	}
	return false
}

const leastAsked = 4 // tokens of a question that stands for itself

// supposed reports whether what goes wrong in r is the condition of a piece of advice.
func supposed(r *reading) bool { return r.score[tip] >= fires && r.score[hypothetical] > 0 }

// asked reports whether what k says goes wrong in r stands in the clause that asks about it.
func asked(d *document, r *reading, k class) bool {
	if max(r.score[howto], r.score[seek]) < fires {
		return false
	}
	from, to, strongest := extent(r, k)
	if strongest == nil {
		return false
	}
	start, _ := clauseOf(d, r.sentence, from, to)
	for _, h := range r.hits {
		if (h.cue.class == howto || h.cue.class == seek) && h.cue.weight > 0 && h.from >= start && h.from <= from && h.to-h.from > 1 {
			return true
		}
	}
	return false
}

// shadowed reports whether a need by u says nothing beside those found.
func shadowed(u rule, found []data.Need) bool {
	for _, n := range found {
		switch {
		case n.Type == data.Recommendation && u.kind == data.HowTo, n.Type == data.Complaint && u.kind == data.Problem, n.Type == data.Problem && u.kind == data.Problem,
			n.Type.Wanting() && (u.kind == data.Praise || u.kind == data.Belonging || u.kind == data.Tip),
			u.class == ask && n.Type.Wanting() && n.Type != data.Problem,
			u.class == trouble && (n.Type == data.Wish || n.Type == data.Tip):
			return true
		}
	}
	return false
}

// tells reports whether what sounds like a question of r is a relative clause: "chi ha il sole".
func (a *Analyzer) tells(d *document, r *reading) bool {
	from, _, strongest := extent(r, howto)
	if strongest == nil || from == r.from || r.lang != data.LangIT || d.tokens[r.to-1].key == "?" {
		return strongest != nil && strings.HasPrefix(strongest.phrase, "nessuno ") && d.tokens[r.to-1].key != "?"
	}
	first, _, _ := strings.Cut(strongest.phrase, " ")
	return a.grammar.roles[r.lang][first]&relative != 0
}
