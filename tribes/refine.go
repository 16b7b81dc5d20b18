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
// people are in (conditional logit, McFadden 1974), asked of another half of the conversations where
// enough is said: words come in bursts, many of them are not as much evidence as each alone would be.
type refining struct {
	said    *sparse      // how often each author says each word, on a logarithmic scale
	met     *graph.Graph // how much each two met
	anybody speaking     // what all say; counted once
	groups  []int
	home    []int   // what became of everybody's group of the run before; nowhere without
	fixed   []bool  // to whom nothing happened since, and who are at home
	slots   [][]int // groups that each author is asked about, their own first
	proofs  [][]proof
	shares  proof // of words and ties, that are a group's own
	trust   proof // factors of both
}

// A proof is what speaks for one group: a natural logarithm each.
type proof struct{ words, ties, size float64 }

func everybody(int) bool { return true }

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

// estimate brings the shares nearer to those that make the groups likeliest, step by step.
func (r *refining) estimate(steps int) {
	ratios, order, said := r.ownRatios()
	inside, chance, met := r.ownTies()
	for range steps {
		own, share := proof{}, r.shares
		for _, v := range order {
			from, to := r.said.offsets[v], r.said.offsets[v+1]
			values := r.said.value[from:to]
			for i, ratio := range ratios[from:to] {
				if ratio > 0 {
					own.words += float64(values[i]) * share.words * ratio / (share.words*ratio + 1 - share.words)
				}
			}
		}
		for v, w := range inside {
			own.ties += w * share.ties / max(1e-9, share.ties+(1-share.ties)*chance[v])
		}
		r.shares.words, r.shares.ties = own.words/max(1, said), own.ties/max(1, met)
	}
}

// ownRatios returns the ratios of all words of everybody for their own groups, those who are in one,
// group by group, and how much these say.
func (r *refining) ownRatios() (ratios []float64, order []int, said float64) {
	ratios = make([]float64, len(r.said.value))
	r.eachGroup(everybody, func(_ int, here, anybody speaking, people []asking) {
		for _, at := range people {
			if at.slot > 0 {
				continue
			}
			order = append(order, at.author)
			from, to := r.said.offsets[at.author], r.said.offsets[at.author+1]
			r.said.ratios(at.author, true, here, anybody, ratios[from:to])
			for i, x := range r.said.value[from:to] {
				if ratios[from+i] >= 0 {
					said += float64(x)
				}
			}
		}
	})
	return ratios, order, said
}

// ownTies returns how much everybody met the others of their group, the share of that chance brings,
// and all that was met by those who are in a group.
func (r *refining) ownTies() (inside, chance []float64, met float64) {
	inside, chance = make([]float64, len(r.groups)), make([]float64, len(r.groups))
	strength, total := r.strengths()
	for v, g := range r.groups {
		if g != nowhere {
			mine := r.met.Strength(uint32(v))
			inside[v], chance[v] = r.toward(v, []int{g})[0], (strength[g]-mine)/max(1e-9, total-mine)
			met += mine
		}
	}
	return inside, chance, met
}

// A asking is one author and one of the groups they are asked about.
type asking struct{ author, slot int }

// eachGroup visits the groups with what their people say and who is asked about them.
func (r *refining) eachGroup(asked func(v int) bool, visit func(g int, here, anybody speaking, people []asking)) {
	if r.anybody.words == nil {
		r.anybody.words = newTally(r.said.columns)
		for v := range r.groups {
			r.anybody.total += r.said.tallyRow(r.anybody.words, v)
		}
	}
	own := newTally(r.said.columns)
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
		visit(g, speaking{own, spoken}, r.anybody, people[g])
	}
}

// weigh fills the proofs of those asked.
func (r *refining) weigh(asked func(v int) bool) {
	ratios := make([]float64, r.said.longest())
	r.eachGroup(asked, func(_ int, here, anybody speaking, people []asking) {
		for _, at := range people {
			r.said.ratios(at.author, at.slot == 0, here, anybody, ratios)
			r.proofs[at.author][at.slot].words = r.said.told(at.author, ratios, r.shares.words)
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
		next[v] = slots[argMax(r.worths(v))]
	}
	r.groups = next
}

// worths returns how much speaks for each of the groups that v is asked about.
func (r *refining) worths(v int) []float64 {
	worth, words := make([]float64, len(r.slots[v])), r.trust.words
	if r.met.Degree(uint32(v)) == 0 {
		words = 1 // there is nothing else to tell by
	}
	for s, g := range r.slots[v] {
		q := r.proofs[v][s]
		worth[s] = words*q.words + r.trust.ties*q.ties + q.size
		if g == r.home[v] {
			worth[s] += clearlyLeft
		}
	}
	return worth
}
