package nlp

import "strings"

const (
	longestGloss = 4 // words of an entry
	mostJoined   = 2 // words of an English name for one thing, of which what is said in another language is no guess
)

// A nameWord is a word of a name, or an entry of several, with what it may be in the other language.
type nameWord struct {
	thing       thing
	noun        nounIn
	many        bool
	isThing     bool
	quality     string
	adjective   qualityIn
	isQualified bool
	done        bool // it is a participle, which stands behind its thing
	joined      bool // a small word joins it to the thing before it
}

// nameInEnglish says an Italian name in English: things stay where they are with what joins them, and what follows a
// thing and describes it goes before it: macchie marroni sulle foglie, brown spots on the leaves. It is empty where
// a word is not known.
func (b *wordbook) nameInEnglish(words []string) string {
	var out []string
	var stretch []nameWord
	joined := false
	flush := func(leads bool) bool {
		said := englishOf(stretch, leads)
		out, stretch = append(out, said...), nil
		return said != nil
	}
	for len(words) > 0 {
		w, n := b.wordAt(words)
		link, isLink := b.links[words[0]]
		switch {
		case n > 1 || n == 1 && !isLink:
			w.joined, joined = joined, false
			stretch = append(stretch, w)
		case !isLink || len(words) == 1:
			return ""
		case link == "" && len(stretch) == 0:
			return ""
		case link == "": // what follows stands before it
			n, joined = 1, true
		default:
			if len(stretch) > 0 && !flush(true) {
				return ""
			}
			out, n = append(out, link), 1
		}
		words = words[n:]
	}
	if !flush(false) {
		return ""
	}
	return strings.Join(out, " ")
}

// wordAt returns what the longest entry at the beginning of words is, and of how many words it is; 0 where none is known.
func (b *wordbook) wordAt(words []string) (w nameWord, n int) {
	for n = min(longestGloss, len(words)); n > 0; n-- {
		key := strings.Join(words[:n], " ")
		w.thing, w.isThing = b.things[key]
		w.quality, w.isQualified = b.qualities[key]
		if !w.isQualified {
			w.quality, w.isQualified = b.done[key]
			w.done = w.isQualified
		}
		if w.isThing || w.isQualified {
			return w, n
		}
	}
	return w, 0
}

// englishOf returns the English words for a thing and what describes it; nil where there is no thing. A participle
// that leads on to something stays behind: plants grown in pots.
func englishOf(stretch []nameWord, leads bool) []string {
	head, behind := 0, ""
	if last := len(stretch) - 1; leads && last > 0 && stretch[last].done {
		behind, stretch = stretch[last].quality, stretch[:last]
	}
	if len(stretch) > 1 && stretch[0].isQualified && !stretch[0].done && stretch[1].isThing && (!stretch[0].isThing || !stretch[1].isQualified) {
		head = 1
	}
	if len(stretch) == 0 || !stretch[head].isThing {
		return nil
	}
	var out []string
	if head == 1 {
		out = append(out, stretch[0].quality)
	}
	for i := len(stretch) - 1; i > head; i-- {
		if stretch[i].isQualified && !(stretch[i].joined && stretch[i].isThing) {
			out = append(out, stretch[i].quality)
		} else {
			out = append(out, stretch[i].thing.one)
		}
	}
	if out = append(out, stretch[head].thing.english); behind != "" {
		out = append(out, behind)
	}
	return out
}

// nameInItalian says an English name in Italian: mixed models, modelli misti. It is empty where a word is not known,
// where more than two stand together, and of two things that English only joins: worm bins.
func (g Glossary) nameInItalian(b *wordbook, words []string) string {
	var out []string
	var stretch []nameWord
	flush := func() bool {
		said := italianOf(stretch)
		out, stretch = append(out, said), nil
		return said != ""
	}
	for len(words) > 0 {
		n := 1
		if words[0] == "the" && len(words) > 1 {
			words = words[1:]
			continue
		}
		if link := b.linked[words[0]]; link != "" {
			if len(stretch) > 0 && !flush() || len(words) == 1 || len(out) == 0 {
				return ""
			}
			out = append(out, link)
		} else {
			var w nameWord
			if w, n = g.englishAt(b, words); n == 0 {
				return ""
			}
			stretch = append(stretch, w)
		}
		words = words[n:]
	}
	if !flush() {
		return ""
	}
	return strings.Join(out, " ")
}

// englishAt returns what the longest English entry at the beginning of words is in another language, and of how many
// words it is.
func (g Glossary) englishAt(b *wordbook, words []string) (w nameWord, n int) {
	for n = min(longestGloss, len(words)); n > 0; n-- {
		key := strings.Join(words[:n], " ")
		w.noun, w.many, w.isThing = g.noun(b, key)
		w.adjective, w.isQualified = b.described[key]
		if w.isThing || w.isQualified {
			return w, n
		}
	}
	return w, 0
}

// italianOf returns the Italian words for a thing and what stands before it in English.
func italianOf(stretch []nameWord) string {
	if len(stretch) == 0 || len(stretch) > mostJoined || !stretch[len(stretch)-1].isThing {
		return ""
	}
	head := stretch[len(stretch)-1]
	thing := head.noun.form(head.many)
	switch {
	case len(stretch) == 1:
		return thing
	case stretch[0].isQualified:
		return thing + " " + stretch[0].adjective.form(head.noun.feminine, head.many)
	}
	return "" // two things: Italian would have to say what one is to the other
}
