package nlp

// feeling returns the points for and against in d: the feeling words of its sentences, a negation
// before one turning it around, and its emoticons.
func (a *Analyzer) feeling(d *document) (up, down int) {
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
			if negated(d, max(r.from, h.from-2), h.from) {
				for_, against = 0, for_
			}
			up += for_
			down += against
		}
	}
	return up, down
}
