package problem

import (
	"slices"
	"strings"

	"tribu/data"
)

// thing returns what most people among voices call the thing they need something of.
func (g *grouping) thing(voices []int, head uint32) string {
	type calls struct {
		by    data.AuthorID
		thing string
	}
	called, counted := map[string]int{}, map[calls]bool{}
	for _, v := range voices {
		c := calls{g.need(v).Author, g.need(v).Object}
		if g.voices[v].head == head && !counted[c] {
			counted[c] = true
			called[c.thing]++
		}
	}
	return mostFrequent(called)
}

// oneOf returns thing with an article, where English people speak of one or of several such and it has none: "a package",
// but "help with code".
func (g *grouping) oneOf(lang data.Lang, thing string, voices []int) string {
	fields := strings.Fields(strings.ToLower(thing))
	if lang != data.LangEN || len(fields) == 0 || len(fields) > 3 || g.config.Words.Leads(lang, fields[0]) {
		return thing
	}
	last := fields[len(fields)-1]
	if strings.HasSuffix(last, "s") || slices.ContainsFunc(fields, func(f string) bool { _, opens := g.config.Words.Holds(lang, f); return opens }) {
		return thing
	}
	if several, one, bare := g.counted(last, voices); several+one < 2 || several+one <= bare {
		return thing
	}
	return articled(append([]string{"a"}, strings.Fields(thing)...))
}

// counted returns how often voices speak of several things called so, of one, and of it without an article or the like.
func (g *grouping) counted(thing string, voices []int) (several, one, bare int) {
	for _, v := range voices {
		n := g.need(v)
		if n.Lang != data.LangEN {
			continue
		}
		_, all := g.config.Words.Words(n.Lang, n.Quote)
		for i, w := range all {
			switch {
			case w == thing+"s" || w == thing+"es":
				several++
			case w != thing:
			case slices.ContainsFunc(all[max(0, i-3):i], func(before string) bool { return g.config.Words.Indefinite(n.Lang, before) }):
				one++
			case i == 0 || !g.config.Words.Leads(n.Lang, all[i-1]):
				bare++
			}
		}
	}
	return several, one, bare
}
