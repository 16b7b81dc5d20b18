package problem

import (
	"hash/fnv"
	"slices"
	"strings"

	"tribu/data"
	"tribu/nlp"
)

// A repeated is a run of words that others may say as well, and what it is counted by.
type repeated struct {
	by   uint64
	text string
}

// marksOf returns what v says that others may say as well, each once.
func marksOf(v int, said []repeated) (out []mark) {
	for _, s := range said {
		if m := (mark{s.by, int32(v)}); !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	return out
}

// undoneOf returns what v laments that nobody does, or asks why somebody does not, as hashes.
func (g *grouping) undoneOf(v int) []mark { return marksOf(v, g.undone(v)) }

func (g *grouping) undone(v int) (out []repeated) {
	n := g.need(v)
	if n.Type != data.Complaint && n.Type != data.HowTo {
		return nil
	}
	words, all := g.config.Words.Words(n.Lang, n.Quote)
	for _, w := range words {
		from, nobody, ok := g.config.Words.Undone(n.Lang, all, w.At)
		why := from > 0 && g.config.Words.Does(n.Lang, all[from-1], nlp.Asks)
		if ok && w.End == w.At+1 && (nobody || why || n.Type == data.HowTo) {
			out = append(out, repeated{uint64(g.featureOf(n.Lang, w)), spelled(n.Quote, all, from, w.End)})
		}
	}
	return out
}

// askedOf returns what v asks of the thing it speaks of, as a hash: how it went, when it is.
func (g *grouping) askedOf(v int) []mark { return marksOf(v, g.asked(v)) }

const askReach = 6 // words behind a question word in which the thing stands that is asked about

func (g *grouping) asked(v int) (out []repeated) {
	n, head := g.need(v), g.voices[v].head
	if n.Type != data.HowTo {
		return nil
	}
	words, all := g.config.Words.Words(n.Lang, n.Quote)
	for q, one := range all {
		if !g.config.Words.Does(n.Lang, one, nlp.Asks) || q+1 < len(all) && g.config.Words.Does(n.Lang, all[q+1], nlp.Negation) {
			continue // how come
		}
		at := slices.IndexFunc(words, func(w nlp.Word) bool {
			return w.At > q && w.At <= q+askReach && slices.Contains(g.featuresOf(n.Lang, w), head)
		})
		if at < 0 {
			continue
		}
		key := fnv.New64a()
		key.Write([]byte(string(n.Lang) + " " + g.names[head]))
		for _, word := range all[q:words[at].At] {
			if !g.config.Words.Leads(n.Lang, word) {
				key.Write([]byte(" " + g.config.Words.Stem(n.Lang, word)))
			}
		}
		out = append(out, repeated{key.Sum64(), spelled(n.Quote, all, q, words[at].End)})
		break
	}
	return out
}

// callUndone returns what voices call it that something is not done: somebody who does it, where their words for it say so.
func (g *grouping) callUndone(r refrain) calling {
	out := g.callSaid(r, g.undone, true)
	who, verb, _ := strings.Cut(out.phrases[out.lead], " ")
	if words := g.config.Words; words.Does(out.lead, who, nlp.Negation) && !strings.Contains(verb, " ") && (words.Acts(out.lead, who) || out.lead != data.LangEN && words.Shows(out.lead, verb, nlp.OneDoes)) {
		if doer := words.Outcome(out.lead, "Doer", verb); doer != "" {
			out.phrases[out.lead], out.phrases[data.LangUnd], out.fails = doer, doer, false
		}
	}
	return out
}

func (g *grouping) callAsked(r refrain) calling { return g.callSaid(r, g.asked, false) }

// callSaid returns the words of r as most say them, of equal ones the shortest.
func (g *grouping) callSaid(r refrain, said func(v int) []repeated, fails bool) calling {
	times, lang := map[string]int{}, g.need(r.voices[0]).Lang
	for _, v := range r.voices {
		for _, s := range said(v) {
			if s.by == r.said && g.need(v).Lang == lang {
				times[s.text]++
			}
		}
	}
	text := mostSaid(times)
	return calling{map[data.Lang]string{lang: text, data.LangUnd: text}, map[data.Lang]claim{lang: {told: []uint32{g.centre(r.voices).head}}}, "", fails, lang}
}

// spelled returns words [from, to) of all as they stand in quote, in lower case.
func spelled(quote string, all []string, from, to int) string {
	quote = strings.ToLower(quote)
	start, at := 0, 0
	for i, word := range all[:to] {
		k := strings.Index(quote[at:], word)
		if k < 0 {
			return strings.Join(all[from:to], " ")
		}
		at += k
		if i == from {
			start = at
		}
		at += len(word)
	}
	return strings.Join(strings.Fields(quote[start:at]), " ")
}
