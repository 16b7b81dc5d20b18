package problem

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"

	"tribu/data"
)

const (
	maxAnchors = 64
	knownAgain = 1.0 / 3 // of an old problem's anchors that a group must hold to be it
)

// Match gives problems their ids: a group that holds a third or more of the anchors of an earlier
// problem is that problem again, most anchors first, and each goes on at most once. What is new is
// named after its earliest need, so that the same needs grouped from scratch get the same ids: of groups
// that stand in the same sentences, each goes on as the one that it would be from scratch. The traces
// are by what the problems will be known again.
func Match(problems []Problem, needs []Need, before []data.ProblemTrace) ([]data.ProblemID, []data.ProblemTrace) {
	ids := make([]data.ProblemID, len(problems))
	taken := map[data.ProblemID]bool{}
	for _, s := range succession(problems, needs, before) {
		if id := before[s.old].ID; ids[s.new] == "" && !taken[id] {
			ids[s.new], taken[id] = id, true
		}
	}
	traces := make([]data.ProblemTrace, len(problems))
	for i, p := range problems {
		if ids[i] == "" {
			ids[i] = newID(p, needs, taken)
			taken[ids[i]] = true
		}
		traces[i] = data.ProblemTrace{ID: ids[i], Anchors: anchors(p, needs)}
	}
	return ids, traces
}

// A successor is a group that may be an earlier problem: rank is twice the anchors they share, and one more
// where it would get that problem's id from scratch.
type successor struct{ old, new, rank int }

// succession returns which groups may be which earlier problems, the surest first.
func succession(problems []Problem, needs []Need, before []data.ProblemTrace) []successor {
	if len(before) == 0 {
		return nil
	}
	home := map[uint64][]int{} // several: a sentence may say more than one need
	fresh, taken := make([]data.ProblemID, len(problems)), map[data.ProblemID]bool{}
	for i, p := range problems {
		for _, m := range p.Members {
			if a := anchor(&needs[m]); len(home[a]) == 0 || home[a][len(home[a])-1] != i {
				home[a] = append(home[a], i)
			}
		}
		fresh[i] = newID(p, needs, taken)
		taken[fresh[i]] = true
	}
	var all []successor
	for o, t := range before {
		shared := map[int]int{}
		for _, a := range t.Anchors {
			for _, i := range home[a] {
				shared[i]++
			}
		}
		for i, n := range shared {
			if float64(n) >= knownAgain*float64(len(t.Anchors)) {
				rank := 2 * n
				if t.ID == fresh[i] {
					rank++
				}
				all = append(all, successor{o, i, rank})
			}
		}
	}
	slices.SortFunc(all, func(a, b successor) int {
		return cmp.Or(b.rank-a.rank, cmp.Compare(before[a.old].ID, before[b.old].ID), a.new-b.new)
	})
	return all
}

// anchor returns a hash of a need's post and sentence.
func anchor(n *Need) uint64 {
	sum := sha256.Sum256(append(n.ID[:], n.Quote...))
	return binary.LittleEndian.Uint64(sum[:])
}

// anchors returns the lowest hashes of the members: a sample that depends on nothing else.
func anchors(p Problem, needs []Need) []uint64 {
	all := make([]uint64, 0, len(p.Members))
	for _, m := range p.Members {
		all = append(all, anchor(&needs[m]))
	}
	slices.Sort(all)
	all = slices.Compact(all)
	return slices.Clip(all[:min(len(all), maxAnchors)])
}

func newID(p Problem, needs []Need, taken map[data.ProblemID]bool) data.ProblemID {
	first := p.Members[0]
	for _, m := range p.Members {
		if c := cmp.Compare(needs[m].At, needs[first].At); c < 0 || c == 0 && compare(&needs[m], &needs[first]) < 0 {
			first = m
		}
	}
	for salt := 0; ; salt++ {
		sum := sha256.Sum256(fmt.Appendf(nil, "%x %d", anchor(&needs[first]), salt))
		id := data.ProblemID("p" + hex.EncodeToString(sum[:4]))
		if !taken[id] {
			return id
		}
	}
}
