package tribes

import (
	"tribu/tribes/graph"
)

const (
	mostTold     = 5000 // people, up to whom groups of several settings are placed and refined in full
	nearly       = 0.9  // of the best setting's worth, from which on the halves do not tell another from it
	meetingShare = 0.4  // of the evidence of a meeting: both who met note it, and the thread again
)

// tellingMost returns the setting, of those whose groups halves of the conversations confirm nearly
// as well as those of best, whose groups make what each of their people says and whom they meet
// likeliest, told by the others of the group and by its size. Halves show less than the whole, so
// that the finest groups they confirm are often too coarse for it.
func (t *trial) tellingMost(l layers, best setting) setting {
	var near []setting
	for _, w := range needWeights() {
		for _, r := range resolutions() {
			if v, known := t.seen[setting{w, r}]; known && v.worth() >= nearly*t.of(best).worth() {
				near = append(near, setting{w, r})
			}
		}
	}
	tells := make([]float64, len(near))
	graph.Parallel(len(near), func(i int) {
		p, world := t.p, l.weighed(near[i].needWeight)
		p.Resolution = near[i].resolution
		groups, _ := refined(world, place(world, p, memory{}), p, memory{})
		tells[i] = newRefining(world, groups, memory{}).told()
	})
	if len(near) == 0 {
		return best
	}
	return near[argMax(tells)]
}

// told returns how much what speaks for everybody's own group makes them likelier, on average.
func (r *refining) told() float64 {
	sum, people := 0.0, 0
	for _, proofs := range r.proofs {
		if len(proofs) > 0 {
			q := proofs[0]
			sum += q.words + meetingShare*q.ties + q.size
			people++
		}
	}
	return sum / float64(max(1, people))
}
