package tribes

import (
	"math"
	"math/rand/v2"
	"slices"

	"tribu/tribes/graph"
)

const (
	holdsAt         = 2.0 // z from which a group holds on a key
	leastNeedSpread = 0.5 // of the null's cohesion: few groups cannot tell less apart
	leastTieSpread  = 0.03
	nullWorlds      = 3     // dealt at least
	mostWorlds      = 9     // and at most
	enoughGroups    = 12    // of null worlds, to tell how they spread
	largeNull       = 5000  // authors above which one null world gives groups enough
	mostInNull      = 8_000 // authors; of more, so many are drawn
)

// A pull is how strongly a group holds together on each key.
type pull struct{ need, tie float64 }

// cohesion returns how much more alike two members' words are than two authors' on average, and the
// share of the members' ties that stay inside, between 0 at what strength alone explains and 1.
func cohesion(words *sparse, l layers, groups []int) []pull {
	need, tie := likeness(words, groups), insideShare(l.tie, groups)
	out := make([]pull, len(need))
	for g := range out {
		out[g] = pull{need[g], tie[g]}
	}
	return out
}

// likeness returns for each group how much more of its members' likeness of words is to each other
// than their likeness to everybody explains, over what chance could bring: its excess falls with the
// root of the group's share, and with the number of words a member uses. The rows of words must be
// units or empty.
func likeness(words *sparse, groups []int) []float64 {
	members := membersOf(groups)
	all, sum := newTally(words.columns), newTally(words.columns)
	for v := range groups {
		words.addTo(all, v)
	}
	total := all.dot(all) - words.squares(0, words.rows())
	out := make([]float64, len(members))
	for g, m := range members {
		sum.clear()
		self, spoken := 0.0, 0
		for _, v := range m {
			spoken += words.addTo(sum, v)
			self += words.squares(v, v+1)
		}
		inside, whole := sum.dot(sum)-self, sum.dot(all)-self
		if whole <= 0 || whole >= total {
			continue
		}
		share := whole / total
		out[g] = (inside/whole - share) / (1 - share) / math.Sqrt(share) * float64(spoken) / float64(len(m))
	}
	return out
}

// addTo tallies the words of row r and returns how many they are.
func (s *sparse) addTo(t *tally, r int) int {
	for i := s.offsets[r]; i < s.offsets[r+1]; i++ {
		t.add(int(s.column[i]), float64(s.value[i]))
	}
	return s.offsets[r+1] - s.offsets[r]
}

// squares returns the sum of the squares in the rows from up to to.
func (s *sparse) squares(from, to int) float64 {
	sum := 0.0
	for _, x := range s.value[s.offsets[from]:s.offsets[to]] {
		sum += float64(x) * float64(x)
	}
	return sum
}

func insideShare(g *graph.Graph, groups []int) []float64 {
	count := groupCount(groups)
	inside, strength := make([]float64, count), make([]float64, count)
	total := 0.0
	for v, own := range groups {
		g.Neighbours(uint32(v), func(u uint32, w float32) {
			total += float64(w)
			if own == nowhere {
				return
			}
			strength[own] += float64(w)
			if groups[u] == own {
				inside[own] += float64(w)
			}
		})
	}
	for i := range inside {
		if strength[i] == 0 {
			continue
		}
		chance := strength[i] / total
		inside[i] = (inside[i]/strength[i] - chance) / max(1e-9, 1-chance)
	}
	return inside
}

// A null describes the groups the same method finds where there is nothing to find.
type null struct{ mean, spread pull }

// z says how far above the null a group holds, in spreads of the null, on each key.
func (n null) z(c pull) pull {
	return pull{(c.need - n.mean.need) / n.spread.need, (c.tie - n.mean.tie) / n.spread.tie}
}

// A stock is what worlds are dealt from: people's words and posts, and ties, whoever these join.
type stock struct {
	words *sparse
	posts []int
	ties  []graph.Edge
	met   []graph.Edge // of the same pairs, in the same order
}

func (l layers) stock() stock {
	return stock{l.words, l.posts, l.tie.EdgeList(), graph.New(len(l.posts), bothWays(l.met)).EdgeList()}
}

// some draws n people with all their words and ties. A world dealt of them has as many groups as one
// of everybody, of the same shares, which is all that a null is asked about.
func (t stock) some(n int, seed uint64) stock {
	drawn := rand.New(rand.NewPCG(seed, 0x736f6d65)).Perm(len(t.posts))[:n]
	slices.Sort(drawn)
	few, number := stock{words: t.words.only(drawn)}, make([]int, len(t.posts))
	for i, v := range drawn {
		number[v] = i + 1
		few.posts = append(few.posts, t.posts[v])
	}
	few.ties, few.met = among(t.ties, number), among(t.met, number)
	return few
}

