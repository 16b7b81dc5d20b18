package nlp

import (
	"cmp"

	"tribu/data"
)

const (
	authorWeight = 2   // how much louder an author's other posts speak than the thread's
	enoughLent   = .5  // the least a language needs of what both say, 1 + authorWeight at most
	clearlyLent  = 2.0 // times what the next language has
)

// lend returns the language that the other posts of an author and of a thread lend a post which
// leaves doubt, LangUnd where they are too few or do not agree. Both count posts by language; one
// post is added to each that speaks for none, so that few posts say little.
func lend(author, thread map[data.Lang]int) data.Lang {
	a, t := 0, 0
	for _, l := range langs {
		a, t = a+author[l], t+thread[l]
	}
	best, most, next := data.LangUnd, 0.0, 0.0
	for _, l := range langs {
		says := authorWeight*float64(author[l])/float64(a+1) + float64(thread[l])/float64(t+1)
		if says > most {
			best, most, next = l, says, most
		} else {
			next = max(next, says)
		}
	}
	if most < enoughLent || most < clearlyLent*next {
		return data.LangUnd
	}
	return best
}

// settle hears d once more in the language lent to p, or else in that of the title it answers under,
// where its own words leave doubt. It returns what was lent: empty where they leave none.
func (a *Analyzer) settle(d *document, p data.Post, title data.Lang) data.Lang {
	if p.LangHint != "" || !d.doubtful() {
		return ""
	}
	lent := cmp.Or(p.Prior, data.LangUnd)
	prior := lent
	if lent == data.LangUnd {
		prior = title
	}
	if prior != data.LangUnd {
		a.tongue.detect(d, prior)
	}
	return lent
}

// doubtful reports whether a hint could change the language of d.
func (d *document) doubtful() bool {
	best, second := 0, 0
	for _, p := range d.scores {
		second = max(second, min(best, p))
		best = max(best, p)
	}
	return d.lang == data.LangUnd || best-second <= hintPoints
}
