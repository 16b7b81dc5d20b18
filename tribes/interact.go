package tribes

import (
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
	list = bucketed(list, n, func(a *arc) uint32 { return a.to })
	list = bucketed(list, n, func(a *arc) uint32 { return a.from })
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

// threadArcs ties each post's author to the last other people in the thread, once per thread and
// pair. The reach bounds the cost of a huge thread to a constant per post.
func threadArcs(in Input, p Params) []arc {
	byThread := make([][]uint32, in.threads)
	for i, q := range in.posts {
		byThread[q.thread] = append(byThread[q.thread], uint32(i))
	}
	var list []arc
	var recent []uint32 // posts, the latest of each author, oldest first
	met := make(map[[2]uint32]bool)
	for _, posts := range byThread {
		if recent = recent[:0]; len(met) > 1000 {
			met = make(map[[2]uint32]bool) // clearing costs as much as it ever held
		}
		clear(met)
		for _, i := range posts {
			now := in.posts[i]
			recent = slices.DeleteFunc(recent, func(j uint32) bool {
				return in.posts[j].author == now.author || now.at.time().Sub(in.posts[j].at.time()) > threadSpan
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
	for i, back := range returned(list, n) {
		to := list[i].to
		heard[to]++
		if back > 0 {
			answered[to]++
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

// returned gives for each arc of list, which is by pair, the weight of the one that goes back; 0 for none.
func returned(list []arc, n int) []float64 {
	back, at := make([]float64, len(list)), 0
	for _, b := range bucketed(list, n, func(a *arc) uint32 { return a.to }) { // by (to, from), as list is by (from, to)
		for at < len(list) && (list[at].from < b.to || list[at].from == b.to && list[at].to < b.from) {
			at++
		}
		if at < len(list) && list[at].from == b.to && list[at].to == b.from {
			back[at] = b.weight
		}
	}
	return back
}

// tieGraph returns the interaction layer: the logarithm of what goes each way, more where it goes
// both ways, over the root of both ends' strengths, so that a hub's ties count less.
func tieGraph(n int, list []arc) *graph.Graph {
	var edges []graph.Edge
	strength, returns := make([]float64, n), returned(list, n)
	for i, a := range list {
		back := returns[i]
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
