package tribes

import (
	"tribu/data"
)

// resolutions are the candidates that the profile is drawn over.
func resolutions() []float64 { return []float64{0.5, 0.7, 1, 1.5, 2, 3, 5, 8} }

const profileRepeats = 6

// chooseResolution returns the resolution whose groups change least when a fifth of the ties is
// missing, weighted by their people, and the profile over all candidates. Finer groups win only
// where they are as steady as coarse ones; one group for all is no answer.
func chooseResolution(l layers, p Params) (float64, []data.ProfilePoint) {
	var profile []data.ProfilePoint
	best, top := 1.0, -1.0
	for _, resolution := range resolutions() {
		q := p
		q.Resolution, q.Repeats = resolution, profileRepeats
		groups := place(l, q, nil)
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
		if score := point.Stability; point.Tribes > 1 && score >= top-0.02 {
			best, top = resolution, max(top, score)
		}
	}
	return best, profile
}
