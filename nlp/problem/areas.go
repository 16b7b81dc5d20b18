package problem

import (
	"math"
	"math/rand/v2"

	"github.com/muesli/clusters"
)

const (
	leastAreas   = 20
	mostAreas    = 200
	perArea      = 5 // problems an area must have on average before there are areas at all
	areaRounds   = 30
	areaProblems = 4000 // the largest problems, which place the centres
)

// A spot is a problem as an observation of muesli/clusters. Distance is the cosine distance, of
// unit vectors as all spots and centres are.
type spot struct {
	problem int
	at      clusters.Coordinates
}

// Coordinates returns the vector.
func (s spot) Coordinates() clusters.Coordinates { return s.at }

// Distance returns 1 − cosine.
func (s spot) Distance(to clusters.Coordinates) float64 {
	sum := 0.0
	for i, x := range s.at {
		sum += x * to[i]
	}
	return 1 - sum
}

// areas puts problems into problem areas: spherical k-means (Dhillon and Modha 2001) over where
// their members' words lie, from a seeded k-means++ start. K is the root of their number, 20 to 200.
func (g *grouping) areas(all []Problem) {
	if len(all) < leastAreas*perArea {
		return
	}
	spots := make([]spot, 0, len(all))
	for i, p := range all {
		if s, ok := g.spot(i, p); ok {
			spots = append(spots, s)
		}
	}
	k := min(mostAreas, max(leastAreas, int(math.Sqrt(float64(len(all))))), len(spots))
	seeds := spots[:min(len(spots), areaProblems)]
	found := startCentres(seeds, k, rand.New(rand.NewPCG(g.config.Seed, 0x6172656173)))
	for range areaRounds {
		if !settle(found, seeds) {
			break
		}
	}
	for _, s := range spots {
		all[s.problem].Area = nearest(found, s)
	}
}

func (g *grouping) spot(i int, p Problem) (spot, bool) {
	at := make(clusters.Coordinates, dimensions)
	for _, m := range p.Members {
		for j, x := range g.look(int(g.voiceOf[m])).dense {
			at[j] += float64(x)
		}
	}
	return spot{i, at}, toUnit(at)
}

func toUnit(x clusters.Coordinates) bool {
	sum := 0.0
	for _, v := range x {
		sum += v * v
	}
	for j := range x {
		if sum > 0 {
			x[j] /= math.Sqrt(sum)
		}
	}
	return sum > 0
}

// startCentres draws k spots, each with a chance that grows with its distance from those before.
func startCentres(spots []spot, k int, random *rand.Rand) clusters.Clusters {
	found := clusters.Clusters{{Center: spots[random.IntN(len(spots))].at}}
	far := make([]float64, len(spots))
	for i := range far {
		far[i] = math.Inf(1)
	}
	for len(found) < k {
		sum := 0.0
		for i, s := range spots {
			far[i] = min(far[i], max(0, s.Distance(found[len(found)-1].Center)))
			sum += far[i]
		}
		x, next := random.Float64()*sum, len(spots)-1
		for i := range far {
			if x -= far[i]; x < 0 {
				next = i
				break
			}
		}
		found = append(found, clusters.Cluster{Center: spots[next].at})
	}
	return found
}

// settle gives every spot to its nearest centre and moves the centres to the mean of their spots;
// it reports whether a centre moved.
func settle(found clusters.Clusters, spots []spot) (moved bool) {
	for c := range found {
		found[c].Observations = nil
	}
	for _, s := range spots {
		found[nearest(found, s)].Append(s)
	}
	for c := range found {
		mean := make(clusters.Coordinates, dimensions)
		for _, o := range found[c].Observations {
			for j, x := range o.Coordinates() {
				mean[j] += x
			}
		}
		if toUnit(mean) && (spot{at: mean}).Distance(found[c].Center) > 1e-9 {
			found[c].Center, moved = mean, true
		}
	}
	return moved
}

func nearest(found clusters.Clusters, s spot) int {
	best, least := 0, math.Inf(1)
	for c := range found {
		if d := s.Distance(found[c].Center); d < least {
			best, least = c, d
		}
	}
	return best
}
