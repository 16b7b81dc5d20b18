package tribes

import (
	"tribu/tribes/graph"
)

const (
	neighbours = 30 // of an author in the problem layer, when mutual
	always     = 2  // of the best are kept even when not mutual
	rank       = 64 // directions the vectors are reduced to
)

// layers holds the two graphs over the authors of an input, and what they were made from.
type layers struct {
	words  *sparse
	met    []arc
	points graph.Matrix // authors in the space of needs: unit rows, zero for those without words
	need   *graph.Graph
	tie    *graph.Graph
	fused  *graph.Graph
	weight float64        // of shared need, by which it was
	core   *graph.Graph   // fused among those who shape the groups
	nodes  []uint32       // the author of each of its nodes
	of     int            // nodes of the core from which these were drawn, where it was another
	posts  []int          // of each author
	thin   []*graph.Graph // the core as the first reruns see it, where many ask for it
	credit credit         // how much words and meetings tell, as halves of the conversations say; zero where they do not
}

func buildLayers(in Input, p Params) layers {
	l := layers{words: vectors(in, p), met: arcs(in, p), posts: countPosts(in)}
	l.points = reduce(l.words.units(), rank, p.Seed)
	l.need = needGraph(l.points, p.Seed)
	l.tie = tieGraph(len(in.authors), l.met)
	return l.weighed(p.NeedWeight)
}

// weighed returns l with its layers fused by that share of shared need. Where the core is large,
// its nodes come in an order in which those who are close lie close in memory.
func (l layers) weighed(needWeight float64) layers {
	l.fused, l.weight = fuse(l.need, l.tie, needWeight), needWeight
	l.core, l.nodes = l.fused.Subgraph(coreAuthors(l))
	if len(l.nodes) > warmRerunNodes {
		order := graph.Arrangement(l.core)
		nodes := make([]uint32, len(order))
		for i, at := range order {
			nodes[i] = l.nodes[at]
		}
		l.core, l.nodes = l.core.Arranged(order), nodes
	}
	return l
}

// large reports whether the core, or the one it stands for, is too large for the best effort: what
// stands for others is found as they are.
func (l layers) large() bool { return max(l.of, len(l.nodes)) > warmRerunNodes }

// countPosts returns the number of posts of each author.
func countPosts(in Input) []int {
	counts := make([]int, len(in.authors))
	for _, q := range in.posts {
		counts[q.author]++
	}
	return counts
}

// needGraph joins authors who are among each other's nearest, by how much more alike they are than
// two authors of the corpus are on average.
func needGraph(points graph.Matrix, seed uint64) *graph.Graph {
	near := graph.Nearest(points, neighbours, seed)
	background := float32(graph.Background(points))
	var edges []graph.Edge
	for v, list := range near {
		for i, u := range list {
			mutual := holds(near[u.Row], uint32(v))
			if w := u.Similarity - background; w > 0 && (mutual && uint32(v) < u.Row || !mutual && i < always) {
				edges = append(edges, graph.Edge{U: uint32(v), V: u.Row, Weight: w})
			}
		}
	}
	return graph.New(points.Rows, edges)
}

func holds(list []graph.Neighbour, row uint32) bool {
	for _, n := range list {
		if n.Row == row {
			return true
		}
	}
	return false
}

// fuse adds the layers, each scaled to one unit of weight per author who has any in it.
func fuse(need, tie *graph.Graph, needWeight float64) *graph.Graph {
	return graph.Sum(need, perAuthor(need, needWeight), tie, perAuthor(tie, 1-needWeight))
}

// perAuthor returns the factor that brings g to share units of weight per author who has any in it.
func perAuthor(g *graph.Graph, share float64) float32 {
	withData := 0
	for v := range uint32(g.Nodes()) {
		if g.Degree(v) > 0 {
			withData++
		}
	}
	total := g.TotalWeight()
	if share <= 0 || total == 0 {
		return 0
	}
	return float32(share * float64(withData) / total)
}
