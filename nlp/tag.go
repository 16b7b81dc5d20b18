package nlp

import (
	"strings"
	"sync"
	"unicode/utf8"

	"tribu/data"
	"tribu/nlp/tagger"
)

// A tag is the part of speech of a token, as far as the rules need it.
type tag uint8

const (
	other tag = iota
	noun
	name
	verb       // finite or participle
	infinitive // infinitive or imperative
	adjective
	function // article, pronoun, preposition, conjunction
)

// An englishTagger tags English sentences; it loads its model when the first one comes.
type englishTagger struct {
	once  sync.Once
	model *tagger.Tagger
	parts [256]tag // by number of the model's tag
	err   error
}

// tags returns a tag for each token of x; nil where there are none to be had.
func (g *englishTagger) tags(d *document, x *sentence) []tag {
	if x.to-x.from > maxTagged {
		return nil
	}
	g.once.Do(g.load)
	if g.err != nil {
		panic(g.err) // a damaged binary: the post fails, and says why
	}
	words, owner := proseWords(d, x)
	tags := make([]tag, x.to-x.from)
	for i, t := range g.model.Tag(words) {
		if k := owner[i] - x.from; tags[k] == other || tags[k] == function {
			tags[k] = g.parts[t]
		}
	}
	return tags
}

func (g *englishTagger) load() {
	if g.model, g.err = tagger.Load(); g.err != nil {
		return
	}
	for i, name := range g.model.Names() {
		g.parts[i] = pennTag(name)
	}
}

const maxTagged = 80 // tokens; a longer sentence is a list or a table

// proseWords spells the tokens of x so that prose keeps them whole; owner is the token of each word.
func proseWords(d *document, x *sentence) (words []string, owner []int) {
	words, owner = make([]string, 0, x.to-x.from+4), make([]int, 0, x.to-x.from+4)
	for i := x.from; i < x.to; i++ {
		t := &d.tokens[i]
		switch {
		case t.kind == link || t.kind == email:
			words = append(words, "link")
		case t.kind == mention:
			words = append(words, "Ann")
		case t.kind == emoji || t.kind == smile:
			words = append(words, "*")
		case t.kind == mark:
			words = append(words, proseMark(t.key))
		case strings.Contains(t.key, " "):
			for w := range strings.FieldsSeq(t.key) {
				words, owner = append(words, plainWord(w)), append(owner, i)
			}
			continue
		default:
			words = append(words, plainWord(strings.TrimSuffix(x.sec.text[t.start:t.end], "'s")))
		}
		owner = append(owner, i)
	}
	return words, owner
}

func proseMark(key string) string {
	if strings.ContainsAny(key, ".,!?;:") {
		return key[:1]
	}
	return "*"
}

// plainWord drops what prose stumbles over: marks, and letters whose lower case has another length.
func plainWord(w string) string {
	ascii := true
	for i := 0; i < len(w); i++ {
		if b := w[i]; b >= utf8.RuneSelf || !isAlnum(b) {
			ascii = false
			break
		}
	}
	if ascii && w != "" {
		return w
	}
	w = strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf && (isAlnum(byte(r)) || r == '-') {
			return r
		}
		if f := foldRune(r); f < utf8.RuneSelf && isAlnum(byte(f)) {
			return f
		}
		return -1
	}, w)
	if w = strings.Trim(w, "-"); w == "" {
		return "x"
	}
	return w
}

// pennTag maps the Penn Treebank's tags.
func pennTag(t string) tag {
	switch t {
	case "NN", "NNS":
		return noun
	case "NNP", "NNPS":
		return name
	case "VB":
		return infinitive
	case "VBP", "VBZ", "VBD", "VBG", "VBN":
		return verb
	case "JJ", "JJR", "JJS":
		return adjective
	case "DT", "IN", "TO", "PRP", "PRP$", "CC", "MD", "WP", "WDT", "WRB", "EX", "PDT":
		return function
	}
	return other
}

