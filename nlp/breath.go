package nlp

import "tribu/data"

// Words before and behind a cue within which a sentence speaks of what fails, or of what is wanted.
const (
	failsBefore = 4
	failsBehind = 7
	wantsBehind = 9
	deniesWith  = 4 // words before a cue in which a negation turns it around
)

// A Breath is what a sentence says in one breath with the words by which its need was heard: what stands
// before them where something fails, those words, and what stands behind.
type Breath struct{ Before, Cue, Behind string }

// Breath returns that of n, at least so many words before included; false where its words are not found, or
// denied: "no error", "I did not see any bug".
func (w *Wording) Breath(n *data.Need, before int) (Breath, bool) {
	s := w.shortener(n)
	if s == nil || s.denied() || s.advises() {
		return Breath{}, false
	}
	behind := wantsBehind
	if s.fails {
		before, behind = max(before, failsBefore), failsBehind
	}
	before, behind = max(0, s.cue[0]-before), min(len(s.at), s.cue[1]+behind)
	return Breath{s.run(before, s.cue[0]), s.run(s.cue[0], s.cue[1]), s.run(s.cue[1], behind)}, true
}

// run returns words [from, to), which may be none.
func (s *shortener) run(from, to int) string {
	if from == to {
		return ""
	}
	return s.slice(from, to)
}

// denied reports whether a negation in the same clause stands before a cue that has none itself.
func (s *shortener) denied() bool {
	if !s.fails {
		return false
	}
	for i := s.cue[0]; i < s.cue[1]; i++ {
		if s.negated(i) {
			return false
		}
	}
	for i := s.cue[0] - 1; i >= max(0, s.cue[0]-deniesWith) && !s.breaks[i+1] && !s.does(i, turns); i-- {
		if s.negated(i) {
			return true
		}
	}
	return false
}

// advises reports whether what fails stands behind what the reader should do about it.
func (s *shortener) advises() bool {
	if !s.fails || s.asks {
		return false
	}
	for i := range s.cue[1] {
		if i < s.cue[0] && s.does(i, appeals) && s.does(i, opener) { // please
			return true
		}
		if s.does(i, toReader) && i+1 < len(s.at) && !s.breaks[i+1] && s.does(i+1, must|beforeInfinitive|finite) {
			return true
		}
	}
	return false
}

func (s *shortener) negated(i int) bool {
	return negates(s.at[i].token, s.at[i].roles) || s.does(i, Negation)
}
