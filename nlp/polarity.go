package nlp

import "slices"

// feeling returns the points for and against in d: the feeling words of its sentences, a negation
// before one turning it around, and its emoticons. Where they are even, the last word counts double.
func (a *Analyzer) feeling(d *document) (up, down int) {
	last := 0
	for _, r := range a.cues.readings(d) {
		for _, h := range r.hits {
			for_, against := h.cue.weight, 0
			switch h.cue.class {
			case good:
			case bad:
				for_, against = 0, h.cue.weight
			default:
				continue
			}
			if negated(d, max(r.from, h.from-2), h.from) && !negated(d, h.from, h.to) { // non … mai is one negation
				for_, against = 0, for_
			}
			up += for_
			down += against
			last = for_ - against
		}
	}
	if up == down {
		up += last
	}
	if up == down+1 && slices.ContainsFunc(d.tokens, func(t token) bool { return t.key == "?" }) {
		return down, down // one good word in a question is asked about
	}
	return up, down
}