// plainTags takes for nouns what is on no list of words that tell little.
func (a *Analyzer) plainTags(d *document, x *sentence) []tag {
	tags := make([]tag, x.to-x.from)
	for i := range tags {
		switch t := &d.tokens[x.from+i]; {
		case t.elided || a.function[x.lang][t.key]:
			tags[i] = function
		case t.roles&(beforeParticiple|finite|Light) != 0:
			tags[i] = verb
		case t.roles&adjectival != 0:
			tags[i] = adjective
		case a.concepts.of(x.lang, t.key) == "" && a.cues.endings.of(x.lang, t.key)&Infinitive != 0:
			tags[i] = infinitive
		case t.kind == word && !a.stop[x.lang][t.key]:
			tags[i] = noun
		}
	}
	return tags
}

// italianTags guesses the part of speech of the tokens of x from closed classes, the word before
// and the ending.
func (a *Analyzer) italianTags(d *document, x *sentence) []tag {
	tags := make([]tag, x.to-x.from)
	for i := range tags {
		t := &d.tokens[x.from+i]
		if t.kind == word && !t.elided {
			before, behind := other, Role(0)
			if i > 0 {
				before, behind = tags[i-1], d.tokens[x.from+i-1].roles
			}
			if g, ok := a.italianContext(d, x, i, tags[:i]); ok {
				tags[i] = g
				continue
			}
			tags[i] = a.italianTag(t, behind, before)
		} else if t.elided {
			tags[i] = function
		}
	}
	return tags
}

// italianContext tells the tag of the word at i of x, whose words before it are tagged, where what stands around it
// shows more than its form: what joins a noun to its verb, something of a kind, to hold the pots still.
func (a *Analyzer) italianContext(d *document, x *sentence, i int, tags []tag) (tag, bool) {
	t := &d.tokens[x.from+i]
	if i == 0 || a.concepts.of(data.LangIT, t.key) != "" {
		return other, false
	}
	rolesAt := func(i int) Role {
		if i < 0 || x.from+i >= x.to {
			return 0
		}
		return d.tokens[x.from+i].roles
	}
	article := func(i int) bool { return rolesAt(i)&(determiner|preposition) == determiner }
	ofNoKind := func(i int) bool { return i >= 0 && (a.vague[d.tokens[x.from+i].key] || rolesAt(i)&Negation != 0) } // something, nothing
	behind, shows := rolesAt(i-1), a.cues.endings.of(data.LangIT, t.key)
	switch {
	case behind&preposition != 0 && shows&Infinitive != 0 && (article(i+1) || rolesAt(i+1) == 0 && article(i+2)):
		return infinitive, true
	case a.function[data.LangIT][t.key]:
		return other, false
	case behind&Partitive != 0 && ofNoKind(i-2):
		return adjective, true
	case behind&relative != 0 && a.which[d.tokens[x.from+i-1].key] && i > 1 && (tags[i-2] == noun || ofNoKind(i-2) || rolesAt(i-2)&appeals != 0):
		return verb, true
	case tags[i-1] == infinitive && article(i+1):
		return adjective, true
	}
	return other, false
}

// italianTag guesses the tag of t, which stands behind a word of the given roles and tag.
func (a *Analyzer) italianTag(t *token, behind Role, before tag) tag {
	key, shows := t.key, a.cues.endings.of(data.LangIT, t.key)
	switch {
	case a.function[data.LangIT][key] && a.concepts.of(data.LangIT, key) == "":
		return function
	case behind&likens != 0 && shows&describing != 0:
		return adjective
	case behind&determiner != 0:
		if a.stop[data.LangIT][key] || t.roles&adjectival != 0 {
			return adjective
		}
		return noun
	case shows&Infinitive != 0:
		return infinitive
	case behind&beforeVerb != 0 || shows&withPronoun != 0:
		return verb
	case behind&beforeParticiple != 0 && shows&behindAuxiliary != 0:
		return verb
	case t.roles&adjectival != 0:
		return adjective
	case a.stop[data.LangIT][key] || shows&adverb != 0:
		return other
	case shows&finiteForm != 0:
		return verb
	case shows&quality != 0:
		if before == noun {
			return adjective
		}
		return noun
	case shows&participleForm != 0 && before != function && before != adjective:
		return verb
	}
	return noun
}
