package figures

import "tribu/data"

// WithoutSmall returns a story without tribes of fewer than n people; their people count as being in no tribe.
func WithoutSmall(story data.Story, n int) data.Story {
	small := make(map[data.TribeID]bool)
	var tribes []data.Tribe
	for _, t := range story.Tribes {
		if t.People < n {
			small[t.ID] = true
			continue
		}
		tribes = append(tribes, t)
	}
	var members []data.Member
	for _, m := range story.Members {
		if small[m.Tribe] {
			if m.Rank > 0 {
				continue
			}
			m.Tribe, m.Strength, m.Stability, m.Why = "", 0, 0, ""
		}
		members = append(members, m)
	}
	story.Tribes, story.Members = tribes, members
	return story
}
