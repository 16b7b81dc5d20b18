package nlp

import (
	"slices"

	"tribu/data"
)

// A Doubt is a thing of which a sentence says that somebody wants to know whether something is so, and the words that say
// so, from the first to the one behind the last; where these are a question, from the first that says what might be so.
type Doubt struct {
	Thing    Word
	From, To int
	Asked    bool // as a question
}

const doubtReach = 4 // words behind its thing that a doubt may take to say what might be so

// Doubts returns the things of which a sentence, of those words, says that somebody wants to know whether something is so.
func (w *Wording) Doubts(lang data.Lang, words []Word, all []string) (out []Doubt) {
	stems := w.stemsOf(lang, all)
	for i := range all {
		for _, r := range w.wonders[lang].at(stems[i]) {
			last, ok := w.ridOf(lang, r, words, all, stems, i)
			if !ok || len(r.before) == 1 && w.Names(lang, all[i]) {
				continue
			}
			thing := w.noun(lang, words, i, last)
			if !slices.ContainsFunc(out, func(d Doubt) bool { return d.Thing == thing }) {
				from := i
				if r.aside {
					from += len(r.before)
				}
				out = append(out, Doubt{thing, from, w.doubted(lang, all, last.End), r.aside})
			}
		}
	}
	return out
}

// stemsOf returns the stem of each of lower-case words.
func (w *Wording) stemsOf(lang data.Lang, all []string) []string {
	stems := make([]string, len(all))
	for i, word := range all {
		stems[i] = w.Stem(lang, word)
	}
	return stems
}

// noun returns the last of words from at to last that is known to name a thing, else last.
func (w *Wording) noun(lang data.Lang, words []Word, at int, last Word) Word {
	for _, o := range slices.Backward(words) {
		if o.At >= at && o.At <= last.At && w.Names(lang, o.Form) {
			return o
		}
	}
	return last
}

// doubted returns where the words end that say, behind a thing that ends at i, what might be so of it.
func (w *Wording) doubted(lang data.Lang, all []string, i int) int {
	for until := i + doubtReach; i < min(len(all), until); i++ {
		if _, opens := w.Holds(lang, all[i]); opens || w.Turns(lang, all[i]) {
			break
		}
	}
	return i
}
