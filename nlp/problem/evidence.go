package problem

import (
	"cmp"
	"slices"

	"tribu/data"
	"tribu/nlp"
)

// Evidence returns the needs of one problem that show best what it is, one per author and sentence:
// first the one that speaks for it, then those that say in a readable sentence what most say.
func Evidence(needs []data.NeedRow, spoken data.NeedRef, words *nlp.Wording) []data.NeedRow {
	said, small := make([][]string, len(needs)), needsOf(needs)
	people := map[string]int{}
	for i, n := range needs {
		all, _ := words.Words(n.Need.Lang, n.Quote)
		for _, w := range all {
			key := cmp.Or(w.Shared, string(n.Need.Lang)+" "+w.Stem)
			if !slices.Contains(said[i], key) {
				said[i] = append(said[i], key)
				people[key]++
			}
		}
	}
	order := make([]int, len(needs))
	score := make([]float64, len(needs))
	for i := range needs {
		order[i] = i
		score[i] = telling(&small[i], said[i], people, len(needs), words)
		if small[i].ref() == spoken {
			score[i] += 10
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(score[b], score[a]), compare(&small[a], &small[b]))
	})
	var out []data.NeedRow
	authors, quotes := map[data.AuthorID]bool{}, map[string]bool{}
	for _, i := range order {
		if n := needs[i]; !authors[n.Author] && !quotes[n.Quote] {
			authors[n.Author], quotes[n.Quote] = true, true
			out = append(out, n)
		}
	}
	return out
}

// telling says how well a sentence shows the problem: by the share of needs that say its three most
// shared words, its length, and how sure it is a need.
func telling(n *Need, said []string, people map[string]int, of int, words *nlp.Wording) float64 {
	var shares []float64
	for _, w := range said {
		shares = append(shares, float64(people[w])/float64(of))
	}
	slices.Sort(shares)
	slices.Reverse(shares)
	score := readable(n, words) + 0.3*n.sure
	for _, s := range shares[:min(3, len(shares))] {
		score += s
	}
	return score
}
