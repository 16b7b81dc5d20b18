package conduct

import (
	"iter"
	"math"
	"slices"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/stats"
)

// A Mood is the feeling of a tribe's people, week by week, with the accuracy of the reading beside
// it: without one it must not be shown.
type Mood struct {
	Tribe    data.TribeID     // empty: everybody
	Weeks    []MoodWeek       // oldest first
	Trend    stats.Trend      // of the weekly medians that are known
	Accuracy float64          // on labelled posts; 0 where it was not measured
	Posts    measure.Evidence // of the last week
}

// A MoodWeek sums up the mean polarity of each author of a week, −1 to +1.
type MoodWeek struct {
	Week data.Window
	stats.Summary
}

// fewestMoods is how many authors a week's mood needs.
const fewestMoods = 5

// Moods returns the mood of everybody, then of each tribe, over n weeks. An author counts by the
// mean polarity of their needs in that week; who voiced none has no mood.
func Moods(r *measure.Reading, n int, accuracy float64) []Mood {
	weeks := r.Weeks(n)
	out := make([]Mood, 1+len(r.Tribes))
	for i := range out {
		out[i].Accuracy = accuracy
		if i > 0 {
			out[i].Tribe = r.Tribes[i-1].ID
		}
	}
	for _, w := range weeks {
		by := make(map[data.TribeID][]float64)
		var all []float64
		for a, polarity := range MoodOf(r, w) {
			all = append(all, polarity)
			by[r.Home[a]] = append(by[r.Home[a]], polarity)
		}
		out[0].Weeks = append(out[0].Weeks, MoodWeek{w, stats.Summarise(all, fewestMoods)})
		for i, t := range r.Tribes {
			out[1+i].Weeks = append(out[1+i].Weeks, MoodWeek{w, stats.Summarise(by[t.ID], fewestMoods)})
		}
	}
	told := make(map[data.TribeID]measure.Evidence, len(out))
	for n := range felt(r, r.Weeks(1)[0]) {
		out[0].Posts = out[0].Posts.Add(n.ID)
		told[r.Home[n.Author]] = told[r.Home[n.Author]].Add(n.ID)
	}
	for i := range out {
		if i > 0 {
			out[i].Posts = told[out[i].Tribe]
		}
		out[i].Trend = stats.TrendOf(slices.DeleteFunc(out[i].Medians(), math.IsNaN))
	}
	return out
}

// MoodOf returns the mean polarity of the needs and the praise each person voiced in w, makers aside.
func MoodOf(r *measure.Reading, w data.Window) map[data.AuthorID]float64 {
	out, count := make(map[data.AuthorID]float64), make(map[data.AuthorID]float64)
	for n := range felt(r, w) {
		out[n.Author] += float64(n.Polarity)
		count[n.Author]++
	}
	for a := range out {
		out[a] /= count[a]
	}
	return out
}

// felt goes through what tells a mood: the needs and the praise of w, by time, makers aside.
func felt(r *measure.Reading, w data.Window) iter.Seq[*data.NeedRow] {
	return func(yield func(*data.NeedRow) bool) {
		for i := range r.Needs {
			if n := &r.Needs[i]; w.Contains(n.CreatedAt) && !r.Makers[n.Author] && !yield(n) {
				return
			}
		}
	}
}

// Medians returns the median of each week, NaN where it is not known.
func (m Mood) Medians() []float64 {
	out := make([]float64, len(m.Weeks))
	for i, w := range m.Weeks {
		out[i] = math.NaN()
		if w.State == stats.Known {
			out[i] = w.Median
		}
	}
	return out
}
