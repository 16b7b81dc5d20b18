package nlp

import (
	"fmt"
	"strings"

	"tribu/data"
)

// langs are the languages told apart, the ones the product hears first.
var langs = [...]data.Lang{data.LangEN, data.LangIT, "fr", "de", "es", "pt"}

const (
	ownWord    = 12 // points of a function word no other language has; shared among those that have it
	ownEnding  = 4  // points of an ending
	hintPoints = 10 // points of what the source says, where the text leaves doubt
	tooLittle  = 7  // points below which the language stays unknown,
	clearly    = 2  // unless it leads all others by so many
	least      = 4  // and has so many
)

// A tongue tells languages by function words and endings.
type tongue struct {
	words   map[string][len(langs)]int8
	endings map[string][len(langs)]int8
}

// newTongue reads the function words and endings of all languages.
func newTongue(w wordLists) (tongue, error) {
	t := tongue{map[string][len(langs)]int8{}, map[string][len(langs)]int8{}}
	for i, lang := range langs {
		entries, err := w.Load("lang/" + string(lang) + ".txt")
		if err != nil {
			return t, fmt.Errorf("read function words: %w", err)
		}
		more, err := w.Load(string(lang) + "/stop.txt")
		if err != nil {
			return t, fmt.Errorf("read stop words: %w", err)
		}
		entries = append(entries, more...)
		for _, e := range entries {
			table, key := t.words, e.Phrase
			if ending, found := strings.CutPrefix(key, "-"); found {
				table, key = t.endings, ending
			}
			points := table[key]
			points[i] = 1
			table[key] = points
		}
	}
	share(t.words, ownWord)
	share(t.endings, ownEnding)
	return t, nil
}

// share divides points among the languages of each key.
func share(m map[string][len(langs)]int8, points int8) {
	for key, in := range m {
		n := int8(0)
		for _, v := range in {
			n += v
		}
		for i := range in {
			in[i] *= points / n
		}
		m[key] = in
	}
}

// score adds the points of tokens to scores and returns how many told something.
func (t tongue) score(s *section, tokens []token, scores *[len(langs)]int) int {
	told := 0
	for _, k := range tokens {
		if k.kind != word {
			continue
		}
		low := s.low[k.start:k.end]
		if k.elided {
			scores[1] += ownWord / 2
			scores[2] += ownWord / 3
			told++
			continue
		}
		points, ok := t.words[low]
		if !ok {
			points, ok = t.ending(low)
		}
		if !ok {
			continue
		}
		told++
		for i, p := range points {
			scores[i] += int(p)
		}
	}
	return told
}

// ending returns the points of the longest known ending of w.
func (t tongue) ending(w string) ([len(langs)]int8, bool) {
	for n := min(6, len(w)-2); n >= 2; n-- {
		if points, ok := t.endings[w[len(w)-n:]]; ok {
			return points, true
		}
	}
	return lastLetter(w)
}

// lastLetter returns the points of how w ends: most Italian words end in a vowel, most English
// ones do not.
func lastLetter(w string) ([len(langs)]int8, bool) {
	if len(w) < 4 {
		return [len(langs)]int8{}, false
	}
	switch w[len(w)-1] {
	case 'a', 'o':
		return [len(langs)]int8{0, 3, 0, 0, 2, 2}, true
	case 'i':
		return [len(langs)]int8{0, 4, 0, 0, 0, 0}, true
	case 'e':
		return [len(langs)]int8{1, 1, 1, 1, 1, 1}, true
	case 'k', 'y', 't', 'd', 'g', 'h', 'p', 'm':
		return [len(langs)]int8{3, 0, 1, 1, 0, 0}, true
	}
	return [len(langs)]int8{}, false
}

// detect sets the language of d and of each of its sentences.
func (t tongue) detect(d *document, hint data.Lang) {
	d.scores = [len(langs)]int{}
	each := make([][len(langs)]int, len(d.sentences))
	for i, x := range d.sentences {
		t.score(x.sec, d.tokens[x.from:x.to], &each[i])
		for k, p := range each[i] {
			d.scores[k] += p
		}
	}
	d.lang = pick(d.scores, hint, 0)
	for i := range d.sentences {
		d.sentences[i].lang = pick(each[i], d.lang, ownWord)
	}
}

// pick returns the language with most points; prior decides where they leave doubt and wins
// unless another leads by more than lead.
func pick(scores [len(langs)]int, prior data.Lang, lead int) data.Lang {
	best, second := 0, 0
	for i, p := range scores {
		if langs[i] == prior && p+lead > 0 {
			scores[i] += hintPoints + lead
		}
		switch {
		case i == 0:
		case scores[i] > scores[best]:
			best, second = i, scores[best]
		default:
			second = max(second, scores[i])
		}
	}
	switch {
	case scores[best] >= tooLittle:
		return langs[best]
	case prior != "":
		return prior
	case scores[best] >= least && scores[best] >= second+clearly:
		return langs[best]
	}
	return data.LangUnd
}
