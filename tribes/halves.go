package tribes

import (
	"math/rand/v2"
	"slices"

	"tribu/tribes/graph"
)

// A setting is a share of shared need against interaction, and a resolution.
type setting struct{ needWeight, resolution float64 }

const (
	leastInBoth    = 100   // people active in both halves, below which nothing is sure enough to leave the usual setting
	nearly         = 0.98  // of the likelihood of the likeliest setting, from which another may be taken
	aboutAsLikely  = 0.95  // of that likelihood, from which what a run chose before stays: of one setting it swings by 3 % from day to day
	leastAgreement = 0.2   // of the halves on the best setting, below which the usual one is taken
	mostInTrial    = 8_000 // people; of more, whole groups are drawn
)

// A trial asks two halves of the conversations what they confirm of each other. Whole conversations go
// to one half, so that who met once is no pattern that both halves see.
type trial struct {
	p      Params
	in     Input
	whole  layers // of in
	halves [][2]layers
	both   [][]int // people active in both halves
	scale  float64 // share of all weight that the people of the trial hold
	weight float64 // of shared need, by which the layers are fused
	seen   map[setting]float64
}

// newTrial halves the conversations of in, whose layers are l.
func newTrial(in Input, l layers, p Params) *trial {
	t := &trial{p: p, in: in, whole: l, scale: 1, weight: p.NeedWeight, seen: make(map[setting]float64)}
	if len(in.authors) > mostInTrial {
		t.in, t.scale = sampled(in, l, p)
		t.whole = buildLayers(t.in, p)
	}
	for way := range waysToHalve(len(t.in.authors)) {
		var pair [2]layers
		for side, half := range t.in.halved(p.Seed, uint64(way)) {
			pair[side] = buildLayers(half, p)
		}
		t.halves, t.both = append(t.halves, pair), append(t.both, activeInBoth(pair))
	}
	return t
}

// waysToHalve says how often the conversations of that many people are halved: few people tell
// little each time, and cost little.
func waysToHalve(people int) int {
	switch {
	case people <= 1000:
		return 5
	case people <= 5000:
		return 2
	}
	return 1
}

// people counts those active in both halves, in the way to halve that leaves fewest.
func (t *trial) people() int {
	fewest := len(t.both[0])
	for _, both := range t.both {
		fewest = min(fewest, len(both))
	}
	return fewest
}

func activeInBoth(pair [2]layers) []int {
	var both []int
	for v := range pair[0].posts {
		if min(pair[0].posts[v], pair[1].posts[v]) >= corePosts {
			both = append(both, v)
		}
	}
	return both
}

// halved deals the conversations into two halves.
func (in Input) halved(seed, way uint64) [2]Input {
	random := rand.New(rand.NewPCG(seed, 0x68616c66+way))
	side := make([]int, in.threads)
	for i := range side {
		side[i] = random.IntN(2)
	}
	out := [2]Input{in, in}
	for i := range out {
		out[i].posts, out[i].ties, out[i].needs = nil, nil, nil
	}
	for _, q := range in.posts {
		s := side[q.thread]
		out[s].posts = append(out[s].posts, q)
	}
	of := make(map[[16]byte]int, len(in.posts))
	for _, q := range in.posts {
		of[q.id] = side[q.thread]
	}
	for _, t := range in.ties {
		if s, known := of[t.post]; known {
			out[s].ties = append(out[s].ties, t)
		}
	}
	return out
}

// sampled keeps the people of some of the groups of the coarsest setting, drawn at random, and says
// which share of the weight is theirs.
func sampled(in Input, l layers, p Params) (Input, float64) {
	coarse := graph.Leiden(l.fused, graph.Options{Resolution: resolutions()[0], Seed: p.Seed})
	sizes, keep, people := coarse.Sizes(), make([]bool, len(in.authors)), 0
	random := rand.New(rand.NewPCG(p.Seed, 0x73616d706c65))
	drawn := make([]bool, len(sizes))
	for _, g := range random.Perm(len(sizes)) {
		if sizes[g] <= mostInTrial-people || people == 0 {
			drawn[g] = true
			people += sizes[g]
		}
	}
	held, all := 0.0, 0.0
	for v, g := range coarse {
		keep[v] = drawn[g]
		w := l.fused.Strength(uint32(v))
		all += w
		if keep[v] {
			held += w
		}
	}
	return in.only(keep), held / max(1e-9, all)
}

// only returns in as if only those people had been there.
func (in Input) only(keep []bool) Input {
	out, number := in, make([]uint32, len(keep))
	out.authors, out.posts, out.ties, out.needs = nil, nil, nil, nil
	for v, stays := range keep {
		if stays {
			number[v] = uint32(len(out.authors))
			out.authors = append(out.authors, in.authors[v])
		}
	}
	for _, q := range in.posts {
		if keep[q.author] {
			q.author = number[q.author]
			out.posts = append(out.posts, q)
		}
	}
	for _, t := range in.ties {
		if keep[t.from] && keep[t.to] {
			t.from, t.to = number[t.from], number[t.to]
			out.ties = append(out.ties, t)
		}
	}
	return out
}

// agreement returns how well the groups that halves show at s agree: adjusted mutual information over
// people active in both, 0 what it is where ties and words are dealt anew.
func (t *trial) agreement(s setting) float64 {
	t.weigh(s.needWeight)
	var null [2]layers
	for side, l := range t.halves[0] {
		p := t.at(s)
		null[side], _ = l.stock().dealt(p, p.Seed+uint64(side+1)*0x68616c66)
	}
	groups, mean := t.placed(append(slices.Clone(t.halves), null), s), 0.0
	for way, both := range t.both {
		mean += compareHalves(groups[way], both) / float64(len(t.both))
	}
	chance := max(0, compareHalves(groups[len(t.both)], t.both[0]))
	if chance >= mean {
		return 0
	}
	return (mean - chance) / (1 - chance)
}

// at returns the parameters of the trial at s.
func (t *trial) at(s setting) Params {
	p := t.p
	p.NeedWeight, p.Resolution = s.needWeight, s.resolution*t.scale
	return p
}

// placed groups both halves of each pair at s.
func (t *trial) placed(pairs [][2]layers, s setting) [][2][]int {
	out := make([][2][]int, len(pairs))
	graph.Parallel(2*len(pairs), func(i int) {
		out[i/2][i%2] = placeWith(pairs[i/2][i%2], t.at(s), memory{}, effort{starts: 1})
	})
	return out
}

// weigh fuses the layers of all halves by that share of shared need, unless they are.
func (t *trial) weigh(needWeight float64) {
	if needWeight == t.weight {
		return
	}
	t.weight = needWeight
	graph.Parallel(2*len(t.halves), func(i int) {
		l := &t.halves[i/2][i%2]
		*l = l.weighed(needWeight)
	})
}

func compareHalves(groups [2][]int, both []int) float64 {
	var a, b graph.Partition
	for _, v := range both {
		if x, y := groups[0][v], groups[1][v]; x != nowhere && y != nowhere {
			a, b = append(a, uint32(x)), append(b, uint32(y))
		}
	}
	if min(a.Groups(), b.Groups()) < 2 {
		return 0 // one group agrees with everything
	}
	return graph.Compare(a, b).AMI
}
