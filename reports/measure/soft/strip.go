package soft

import (
	"cmp"
	"slices"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/stats"
)

// A Habit is a word one person says distinctly more than the rest of their tribe.
type Habit struct {
	Word  string
	Posts int
	Z     float64
}

// Strip returns the five words that set a person apart from their own tribe, by posts, with
// z ≥ 1.96. It is for people who agreed; who did not, or wrote fewer than ten posts, has none.
func Strip(r *measure.Reading, author data.AuthorID, consent map[data.AuthorID]bool) ([]Habit, stats.State) {
	if !consent[author] {
		return nil, Withheld
	}
	own, rest := make(map[string]int), make(map[string]int)
	n, m := 0, 0
	for _, p := range r.Posts {
		if p.Author == author {
			n++
			countWords(own, r.Said(p.ID))
		} else if r.Home[p.Author] == r.Home[author] {
			m++
			countWords(rest, r.Said(p.ID))
		}
	}
	if n < 10 || m == 0 {
		return nil, stats.Insufficient
	}
	var out []Habit
	for w, y := range own {
		all := float64(y + rest[w])
		_, z := stats.LogOdds(float64(y), float64(n), float64(rest[w]), float64(m), all, float64(n+m))
		if y >= 3 && z >= stats.DistinctAt {
			out = append(out, Habit{w, y, z})
		}
	}
	slices.SortFunc(out, func(a, b Habit) int { return cmp.Or(cmp.Compare(b.Z, a.Z), cmp.Compare(a.Word, b.Word)) })
	return out[:min(5, len(out))], stats.Known
}

// countWords adds each word of at least four letters in text once.
func countWords(to map[string]int, text string) {
	seen := make(map[string]bool)
	for _, w := range signs.Words(text) {
		if len(w) >= 4 && !seen[w] {
			seen[w] = true
			to[w]++
		}
	}
}
