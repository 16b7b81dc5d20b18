package tribes

import (
	"cmp"
	"math"
	"slices"

	"tribu/tribes/graph"
)

const (
	refineRounds   = 6   // in each, every other person is asked whether another group is likelier theirs
	onceEach       = 2   // rounds in which everybody moves once: of large graphs, and of reruns
	mostCandidates = 6   // groups that a person is asked about: those they have most weight to
	shareRounds    = 8   // of estimating how much is a group's own
	firstShare     = 0.3 // from which that starts
	clearlyLeft    = 3.0 // evidence against what became of one's group of the run before, by which one leaves it: twenty times likelier
)

// A refining takes people to the group that their words and meetings speak for. Leiden adds layers,
// whose weights are alike for everybody; here each person's own words and meetings count by how much
// likelier they are of a group's people than of anybody (a mixture of the two, as in a
// degree-corrected block model, Karrer and Newman 2011). How much of what is said and met is a
// group's own is what makes the groups likeliest (expectation and maximisation, everybody left out
// of their own group), and how much words count beside meetings is what tells best which group
// people are in (conditional logit, McFadden 1974): words come in bursts, many of them are not as
// much evidence as each alone would be.
type refining struct {
	said   *sparse      // how often each author says each word, on a logarithmic scale
	met    *graph.Graph // how much each two met
	groups []int
	home   []int   // what became of everybody's group of the run before; nowhere without
	fixed  []bool  // to whom nothing happened since, and who are at home
	slots  [][]int // groups that each author is asked about, their own first
	proofs [][]proof
	shares proof // of words and ties, that are a group's own
	trust  proof // factors of both
}

// A proof is what speaks for one group: a natural logarithm each.
type proof struct{ words, ties, size float64 }

func everybody(int) bool { return true }

// said returns how often each word is said, on a logarithmic scale: terms only, of which phrases and
// needs are made.
func (s *sparse) said() *sparse {
	kept := 0
	for _, c := range s.column {
		if int(c) < s.terms {
			kept++
		}
	}
	return s.picked(s.terms, kept, func(i int) (float32, bool) {
		c := s.column[i]
		return s.value[i] / (s.factor[c] * math.Ln2), int(c) < s.terms
	})
}

// picked returns the values, room of them at most, that pick keeps of s, as it gives them.
func (s *sparse) picked(columns, room int, pick func(i int) (float32, bool)) *sparse {
	out := &sparse{columns: columns, offsets: make([]int, 1, len(s.offsets)), column: make([]uint32, 0, room), value: make([]float32, 0, room)}
	for r := range s.rows() {
		for i := s.offsets[r]; i < s.offsets[r+1]; i++ {
			if value, kept := pick(i); kept {
				out.column, out.value = append(out.column, s.column[i]), append(out.value, value)
			}
		}
		out.offsets = append(out.offsets, len(out.column))
	}
	return out
}

// bothWays adds up what goes both ways between each two authors.
func bothWays(met []arc) []graph.Edge {
	edges := make([]graph.Edge, len(met))
	for i, a := range met {
		edges[i] = graph.Edge{U: a.from, V: a.to, Weight: float32(a.weight)}
	}
	return edges
}

// remember notes where people come from: who is at home and to whom nothing happened stays.
func (r *refining) remember(past memory) {
	r.home, r.fixed = slices.Repeat([]int{nowhere}, len(r.groups)), make([]bool, len(r.groups))
	if past.empty() {
		return
	}
	heir := heirsInTurn(past.group, r.groups)
	for v, before := range past.group {
		if before != nowhere {
			r.home[v] = heir[before]
			r.fixed[v] = past.quiet[v] && r.home[v] != nowhere && r.groups[v] == r.home[v]
		}
	}
}

// ask lists for those asked their own group and those they have most weight to.
func (r *refining) ask(fused *graph.Graph, asked func(v int) bool) {
	r.slots, r.proofs = make([][]int, len(r.groups)), make([][]proof, len(r.groups))
	to := newTally(groupCount(r.groups))
	for v, own := range r.groups {
		if own == nowhere || !asked(v) {
			continue
		}
		to.clear()
		fused.Neighbours(uint32(v), func(u uint32, w float32) {
			if g := r.groups[u]; g != nowhere && g != own {
				to.add(g, float64(w))
			}
		})
		slices.SortFunc(to.met, func(a, b int) int { return cmp.Or(cmp.Compare(to.of[b], to.of[a]), cmp.Compare(a, b)) })
		r.slots[v] = append([]int{own}, to.met[:min(len(to.met), mostCandidates-1)]...)
		r.proofs[v] = make([]proof, len(r.slots[v]))
	}
}

