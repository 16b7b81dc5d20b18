package problem

import (
	"tribu/data"
	"tribu/nlp"
)

// A run is a run of words of a sentence that may name a problem.
type run struct {
	nlp.Short
	words []nlp.Word
	all   []string
	keys  []string // by what its words are counted
}

// A saying is what a voice says, as names are sought in it.
type saying struct {
	keys []string // by what the words of its sentence are counted
	runs []run    // that end where a phrase does, or what it is of begins; nil until asked for
}

// saying returns what v says: a group is asked several times over, and keeps it until it is done.
func (g *grouping) saying(v int) *saying {
	if g.sayings[v] == nil {
		n := g.need(v)
		words, all := g.config.Words.Words(n.Lang, n.Quote)
		g.sayings[v] = &saying{keys: keys(g.config.Words, n.Lang, words, all, n.Quote)}
	}
	return g.sayings[v]
}

// runs returns the runs of words that may name what v needs.
func (g *grouping) runs(v int) []run {
	s, n := g.saying(v), g.need(v)
	if s.runs == nil {
		s.runs = []run{}
		for _, short := range g.config.Words.Shorts(n.sentence()) {
			if short.Whole || short.Bound {
				s.runs = append(s.runs, newRun(g.config.Words, n.Lang, short))
			}
		}
	}
	return s.runs
}

func newRun(w *nlp.Wording, lang data.Lang, short nlp.Short) run {
	words, all := w.Words(lang, short.Text)
	return run{short, words, all, keys(w, lang, words, all, short.Text)}
}
