package nlp

import (
	"strings"
)

// A reading is one sentence with its cues and what they add up to.
type reading struct {
	*sentence
	hits  []hit
	score [classes]int
}

// readings returns the sentences of d that carry a cue.
func (b *cueBook) readings(d *document) []reading {
	var out []reading
	steps := make([]step, 0, 64)
	for i := range d.sentences {
		x := &d.sentences[i]
		if !b.heard[x.lang] {
			continue
		}
		steps = b.steps(d, x, steps[:0])
		if hits := b.find(d, x, steps, nil); len(hits) > 0 {
			r := reading{sentence: x, hits: hits}
			r.add()
			if r.score[wish] >= fires && !b.names(d, &r) {
				r.score[wish] = 0
			}
			out = append(out, r)
		}
	}
	return out
}

// names reports whether r names anything at all: who asks for no more than "please fix this issue"
// seconds what was said elsewhere.
func (b *cueBook) names(d *document, r *reading) bool {
	empty := b.empty[r.lang]
	for i := r.from; i < r.to; i++ {
		if t := &d.tokens[i]; t.kind != mark && t.kind != emoji && !empty[t.key] && !(t.kind == word && strings.Contains(t.key, " ")) {
			return true
		}
	}
	return false
}

// newEmptyWords reads, by language, the words that name nothing one could wish for.
func newEmptyWords(w wordLists) (stopWords, error) {
	empty, _, err := newStopWords(w)
	if err != nil {
		return nil, err
	}
	for _, lang := range w.heard {
		if err := empty.read(w, lang, string(lang)+"/hollow.txt"); err != nil {
			return nil, err
		}
	}
	return empty, nil
}

// add sums the weights of the cues of each class; of those that lie within another of their class
// and sign the strongest counts.
func (r *reading) add() {
	var last [classes][2]struct{ to, weight int }
	for _, h := range r.hits {
		sign := 0
		if h.cue.weight < 0 {
			sign = 1
		}
		l := &last[h.cue.class][sign]
		switch {
		case h.to > l.to:
			r.score[h.cue.class] += h.cue.weight
			l.to, l.weight = h.to, h.cue.weight
		case abs(h.cue.weight) > abs(l.weight):
			r.score[h.cue.class] += h.cue.weight - l.weight
			l.weight = h.cue.weight
		}
	}
}

func abs(n int) int { return max(n, -n) }

// strongest returns the most points that one cue of k gives r.
func (r *reading) strongest(k class) int {
	best := 0
	for _, h := range r.hits {
		if h.cue.class == k {
			best = max(best, h.cue.weight)
		}
	}
	return best
}
