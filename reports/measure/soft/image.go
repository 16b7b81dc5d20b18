package soft

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/stats"
)

// An Image compares the adjectives a firm wants to be known by with those said near its name.
type Image struct {
	Congruence float64 // cosine of the wanted adjectives, each 1, and the counts of the perceived ones
	Perceived  []Adjective
	Authors    int
	State      stats.State
	Evidence   measure.Evidence
}

// An Adjective is a word said near a name, with how often.
type Adjective struct {
	Word  string
	Count int
}

// near is how many words away from a name an adjective counts.
const near = 8

// congruence returns the cosine between wanted adjectives, each weighing 1, and perceived counts.
// Forms that differ in their last vowel are the same adjective.
func congruence(wanted []string, perceived map[string]int) float64 {
	words := make(map[string]bool)
	want, got := make(map[string]float64), make(map[string]float64)
	for _, w := range wanted {
		want[stem(w)] = 1
		words[stem(w)] = true
	}
	for w, n := range perceived {
		got[stem(w)] += float64(n)
		words[stem(w)] = true
	}
	var a, b []float64
	for _, w := range slices.Sorted(maps.Keys(words)) {
		a, b = append(a, want[w]), append(b, got[w])
	}
	return stats.Cosine(a, b)
}

func stem(w string) string {
	w = strings.Join(signs.Words(w), " ")
	if len(w) > 4 && strings.ContainsRune("aeio", rune(w[len(w)-1])) {
		return w[:len(w)-1]
	}
	return w
}

// ImageOf reads the adjectives people write within eight words of one of names, over the window.
// Makers do not count; fewer than stats.Enough authors are too few.
func ImageOf(r *measure.Reading, names, wanted []string) Image {
	known := make(map[string]bool)
	for _, a := range append(signs.Adjectives(), wanted...) {
		known[stem(a)] = true
	}
	counts := make(map[string]int)
	authors := make(map[data.AuthorID]bool)
	var out Image
	for _, p := range r.Posts {
		if !r.Window.Contains(p.CreatedAt) || r.Makers[p.Author] {
			continue
		}
		found := adjectivesNear(signs.Words(r.Said(p.ID)), names, known)
		for _, w := range found {
			counts[w]++
		}
		if len(found) > 0 {
			authors[p.Author] = true
			out.Evidence = out.Evidence.Add(p.ID)
		}
	}
	out.Authors, out.Congruence = len(authors), congruence(wanted, counts)
	if out.Authors < stats.Enough {
		out.State, out.Congruence = stats.Insufficient, 0
	}
	out.Perceived = adjectives(counts)
	return out
}

func adjectives(counts map[string]int) []Adjective {
	var out []Adjective
	for _, w := range slices.Sorted(maps.Keys(counts)) {
		out = append(out, Adjective{w, counts[w]})
	}
	slices.SortStableFunc(out, func(a, b Adjective) int { return cmp.Compare(b.Count, a.Count) })
	return out
}

// adjectivesNear returns the known adjectives near a name, each once, unless they are denied.
func adjectivesNear(words, names []string, known map[string]bool) []string {
	var out []string
	for i := range words {
		if !slices.ContainsFunc(names, func(n string) bool { return startsWith(words[i:], signs.Words(n)) }) {
			continue
		}
		for k := max(0, i-near); k < min(len(words), i+near+1); k++ {
			if known[stem(words[k])] && !denied(words, k) && !slices.Contains(out, words[k]) {
				out = append(out, words[k])
			}
		}
	}
	return out
}

func startsWith(words, prefix []string) bool {
	return len(prefix) > 0 && len(words) >= len(prefix) && slices.Equal(words[:len(prefix)], prefix)
}

func denied(words []string, i int) bool {
	for k := max(0, i-3); k < i; k++ {
		switch words[k] {
		case "not", "non", "no", "never", "mai", "poco", "t", "hardly", "per niente", "less", "meno":
			return true
		}
	}
	return false
}
