package problem

import (
	"cmp"
	"encoding/binary"
	"hash/fnv"
	"math"
	"runtime"
	"slices"
	"sync"

	"tribu/data"
)

// Two groups of one block are one from a mean likeness of alikeFew where the block is small, of
// alikeMany where it is so large that a finer cut still leaves groups.
const (
	alikeFew  = 0.16
	alikeMany = 0.40
	few       = 10
	many      = 100
)

// alike returns the likeness asked for in a block of n needs.
func alike(n int) float64 {
	share := math.Log(float64(max(n, few))/few) / math.Log(many/few)
	return alikeFew + (alikeMany-alikeFew)*min(1, share)
}

// sweeps is how often the needs of a large block that found no group are compared among themselves.
const sweeps = 4

// A blockKey is what needs must have in common to be compared at all.
type blockKey struct {
	giving bool
	fails  bool
	head   uint32
	facet  string
	lang   data.Lang
}

// inBlocks groups the voices of each block; a group is a list of voices in ascending order.
func (g *grouping) inBlocks() [][]int {
	blocks := map[blockKey][]int{}
	var keys []blockKey
	for i := range g.voices {
		v, n := &g.voices[i], g.need(i)
		if v.thin || v.bare {
			continue
		}
		k := blockKey{!n.Type.Wanting(), g.fails(i), v.head, n.Facet, n.Lang}
		if blocks[k] == nil {
			keys = append(keys, k)
		}
		blocks[k] = append(blocks[k], i)
	}
	found := make([][][]int, len(keys)) // keys stand in the order of their first voice
	parallel(len(keys), func(i int) { found[i] = g.block(blocks[keys[i]]) })
	return slices.Concat(found...)
}

func parallel(n int, do func(i int)) {
	workers := min(runtime.GOMAXPROCS(0), n)
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() {
			for i := w; i < n; i += workers {
				do(i)
			}
		})
	}
	group.Wait()
}

// block groups voices: a sample by average link, the others to the nearest group.
func (g *grouping) block(voices []int) [][]int {
	if len(voices) == 1 {
		return [][]int{voices}
	}
	byChance := slices.Clone(voices)
	slices.SortStableFunc(byChance, func(a, b int) int { return cmp.Compare(g.draw(a), g.draw(b)) })
	var groups [][]int
	least := alike(len(voices))
	rest := byChance
	for range sweeps {
		if len(rest) == 0 {
			break
		}
		sample := rest[:min(g.config.Sample, len(rest))]
		rest = rest[len(sample):]
		looks := make([]look, len(sample))
		for i, v := range sample {
			looks[i] = g.look(v)
		}
		found := averageLink(len(sample), func(i, j int) float64 { return looks[i].likeness(looks[j]) }, least)
		var new [][]int
		for _, members := range found {
			group := make([]int, len(members))
			for i, m := range members {
				group[i] = sample[m]
			}
			new = append(new, group)
		}
		rest = g.follow(new, rest, least)
		groups = append(groups, new...)
	}
	for _, group := range groups {
		slices.Sort(group)
	}
	return groups
}

// draw returns a number that depends on the need's post and place alone.
func (g *grouping) draw(v int) uint64 {
	n := g.need(v)
	h := fnv.New64a()
	h.Write(n.ID[:])
	h.Write(binary.LittleEndian.AppendUint64(nil, g.config.Seed+uint64(n.Ord)))
	return h.Sum64()
}

func (l look) likeness(o look) float64 { return dot(l.vector, o.vector) + dotDense(l.dense, o.dense) }

// follow adds each of rest to the group of two or more with which it is most alike on average, and
// returns those that are alike to none.
func (g *grouping) follow(groups [][]int, rest []int, least float64) []int {
	type part struct {
		group int
		value float32
	}
	if len(rest) == 0 {
		return nil
	}
	posts := map[uint32][]part{}
	dense := make([][]float32, len(groups))
	for i, group := range groups {
		if len(group) < 2 {
			continue
		}
		all := make([]sparse, len(group))
		dense[i] = make([]float32, dimensions)
		for m, v := range group {
			l := g.look(v)
			all[m] = l.vector
			for j, x := range l.dense {
				dense[i][j] += x / float32(len(group))
			}
		}
		for _, c := range total(all) {
			posts[c.column] = append(posts[c.column], part{i, c.value / float32(len(group))})
		}
	}
	var left []int
	score := make([]float32, len(groups))
	for _, v := range rest {
		clear(score)
		l := g.look(v)
		for _, c := range l.vector {
			for _, p := range posts[c.column] {
				score[p.group] += c.value * p.value
			}
		}
		best, most := -1, float32(least)
		for i := range score {
			if dense[i] == nil {
				continue
			}
			if s := score[i] + float32(dotDense(dense[i], l.dense)); s >= most {
				best, most = i, s
			}
		}
		if best < 0 {
			left = append(left, v)
			continue
		}
		groups[best] = append(groups[best], v)
	}
	return left
}
