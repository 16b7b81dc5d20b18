package nlp

import (
	"strings"

	"tribu/data"
)

// nounPhrases returns the noun phrases of r in their order: English compounds and known phrases of
// several words are one, and a part of something gives way to the whole.
func (a *Analyzer) nounPhrases(d *document, r *reading, tags []tag) []object {
	var out []object
	for i := r.from; i < r.to; i++ {
		if o, ok := a.knownPhrase(d, r, i); ok {
			out = append(out, o)
			i = o.to - 1
			continue
		}
		if !a.objectLike(d, r, tags, i) {
			continue
		}
		o := a.compound(d, r, tags, i)
		if r.lang == data.LangIT && o.concept == "" && o.to < r.to && a.objectLike(d, r, tags, o.to) && (a.concepts.of(r.lang, d.tokens[o.to].key) != "" || a.describes(r.lang, d.tokens[i].key) && !a.describes(r.lang, d.tokens[o.to].key)) {
			continue // an adjective before the noun
		}
		if n := len(out); n > 0 && a.partOf(d, out[n-1], o.from) {
			o.from = out[n-1].from
			out[n-1] = o
		} else {
			out = append(out, o)
		}
		i = o.to - 1
	}
	return out
}

// describes reports whether a word looks like an adjective that may stand before a noun.
func (a *Analyzer) describes(lang data.Lang, key string) bool {
	return a.cues.endings.of(lang, key)&beforeNoun != 0
}

// knownPhrase returns the concept of two or three words that begins at token i.
func (a *Analyzer) knownPhrase(d *document, r *reading, i int) (object, bool) {
	if !a.begins[d.tokens[i].key] {
		return object{}, false
	}
	for n := min(3, r.to-i); n > 1; n-- {
		phrase := d.tokens[i].key
		for k := i + 1; k < i+n; k++ {
			phrase += " " + d.tokens[k].key
		}
		if id := a.concepts.of(r.lang, phrase); id != "" {
			words := strings.Join(strings.Fields(r.sec.low[d.tokens[i].start:d.tokens[i+n-1].end]), " ")
			if r.lang == data.LangEN {
				words = a.concepts.singular.phrase(words)
			}
			return object{lemma: words, concept: id, from: i, to: i + n, solid: true}, true
		}
	}
	return object{}, false
}

// compound returns the noun phrase that begins with the noun at i. Its head is the last noun, but
// where only the one before is known, or the head is a part of it, both are its name.
func (a *Analyzer) compound(d *document, r *reading, tags []tag, i int) object {
	head := i
	for r.lang == data.LangEN && head+1 < r.to && tagAt(tags, head+1-r.from) == noun && !fails(r, head+1) && a.objectLike(d, r, tags, head+1) && !a.begins[d.tokens[head+1].key] {
		head++
	}
	o := object{from: i, to: head + 1, lemma: a.lemma(d, r.sentence, head), concept: a.concepts.of(r.lang, d.tokens[head].key)}
	if head > i {
		o.modifier = a.lemma(d, r.sentence, head-1)
		c := a.concepts.of(r.lang, d.tokens[head-1].key)
		switch {
		case c != "" && a.parts[d.tokens[head].key]:
			o.lemma, o.concept, o.modifier = o.modifier, c, o.lemma
		case c != "" && o.concept == "":
			o.lemma, o.concept = o.modifier+" "+o.lemma, c
		}
	}
	o.solid = o.concept != "" || a.products[d.tokens[head].key] || r.lang != data.LangIT || i > r.from && announces(d, tags, i-1, r.from)
	return o
}

// fails reports whether a cue of something going wrong begins at token i: what a tagger takes for
// the head of a compound is its verb.
func fails(r *reading, i int) bool {
	for _, h := range r.hits {
		if h.from == i && (h.cue.class == trouble || h.cue.class == problem) && h.cue.weight >= fires {
			return true
		}
	}
	return false
}

// announces reports whether what follows token i is an Italian noun: behind an article, a
// preposition or a number, an adjective in between or not.
func announces(d *document, tags []tag, i, first int) bool {
	for ; i >= first; i-- {
		t := &d.tokens[i]
		if t.kind == number || t.elided || t.roles&(determiner|announcer) != 0 {
			return true
		}
		if tagAt(tags, i-first) != adjective && tagAt(tags, i-first) != other {
			return false
		}
	}
	return false
}

// partOf reports whether o is a part, an amount or a kind of what stands at token i: "leaves of my".
func (a *Analyzer) partOf(d *document, o object, i int) bool {
	if !a.parts[d.tokens[o.to-1].key] {
		return false
	}
	for k := o.to; k < i; k++ {
		if d.tokens[k].roles&Partitive != 0 {
			return i-k < 4
		}
		if k > o.to {
			return false
		}
	}
	return false
}
