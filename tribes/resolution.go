package tribes

import (
	"tribu/data"
)

// resolutions are the candidates that the profile is drawn over.
func resolutions() []float64 { return []float64{0.5, 0.7, 1, 1.5, 2, 3, 5, 8} }

const (
	profileRepeats = 5
	largeRepeats   = 2   // of large graphs, whose groups are many enough to average over
	fineness       = 0.1 // steadiness that finer groups may lose against the steadiest ones
)

// granularity returns the profile over all candidates: how many groups each resolution gives that
// hold when a fifth of the ties is missing, whom they reach, and how steady all are on average,
// weighted by their people.
func granularity(l layers, p Params) []data.ProfilePoint {
	repeats := min(profileRepeats, p.Repeats)
	if len(l.posts) > warmRerunNodes {
		repeats = min(largeRepeats, repeats)
	}
	var profile []data.ProfilePoint
	for _, resolution := range resolutions() {
		q := p
		q.Resolution, q.Repeats = resolution, repeats
		groups := placeFrom(l, q, nil, 1)
		s := rerun(l, groups, q)
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

// chooseResolution returns the finest resolution that is nearly as steady as the steadiest; one
// group for all is no answer. Without any answer it is 1.
func chooseResolution(profile []data.ProfilePoint) float64 {
	top := 0.0
	for _, point := range profile {
		if point.Tribes > 1 {
			top = max(top, point.Stability)
		}
	}
	best := 1.0
	for _, point := range profile {
		if point.Tribes > 1 && point.Stability >= top-fineness {
			best = point.Resolution
		}
	}
	return best
}
