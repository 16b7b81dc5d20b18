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

// A choice is what was settled of what the parameters leave open.
type choice struct {
	setting
	credit
	agreement float64 // of halves of the conversations on the groups; 0 where they did not choose
	few       bool    // too few people spoke in both to tell which setting is right
}

// choose returns the setting that p leaves open: that of the run before, or the one whose groups make
// what people say and whom they meet likeliest, both counting as much as two halves of the conversations
// show that they tell. What the run chose whose place this one takes stays where it is about as likely.
// Where the halves confirm nothing it is the usual one.
func choose(in Input, l layers, p Params) choice {
	c := choice{setting: setting{p.NeedWeight, p.Resolution}}
	t := newTrial(in, l, p)
	c.credit = t.credit()
	if !p.AutoResolution && !p.AutoWeight {
		return c
	}
	if s, agreement, ok := frozen(in.Parent, p); ok {
		c.setting, c.agreement = s, agreement
		return c
	}
	if t.people() < leastInBoth {
		c.few = len(l.nodes) <= warmRerunNodes
		return c
	}
	t.whole.credit = c.credit
	best := t.best(c.setting)
	s, agreement := t.kept(in.Replaced, best)
	if agreement < leastAgreement {
		s, agreement = t.confirmed(best)
	}
	if agreement >= leastAgreement {
		c.setting, c.agreement = s, rounded(agreement)
	}
	return c
}

// kept returns what was chosen for a run before where it is about as likely as the likeliest setting,
// and how well halves agree on it: 0 elsewhere.
func (t *trial) kept(before *data.RunRecord, best setting) (s setting, agreement float64) {
	s, _, ok := frozen(before, t.p)
	if !ok || t.likelihood(s) < aboutAsLikely*t.likelihood(best) {
		return s, 0
	}
	return s, t.agreement(s)
}

// confirmed returns, of the settings tried that are nearly as likely as the likeliest, the one that
// halves confirm best, and how well they agree on it.
func (t *trial) confirmed(best setting) (s setting, agreement float64) {
	s, agreement = best, t.agreement(best)
	for _, w := range needWeights() {
		for _, r := range resolutions() {
			try := setting{w, r}
			if x, seen := t.seen[try]; !seen || try == best || x < nearly*t.seen[best] {
				continue
			}
			if a := t.agreement(try); a > agreement {
				s, agreement = try, a
			}
		}
	}
	return s, agreement
}

// best returns the likeliest setting that p leaves open: from the resolution that is at s, on to
// whatever is likelier beside it.
func (t *trial) best(s setting) setting {
	if t.p.AutoResolution {
		s = t.bestOf(s, resolutions(), []float64{s.needWeight})
	}
	weights := []float64{s.needWeight}
	if t.p.AutoWeight {
		weights = needWeights()
	}
	for {
		next := t.bestOf(s, t.around(s.resolution), weights)
		if next == s {
			return s
		}
		s = next
	}
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

// bestOf returns the likeliest of all combinations, or s where none is likelier.
func (t *trial) bestOf(s setting, resolutions, weights []float64) setting {
	for _, w := range weights {
		for _, r := range resolutions {
			if try := (setting{w, r}); t.likelihood(try) > t.likelihood(s) {
				s = try
			}
		}
	}
	return s
}

// frozen returns what was chosen for a run before, if that was chosen for the same kind of run.
func frozen(before *data.RunRecord, p Params) (setting, float64, bool) {
	if before == nil || before.Agreement == 0 {
		return setting{}, 0, false
	}
	q, err := ParseParams(before.Params)
	if err != nil || q.AutoResolution != p.AutoResolution || q.AutoWeight != p.AutoWeight || q.Window != p.Window || q.HalfLife != p.HalfLife ||
		!p.AutoResolution && q.Resolution != p.Resolution || !p.AutoWeight && q.NeedWeight != p.NeedWeight {
		return setting{}, 0, false
	}
	return setting{before.NeedWeight, before.Resolution}, before.Agreement, true
}