// estimate brings the shares a step nearer to those that make the groups likeliest.
func (r *refining) estimate() {
	var own, all proof
	r.eachGroup(everybody, func(g int, here speaking, anybody speaking, people []asking) {
		for _, at := range people {
			if at.slot > 0 {
				continue
			}
			r.said.ratios(at.author, true, here, anybody, func(x, ratio float64) {
				own.words += x * r.shares.words * ratio / (r.shares.words*ratio + 1 - r.shares.words)
				all.words += x
			})
		}
	})
	strength, total := r.strengths()
	for v, g := range r.groups {
		if g == nowhere {
			continue
		}
		mine, inside := r.met.Strength(uint32(v)), r.toward(v, []int{g})[0]
		chance := (strength[g] - mine) / max(1e-9, total-mine)
		own.ties += inside * r.shares.ties / max(1e-9, r.shares.ties+(1-r.shares.ties)*chance)
		all.ties += mine
	}
	r.shares.words, r.shares.ties = own.words/max(1, all.words), own.ties/max(1, all.ties)
}

// A asking is one author and one of the groups they are asked about.
type asking struct{ author, slot int }

// eachGroup visits the groups with what their people say and who is asked about them.
func (r *refining) eachGroup(asked func(v int) bool, visit func(g int, here, anybody speaking, people []asking)) {
	all, own := newTally(r.said.columns), newTally(r.said.columns)
	total := 0.0
	for v := range r.groups {
		total += r.said.tallyRow(all, v)
	}
	people := make([][]asking, groupCount(r.groups))
	for v, slots := range r.slots {
		for s, g := range slots {
			if asked(v) {
				people[g] = append(people[g], asking{v, s})
			}
		}
	}
	for g, members := range membersOf(r.groups) {
		own.clear()
		spoken := 0.0
		for _, v := range members {
			spoken += r.said.tallyRow(own, v)
		}
		visit(g, speaking{own, spoken}, speaking{all, total}, people[g])
	}
}

// ratios visits the words of v with how often they are said, and how much likelier they are of who
// speaks here than of anybody, v left out.
func (s *sparse) ratios(v int, member bool, here, anybody speaking, visit func(x, ratio float64)) {
	said := 0.0
	for i := s.offsets[v]; i < s.offsets[v+1]; i++ {
		said += float64(s.value[i])
	}
	spoken := here.total
	if member {
		spoken -= said
	}
	for i := s.offsets[v]; i < s.offsets[v+1]; i++ {
		c, x := s.column[i], float64(s.value[i])
		mine := here.words.of[c]
		if member {
			mine = max(0, mine-x)
		}
		if chance := (anybody.words.of[c] - x) / (anybody.total - said); chance > 0 {
			visit(x, mine/max(1, spoken)/chance)
		}
	}
}

// weigh fills the proofs of those asked.
func (r *refining) weigh(asked func(v int) bool) {
	r.eachGroup(asked, func(_ int, here, anybody speaking, people []asking) {
		for _, at := range people {
			sum := 0.0
			r.said.ratios(at.author, at.slot == 0, here, anybody, func(x, ratio float64) {
				sum += x * math.Log1p(r.shares.words*(ratio-1))
			})
			r.proofs[at.author][at.slot].words = sum
		}
	})
	strength, total := r.strengths()
	sizes := membersOf(r.groups)
	for v, slots := range r.slots {
		if !asked(v) {
			continue
		}
		mine, toward := r.met.Strength(uint32(v)), r.toward(v, slots)
		for s, g := range slots {
			theirs := strength[g]
			if s == 0 {
				theirs -= mine
			}
			q := &r.proofs[v][s]
			q.size = math.Log(float64(len(sizes[g])) / float64(len(r.groups)))
			q.ties = (mine - toward[s]) * math.Log(1-r.shares.ties)
			if chance := theirs / max(1e-9, total-mine); chance > 0 {
				q.ties += toward[s] * math.Log1p(r.shares.ties*(1/chance-1))
			}
		}
	}
}

// strengths returns how much the people of each group, and all, met anybody.
func (r *refining) strengths() (of []float64, total float64) {
	of = make([]float64, groupCount(r.groups))
	for v, g := range r.groups {
		w := r.met.Strength(uint32(v))
		total += w
		if g != nowhere {
			of[g] += w
		}
	}
	return of, total
}

// toward returns how much v met the people of each of slots.
func (r *refining) toward(v int, slots []int) []float64 {
	out := make([]float64, len(slots))
	r.met.Neighbours(uint32(v), func(u uint32, w float32) {
		if s := slices.Index(slots, r.groups[u]); s >= 0 {
			out[s] += float64(w)
		}
	})
	return out
}

// move takes those whose turn it is where most speaks for.
func (r *refining) move(turn func(v int) bool) {
	next := slices.Clone(r.groups)
	for v, slots := range r.slots {
		if !turn(v) || len(slots) == 0 {
			continue
		}
		worth, words := make([]float64, len(slots)), r.trust.words
		if r.met.Degree(uint32(v)) == 0 {
			words = 1 // there is nothing else to tell by
		}
		for s, g := range slots {
			q := r.proofs[v][s]
			worth[s] = words*q.words + r.trust.ties*q.ties + q.size
			if g == r.home[v] {
				worth[s] += clearlyLeft
			}
		}
		next[v] = slots[argMax(worth)]
	}
	r.groups = next
}
