package tribes

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/muesli/clusters"
	"gonum.org/v1/gonum/floats"

	"tribu/tribes/graph"
)

const (
	lloydRounds = 50
	restarts    = 3
)

// A spot is an author's vector as an observation of muesli/clusters. Distance is the cosine
// distance, of unit vectors as all spots and centres are.
type spot struct {
	author int
	at     clusters.Coordinates
}

// Coordinates returns the vector.
func (s spot) Coordinates() clusters.Coordinates { return s.at }

// Distance returns 1 − cosine.
func (s spot) Distance(to clusters.Coordinates) float64 {
	return 1 - floats.Dot(s.at, to)
}

// placeByKMeans groups the authors by their words alone: spherical k-means (Dhillon and Modha 2001)
// from seeded k-means++ starts (Arthur and Vassilvitskii 2007), the best of three.
func placeByKMeans(l layers, p Params) []int {
	spots := spotsOf(l.points)
	k := p.K
	if k == 0 {
		k = int(math.Round(math.Sqrt(float64(len(spots))) / 2))
	}
	k = min(max(1, k), len(spots))
	groups := make([]int, l.points.Rows)
	for v := range groups {
		groups[v] = nowhere
	}
	var best clusters.Clusters
	least := math.Inf(1)
	for r := range restarts {
		random := rand.New(rand.NewPCG(p.Seed+uint64(r), 0x6b6d65616e73))
		if found, cost := lloyd(spots, startCentres(spots, k, random)); cost < least {
			best, least = found, cost
		}
	}
	for c, cluster := range best {
		for _, o := range cluster.Observations {
			groups[o.(spot).author] = c
		}
	}
	return bySize(groups)
}

func spotsOf(points graph.Matrix) []spot {
	var spots []spot
	for v := range points.Rows {
		at := make(clusters.Coordinates, points.Cols)
		length := 0.0
		for j, x := range points.Row(v) {
			at[j] = float64(x)
			length += at[j] * at[j]
		}
		if length > 0 {
			spots = append(spots, spot{v, at})
		}
	}
	return spots
}

// startCentres draws k spots, each with a chance that grows with its distance from those before.
func startCentres(spots []spot, k int, random *rand.Rand) clusters.Clusters {
	if len(spots) == 0 {
		return nil
	}
	centres := clusters.Clusters{{Center: spots[random.IntN(len(spots))].at}}
	far := make([]float64, len(spots))
	for i := range far {
		far[i] = math.Inf(1)
	}
	for len(centres) < k {
		sum := 0.0
		for i, s := range spots {
			far[i] = min(far[i], max(0, s.Distance(centres[len(centres)-1].Center)))
			sum += far[i]
		}
		x, next := random.Float64()*sum, len(spots)-1
		for i := range far {
			if x -= far[i]; x < 0 {
				next = i
				break
			}
		}
		centres = append(centres, clusters.Cluster{Center: spots[next].at})
	}
	return centres
}

// lloyd moves spots to their nearest centre and centres to their spots' mean until nothing moves. A spot
// whose centre has stayed where it was only looks at those that have not.
func lloyd(spots []spot, found clusters.Clusters) (clusters.Clusters, float64) {
	nearest, far := make([]int, len(spots)), make([]float64, len(spots))
	all := make([]int, len(found))
	for c := range all {
		all[c] = c
	}
	var moved []int                   // centres, in the round before
	stays := make([]bool, len(found)) // the others
	for round := range lloydRounds {
		was := slices.Clone(nearest)
		graph.Parallel(len(spots), func(i int) {
			if own := nearest[i]; stays[own] {
				nearest[i], far[i] = nearestCentre(spots[i], found, moved, own, far[i])
			} else {
				nearest[i], far[i] = nearestCentre(spots[i], found, all, own, math.Inf(1))
			}
		})
		if round > 0 && slices.Equal(nearest, was) {
			break
		}
		for c := range found {
			found[c].Observations = found[c].Observations[:0]
		}
		for i, s := range spots {
			found[nearest[i]].Append(s)
		}
		moved = moved[:0]
		for c := range found {
			before := found[c].Center
			recentre(&found[c])
			if stays[c] = slices.Equal(before, found[c].Center); !stays[c] {
				moved = append(moved, c)
			}
		}
	}
	return found, floats.Sum(far)
}

// nearestCentre returns which of some centres is nearest to s, the first of equals, and how far away it is;
// best, which is least away, where none is nearer.
func nearestCentre(s spot, found clusters.Clusters, some []int, best int, least float64) (int, float64) {
	for _, c := range some {
		if d := s.Distance(found[c].Center); d < least || d == least && c < best {
			best, least = c, d
		}
	}
	return best, least
}

// recentre puts the centre at the direction of the mean; a cluster without spots keeps its own.
func recentre(c *clusters.Cluster) {
	if len(c.Observations) == 0 {
		return
	}
	sum := make(clusters.Coordinates, len(c.Center))
	for _, o := range c.Observations {
		for j, x := range o.Coordinates() {
			sum[j] += x
		}
	}
	length := 0.0
	for _, x := range sum {
		length += x * x
	}
	if length > 0 {
		for j := range sum {
			sum[j] /= math.Sqrt(length)
		}
		c.Center = sum
	}
}
