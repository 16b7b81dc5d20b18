package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tribu/data"
)

// An object is what a need is about.
type object struct {
	lemma    string
	concept  string
	modifier string
	from, to int // tokens
}

// objectOf returns what the need with cues [from, to) in r is about: the first noun with a concept
// behind the cue, then any in the sentence, then the head of the first noun phrase behind the cue,
// then of the last one before it. Where subject is set, what stands before the cue comes first: it
// is what fails.
func (a *Analyzer) objectOf(d *document, r *reading, tags []tag, from, to int, subject bool) (object, bool) {
	var best object
	rank := 0
	for i := r.from; i < r.to; i++ {
		if !a.objectLike(d, r, tags, i) {
			continue
		}
		o := object{from: i, to: i + 1, lemma: a.lemma(d, r.sentence, tags, i)}
		o.concept = a.concepts.of(r.lang, d.tokens[i].key)
		if i > r.from && tagAt(tags, i-1-r.from) == noun && a.objectLike(d, r, tags, i-1) {
			o.modifier = a.lemma(d, r.sentence, tags, i-1)
			if c := a.concepts.of(r.lang, d.tokens[i-1].key+" "+d.tokens[i].key); c != "" {
				o.concept, o.from = c, i-1
			}
		}
		head := i+1 >= r.to || !a.objectLike(d, r, tags, i+1) || tagAt(tags, i+1-r.from) != noun
		if o.concept != "" && i+1 < r.to && a.objectLike(d, r, tags, i+1) && tagAt(tags, i+1-r.from) == noun && a.concepts.of(r.lang, d.tokens[i+1].key) != "" && r.lang == data.LangEN {
			continue // the noun behind is the head
		}
		if n := objectRank(o.concept != "", head, i >= from, i >= to, subject); n > rank || n == rank && n > 0 && i < from {
			best, rank = o, n
		}
	}
	return best, rank > 0
}

// objectRank orders candidates; 0 is none. Equal ranks before the cue go to the nearest.
func objectRank(concept, head, inside, behind, subject bool) int {
	switch {
	case concept && subject && !behind && inside:
		return 10
	case concept && subject && !behind:
		return 9
	case concept && behind:
		return 8
	case concept && inside:
		return 7
	case concept:
		return 6
	case !head:
		return 0
	case behind:
		return 5
	case inside:
		return 3
	}
	return 4
}

func tagAt(tags []tag, i int) tag {
	if i < 0 || i >= len(tags) {
		return other
	}
	return tags[i]
}

// objectLike reports whether token i is a noun a reader would recognise.
func (a *Analyzer) objectLike(d *document, r *reading, tags []tag, i int) bool {
	t := d.tokens[i]
	if t.kind != word || t.elided || len(t.key) < 3 || strings.Contains(t.key, " ") {
		return false
	}
	if tags != nil && tags[i-r.from] != noun && tags[i-r.from] != name {
		return false
	}
	if a.stop[r.lang][t.key] || a.vague[t.key] || r.lang == data.LangUnd && a.stop[data.LangEN][t.key] {
		return false
	}
	form := r.sec.text[t.start:t.end]
	upper := 0
	for k, c := range form {
		switch {
		case c == '_' || c == '.' || c == ':' || unicode.IsDigit(c):
			return false
		case unicode.IsUpper(c) && k > 0:
			upper++
		}
	}
	if upper > 0 && upper < len(form)-1 {
		return false // camelCase
	}
	if r.lang == data.LangIT && i > r.from && unicode.IsUpper(firstRune(form)) && upper == 0 && !r.sec.inTitle {
		return a.products[t.key] || a.concepts.of(r.lang, t.key) != "" // else a name
	}
	known := a.products[t.key] || a.concepts.of(r.lang, t.key) != ""
	if tags == nil {
		return known
	}
	return tags[i-r.from] == noun || known
}

// lemma returns the singular of the noun at token i, in lower case.
func (a *Analyzer) lemma(d *document, x *sentence, tags []tag, i int) string {
	low := strings.TrimSuffix(x.sec.low[d.tokens[i].start:d.tokens[i].end], "'s")
	if x.lang == data.LangIT {
		before := ""
		if i > x.from {
			before = d.tokens[i-1].key
		}
		return italianSingular(low, before)
	}
	return englishSingular(low)
}

// englishSingular undoes the regular plurals and the commonest irregular ones.
func englishSingular(w string) string {
	switch w {
	case "people", "children", "mice", "leaves", "shelves", "knives", "tomatoes", "potatoes", "feet", "teeth":
		return map[string]string{"people": "people", "children": "child", "mice": "mouse", "leaves": "leaf", "shelves": "shelf", "knives": "knife",
			"tomatoes": "tomato", "potatoes": "potato", "feet": "foot", "teeth": "tooth"}[w]
	case "news", "series", "species", "bus", "gas", "lens", "bias", "basis", "analysis", "status", "virus", "compass", "campus", "bonus", "plus", "always", "glasses", "clothes":
		return w
	}
	switch {
	case len(w) < 4 || hasEnding(w, "ss", "us", "is", "ous"):
		return w
	case hasEnding(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case hasEnding(w, "ches", "shes", "sses", "xes", "zes"):
		return w[:len(w)-2]
	case hasEnding(w, "s"):
		return w[:len(w)-1]
	}
	return w
}

// italianSingular undoes a plural that the article before it shows.
func italianSingular(w, before string) string {
	if len(w) < 4 {
		return w
	}
	stem, last := w[:len(w)-1], w[len(w)-1]
	switch before {
	case "i", "gli", "dei", "degli", "ai", "agli", "nei", "negli", "sui", "sugli", "dai", "quei", "questi", "miei", "nostri", "tuoi", "molti", "pochi", "tanti", "troppi", "alcuni":
		if last != 'i' {
			return w
		}
		switch {
		case hasEnding(w, "chi", "ghi"):
			return w[:len(w)-2] + "o"
		case hasEnding(w, "tori", "sori", "iori", "oni", "ali", "ili", "eri", "enti", "anti"):
			return stem + "e"
		case hasEnding(w, "ari"):
			return w + "o"
		case hasEnding(w, "isti"):
			return stem + "a"
		}
		switch w {
		case "semi", "fiori", "pesci", "piedi", "cani", "mesi", "paesi", "nomi", "fiumi", "colori", "ponti", "monti", "denti":
			return stem + "e"
		}
		return stem + "o"
	case "le", "delle", "alle", "nelle", "sulle", "dalle", "queste", "quelle", "mie", "nostre", "tue", "molte", "poche", "tante", "troppe", "alcune":
		switch {
		case last == 'i':
			return stem + "e"
		case hasEnding(w, "che", "ghe"):
			return w[:len(w)-2] + "a"
		case last == 'e':
			return stem + "a"
		}
	}
	return w
}

// actionOf returns the base form of the verb that a need asks for: the first one behind from.
func actionOf(d *document, x *sentence, tags []tag, from int) string {
	for i := from; i < x.to && tags != nil; i++ {
		if tags[i-x.from] == infinitive && len(d.tokens[i].key) > 2 && !strings.Contains(d.tokens[i].key, " ") && !auxiliary(d.tokens[i].key) {
			return d.tokens[i].key
		}
	}
	return ""
}

func auxiliary(w string) bool {
	switch w {
	case "have", "let", "get", "would", "please", "essere", "avere", "potere", "dovere", "volere", "sapere", "fare", "been":
		return true
	}
	return false
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
