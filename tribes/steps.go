package tribes

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tribu/data"
)

// mostNamed is how many members of a step are named.
const mostNamed = 3

// stepsBetween returns the births, splits, merges and ends that b tells of a, the run before it. That a tribe
// sleeps is told once, of the run in which it is missing first.
func stepsBetween(a, b data.RunRecord) []Step {
	steps := []Step{}
	if b.Parent != a.ID {
		return steps
	}
	before, after := membersByTribe(a), membersByTribe(b)
	for _, l := range b.Lineage {
		switch l.Event {
		case data.Born, data.Split, data.Merge, data.Died:
		case data.Dormant:
			if len(before[l.From]) == 0 {
				continue // it slept in the run before already, and was told then
			}
		default:
			continue
		}
		s := Step{Event: l.Event, From: l.From, To: l.To, Shared: l.Shared, Before: l.Before, After: l.After, Members: []Move{}}
		s.tell(before, after)
		steps = append(steps, s)
	}
	return steps
}

// tell says why, in numbers that the lists of members show, and names some of the members.
func (s *Step) tell(before, after map[data.TribeID][]data.Member) {
	was, is := tribesOf(before), tribesOf(after)
	switch s.Event {
	case data.Split, data.Merge:
		s.Why = fmt.Sprintf("%d of its %d members went this way, where they are %d of %d", s.Shared, s.Before, s.Shared, s.After)
	case data.Born:
		s.Why = fmt.Sprintf("in the run before, of its %d members %s", s.After, spread(after[s.To], was))
	default:
		if len(before[s.From]) == 0 {
			s.Why = fmt.Sprintf("its %d members were last a tribe in an earlier run", s.Before)
			return
		}
		s.Why = fmt.Sprintf("in the run after, of its %d members %s", s.Before, spread(before[s.From], is))
	}
	list, other, there := after[s.To], was, s.From
	if s.To == "" {
		list, other, there = before[s.From], is, s.To
	}
	for _, m := range list {
		elsewhere := other[m.Author]
		if len(s.Members) == mostNamed || s.Event != data.Born && s.To != "" && elsewhere != there {
			continue
		}
		move := Move{Author: m.Author.String(), From: elsewhere, To: s.To}
		if s.To == "" {
			move.From, move.To = s.From, elsewhere
		}
		s.Members = append(s.Members, move)
	}
}

// spread says where members are in the other run.
func spread(members []data.Member, other map[data.AuthorID]data.TribeID) string {
	counts, seen := make(map[data.TribeID]int), 0
	for _, m := range members {
		if t, known := other[m.Author]; known {
			counts[t]++
			seen++
		}
	}
	var ids []data.TribeID
	for id := range counts {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(p, q data.TribeID) int { return cmp.Or(cmp.Compare(counts[q], counts[p]), cmp.Compare(p, q)) })
	var parts []string
	for _, id := range ids {
		parts = append(parts, fmt.Sprintf("%d in %s", counts[id], cmp.Or(string(id), "no tribe")))
	}
	if n := len(members) - seen; n > 0 {
		parts = append(parts, fmt.Sprintf("%d who did not write", n))
	}
	return strings.Join(parts, ", ")
}

// membersByTribe returns who is in each tribe, strongest first.
func membersByTribe(r data.RunRecord) map[data.TribeID][]data.Member {
	all := make(map[data.TribeID][]data.Member)
	for _, m := range r.Members {
		all[m.Tribe] = append(all[m.Tribe], m)
	}
	for _, list := range all {
		slices.SortStableFunc(list, func(p, q data.Member) int { return cmp.Compare(q.Strength, p.Strength) })
	}
	return all
}

// tribesOf returns the tribe to which each author belongs first.
func tribesOf(members map[data.TribeID][]data.Member) map[data.AuthorID]data.TribeID {
	of := make(map[data.AuthorID]data.TribeID)
	for t, list := range members {
		for _, m := range list {
			if m.Rank == 0 {
				of[m.Author] = t
			}
		}
	}
	return of
}
