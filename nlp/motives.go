package nlp

import (
	"slices"
	"strings"

	"tribu/data"
)

// motives returns what the author of r wants beyond the answer, sorted.
func motives(r *reading) []string {
	var names []string
	for _, h := range r.hits {
		if name := strings.TrimSuffix(h.cue.name, "-"); h.cue.class == motive && !slices.Contains(names, name) {
			names = append(names, name)
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
		if h.cue.class == motive && (strings.HasSuffix(h.cue.name, "-") || negated(d, h.from, h.to)) {
			return true
		}
		if h.cue.class == facet && strings.HasSuffix(h.cue.name, "-") || h.cue.class == bad {
			return true
		}
	}
	return false
}

// MotivePrecision returns how often a motive that is heard is there, on the project's own labelled
// posts and smoothed as if one had been right and one wrong besides; 0 for an unknown name.
func MotivePrecision(name string) float64 {
	switch name {
	case "recognition":
		return 0.92
	case "pioneering":
		return 0.92
	case "image":
		return 0.91
	case "voice":
		return 0.91
	case "dream":
		return 0.92
	case "belonging":
		return 0.93
	}
	return 0
}
