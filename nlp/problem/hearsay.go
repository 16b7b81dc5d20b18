package problem

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tribu/data"
	"tribu/nlp"
)

const (
	shareOfMany = 4 // of so many people one says a word that holds for the problem
	shareOfSome = 8 // of so many one must say it, for it to stand in a name
)

// A hearsay is who says what of those who have a problem: words within their language, concepts in any.
type hearsay struct {
	words  *nlp.Wording
	people map[data.Lang]int // LangUnd: all
	said   map[string]int    // people who say a word
}

// hearsay counts who of voices says which word.
func (g *grouping) hearsay(voices []int) *hearsay {
	h := &hearsay{words: g.config.Words, people: map[data.Lang]int{}, said: map[string]int{}}
	var asked []int
	byLang := map[data.Lang][]int{}
	for _, v := range voices {
		if lang := g.need(v).Lang; len(byLang[lang]) < phraseVoices {
			asked, byLang[lang] = append(asked, v), append(byLang[lang], v)
		}
	}
	for lang, voices := range byLang {
		h.people[lang] = len(g.authors(voices))
	}
	h.people[data.LangUnd] = len(g.authors(asked))
	slices.SortStableFunc(asked, func(a, b int) int { return bytes.Compare(g.need(a).Author[:], g.need(b).Author[:]) })
	last := map[string]data.AuthorID{} // who said a word last: each counts once
	for _, v := range asked {
		author := g.need(v).Author
		for _, key := range g.saying(v).keys {
			if by, ok := last[key]; !ok || by != author {
				last[key] = author
				h.said[key]++
			}
		}
	}
	return h
}

// heldBy reports whether at least one in so many people says a word of lang, and never one alone of several.
func (h *hearsay) heldBy(lang data.Lang, key string, share int) bool {
	people := h.people[lang]
	if key[0] == '=' {
		people = h.people[data.LangUnd]
	}
	return h.said[key] >= min(people, max(2, (people+share-1)/share))
}

// keys returns by what words are counted: features where they tell something, "~" and a stem where
// they tell little, "#" and a number as it is written, "&" and a preposition with what it leads to.
func keys(w *nlp.Wording, lang data.Lang, words []nlp.Word, all []string, text string) []string {
	var out []string
	at, opened := 0, ""
	say := func(key string) {
		if out = append(out, key); opened != "" {
			out, opened = append(out, "&"+opened+" "+key), ""
		}
	}
	for _, one := range append(words, nlp.Word{At: len(all), End: len(all)}) {
		for ; at < one.At; at++ {
			switch holds, opens := w.Holds(lang, all[at]); {
			case opens:
				opened = all[at]
			case all[at] != "" && (!holds || w.Given(all[at])):
				say("~" + string(lang) + " " + w.Stem(lang, all[at]))
			}
		}
		at = one.End
		switch {
		case one.Shared != "":
			say(sharedName(one.Shared))
		case one.Stem != "":
			say(stemName(lang, one.Stem))
		}
	}
	for field := range strings.FieldsSeq(text) {
		if digits(field) > 0 {
			out = append(out, "#"+string(lang)+" "+strings.Trim(field, ".,;:!?()"))
		}
	}
	return out
}

// strange counts the words of a run that many do not say; false where one is said by so few that it
// cannot stand there, but for the cue that says how a thing fails: each says that in words of their own.
func (h *hearsay) strange(lang data.Lang, r *run) (count int, ok bool) {
	cued := map[string]bool{}
	if r.Fails != "" {
		of, every := h.words.Words(lang, r.Fails)
		for _, key := range keys(h.words, lang, of, every, r.Fails) {
			cued[key] = true
		}
	}
	for _, key := range r.keys {
		switch {
		case !cued[key] && !h.heldBy(lang, key, shareOfSome):
			return 0, false
		case key[0] != '&' && !h.heldBy(lang, key, shareOfMany):
			count++
		}
	}
	return count, true
}

// titled reports whether a word of text is written as in a title or a name.
func titled(text string) bool {
	for word := range strings.FieldsSeq(text) {
		if first, size := utf8.DecodeRuneInString(word); unicode.IsUpper(first) && word[size:] != "" && strings.ToLower(word[size:]) == word[size:] {
			return true
		}
	}
	return false
}
