package nlp

import "strings"

const (
	longestGloss = 4 // words of an entry
	longestDeed  = 2 // words of an English verb
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
// thing and describes it goes before it: macchie marroni sulle foglie, brown spots on the leaves. What is done to them
// may lead: trovare lavoro, find work. It is empty where a word is not known.
func (b *wordbook) nameInEnglish(words []string) string {
	var out []string
	if deed := b.deeds[words[0]]; deed != "" && len(words) > 1 && b.things[words[0]].english == "" {
		out, words = append(out, deed), words[1:]
	}
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
	for i, w := range out[:len(out)-1] {
		if w == "a" && strings.IndexByte("aeio", out[i+1][0]) >= 0 {
			out[i] = "an"
		}
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

// nameInItalian says an English name in Italian: mixed models, modelli misti; write the code, scrivere il codice. It is
// empty where a word is not known, where more than two stand together, and of two things that English only joins where the list does
// not tell how Italian does: bread ovens. What cannot be done is said as such: non riesco ad aprire il file.
func (g Glossary) nameInItalian(b *wordbook, words []string) string {
	said, n := b.deedAt(words)
	if _, leads := leadsTo(said); n == len(words) {
		if leads {
			return ""
		}
		return said
	}
	if _, isThing := b.called[words[0]]; isThing && g.articles[words[n]] == noArticle {
		n = 0 // plant pots: it may be a thing
	}
	if lead, leads := leadsTo(said); leads && n > 0 {
		deed := g.nameInItalian(b, words[n:])
		if _, length := b.deedAt(words[n:]); deed == "" || length == 0 {
			return ""
		}
		return lead(deed)
	}
	name := g.thingsInItalian(b, words[n:])
	if name == "" || n == 0 {
		return name
	}
	return said + " " + name
}

// deedAt returns what the longest verb with which English words begin is, and how many words it has; 0 where they begin with none.
func (b *wordbook) deedAt(words []string) (said string, n int) {
	for n = len(words); n > 0; n-- {
		if said = b.does[strings.Join(words[:n], " ")]; said != "" && (n == len(words) || n <= longestDeed) {
			return said, n
		}
	}
	return "", 0
}

// leadsTo returns how what leads to a deed is said with one, and false where said leads to none: non riesco ad aprire, un posto
// dove dormire.
func leadsTo(said string) (with func(deed string) string, leads bool) {
	if stem, ok := strings.CutSuffix(said, " a"); ok {
		return func(deed string) string {
			if deed[0] == 'a' {
				return stem + " ad " + deed
			}
			return said + " " + deed
		}, true
	}
	return func(deed string) string { return said + " " + deed }, strings.HasSuffix(said, " dove")
}

// thingsInItalian says things and what joins them in Italian.
func (g Glossary) thingsInItalian(b *wordbook, words []string) string {
	var out []string
	var p italianPhrase
	for len(words) > 0 {
		n := 1
		link, long := b.linked[words[0]], 1
		if len(words) > 2 && g.articles[words[1]] == noArticle && b.linked[words[0]+" "+words[1]] != "" {
			link, long = b.linked[words[0]+" "+words[1]], 2
		}
		switch article := g.articles[words[0]]; {
		case len(words) > 1 && article != noArticle:
			if p.article != noArticle || len(p.stretch) > 0 {
				return ""
			}
			p.article = article
		case link != "":
			said := p.said(b)
			if said == "" || len(words) == 1 {
				return ""
			}
			out, p, n = append(out, said), italianPhrase{link: link}, long
		default:
			var w nameWord
			if w, n = g.englishAt(b, words); n == 0 {
				return ""
			}
			p.stretch = append(p.stretch, w)
		}
		words = words[n:]
	}
	said := p.said(b)
	if said == "" {
		return ""
	}
	return strings.Join(append(out, said), " ")
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
