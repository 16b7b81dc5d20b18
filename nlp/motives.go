package nlp

import (
	"slices"

	"tribu/data"
)

// motives returns what the author of r wants beyond the answer, sorted.
func motives(r *reading) []string {
	var names []string
	for _, h := range r.hits {
		if h.cue.class == motive && !slices.Contains(names, h.cue.name) {
			names = append(names, h.cue.name)
		}
	}
	slices.Sort(names)
	return names
}

// softRule returns the rule for a sentence that voices a motive and nothing else: a dream and the
// wish to be first are a passion, belonging is itself, the others are praise where something was
// given and a complaint where it is lacking.
func softRule(d *document, r *reading) (rule, bool) {
	names := motives(r)
	if len(names) == 0 {
		return rule{}, false
	}
	u := rule{motive, data.Praise, data.KindPurpose, [3]float64{.60, .70, .80}}
	switch names[0] {
	case "dream", "pioneering":
		u.kind = data.Passion
	case "belonging":
		u.kind, u.about = data.Belonging, data.KindNeed
	case "recognition", "image":
		if lacks(d, r) {
			u.kind, u.about = data.Complaint, data.KindProblem
		}
	}
	return u, true
}

// lacks reports whether r says that something is lacking: a negated motive, a facet, a bad word.
func lacks(d *document, r *reading) bool {
	for _, h := range r.hits {
		if h.cue.class == motive && negated(d, h.from, h.to) {
			return true
		}
		if h.cue.class == facet && h.cue.name[len(h.cue.name)-1] == '-' || h.cue.class == bad {
			return true
		}
	}
	return false
}
