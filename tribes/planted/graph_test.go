package planted

import (
	"testing"

	"tribu/tribes/graph"
)

func TestGraph(t *testing.T) {
	g, truth := Graph(20_000, .3, 1)
	sizes := truth.Sizes()
	degree := 2 * float64(g.Edges()) / float64(g.Nodes())
	if degree < 13 || degree > 16 {
		t.Errorf("mean degree %.1f, want about 14.6", degree)
	}
	if groups := truth.Groups(); groups < 120 || groups > 180 {
		t.Errorf("%d groups of 20,000 nodes, want about 148", groups)
	}
	for c, size := range sizes {
		if size < leastGroup || size > mostGroup+leastGroup {
			t.Errorf("group %d has %d nodes, want %d to %d", c, size, leastGroup, mostGroup)
		}
	}
	abroad := 0
	for _, e := range g.EdgeList() {
		if truth[e.U] != truth[e.V] {
			abroad++
		}
	}
	if share := float64(abroad) / float64(g.Edges()); share < .29 || share > .33 {
		t.Errorf("a share of %.3f of the edges leaves its group, want about .3", share)
	}
	sharp := graph.Leiden(graph.Ensemble(g, 16, graph.Options{Seed: 1}), graph.Options{Seed: 1})
	if a := graph.Compare(truth, sharp); a.NMI < .995 {
		t.Errorf("ensemble: NMI %.4f, want at least .995", a.NMI)
	}
}
