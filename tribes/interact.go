package tribes

import (
	"cmp"
	"math"
	"slices"
	"time"

	"tribu/data"
	"tribu/tribes/graph"
)

const (
	threadWeight = 0.3                // of taking part in the same thread
	threadSpan   = 7 * 24 * time.Hour // within this time of each other
	threadCrowd  = 4.0                // other people of a thread from which on each counts the less the more they are
	threadReach  = 24                 // latest other people of a thread that a post ties its author to
	mutualBonus  = 1.5                // factor of a tie that goes both ways
)

// kindWeight says how much one interaction of each kind counts.
func kindWeight(k data.InteractionKind) float64 {
	switch k {
	case data.Reply:
		return 1
	case data.Quote:
		return 0.8
	case data.Mention, data.Name:
		return 0.6
	case data.Boost:
		return 0.5
	case data.Topic:
		return 0.1
	}
	return 0
}

// An arc is what one author gave another.
type arc struct {
	from, to uint32
	weight   float64
}

// arcs returns the decayed weight of each ordered pair of authors who met, by pair. Broadcasters,
// who hear from very many and turn to nobody, have none: they are attached later.
func arcs(in Input, p Params) []arc {
	list := make([]arc, 0, len(in.ties)+2*len(in.posts))
	for _, t := range in.ties {
		if w := kindWeight(t.kind); w > 0 {
			list = append(list, arc{t.from, t.to, w * decay(p, t.at)})
		}
	}
	loud := broadcasters(mergeArcs(list, len(in.authors)), len(in.authors))
	list = append(list, threadArcs(in, p)...)
	list = slices.DeleteFunc(list, func(a arc) bool { return loud[a.from] || loud[a.to] })
	return mergeArcs(list, len(in.authors))
}

// mergeArcs returns the arcs between n authors by pair, those of one pair added up in their order.
func mergeArcs(list []arc, n int) []arc {
	list = bucketed(list, n, func(a arc) uint32 { return a.to })
	list = bucketed(list, n, func(a arc) uint32 { return a.from })
	out := list[:0]
	for _, a := range list {
		if last := len(out) - 1; last >= 0 && out[last].from == a.from && out[last].to == a.to {
			out[last].weight += a.weight
			continue
		}
		out = append(out, a)
	}
	return out
}

// bucketed returns a copy of list in the order of end, which is below n; what is equal keeps its order.
func bucketed(list []arc, n int, end func(arc) uint32) []arc {
	next := make([]int, n+1)
	for _, a := range list {
		next[end(a)+1]++
	}
	for v := range n {
		next[v+1] += next[v]
	}
	out := make([]arc, len(list))
	for _, a := range list {
		at := end(a)
		out[next[at]] = a
		next[at]++
	}
	return out
}

// threadArcs ties each post's author to the last other people in the thread, once per thread and
// pair. The reach bounds the cost of a huge thread to a constant per post.
func threadArcs(in Input, p Params) []arc {
	byThread := make([][]uint32, in.threads)
	for i, q := range in.posts {
		byThread[q.thread] = append(byThread[q.thread], uint32(i))
	}
	var list []arc
	for _, posts := range byThread {
		met := make(map[[2]uint32]bool)
		var recent []uint32 // posts, the latest of each author, oldest first
		for _, i := range posts {
			now := in.posts[i]
			recent = slices.DeleteFunc(recent, func(j uint32) bool {
				return in.posts[j].author == now.author || now.at.Sub(in.posts[j].at) > threadSpan
			})
			for _, j := range recent[max(0, len(recent)-threadReach):] {
				pair := [2]uint32{min(now.author, in.posts[j].author), max(now.author, in.posts[j].author)}
				if !met[pair] {
					met[pair] = true
					w := threadWeight * min(1, threadCrowd/float64(len(recent))) * decay(p, now.at)
					list = append(list, arc{pair[0], pair[1], w}, arc{pair[1], pair[0], w})
				}
			}
			recent = append(recent, i)
		}
	}
	return list
}

// broadcasters marks accounts that more people turn to than to 99.9 % of the others while they
// answer fewer than one in a hundred. Small worlds have none.
func broadcasters(list []arc, n int) []bool {
	loud, heard, answered := make([]bool, n), make([]int, n), make([]int, n)
	weight := arcsOf(list, n)
	for _, a := range list {
		heard[a.to]++
		if weight(a.to, a.from) > 0 {
			answered[a.to]++
		}
	}
	ranked := slices.Sorted(slices.Values(heard))
	if n < 100 {
		return loud
	}
	limit := max(20, ranked[n-1-n/1000])
	for a := range loud {
		loud[a] = heard[a] >= limit && answered[a]*100 < heard[a]
	}
	return loud
}

// arcsOf returns the weight from one author to another in list, which mergeArcs made; 0 for none.
func arcsOf(list []arc, n int) func(from, to uint32) float64 {
	start := make([]int, n+1)
	for _, a := range list {
		start[a.from+1]++
	}
	for v := range n {
		start[v+1] += start[v]
	}
	return func(from, to uint32) float64 {
		row := list[start[from]:start[from+1]]
		at, found := slices.BinarySearchFunc(row, to, func(a arc, to uint32) int { return cmp.Compare(a.to, to) })
		if !found {
			return 0
		}
		return row[at].weight
	}
}

// tieGraph returns the interaction layer: the logarithm of what goes each way, more where it goes
// both ways, over the root of both ends' strengths, so that a hub's ties count less.
func tieGraph(n int, list []arc) *graph.Graph {
	var edges []graph.Edge
	strength, weight := make([]float64, n), arcsOf(list, n)
	for _, a := range list {
		back := weight(a.to, a.from)
		if back > 0 && a.from > a.to {
			continue // counted from the other end
		}
		w := math.Log1p(a.weight) + math.Log1p(back)
		if back > 0 {
			w *= mutualBonus
		}
		edges = append(edges, graph.Edge{U: a.from, V: a.to, Weight: float32(w)})
		strength[a.from] += w
		strength[a.to] += w
	}
	for i, e := range edges {
		edges[i].Weight = float32(float64(e.Weight) / math.Sqrt(strength[e.U]*strength[e.V]))
	}
	return graph.New(n, edges)
}
