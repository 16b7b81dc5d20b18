package tribes

import (
	"math"
	"math/rand/v2"

	"tribu/tribes/graph"
)

// A setting is a share of shared need against interaction, and a resolution.
type setting struct{ needWeight, resolution float64 }

// A verdict says how the groups of two halves of all conversations, found apart, fare together.
type verdict struct {
	agreement float64 // adjusted mutual information over people active in both, 0 what it is where there is nothing to find
	bits      float64 // what a group tells of a person
}

// worth is the geometric mean of how much of what one half tells the other confirms, and of how much
// it confirms in bits: few groups are easily confirmed and tell little, many tell more than is so.
func (v verdict) worth() float64 { return max(0, v.agreement) * math.Sqrt(v.bits) }

const (
	leastInBoth    = 100    // people active in both halves, below which nothing is sure enough to leave the usual setting
	clearly        = 1.05   // times the worth of another setting, to be preferred to it
	leastAgreement = 0.2    // of the best setting, below which the usual one is taken
	mostInTrial    = 12_000 // people; of more, whole groups are drawn
)

// A trial finds the setting whose groups would be found again. Whole conversations go to one half,
// so that who met once is no pattern that both halves see.
type trial struct {
	p      Params
	halves [][2]layers
	null   [2]layers // the first halves with ties and words dealt anew
	both   [][]int   // people active in both halves
	scale  float64   // share of all weight that the people of the trial hold
	weight float64   // of shared need, by which the layers are fused
	seen   map[setting]verdict
}

// newTrial halves the conversations of in, whose layers are l.
func newTrial(in Input, l layers, p Params) *trial {
	t := &trial{p: p, scale: 1, weight: p.NeedWeight, seen: make(map[setting]verdict)}
	if len(in.authors) > mostInTrial {
		in, t.scale = sampled(in, l, p)
	}
	for way := range waysToHalve(len(in.authors)) {
		var pair [2]layers
		for side, half := range in.halved(p.Seed, uint64(way)) {
			l := buildLayers(half, p)
			if way == 0 {
				t.null[side], _ = l.stock().dealt(p, p.Seed+uint64(side+1)*0x68616c66)
				t.null[side].words, t.null[side].met = nil, nil
			}
			l.words, l.met = nil, nil
			pair[side] = l
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

// of measures a setting, once.
func (t *trial) of(s setting) verdict {
	if v, known := t.seen[s]; known {
		return v
	}
	p := t.p
	p.Resolution = s.resolution * t.scale
	t.weigh(s.needWeight)
	ways := len(t.halves)
	all := make([]verdict, ways+1)
	graph.Parallel(len(all), func(i int) {
		pair := t.null
		if i < ways {
			pair = t.halves[i]
		}
		var groups [2][]int
		for side, l := range pair {
			groups[side] = placeWith(l, p, memory{}, effort{starts: 1})
		}
		all[i] = compareHalves(groups, t.both[i%ways])
	})
	t.seen[s] = aboveNull(all[:ways], all[ways])
	return t.seen[s]
}

// weigh fuses the layers of all halves by that share of shared need, unless they are.
func (t *trial) weigh(needWeight float64) {
	if needWeight == t.weight {
		return
	}
	t.weight = needWeight
	graph.Parallel(len(t.halves)+1, func(i int) {
		pair := &t.null
		if i < len(t.halves) {
			pair = &t.halves[i]
		}
		for side := range pair {
			pair[side] = pair[side].weighed(needWeight)
		}
	})
}

// aboveNull returns the mean of what was found, its agreement scaled to 0 where the null's is.
func aboveNull(found []verdict, null verdict) verdict {
	var v verdict
	for _, x := range found {
		v.agreement += x.agreement / float64(len(found))
		v.bits += x.bits / float64(len(found))
	}
	chance := max(0, null.agreement)
	if chance >= v.agreement {
		return verdict{bits: v.bits}
	}
	v.agreement = (v.agreement - chance) / (1 - chance)
	return v
}

func compareHalves(groups [2][]int, both []int) verdict {
	var a, b graph.Partition
	for _, v := range both {
		if x, y := groups[0][v], groups[1][v]; x != nowhere && y != nowhere {
			a, b = append(a, uint32(x)), append(b, uint32(y))
		}
	}
	bits := [2]float64{entropy(a), entropy(b)}
	if min(bits[0], bits[1]) == 0 {
		return verdict{} // one group agrees with everything
	}
	return verdict{graph.Compare(a, b).AMI, (bits[0] + bits[1]) / 2}
}

func entropy(p graph.Partition) float64 {
	sum := 0.0
	for _, n := range p.Sizes() {
		if n > 0 {
			share := float64(n) / float64(len(p))
			sum -= share * math.Log2(share)
		}
	}
	return sum
}
