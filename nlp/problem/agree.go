package problem

import (
	"math"
	"slices"

	"tribu/data"
)

const (
	agrees      = 0.15 // cosine between what one says and what the others of a group say
	agreesMany  = 0.12 // the same among many people
	headMany    = 0.5  // among many, what the name of the thing weighs beside what is said of it
	agreeRounds = 3    // who is left out no longer speaks for the others
)

// agree returns groups without those who say too little of what the others say: a conversation, a
// title or one wide word held them together, not a need.
func (g *grouping) agree(groups [][]int) [][]int {
	parallel(len(groups), func(i int) {
		for range agreeRounds {
			kept := g.agreeing(groups[i])
			if len(kept) == len(groups[i]) {
				return
			}
			groups[i] = kept
		}
	})
	return groups
}

// A chorus is the sum of what the voices of one language say, or of all in shared ids alone.
type chorus struct {
	sum      sparse
	byAuthor map[data.AuthorID]sparse
}

func (g *grouping) agreeing(group []int) []int {
	least, head := agrees, float32(1)
	if len(g.authors(group)) >= fewPeople {
		least, head = agreesMany, headMany
	}
	own, shared := map[data.Lang]*chorus{}, newChorus()
	said := make([]sparse, len(group))
	for i, v := range group {
		n := g.need(v)
		if own[n.Lang] == nil {
			own[n.Lang] = newChorus()
		}
		said[i] = g.saidVector(&g.voices[v], head)
		own[n.Lang].add(n.Author, said[i])
		shared.add(n.Author, g.sharedOf(said[i]))
	}
	kept := make([]int, 0, len(group))
	for i, v := range group {
		author := g.need(v).Author
		cosine, others := own[g.need(v).Lang].likeness(author, said[i])
		if !others {
			cosine, others = shared.likeness(author, g.sharedOf(said[i]))
		}
		if !others || cosine >= least {
			kept = append(kept, v)
		}
	}
	return kept
}

func newChorus() *chorus { return &chorus{byAuthor: map[data.AuthorID]sparse{}} }

func (c *chorus) add(author data.AuthorID, said sparse) {
	c.sum = total([]sparse{c.sum, said})
	c.byAuthor[author] = total([]sparse{c.byAuthor[author], said})
}

// likeness returns the cosine between what author says and what the others do; false without others.
func (c *chorus) likeness(author data.AuthorID, said sparse) (float64, bool) {
	own := c.byAuthor[author]
	others := square(c.sum) - 2*dot(c.sum, own) + square(own)
	if len(c.byAuthor) < 2 || others < 1e-9 {
		return 0, len(c.byAuthor) > 1
	}
	return (dot(said, c.sum) - dot(said, own)) / math.Sqrt(others), true
}

func square(s sparse) float64 { return dot(s, s) }

// saidVector returns what v says in so many words, the name of the thing with its weight, as a unit; who
// opens a conversation says its title too.
func (g *grouping) saidVector(v *voice, head float32) sparse {
	out := make(sparse, 0, len(v.words)+len(v.title))
	for _, w := range v.words {
		weight := g.idf[w]
		if _, own := slices.BinarySearch(v.own, w); !own {
			weight *= head
		}
		if g.names[w] != sharedName(wanted) {
			out = append(out, cell{w, weight})
		}
	}
	if v.opening {
		for _, w := range v.title {
			out = append(out, cell{w, g.idf[w]})
		}
		out.sort()
	}
	out.to(1)
	return out
}
