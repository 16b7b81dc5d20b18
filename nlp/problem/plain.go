package problem

import (
	"slices"
	"strings"

	"tribu/data"
)

// plain reports whether n is a need beyond doubt, by the precision of its rule.
func plain(n *Need) bool {
	switch n.Type {
	case data.HowTo, data.Recommendation:
		return n.sure >= .8 || n.Lang == data.LangIT && strings.HasSuffix(n.Quote, "?") // who asks there need not say "I"
	case data.Wish, data.Problem, data.Complaint:
		return n.sure >= .83
	}
	return true
}

const fewPeople = 8 // in whose group all count, however they speak

const plainPeople = 6 // in whose group only those count who speak of themselves

const (
	manyVoices = 1000 // in a place where so many needs are voiced
	plainMany  = 1    // nobody has the benefit of the doubt
)

// doubtless returns in how many people's group only those count who speak of themselves.
func (g *grouping) doubtless() int {
	if len(g.voices) >= manyVoices {
		return plainMany
	}
	return plainPeople
}

// plainly returns groups without those who speak of what the others need, not of themselves: a debate
// about something is no need of it. Few people are given the benefit of the doubt.
func (g *grouping) plainly(groups [][]int, least int) [][]int {
	for i, group := range groups {
		if len(g.authors(group)) >= least {
			groups[i] = slices.DeleteFunc(group, func(v int) bool { return !g.voices[v].plain })
		}
	}
	return groups
}

// oneNeed returns groups in most of which something more than a thing is spoken of: who only have
// tomatoes in common need nothing together. Of two people with two languages nobody can tell.
func (g *grouping) oneNeed(groups [][]int) [][]int {
	things := map[uint32]bool{}
	for i := range g.voices {
		things[g.voices[i].head] = true
	}
	return slices.DeleteFunc(groups, func(group []int) bool {
		people := len(g.authors(group))
		if people == 2 && g.across(group) {
			return false
		}
		said := map[uint32]map[data.AuthorID]bool{}
		most := 0
		for _, i := range group {
			v := &g.voices[i]
			for _, f := range slices.Concat(v.own, v.title, v.said, g.facet(i)) {
				if people < fewPeople && isShared(g.names[f]) && things[f] {
					continue
				}
				if said[f] == nil {
					said[f] = map[data.AuthorID]bool{}
				}
				said[f][g.need(i).Author] = true
				most = max(most, len(said[f]))
			}
		}
		return most < max(2, people/shareOfMany)
	})
}
