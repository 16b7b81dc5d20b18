package nlp

import (
	"strings"

	"tribu/data"
)

// A shortener is one sentence, cut into words.
type shortener struct {
	words  *Wording
	lang   data.Lang
	text   string
	at     []spoken // words and numbers
	breaks []bool   // a mark stands before the word
	cue    [2]int   // words of the cue
	fails  bool     // it says that something goes wrong
	asks   bool     // it ends as a question
	seeks  bool     // a thing is to be recommended
}

// A spoken is a word or number of a sentence, and what the lists say of it.
type spoken struct {
	*token
	roles  Role // those of a contraction are its first word's
	tells  bool
	hollow bool // names nothing by itself
}

// spoken looks t up.
func (w *Wording) spoken(lang data.Lang, t *token) spoken {
	first, _, several := strings.Cut(t.key, " ")
	m := w.meaning(lang, first)
	out := spoken{token: t, roles: m.roles}
	if several {
		m = w.meaning(lang, t.key)
	}
	out.tells = t.kind == word && m.plain || m.concept != ""
	out.hollow = t.kind == word && (t.elided || several || w.function[lang][t.key])
	return out
}

func (w *Wording) shortener(n *data.Need) *shortener {
	d := w.reader.read(data.Post{Body: n.Quote})
	if len(d.sentences) == 0 {
		return nil
	}
	s := &shortener{words: w, lang: n.Lang, text: d.sentences[0].sec.text, fails: n.Type == data.Problem || n.Type == data.Complaint, asks: strings.HasSuffix(n.Quote, "?"), seeks: n.Type == data.Recommendation}
	s.at, s.breaks = make([]spoken, 0, len(d.tokens)), make([]bool, 0, len(d.tokens)+1)
	broken := true
	for i := range d.tokens {
		t := &d.tokens[i]
		switch {
		case t.kind == word || t.kind == number || t.kind == hashtag:
			s.at, s.breaks, broken = append(s.at, w.spoken(s.lang, t)), append(s.breaks, broken), false
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
		for key := range strings.FieldsSeq(s.at[i].key) {
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
