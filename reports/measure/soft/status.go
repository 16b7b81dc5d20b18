package soft

import (
	"cmp"
	"slices"
	"time"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/stats"
)

// A Standing is what one member's ties say of their standing in the tribe. It is read from who
// turns to whom in public, not from motives.
type Standing struct {
	Author      data.AuthorID
	In, Out     float64 // replies, quotes and mentions received and made
	Deference   float64 // (In − Out) / (In + Out)
	PageRank    float64 // damping 0.85
	Betweenness float64
	Class       Class
}

// A Class is a standing in a word.
type Class string

// The classes; an empty one means none of them.
const (
	Leader   Class = "leader"   // among the top 5 % by PageRank, and turned to more than turning
	Bridge   Class = "bridge"   // among the top 5 % by betweenness
	Newcomer Class = "newcomer" // first post within the last 28 days of those read
)

// Deference returns (in − out) / (in + out), 0 where there is neither.
func Deference(in, out float64) float64 {
	if in+out == 0 {
		return 0
	}
	return (in - out) / (in + out)
}

// Standings returns the standing of everybody in a tribe, highest PageRank first.
func Standings(r *measure.Reading, tribe data.TribeID) []Standing {
	net := networkOf(r, tribe)
	rank, between := net.pageRank(0.85), net.betweenness()
	topRank, topBetween := top(rank), top(between)
	first := make(map[data.AuthorID]time.Time)
	for _, p := range r.Posts {
		if _, ok := first[p.Author]; !ok {
			first[p.Author] = p.CreatedAt
		}
	}
	out := make([]Standing, len(net.people))
	for i, a := range net.people {
		s := Standing{Author: a, In: net.in[i], Out: net.out[i], Deference: Deference(net.in[i], net.out[i]), PageRank: rank[i], Betweenness: between[i]}
		switch {
		case s.PageRank >= topRank && s.Deference > 0:
			s.Class = Leader
		case s.Betweenness >= topBetween && s.Betweenness > 0:
			s.Class = Bridge
		case !first[a].IsZero() && r.AsOf.Sub(first[a]) < 28*24*time.Hour:
			s.Class = Newcomer
		}
		out[i] = s
	}
	slices.SortStableFunc(out, func(a, b Standing) int { return cmp.Compare(b.PageRank, a.PageRank) })
	return out
}

// top returns the value from which one is among the top 5 %, at least the first.
func top(xs []float64) float64 {
	if len(xs) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(xs))
	return s[len(s)-max(1, len(s)/20)]
}

// A network is who turns to whom in one tribe.
type network struct {
	people  []data.AuthorID
	to      [][]tie // by person, by index
	in, out []float64
}

type tie struct {
	to     int
	weight float64
}

func networkOf(r *measure.Reading, tribe data.TribeID) network {
	var n network
	index := make(map[data.AuthorID]int)
	for _, m := range r.Members {
		if m.Tribe == tribe && m.Rank == 0 {
			n.people = append(n.people, m.Author)
		}
	}
	slices.SortFunc(n.people, func(a, b data.AuthorID) int { return slices.Compare(a[:], b[:]) })
	for i, a := range n.people {
		index[a] = i
	}
	n.to, n.in, n.out = make([][]tie, len(index)), make([]float64, len(index)), make([]float64, len(index))
	for _, i := range r.Interactions {
		from, ok := index[i.From]
		to, also := index[i.To]
		if !ok || !also || i.Kind == data.Boost || i.Kind == data.Topic {
			continue
		}
		n.out[from]++
		n.in[to]++
		k := slices.IndexFunc(n.to[from], func(t tie) bool { return t.to == to })
		if k < 0 {
			n.to[from] = append(n.to[from], tie{to, 1})
		} else {
			n.to[from][k].weight++
		}
	}
	return n
}

// pageRank returns the PageRank of everybody (Page et al. 1999); people without ties out give evenly.
func (n network) pageRank(damping float64) []float64 {
	size := float64(max(len(n.people), 1))
	rank := slices.Repeat([]float64{1 / size}, len(n.people))
	for range 100 {
		loose := 0.0
		for i := range rank {
			if n.out[i] == 0 {
				loose += rank[i]
			}
		}
		next := slices.Repeat([]float64{(1-damping)/size + damping*loose/size}, len(rank))
		for i, ties := range n.to {
			for _, t := range ties {
				next[t.to] += damping * rank[i] * t.weight / n.out[i]
			}
		}
		rank = next
	}
	return rank
}

// betweenness returns how many shortest paths between others lead over each person (Brandes 2001).
func (n network) betweenness() []float64 {
	out := make([]float64, len(n.people))
	for source := range n.people {
		n.pathsFrom(source, out)
	}
	return out
}

func (n network) pathsFrom(source int, out []float64) {
	dist, paths := slices.Repeat([]int{-1}, len(out)), make([]float64, len(out))
	before := make([][]int, len(out))
	queue := []int{source}
	dist[source], paths[source] = 0, 1
	for head := 0; head < len(queue); head++ {
		u := queue[head]
		for _, t := range n.to[u] {
			if dist[t.to] < 0 {
				dist[t.to] = dist[u] + 1
				queue = append(queue, t.to)
			}
			if dist[t.to] == dist[u]+1 {
				paths[t.to] += paths[u]
				before[t.to] = append(before[t.to], u)
			}
		}
	}
	share := make([]float64, len(out))
	for _, v := range slices.Backward(queue) {
		for _, u := range before[v] {
			share[u] += paths[u] / paths[v] * (1 + share[v])
		}
		if v != source {
			out[v] += share[v]
		}
	}
}

// A Habit is a word one person says distinctly more than the rest of their tribe.
type Habit struct {
	Word  string
	Posts int
	Z     float64
}

// Strip returns the five words that set a person apart from their own tribe, by posts, with
// z ≥ 1.96. It is for people who agreed; who did not, or wrote fewer than ten posts, has none.
func Strip(r *measure.Reading, author data.AuthorID, consent map[data.AuthorID]bool) ([]Habit, stats.State) {
	if !consent[author] {
		return nil, Withheld
	}
	own, rest := make(map[string]int), make(map[string]int)
	n, m := 0, 0
	for _, p := range r.Posts {
		if p.Author == author {
			n++
			countWords(own, r.Said(p.ID))
		} else if r.Home[p.Author] == r.Home[author] {
			m++
			countWords(rest, r.Said(p.ID))
		}
	}
	if n < 10 || m == 0 {
		return nil, stats.Insufficient
	}
	var out []Habit
	for w, y := range own {
		all := float64(y + rest[w])
		_, z := stats.LogOdds(float64(y), float64(n), float64(rest[w]), float64(m), all, float64(n+m))
		if y >= 3 && z >= stats.DistinctAt {
			out = append(out, Habit{w, y, z})
		}
	}
	slices.SortFunc(out, func(a, b Habit) int { return cmp.Or(cmp.Compare(b.Z, a.Z), cmp.Compare(a.Word, b.Word)) })
	return out[:min(5, len(out))], stats.Known
}

// countWords adds each word of at least four letters in text once.
func countWords(to map[string]int, text string) {
	seen := make(map[string]bool)
	for _, w := range signs.Words(text) {
		if len(w) >= 4 && !seen[w] {
			seen[w] = true
			to[w]++
		}
	}
}
