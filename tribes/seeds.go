package tribes

import (
	"fmt"
	"slices"

	"tribu/data"
)

// LeavingWith returns who of a tribe leaves it with the seed authors when it is split between them
// and the most central member who is not a seed: everybody goes where most of their ties and shared
// needs with those already placed go, in rounds, the surest first. in is the input of run r. The
// seeds are among the answer, which is in id order.
func LeavingWith(in Input, r data.RunRecord, tribe data.TribeID, seeds []data.AuthorID) ([]data.AuthorID, error) {
	p, err := ParamsOf(r.Run)
	if err != nil {
		return nil, err
	}
	members := make(map[int]bool)
	for _, m := range r.Members {
		if v, ok := in.number(m.Author); ok && m.Tribe == tribe {
			members[v] = true
		}
	}
	side := make([]int, len(in.authors))
	for v := range side {
		side[v] = nowhere
	}
	for _, seed := range seeds {
		v, ok := in.number(seed)
		if !ok || !members[v] {
			return nil, fmt.Errorf("split tribe %s: %s is not in it", tribe, seed)
		}
		side[v] = 1
	}
	l := buildLayers(in, p)
	if !seedOther(l, members, side) {
		return nil, fmt.Errorf("split tribe %s: nobody would stay", tribe)
	}
	for range len(members) {
		v, to := surest(l, members, side)
		if v == nowhere {
			break
		}
		side[v] = to
	}
	var out []data.AuthorID
	for v, s := range side {
		if s == 1 {
			out = append(out, in.authors[v])
		}
	}
	return out, nil
}

// number returns the place of an author in in.
func (in *Input) number(id data.AuthorID) (int, bool) {
	return slices.BinarySearchFunc(in.authors, id, func(a, b data.AuthorID) int { return slices.Compare(a[:], b[:]) })
}

// seedOther places the member who has most weight to members that are no seeds, and least to seeds.
func seedOther(l layers, members map[int]bool, side []int) bool {
	best, most := nowhere, 0.0
	for v := range side {
		if !members[v] || side[v] != nowhere {
			continue
		}
		weight := 0.0
		l.fused.Neighbours(uint32(v), func(u uint32, w float32) {
			switch {
			case side[u] == 1:
				weight -= float64(w)
			case members[int(u)]:
				weight += float64(w)
			}
		})
		if best == nowhere || weight > most {
			best, most = v, weight
		}
	}
	if best != nowhere {
		side[best] = 0
	}
	return best != nowhere
}

// surest returns the unplaced member whose weight to a member of one side differs most from that to
// one of the other, on average, and the heavier side: a large side does not win by being large.
func surest(l layers, members map[int]bool, side []int) (v, to int) {
	var people [2]float64
	for _, s := range side {
		if s != nowhere {
			people[s]++
		}
	}
	v, most := nowhere, 0.0
	for u := range side {
		if !members[u] || side[u] != nowhere {
			continue
		}
		var weight [2]float64
		l.fused.Neighbours(uint32(u), func(n uint32, w float32) {
			if s := side[n]; s != nowhere {
				weight[s] += float64(w)
			}
		})
		if d := weight[1]/people[1] - weight[0]/people[0]; d > most || -d > most {
			v, most, to = u, max(d, -d), 0
			if d > 0 {
				to = 1
			}
		}
	}
	return v, to
}