// among returns ties between those with a number above 0, one less: their ends that lead to others
// are joined two and two.
func among(ties []graph.Edge, number []int) (few []graph.Edge) {
	open := false // the last tie has one end
	for _, e := range ties {
		for _, v := range [2]uint32{e.U, e.V} {
			if number[v] == 0 {
				continue
			}
			if !open {
				few = append(few, graph.Edge{Weight: e.Weight})
			}
			last, end := &few[len(few)-1], uint32(number[v]-1)
			last.V = end
			if !open {
				last.U = end
			}
			open = !open
		}
	}
	return few
}

// only returns the rows of s with those numbers.
func (s *sparse) only(rows []int) *sparse {
	out := &sparse{columns: s.columns, terms: s.terms, factor: s.factor, offsets: []int{0}}
	for _, r := range rows {
		out.column = append(out.column, s.column[s.offsets[r]:s.offsets[r+1]]...)
		out.value = append(out.value, s.value[s.offsets[r]:s.offsets[r+1]]...)
		out.offsets = append(out.offsets, len(out.column))
	}
	return out
}

// dealt returns a world in which everybody keeps the number of ties, but with anybody, and the
// number of words, but of anybody's; and those words.
func (t stock) dealt(p Params, seed uint64) (layers, *sparse) {
	world := layers{posts: t.posts, words: shuffled(t.words, seed), tie: graph.New(len(t.posts), rewired(t.ties, seed))}
	for _, e := range rewired(t.met, seed) {
		world.met = append(world.met, arc{e.U, e.V, float64(e.Weight)})
	}
	words := world.words.units()
	world.points = reduce(words, rank, seed)
	world.need = needGraph(world.points, seed)
	return world.weighed(p.NeedWeight), words
}

// nullGroups clusters worlds dealt anew and describes the groups found there, until these are enough; those of few
// people are what the settings that p leaves open agree about, as in the world itself. Nearly everybody is no group.
func nullGroups(l layers, p Params, few bool) null {
	least, most, from := nullWorlds, mostWorlds, l.stock()
	if len(l.posts) > largeNull {
		least, most = 1, 1
	}
	if len(l.posts) > mostInNull {
		from = from.some(mostInNull, p.Seed)
	}
	var found []pull
	for w := 0; w < least || w < most && len(found) < enoughGroups; w++ {
		world, words := from.dealt(p, p.Seed+uint64(w+1)*0x51ed2701)
		if few {
			world = world.agreed(p)
		}
		world.of, world.credit = len(l.nodes), l.credit
		groups, _ := refined(world, place(world, p, memory{}), p, memory{})
		members := membersOf(groups)
		for g, c := range cohesion(words, world, groups) {
			if float64(len(members[g])) < nearlyAll*float64(len(groups)) {
				found = append(found, c)
			}
		}
	}
	return describe(found)
}

func describe(found []pull) null {
	var n null
	count := float64(max(1, len(found)))
	for _, c := range found {
		n.mean.need += c.need / count
		n.mean.tie += c.tie / count
	}
	for _, c := range found {
		n.spread.need += (c.need - n.mean.need) * (c.need - n.mean.need) / count
		n.spread.tie += (c.tie - n.mean.tie) * (c.tie - n.mean.tie) / count
	}
	n.spread.need = max(leastNeedSpread, math.Sqrt(n.spread.need))
	n.spread.tie = max(leastTieSpread, math.Sqrt(n.spread.tie))
	return n
}

// shuffled deals the words of all authors anew: rows keep their lengths, columns their frequency.
func shuffled(s *sparse, seed uint64) *sparse {
	random := rand.New(rand.NewPCG(seed, 0x776f726473))
	out := &sparse{columns: s.columns, terms: s.terms, factor: s.factor, offsets: s.offsets, column: append([]uint32(nil), s.column...), value: append([]float32(nil), s.value...)}
	random.Shuffle(len(out.column), func(i, j int) {
		out.column[i], out.column[j] = out.column[j], out.column[i]
		out.value[i], out.value[j] = out.value[j], out.value[i]
	})
	return out
}

// rewired deals the ends of all ties anew: people keep how many they have (Molloy and Reed 1995).
func rewired(ties []graph.Edge, seed uint64) []graph.Edge {
	random := rand.New(rand.NewPCG(seed, 0x74696573))
	ends, edges := make([]uint32, 0, 2*len(ties)), slices.Clone(ties)
	for _, e := range ties {
		ends = append(ends, e.U, e.V)
	}
	random.Shuffle(len(ends), func(i, j int) { ends[i], ends[j] = ends[j], ends[i] })
	for i := range edges {
		edges[i].U, edges[i].V = ends[2*i], ends[2*i+1]
	}
	return edges
}
