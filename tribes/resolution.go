package tribes

import (
	"slices"

	"tribu/data"
)

// resolutions are the candidates that the profile is drawn over.
func resolutions() []float64 { return []float64{0.5, 0.7, 1, 1.5, 2, 3, 5, 8} }

// needWeights are the candidates for the share of shared need, the usual one first.
func needWeights() []float64 { return []float64{0.5, 0.25, 0.75} }

const (
	profileRepeats = 5
	largeRepeats   = 1 // of large graphs
)

// granularity returns the profile over all candidates: how many groups each resolution gives that
// hold when a fifth of the ties is missing, whom they reach, and how steady all are on average,
// weighted by their people.
func granularity(l layers, p Params) []data.ProfilePoint {
	repeats, e := min(profileRepeats, p.Repeats), effort{starts: 1}
	if len(l.posts) > warmRerunNodes { // groups are many enough to average over
		repeats, e.passes = min(largeRepeats, repeats), 1
	}
	for r := range repeats {
		l.thin = append(l.thin, thinned(l.core, rerunSeed(p, r)))
	}
	var profile []data.ProfilePoint
	for _, resolution := range resolutions() {
		q := p
		q.Resolution, q.Repeats = resolution, repeats
		groups := placeWith(l, q, memory{}, e)
		s := rerun(l, groups, q, false, lens{})
		point := data.ProfilePoint{Resolution: resolution}
		members, all := membersOf(groups), 0.0
		for g, m := range members {
			all += float64(len(m))
			point.Stability += s.group[g] * float64(len(m))
			if s.group[g] >= leastStability {
				point.Tribes++
				point.Coverage += float64(len(m)) / float64(len(groups))
			}
		}
		if all > 0 {
			point.Stability = rounded(point.Stability / all)
		}
		point.Coverage = rounded(point.Coverage)
		profile = append(profile, point)
	}
	return profile
}

// choose returns the setting that p leaves open: that of the run before, or the one whose groups
// two halves of the conversations confirm best, with how well they agree. Where they confirm
// nothing it is the usual one, and the agreement is 0; few says that too few people spoke in both.
func choose(in Input, l layers, p Params) (best setting, agreement float64, few bool) {
	usual := setting{p.NeedWeight, p.Resolution}
	if p.Algorithm != Leiden || !p.AutoResolution && !p.AutoWeight {
		return usual, 0, false
	}
	if s, agreement, ok := frozen(in.Parent, p); ok {
		return s, agreement, false
	}
	t := newTrial(in, l, p)
	if t.people() < leastInBoth {
		return usual, 0, len(l.nodes) <= warmRerunNodes
	}
	best = usual
	if p.AutoResolution {
		best = t.bestOf(best, resolutions(), []float64{best.needWeight})
	}
	if p.AutoWeight {
		best = t.bestOf(best, t.around(best.resolution), needWeights())
	}
	if v := t.of(best); v.agreement >= leastAgreement {
		return best, rounded(v.agreement), false
	}
	return usual, 0, false
}

// around returns the candidates for the resolution next to one of them.
func (t *trial) around(resolution float64) []float64 {
	all := resolutions()
	at := slices.Index(all, resolution)
	if !t.p.AutoResolution || at < 0 {
		return []float64{resolution}
	}
	return all[max(0, at-1):min(len(all), at+2)]
}

// bestOf returns the most telling of all combinations, or s where none is clearly better.
func (t *trial) bestOf(s setting, resolutions, weights []float64) setting {
	best := s
	for _, w := range weights {
		for _, r := range resolutions {
			if try := (setting{w, r}); t.of(try).worth() > t.of(best).worth() {
				best = try
			}
		}
	}
	if t.of(best).worth() > clearly*t.of(s).worth() {
		return best
	}
	return s
}

// frozen returns what was chosen for the run before, if that was chosen for the same kind of run.
func frozen(parent *data.RunRecord, p Params) (setting, float64, bool) {
	if parent == nil || parent.Agreement == 0 {
		return setting{}, 0, false
	}
	q, err := ParseParams(parent.Params)
	if err != nil || q.AutoResolution != p.AutoResolution || q.AutoWeight != p.AutoWeight || q.Window != p.Window || q.HalfLife != p.HalfLife ||
		!p.AutoResolution && q.Resolution != p.Resolution || !p.AutoWeight && q.NeedWeight != p.NeedWeight {
		return setting{}, 0, false
	}
	return setting{parent.NeedWeight, parent.Resolution}, parent.Agreement, true
}
