package graph

import (
	"math/rand/v2"
	"testing"
)

// planted returns n nodes in groups of about size nodes with the given mean degree, a share mu of
// it across groups.
func planted(n, size int, degree, mu float64, seed uint64) (*Graph, Partition) {
	random := rand.New(rand.NewPCG(seed, 1))
	truth := make(Partition, n)
	perm := random.Perm(n)
	members := make([][]uint32, (n+size-1)/size)
	for i, v := range perm {
		truth[v] = uint32(i / size)
		members[i/size] = append(members[i/size], uint32(v))
	}
	var edges []Edge
	for range int(float64(n) * degree / 2) {
		v := uint32(random.IntN(n))
		u := uint32(random.IntN(n))
		if random.Float64() >= mu {
			own := members[truth[v]]
			u = own[random.IntN(len(own))]
		}
		edges = append(edges, Edge{v, u, 1})
	}
	return New(n, edges), truth
}

func BenchmarkLeidenMillion(b *testing.B) {
	g, truth := planted(1_000_000, 1000, 14.6, .3, 1)
	b.ResetTimer()
	for b.Loop() {
		p := Leiden(g, Options{Seed: 1})
		b.ReportMetric(Score(g, p, Modularity, 1), "Q")
		b.ReportMetric(float64(p.Groups()), "groups")
		_ = truth
	}
}
