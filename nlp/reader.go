package nlp

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"tribu/data"
	"tribu/nlp/lexicon"
)

// A reader cuts posts into sentences and tokens by the spelling of all languages heard: a text is read
// before its language is known.
type reader struct {
	frames
	short   map[string]string // word → what it is short for, with its apostrophe or without
	tails   []tail
	elided  map[string]bool    // what is left of words that lose their last vowel
	accents map[string]string  // word, or ending behind a "-" → the letter that it lacks where a question mark stands for it
	stops   map[string]bool    // words whose full stop ends no sentence
	longest int                // bytes of a word in short without an apostrophe
	lossy   map[data.Lang]bool // languages that have accents to lose
}

// A tail is an ending with an apostrophe, and what it stands for.
type tail struct{ text, means string }

const (
	noSound = "-" // of a tail that goes with its apostrophe
	noWord  = "'" // of one that stays, without it
)

func newReader(w wordLists) (*reader, error) {
	r := &reader{short: map[string]string{}, elided: map[string]bool{}, accents: map[string]string{}, stops: map[string]bool{}, lossy: map[data.Lang]bool{}}
	for _, list := range [...]struct {
		name string
		add  func(lexicon.Entry) error
	}{{"short", r.addShort}, {"elision", r.addElision}, {"accent", r.addAccent}, {"abbreviation", r.addStop}, {"mail", r.addFrame}} {
		if err := w.each(list.name, func(lang data.Lang, e lexicon.Entry) error {
			r.lossy[lang] = r.lossy[lang] || list.name == "accent"
			return list.add(e)
		}); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (r *reader) addShort(e lexicon.Entry) error {
	means := strings.Join(e.Attrs, " ")
	switch ending, ends := strings.CutPrefix(e.Phrase, "-"); {
	case means == "":
		return errMeansNothing
	case ends && strings.Count(ending, "'") == 1:
		r.tails = append(r.tails, tail{ending, means})
	case ends:
		return errMeansNothing
	default:
		r.short[e.Phrase] = means
		if !strings.Contains(e.Phrase, "'") {
			r.longest = max(r.longest, len(e.Phrase))
		}
	}
	return nil
}

func (r *reader) addAccent(e lexicon.Entry) error {
	if len(e.Attrs) != 1 {
		return errNoLetter
	}
	r.accents[e.Phrase] = e.Attrs[0]
	return nil
}

func (r *reader) addElision(e lexicon.Entry) error {
	r.elided[e.Phrase] = true
	return nil
}

func (r *reader) addStop(e lexicon.Entry) error {
	r.stops[e.Phrase] = true
	return nil
}

var (
	errMeansNothing = errors.New("want what the word, or the ending with its apostrophe, stands for")
	errNoLetter     = errors.New("want the letter that is lost")
)

// wordKey returns the spelling of a lower-case word in the lexicons: written out where it is short for others.
func (r *reader) wordKey(low string) string {
	k := strings.IndexByte(low, '\'')
	if k < 0 {
		key := fold(low)
		if len(key) <= r.longest {
			if means, ok := r.short[key]; ok {
				return means
			}
		}
		return key
	}
	if means, ok := r.short[low]; ok {
		return means
	}
	for _, t := range r.tails {
		if head, ok := strings.CutSuffix(low, t.text); ok && k >= len(head) {
			switch t.means {
			case noSound:
				return fold(head)
			case noWord:
				return fold(head + t.text[1:])
			}
			return head + " " + t.means
		}
	}
	return fold(strings.ReplaceAll(low, "'", ""))
}

// contracted reports whether w stands behind an apostrophe at the end of words that are written short.
func (r *reader) contracted(w string) bool {
	for _, t := range r.tails {
		if k := strings.IndexByte(t.text, '\''); t.text[k+1:] == w {
			return true
		}
	}
	return false
}

// lost returns the letter that a lower-case word lacks where a question mark was put for the accented one at its
// end, as in "pi?" and "perch?"; empty for any other word.
func (r *reader) lost(low string) string {
	if letter, ok := r.accents[low]; ok {
		return letter
	}
	for n := min(len(low)-2, longEnding); n > 0; n-- {
		if letter, ok := r.accents["-"+low[len(low)-n:]]; ok {
			return letter
		}
	}
	return ""
}

const longEnding = 8 // bytes of an ending that lists have

// lostBehind returns the key of the word that a question mark at byte at stands for, where tokens end with an
// elided word and its apostrophe right before it, as in "c'?" for "c'è"; empty elsewhere.
func (r *reader) lostBehind(tokens []token, at int) string {
	n := len(tokens)
	if n < 2 || tokens[n-1].key != "'" || tokens[n-1].end != at || tokens[n-2].end != tokens[n-1].start {
		return ""
	}
	return r.accents[tokens[n-2].key+"'"]
}

// misread reports whether d was given accents that its language does not have.
func (r *reader) misread(d *document) bool { return d.restored && !r.lossy[d.lang] }

// restored reports whether a token was given the accent it had lost, and what is behind goes on.
func restored(s *section, t token) bool {
	if t.kind != word || s.text[t.end-1] != '?' {
		return false
	}
	rest := strings.TrimLeft(s.text[t.end:], " ")
	first, _ := utf8.DecodeRuneInString(rest)
	return rest != "" && !unicode.IsUpper(first) && !strings.HasPrefix(rest, "\n")
}
