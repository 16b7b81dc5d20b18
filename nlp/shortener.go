package nlp

import (
	"strings"

	"tribu/data"
)

// A shortener is one sentence, cut into words.
type shortener struct {
	words    *Wording
	lang     data.Lang
	text     string
	at       []token // words and numbers
	breaks   []bool  // a mark stands before the word
	cue      [2]int  // words of the cue
	spelling [][]string
	dated    bool // the sentence says by when
	fails    bool // it says that something goes wrong
}

func (w *Wording) shortener(n *data.Need) *shortener {
	d := read(data.Post{Body: n.Quote})
	if len(d.sentences) == 0 {
		return nil
	}
	s := &shortener{words: w, lang: n.Lang, text: d.sentences[0].sec.text, dated: n.Expectation > 0, fails: n.Type == data.Problem || n.Type == data.Complaint}
	broken := true
	for i := range d.tokens {
		t := &d.tokens[i]
		switch {
		case t.kind == word || t.kind == number || t.kind == hashtag:
			s.at, s.breaks, broken = append(s.at, *t), append(s.breaks, broken), false
			s.spelling = append(s.spelling, strings.Fields(t.key))
		case t.kind != mark || !joins(s.text, t):
			broken = true
		}
	}
	s.breaks = append(s.breaks, true)
	if !s.findCue(n.Rule) {
		return nil
	}
	return s
}

// joins reports whether the mark t stands inside a word: "slug-proof", "OS/2", "3.1".
func joins(text string, t *token) bool {
	return t.start > 0 && t.end < len(text) && text[t.start-1] > ' ' && text[t.end] > ' ' && text[t.start-1] != '.' && text[t.end] != '.' && strings.Contains("-/.'’_&+", text[t.start:t.end])
}

// findCue finds the words of the cue that a rule's id names.
func (s *shortener) findCue(rule string) bool {
	_, phrase, _ := strings.Cut(rule, "/")
	_, phrase, _ = strings.Cut(phrase, "/")
	var want []string
	for _, f := range strings.Fields(phrase) {
		if f[0] == '<' || f[0] == '#' || f[0] >= 'a' && f[0] <= 'z' || f[0] >= 0x80 {
			want = append(want, f)
		}
	}
	for i := range s.at {
		if to, ok := s.matches(i, want); ok {
			s.cue = [2]int{i, to}
			return true
		}
	}
	return false
}

// matches reports whether the cue stands at word i, and where it ends.
func (s *shortener) matches(i int, want []string) (to int, ok bool) {
	for len(want) > 0 {
		if i >= len(s.at) {
			return 0, false
		}
		for _, key := range s.spelling[i] {
			if len(want) > 0 && (want[0] == key || want[0][0] == '<' || want[0] == "#") {
				want = want[1:]
			} else if len(want) > 0 {
				return 0, false
			}
		}
		i++
	}
	return i, true
}
