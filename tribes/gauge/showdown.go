package gauge

import (
	"fmt"
	"math"

	"tribu/data"
)

const negatives = 5 // pairs that did not meet, for each that did

// A Contest is one way to group people, and how well it tells who meets next.
type Contest struct {
	Name   string  `json:"name"`
	AUC    float64 `json:"auc"` // chance that a pair that met is rated above one that did not; .5 knows nothing
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	Groups int     `json:"groups"`

	Assortativity float64 `json:"assortativity"` // of who turns to whom: 1 only people of one group do, 0 as by chance
	EI            float64 `json:"ei"`            // −1 all stay in their group, 1 all leave it
}

// A Showdown compares tribes with segments on what neither has seen.
type Showdown struct {
	Reading Reading   `json:"result"`
	Ways    []Contest `json:"ways"` // tribes first, segments, then how much each person talks
	Winner  string    `json:"winner"`
	Verdict string    `json:"verdict"`
}

// Face compares, on the pairs that met first after the split, the tribes of before with segments:
// platform, place and language of each author's first post, and those given by the customer, by
// name. Random pairs of the same people are what did not meet. The verdict says so where tribes lose.
func Face(w *World, segments map[data.AuthorID]string) Showdown {
	out := Showdown{Reading: Reading{Gauge: "segment showdown"}, Ways: []Contest{}}
	everybody := make(map[int]bool)
	for v := range w.Authors {
		everybody[v] = true
	}
	var met [][2]int
	for _, e := range w.newEdges(everybody) {
		met = append(met, [2]int{min(e[0], e[1]), max(e[0], e[1])})
	}
	met = unique(met)
	if !out.Reading.enough(len(met), 20) {
		out.Verdict = out.Reading.State
		return out
	}
	not := w.strangers(met)
	ways, groups := w.groupings(segments)
	for i, name := range ways {
		out.Ways = append(out.Ways, w.contest(name, met, not, same(groups[i]), uint64(i)))
		out.Ways[i].Groups = distinct(groups[i])
		out.Ways[i].Assortativity, out.Ways[i].EI = w.mixing(groups[i])
	}
	out.Ways = append(out.Ways, w.contest("how much they talk", met, not, w.talk(), 99))
	out.judge(len(ways))
	return out
}

// judge names the winner among the groupings and says how sure that is.
func (s *Showdown) judge(groupings int) {
	tribes := s.Ways[0]
	best := s.Ways[1]
	for _, c := range s.Ways[2:groupings] {
		if c.AUC > best.AUC {
			best = c
		}
	}
	s.Reading.Value, s.Reading.Low, s.Reading.High = tribes.AUC, tribes.Low, tribes.High
	s.Winner, s.Verdict = "tribes", fmt.Sprintf("tribes win: AUC %.2f against %.2f of %s", tribes.AUC, best.AUC, best.Name)
	switch {
	case best.AUC > tribes.AUC && best.Low > tribes.High:
		s.Winner, s.Verdict = best.Name, fmt.Sprintf("tribes lose: AUC %.2f against %.2f of %s", tribes.AUC, best.AUC, best.Name)
	case best.AUC > tribes.AUC:
		s.Winner, s.Verdict = best.Name, fmt.Sprintf("tribes are behind, not surely: AUC %.2f against %.2f of %s", tribes.AUC, best.AUC, best.Name)
	case best.High >= tribes.Low:
		s.Verdict = fmt.Sprintf("tribes are ahead, not surely: AUC %.2f against %.2f of %s", tribes.AUC, best.AUC, best.Name)
	}
	s.Reading.Says = s.Verdict
}

