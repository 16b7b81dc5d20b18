package nlp

import "slices"

// harm is the name of cues that say of whatever it is that it does harm; the others of their class are told of anything:
// the lake freezes, a team lost two matches.
const harm = "harm"

// backed reports whether something beside what fails in r says that it goes wrong for whoever writes: d asks, r denies
// something, d tells of something else that goes wrong, or it happens to its writer again and again.
func (a *Analyzer) backed(d *document, readings []reading, r *reading) bool {
	var last hit
	for i := range readings {
		o := &readings[i]
		if o.score[plea] > 0 || o.score[howto] >= fires || o.score[seek] >= fires || o.score[wish] >= fires || o.score[ask] >= fires {
			return true
		}
		for _, h := range o.hits {
			if !failing(h) || takenBack(o, h) {
				continue
			}
			if h.cue.name == harm && o == r || last.cue != nil && h.from >= last.to {
				return true
			}
			if last.cue == nil || h.to > last.to {
				last = h
			}
		}
	}
	if negated(d, r.from, r.to) {
		return true
	}
	own, again := false, false
	for i := range d.tokens {
		t := &d.tokens[i]
		if t.kind == mark {
			if t.key == "?" {
				return true
			}
			continue
		}
		own = own || t.opens&(writer|joint|ours) != 0 || a.cues.endings.any.of(t.key)&together != 0
		if i >= r.from && i < r.to {
			again = again || a.recurs[t.key]
		}
	}
	return own && again
}

// failing reports whether h says that something goes wrong.
func failing(h hit) bool {
	return h.cue.weight >= fires && (h.cue.class == trouble || h.cue.class == problem || h.cue.class == complaint)
}

// takenBack reports whether h stands within words that speak against it: in Italian a stove and who is fed up have one name.
func takenBack(r *reading, h hit) bool {
	return slices.ContainsFunc(r.hits, func(o hit) bool {
		return o.cue.class == h.cue.class && o.from <= h.from && h.to <= o.to && o.cue.weight+h.cue.weight <= 0
	})
}

// pleased reports whether r goes on, behind what k says goes wrong, to say that nobody minds.
func pleased(r *reading, k class) bool {
	_, to, _ := extent(r, k)
	said := false
	for _, h := range r.hits {
		if h.from < to {
			continue
		}
		if failing(h) {
			return false
		}
		said = said || h.cue.class == content && h.cue.weight > 0
	}
	return said
}

// mild reports whether what k says goes wrong in r is no need: it pleases, or nothing else says that it matters.
func (a *Analyzer) mild(d *document, all []reading, r *reading, k class) bool {
	switch k {
	case trouble, problem:
		return pleased(r, k) || (k == trouble || r.score[k] <= fires) && !a.backed(d, all, r)
	}
	return false
}
