package problem

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strings"

	"tribu/data"
	"tribu/nlp"
)

const (
	thingReach = 4  // words behind an act in which the thing begins that it is done to
	plainShare = 25 // of so many voices one speaks of a thing to which people do too much for that to tell anything
)

// A deed is what somebody would do to a thing, or know of it.
type deed struct {
	by         uint64 // the same in every language where that is known
	act, thing uint32 // features; no act where it is to know something
	text       string
	asked      bool // it was a question
}

// deedsOf returns what v would do, as hashes.
func (g *grouping) deedsOf(v int) []mark {
	var out []repeated
	for _, d := range g.deeds(v) {
		out = append(out, repeated{by: d.by})
	}
	return marksOf(v, out)
}

// deeds returns what v would do and asks how to, whether it wishes to, asks for something to do it with or laments
// that it cannot: who wishes to mend a hose has the need of who asks how hoses are mended.
func (g *grouping) deeds(v int) (out []deed) {
	n, words := g.need(v), g.config.Words
	if n.aside || !g.voices[v].plain || n.Type == data.Complaint || n.Type == data.Problem && !words.Unable(n.Quote) {
		return nil
	}
	b := g.breath(v)
	if !b.heard || n.Type == data.Problem && !words.Unable(strings.Join(b.all[b.from:b.to], " ")) {
		return nil
	}
	for _, d := range words.Doubts(n.Lang, b.words, b.all) {
		if g.tellsThing(n.Lang, d.Thing) {
			text := wordsOf(n.Quote, b.all, d.From, d.Thing.End, d.To)
			if d.Asked {
				text = cmp.Or(words.Outcome(n.Lang, "Doubt", text), text)
			}
			out = append(out, deed{g.deedKey("whether", n.Lang, d.Thing), 0, g.featureOf(n.Lang, d.Thing), text, d.Asked})
		}
	}
	for _, w := range b.words {
		if w.At < b.from || w.At > b.to+wantReach || !g.isAct(v, w) || g.config.Words.Trades(w.Shared) {
			continue
		}
		if o, kind, end, ok := g.thingOf(n.Lang, b, w.End); ok && g.tellsThing(n.Lang, o) && (n.Lang != data.LangEN || words.Known(n.Lang, w.Form) || words.Leads(n.Lang, b.all[w.End])) {
			out = append(out, deed{g.deedKey(g.actName(n.Lang, w)+kind, n.Lang, o), g.featureOf(n.Lang, w), g.featureOf(n.Lang, o), wordsOf(n.Quote, b.all, w.At, end, end), false})
		}
	}
	return out
}

// actName returns by what a verb names the same act in every language where that is known.
func (g *grouping) actName(lang data.Lang, w nlp.Word) string {
	return cmp.Or(g.config.Words.Deed(lang, w.Form), stemName(lang, w.Stem))
}

// isAct reports whether v says by w what it would do: behind "to", behind who does it, as an infinitive, or behind
// a word that asks how.
func (g *grouping) isAct(v int, w nlp.Word) bool {
	b, words, lang := g.breath(v), g.config.Words, g.need(v).Lang
	if w.At == 0 || w.End > w.At+1 || done(words, lang, w.Form) || words.Does(lang, w.Form, nlp.Light) {
		return false
	}
	before := b.all[w.At-1]
	switch {
	case words.LeadsVerb(lang, before), words.Acts(lang, before) && w.At == b.to:
		return lang == data.LangEN || words.Infinitive(lang, w.Form)
	case lang == data.LangEN:
		return false
	}
	return words.Infinitive(lang, w.Form) && !words.Leads(lang, before) || w.At <= b.to && words.Deed(lang, w.Form) != "" && slices.ContainsFunc(b.all[b.from:w.At], func(word string) bool { return words.Manner(lang, word) })
}

// thingOf returns the thing that stands behind word i of b, of which kind it is, and where its words end: in English the last
// of them, the kind what stands before that but how it is; where it holds another, that.
func (g *grouping) thingOf(lang data.Lang, b *breath, i int) (thing nlp.Word, kind string, end int, ok bool) {
	words := g.config.Words
	for until := i + thingReach; i < min(len(b.all), until); i++ {
		if at := slices.IndexFunc(b.words, func(w nlp.Word) bool { return w.At == i }); at >= 0 {
			thing = b.words[at]
			for _, w := range b.words[at+1:] {
				if lang != data.LangEN || w.At != thing.End {
					break
				}
				if !words.Quality(thing.Form) {
					kind += " " + thing.Stem
				}
				thing = w
			}
			if end = thing.End; end < len(b.all) && words.Does(lang, b.all[end], nlp.Partitive) && words.General(lang, thing.Form) {
				return g.thingOf(lang, b, end+1)
			}
			return thing, kind, end, true
		}
		_, opens := words.Holds(lang, b.all[i])
		if opens && !words.Does(lang, b.all[i], nlp.Partitive) || words.Turns(lang, b.all[i]) || words.LeadsVerb(lang, b.all[i]) {
			return thing, "", 0, false
		}
	}
	return thing, "", 0, false
}