// groupings returns the ways to group people, tribes first; an empty group is none.
func (w *World) groupings(segments map[data.AuthorID]string) (names []string, groups [][]string) {
	tribe, platform, place, lang, own := make([]string, len(w.Authors)), make([]string, len(w.Authors)), make([]string, len(w.Authors)), make([]string, len(w.Authors)), make([]string, len(w.Authors))
	for v, id := range w.Authors {
		tribe[v], own[v] = string(w.Before[v]), segments[id]
	}
	for _, p := range w.Posts {
		if v := p.Author; platform[v] == "" {
			platform[v], place[v], lang[v] = p.Source, p.Place, string(p.Lang)
		}
	}
	names, groups = []string{"tribes", "platform", "place", "language"}, [][]string{tribe, platform, place, lang}
	if len(segments) > 0 {
		names, groups = append(names, "your segments"), append(groups, own)
	}
	return names, groups
}

func same(group []string) func(a, b int) float64 {
	return func(a, b int) float64 {
		if group[a] != "" && group[a] == group[b] {
			return 1
		}
		return 0
	}
}

// mixing returns how far those who turn to each other after the split are of one group.
func (w *World) mixing(group []string) (assortativity, ei float64) {
	numbers := make(map[string]int)
	number := func(v int) int {
		if _, known := numbers[group[v]]; !known {
			numbers[group[v]] = len(numbers)
		}
		return numbers[group[v]]
	}
	var pairs [][2]int
	for _, t := range w.Ties {
		if t.At.After(w.Split) && group[t.From] != "" && group[t.To] != "" {
			pairs = append(pairs, [2]int{number(t.From), number(t.To)})
		}
	}
	shares, outside := make([][]float64, len(numbers)), 0
	for i := range shares {
		shares[i] = make([]float64, len(numbers))
	}
	for _, p := range pairs {
		shares[p[0]][p[1]] += 1 / float64(len(pairs))
		if p[0] != p[1] {
			outside++
		}
	}
	return round(Assortativity(shares)), round(EI(outside, len(pairs)-outside))
}

func distinct(group []string) int {
	seen := make(map[string]bool)
	for _, g := range group {
		if g != "" {
			seen[g] = true
		}
	}
	return len(seen)
}

// talk rates a pair by how many posts both wrote before the split.
func (w *World) talk() func(a, b int) float64 {
	posts := make([]float64, len(w.Authors))
	for _, p := range w.Posts {
		if !p.At.After(w.Split) {
			posts[p.Author]++
		}
	}
	return func(a, b int) float64 { return posts[a] * posts[b] }
}

// strangers draws pairs of those who wrote before the split and have never met.
func (w *World) strangers(met [][2]int) [][2]int {
	known, wrote := make(map[[2]int]bool), make(map[int]bool)
	for _, t := range w.Ties {
		known[[2]int{min(t.From, t.To), max(t.From, t.To)}] = true
	}
	for _, p := range w.Posts {
		if !p.At.After(w.Split) {
			wrote[p.Author] = true
		}
	}
	people, random := sortedKeys(wrote), w.random(7)
	var out [][2]int
	for tries := 0; len(out) < negatives*len(met) && tries < 50*negatives*len(met); tries++ {
		a, b := people[random.IntN(len(people))], people[random.IntN(len(people))]
		if pair := [2]int{min(a, b), max(a, b)}; a != b && !known[pair] {
			out = append(out, pair)
		}
	}
	return out
}

func (w *World) contest(name string, met, not [][2]int, score func(a, b int) float64, stream uint64) Contest {
	rate := func(pairs [][2]int) []float64 {
		out := make([]float64, len(pairs))
		for i, p := range pairs {
			out[i] = score(p[0], p[1])
		}
		return out
	}
	yes, no := rate(met), rate(not)
	random := w.random(100 + stream)
	draw := func(from []float64) []float64 {
		out := make([]float64, len(from))
		for i := range out {
			out[i] = from[random.IntN(len(from))]
		}
		return out
	}
	c := Contest{Name: name, AUC: round(auc(yes, no))}
	if len(no) == 0 {
		return c
	}
	var drawn []float64
	for range shuffles {
		drawn = append(drawn, auc(draw(yes), draw(no)))
	}
	c.Low, c.High = round(quantile(drawn, 0.025)), round(math.Max(quantile(drawn, 0.975), c.AUC))
	return c
}
