package conduct

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"time"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/customer"
	"tribu/reports/measure/stats"
)

// A Mood is the feeling of a tribe's people, week by week, with the accuracy of the reading beside
// it: without one it must not be shown.
type Mood struct {
	Tribe    data.TribeID // empty: everybody
	Weeks    []MoodWeek   // oldest first
	Trend    stats.Trend  // of the weekly medians that are known
	Accuracy float64      // on labelled posts; 0 where it was not measured
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
	out := []Mood{mood(r, n, accuracy, func(data.AuthorID) bool { return true })}
	for _, t := range r.Tribes {
		m := mood(r, n, accuracy, func(a data.AuthorID) bool { return r.Home[a] == t.ID })
		m.Tribe = t.ID
		out = append(out, m)
	}
	return out
}

func mood(r *measure.Reading, n int, accuracy float64, in func(data.AuthorID) bool) Mood {
	m := Mood{Accuracy: accuracy}
	var known []float64
	for _, w := range r.Weeks(n) {
		s := stats.Summarise(polarities(r, w, in), fewestMoods)
		if s.State == stats.Known {
			known = append(known, s.Median)
		}
		m.Weeks = append(m.Weeks, MoodWeek{w, s})
	}
	m.Trend = stats.TrendOf(known)
	return m
}

// polarities returns the mean polarity of each author in w, in the order they first wrote.
func polarities(r *measure.Reading, w data.Window, in func(data.AuthorID) bool) []float64 {
	index := make(map[data.AuthorID]int)
	var sum, count []float64
	for _, n := range r.Needs {
		if !w.Contains(n.CreatedAt) || r.Makers[n.Author] || !in(n.Author) {
			continue
		}
		i, ok := index[n.Author]
		if !ok {
			i = len(sum)
			index[n.Author] = i
			sum, count = append(sum, 0), append(count, 0)
		}
		sum[i] += float64(n.Polarity)
		count[i]++
	}
	for i := range sum {
		sum[i] /= count[i]
	}
	return sum
}

// A Gate keeps what was heard surely enough apart from what a person should look at.
type Gate struct {
	Threshold  float64
	Kept       []data.NeedRow
	Review     []data.NeedRow // below Threshold, or in a language that could not be told
	Coverage   float64        // share kept
	Abstention float64        // share to review: Coverage + Abstention = 1
	State      stats.State
}

// Surest is the confidence below which a person should look: 0.6.
const Surest = 0.6

// Sort puts needs through the gate; a threshold of 0 means Surest.
func Sort(needs []data.NeedRow, threshold float64) Gate {
	if threshold == 0 {
		threshold = Surest
	}
	g := Gate{Threshold: threshold}
	unsure := func(n *data.NeedRow) bool {
		return n.Confidence < threshold || n.Need.Lang == data.LangUnd || n.Need.Lang == ""
	}
	review := 0
	for i := range needs {
		if unsure(&needs[i]) {
			review++
		}
	}
	g.Kept, g.Review = make([]data.NeedRow, 0, len(needs)-review), make([]data.NeedRow, 0, review)
	for i := range needs {
		if unsure(&needs[i]) {
			g.Review = append(g.Review, needs[i])
		} else {
			g.Kept = append(g.Kept, needs[i])
		}
	}
	if len(needs) == 0 {
		g.State = stats.Undefined
		return g
	}
	g.Coverage = float64(len(g.Kept)) / float64(len(needs))
	g.Abstention = 1 - g.Coverage
	return g
}

// WriteReview writes what a person should look at as review.csv, an empty column for the answer.
func WriteReview(w io.Writer, g Gate) error {
	rows := [][]string{{"post_id", "at", "type", "object", "lang", "confidence", "quote", "url", "right"}}
	for _, n := range g.Review {
		row := []string{n.ID.String(), n.CreatedAt.UTC().Format(time.RFC3339), string(n.Type), n.Object, string(n.Need.Lang),
			strconv.FormatFloat(n.Confidence, 'f', 2, 64), n.Quote, n.URL, ""}
		for i, cell := range row {
			row[i] = customer.Cell(cell)
		}
		rows = append(rows, row)
	}
	if err := csv.NewWriter(w).WriteAll(rows); err != nil {
		return fmt.Errorf("write review: %w", err)
	}
	return nil
}