// tellsThing reports whether w names a thing of one kind.
func (g *grouping) tellsThing(lang data.Lang, w nlp.Word) bool {
	words := g.config.Words
	return !strings.HasPrefix(w.Shared, "to ") && !g.muchSpokenOf(g.featureOf(lang, w), plainShare) && !words.General(lang, w.Form) && !words.Fails(w.Form) && !words.Does(lang, w.Form, nlp.Wrong|nlp.Whatever|nlp.Fault) &&
		words.Names(lang, w.Form)
}

// deedKey returns an act and the thing it is done to as a hash.
func (g *grouping) deedKey(act string, lang data.Lang, thing nlp.Word) uint64 {
	return hashed(act + " " + g.thingName(lang, thing))
}

// thingKey returns a thing as a hash: the same in every language where that is known.
func (g *grouping) thingKey(lang data.Lang, thing nlp.Word) uint64 {
	return hashed(g.thingName(lang, thing))
}

func hashed(text string) uint64 {
	key := fnv.New64a()
	key.Write([]byte(text))
	return key.Sum64()
}

// thingName returns by what a word names the same thing in every language where that is known.
func (g *grouping) thingName(lang data.Lang, w nlp.Word) string {
	if same := g.config.Words.Thing(lang, w.Form); same != "" {
		return "=" + same
	}
	return stemName(lang, w.Stem)
}

// wordsOf returns words [from, to) as they stand in quote, up to where a clause ends behind word least.
func wordsOf(quote string, all []string, from, least, to int) string {
	for ; to > least; to-- {
		if text := spelled(quote, all, from, to); !strings.ContainsAny(text, ",;:()?!") {
			return text
		}
	}
	if text := spelled(quote, all, from, least); !strings.ContainsAny(text, ",;:()?!") {
		return text
	}
	return strings.Join(all[from:least], " ")
}

// callDeed returns what voices who would do one thing call it, as most of each language say it, as an infinitive if any do.
func (g *grouping) callDeed(r refrain) calling {
	c := g.centre(r.voices)
	out := g.call(r.voices, c)
	out.fails, out.facet = false, ""
	said := map[data.Lang]map[string]int{}
	tell := map[data.Lang]claim{}
	for _, v := range r.voices {
		lang := g.need(v).Lang
		for _, d := range g.deeds(v) {
			if d.by != r.said {
				continue
			}
			if said[lang] == nil {
				said[lang] = map[string]int{}
			}
			first, _, _ := strings.Cut(d.text, " ")
			said[lang][d.text]++
			if !d.asked {
				said[lang][d.text] += len(r.voices)
			}
			if g.config.Words.Infinitive(lang, first) {
				said[lang][d.text] += len(r.voices)
			}
			told := []uint32{d.thing}
			if d.act != 0 {
				told = append(told, d.act)
				slices.Sort(told)
			}
			tell[lang] = claim{told: told, doing: d.act}
		}
	}
	for lang, texts := range said {
		out.phrases[lang], out.claims[lang] = mostSaid(texts), tell[lang]
	}
	out.phrases[data.LangUnd] = out.phrases[out.lead]
	return out
}

// mostSaid returns the text that is said most often, of several the shortest.
func mostSaid(times map[string]int) string {
	best := ""
	for text, n := range times {
		if c := cmp.Or(n-times[best], len(best)-len(text), strings.Compare(best, text)); best == "" || c > 0 {
			best = text
		}
	}
	return best
}

// compoundDeed returns what voices would do that an English compound names, as most of them say it, and the verb: who needs
// a function call would call a function. Empty where fewer than two say so.
func (g *grouping) compoundDeed(lang data.Lang, compound string, voices []int) (string, uint32) {
	words, all := g.config.Words.Words(lang, compound)
	last := len(words) - 1
	if lang != data.LangEN || last < 1 || words[last].End != len(all) || words[last-1].End != words[last].At {
		return "", 0
	}
	act, thing := g.featureOf(lang, words[last]), g.featureOf(lang, words[last-1])
	said, by := map[string]int{}, map[data.AuthorID]bool{}
	for _, v := range g.speaking(voices, lang) {
		n := g.need(v)
		words, all := g.config.Words.Words(lang, n.Quote)
		for k := 1; k < len(words); k++ {
			w, o := words[k-1], words[k]
			if g.featureOf(lang, w) == act && g.featureOf(lang, o) == thing && g.doesTo(lang, all, w.At, o.At) {
				said[wordsOf(n.Quote, all, w.At, o.End, o.End)]++
				by[n.Author] = true
			}
		}
	}
	if len(by) < 2 {
		return "", 0
	}
	return mostSaid(said), act
}

// doesTo reports whether word i of all is what somebody does to the thing at j: behind "to", or before an article.
func (g *grouping) doesTo(lang data.Lang, all []string, i, j int) bool {
	words := g.config.Words
	for _, between := range all[i+1 : j] {
		if _, opens := words.Holds(lang, between); opens {
			return false
		}
	}
	if i > 0 && words.Leads(lang, all[i-1]) {
		return false
	}
	return i > 0 && words.LeadsVerb(lang, all[i-1]) || j > i+1 && words.Leads(lang, all[i+1])
}
