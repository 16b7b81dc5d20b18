package uses

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/stats"
)

// A Beyond is what people need outside the scope of a project.
type Beyond struct {
	Share stats.Share // posts that want something outside of all that want something
	Needs []Topic     // without one word of the scope, most people first
}

// OffScope returns the needs of the window in which nobody says a word of scope, each of them whole: one
// post within the scope brings its need within, and so do conversations that open within it where most of its
// posts stand in such. It reports false where there is no scope.
func OffScope(r *measure.Reading, scope []string) (Beyond, bool) {
	terms := scopeTerms(scope)
	if len(terms) == 0 {
		return Beyond{}, false
	}
	inside, within, stands := make(map[string]bool), make(map[data.ThreadID]bool), make(map[string]int)
	rows := make([]*data.NeedRow, 0, len(r.Needs))
	for i := range r.Needs {
		n := &r.Needs[i]
		if !r.Window.Contains(n.CreatedAt) || !n.Lacks() || r.Makers[n.Author] {
			continue
		}
		key, called := n.Subject()
		if key == "" {
			continue
		}
		rows = append(rows, n)
		if speaksOf(terms, n.Quote+" "+called+" "+n.Object+" "+n.Title) {
			inside[key] = true
		}
		if stands[key]--; opensWith(r, n.Thread, terms, within) {
			stands[key] += 2
		}
	}
	for key, more := range stands {
		inside[key] = inside[key] || more > 0
	}
	var outside []*data.NeedRow
	all, out := make(map[data.PostID]bool), make(map[data.PostID]bool)
	for _, n := range rows {
		key, _ := n.Subject()
		all[n.ID] = true
		if !inside[key] {
			outside = append(outside, n)
			out[n.ID] = true
		}
	}
	return Beyond{Share: stats.ShareAt(len(out), len(all), fewestPosts), Needs: topics(outside)}, true
}

// opensWith reports whether the first post of a conversation says a word of terms; known holds what was found.
func opensWith(r *measure.Reading, thread data.ThreadID, terms [][]string, known map[data.ThreadID]bool) bool {
	says, found := known[thread]
	if !found && !thread.IsZero() {
		if posts := r.Thread(thread); len(posts) > 0 {
			says = speaksOf(terms, r.Said(posts[0].ID))
		}
		known[thread] = says
	}
	return says
}

// scopeTerms lower-cases the words of a scope.
func scopeTerms(scope []string) [][]string {
	var out [][]string
	for _, s := range scope {
		if w := wordsOf(s); len(w) > 0 {
			out = append(out, w)
		}
	}
	return out
}

func wordsOf(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// speaksOf reports whether text says one of terms, in any ending of its last letter.
func speaksOf(terms [][]string, text string) bool {
	words := wordsOf(text)
	for i := range words {
		for _, t := range terms {
			if i+len(t) <= len(words) && says(t, words[i:i+len(t)]) {
				return true
			}
		}
	}
	return false
}

func says(term, words []string) bool {
	for i, t := range term {
		if words[i] != t && !inflected(t, words[i]) {
			return false
		}
	}
	return true
}

// inflected reports whether word is t with other endings: tomato and tomatoes, vaso and vasi.
func inflected(t, word string) bool {
	if utf8.RuneCountInString(t) < 4 {
		return false
	}
	last, size := utf8.DecodeLastRuneInString(t)
	stem := t
	if strings.ContainsRune("aeioy", last) {
		stem = t[:len(t)-size]
	}
	rest, ok := strings.CutPrefix(word, stem)
	return ok && utf8.RuneCountInString(rest) <= 3
}
