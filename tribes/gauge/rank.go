package gauge

import "slices"

const (
	damping    = 0.85
	rankRounds = 60
)

// pageRank returns the share of a random walk along the edges that each member sees (Brin and Page 1998).
func pageRank(in map[int]bool, edges [][2]int) map[int]float64 {
	people := sortedKeys(in)
	out := make(map[int][]int)
	for _, e := range edges {
		out[e[0]] = append(out[e[0]], e[1])
	}
	n := float64(len(people))
	rank := make(map[int]float64, len(people))
	for _, v := range people {
		rank[v] = 1 / n
	}
	for range rankRounds {
		next, lost := make(map[int]float64, len(people)), 0.0
		for _, v := range people {
			if len(out[v]) == 0 {
				lost += rank[v]
				continue
			}
			for _, u := range out[v] {
				next[u] += damping * rank[v] / float64(len(out[v]))
			}
		}
		for _, v := range people {
			next[v] += (1-damping)/n + damping*lost/n
		}
		rank = next
	}
	return rank
}

// betweenness returns the share of the other pairs whose shortest ways go through each member, ties
// taken both ways (Brandes 2001).
func betweenness(in map[int]bool, edges [][2]int) map[int]float64 {
	people := sortedKeys(in)
	near := make(map[int][]int)
	for _, e := range edges {
		near[e[0]], near[e[1]] = append(near[e[0]], e[1]), append(near[e[1]], e[0])
	}
	for v := range near {
		slices.Sort(near[v])
		near[v] = slices.Compact(near[v])
	}
	out := make(map[int]float64)
	for _, s := range people {
		addWays(s, near, out)
	}
	pairs := float64((len(people) - 1) * (len(people) - 2))
	for v := range out {
		out[v] /= max(1, pairs)
	}
	return out
}

// addWays adds the share of shortest ways from s that go through each other.
func addWays(s int, near map[int][]int, out map[int]float64) {
	ways, far := map[int]float64{s: 1}, map[int]int{s: 0}
	before := make(map[int][]int)
	order := []int{s}
	for i := 0; i < len(order); i++ {
		v := order[i]
		for _, u := range near[v] {
			if _, seen := far[u]; !seen {
				far[u] = far[v] + 1
				order = append(order, u)
			}
			if far[u] == far[v]+1 {
				ways[u] += ways[v]
				before[u] = append(before[u], v)
			}
		}
	}
	part := make(map[int]float64)
	for _, v := range slices.Backward(order) {
		for _, u := range before[v] {
			part[u] += ways[u] / ways[v] * (1 + part[v])
		}
		if v != s {
			out[v] += part[v]
		}
	}
}

func sortedKeys(in map[int]bool) []int {
	var out []int
	for v, yes := range in {
		if yes {
			out = append(out, v)
		}
	}
	slices.Sort(out)
	return out
}
