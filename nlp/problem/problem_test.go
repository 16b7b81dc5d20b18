package problem

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"tribu/data"
	"tribu/nlp"
)

func wording(t *testing.T) *nlp.Wording {
	t.Helper()
	w, err := nlp.NewWording(nlp.Config{})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// say is the need of one author, in a conversation of its own.
func say(n int, object, concept, quote string) data.NeedRow {
	id := fmt.Sprint(n)
	return data.NeedRow{
		PostMeta: data.PostMeta{ID: data.NewPostID("t", id), Author: data.NewAuthorID("t", id), Thread: data.NewThreadID("t", id),
			Parent: data.NewPostID("t", "root"), CreatedAt: time.Unix(int64(n)*60, 0).UTC(), Lang: data.LangEN},
		Need: data.Need{Type: data.HowTo, Object: object, Concept: concept, Quote: quote, Lang: data.LangEN, Confidence: 0.8},
	}
}

// planters is people with two problems around one noun, people with another, and some alone.
func planters() []data.NeedRow {
	var all []data.NeedRow
	for i, q := range []string{
		"How do I keep the wind from toppling my planter?", "The wind keeps toppling the planter on our roof.", "Wind toppled my planter again last night.",
		"Has anyone drilled drainage holes into a glazed planter?", "My planter has no drainage holes, should I drill some?", "Drilling drainage holes cracked the planter.",
		"Where do I sell an antique planter?",
	} {
		all = append(all, say(i, "planter", "pots", q))
	}
	for i, q := range []string{"Which printer prints envelopes?", "My printer jams on envelopes.", "Envelopes jam in this printer every time."} {
		all = append(all, say(20+i, "printer", "printer", q))
	}
	return all
}

func TestGroup(t *testing.T) {
	needs := planters()
	var got [][]string
	for _, p := range Group(needsOf(needs), Config{Words: wording(t)}) {
		var quotes []string
		for _, m := range p.Members {
			quotes = append(quotes, needs[m].Quote)
		}
		slices.Sort(quotes)
		got = append(got, quotes)
	}
	slices.SortFunc(got, slices.Compare[[]string])
	want := [][]string{
		{needs[5].Quote, needs[3].Quote, needs[4].Quote},
		{needs[9].Quote, needs[8].Quote, needs[7].Quote},
		{needs[0].Quote, needs[1].Quote, needs[2].Quote},
	}
	for _, w := range want {
		slices.Sort(w)
	}
	slices.SortFunc(want, slices.Compare[[]string])
	if !reflect.DeepEqual(got, want) {
		t.Errorf("problems = %q\nwant %q", got, want)
	}
}

func TestGroupDoesNotDependOnOrder(t *testing.T) {
	needs := planters()
	first := Group(needsOf(needs), Config{Words: wording(t)})
	random := rand.New(rand.NewPCG(1, 2))
	for range 5 {
		order := random.Perm(len(needs))
		shuffled := make([]data.NeedRow, len(needs))
		for to, from := range order {
			shuffled[to] = needs[from]
		}
		again := Group(needsOf(shuffled), Config{Words: wording(t)})
		if len(again) != len(first) {
			t.Fatalf("got %d problems in order %v, want %d", len(again), order, len(first))
		}
		for i, p := range again {
			if got, want := shuffled[p.Spoken].Quote, needs[first[i].Spoken].Quote; got != want || !reflect.DeepEqual(p.Phrases, first[i].Phrases) || p.People != first[i].People {
				t.Errorf("problem %d in order %v: %q %q, want %q %q", i, order, got, p.Phrases, want, first[i].Phrases)
			}
		}
	}
}

func TestAFormulaIsNoProblem(t *testing.T) {
	var needs []data.NeedRow
	for i, object := range []string{"printer", "modem", "driver", "font", "window"} {
		needs = append(needs, say(i, object, "", "Any pointers gratefully accepted!"))
		needs = append(needs, say(10+i, object, "", "Any pointers gratefully accepted!"))
	}
	if got := Group(needsOf(needs), Config{Words: wording(t)}); len(got) != 0 {
		t.Errorf("a sentence said about five things makes %d problems, want none", len(got))
	}
}

func TestARepeatedTitleIsOnePersonsNeed(t *testing.T) {
	var needs []data.NeedRow
	for i := range 4 {
		n := say(i, "printer", "printer", "Printer jams on envelopes")
		n.Thread, n.Evidence.InTitle = data.NewThreadID("t", "one"), true
		if i == 0 {
			n.Parent = data.PostID{}
		}
		needs = append(needs, n)
	}
	if got := Group(needsOf(needs), Config{Words: wording(t)}); len(got) != 0 {
		t.Errorf("a title that three replies repeat makes a problem of %d people, want none", got[0].People)
	}
}

// TestAverageLink compares the chains with the definition: join the two most alike, until none are.
func TestAverageLink(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	for trial := range 50 {
		n := 2 + random.IntN(20)
		like := make([][]float64, n)
		for i := range like {
			like[i] = make([]float64, n)
			for j := range i {
				like[i][j] = random.Float64()
				like[j][i] = like[i][j]
			}
		}
		got := averageLink(n, func(i, j int) float64 { return like[i][j] }, 0.6)
		want := plainAverageLink(like, 0.6)
		for _, groups := range [][][]int{got, want} {
			for _, g := range groups {
				slices.Sort(g)
			}
			slices.SortFunc(groups, slices.Compare[[]int])
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("trial %d: groups = %v, want %v", trial, got, want)
		}
	}
}

func plainAverageLink(like [][]float64, least float64) [][]int {
	var groups [][]int
	for i := range like {
		groups = append(groups, []int{i})
	}
	for {
		a, b, best := -1, -1, least
		for i := range groups {
			for j := range i {
				sum := 0.0
				for _, x := range groups[i] {
					for _, y := range groups[j] {
						sum += like[x][y]
					}
				}
				if mean := sum / float64(len(groups[i])*len(groups[j])); mean >= best {
					a, b, best = j, i, mean
				}
			}
		}
		if a < 0 {
			return groups
		}
		groups[a] = append(groups[a], groups[b]...)
		groups = slices.Delete(groups, b, b+1)
	}
}

func TestMatch(t *testing.T) {
	needs := planters()
	words := wording(t)
	before := Group(needsOf(needs), Config{Words: words})
	ids, traces := Match(before, needsOf(needs), nil)
	byQuote := map[string]data.ProblemID{}
	for i, p := range before {
		for _, m := range p.Members {
			byQuote[needs[m].Quote] = ids[i]
		}
	}
	earlier := say(-5, "planter", "pots", "Strong wind topples every planter here.")
	needs = append(needs, earlier, say(40, "printer", "printer", "The printer jams envelopes and labels."))
	after := Group(needsOf(needs), Config{Words: words})
	again, _ := Match(after, needsOf(needs), traces)
	if len(again) != len(ids) {
		t.Fatalf("got %d problems after two more posts, want %d", len(again), len(ids))
	}
	grew := 0
	for i, p := range after {
		for _, m := range p.Members {
			if want, known := byQuote[needs[m].Quote]; known && again[i] != want {
				t.Errorf("%q is in problem %s, want %s as before", needs[m].Quote, again[i], want)
			}
			if needs[m].Quote == earlier.Quote {
				grew++
			}
		}
	}
	if grew != 1 {
		t.Errorf("the earlier post is in %d problems, want 1", grew)
	}
}

func TestDecided(t *testing.T) {
	needs := planters()
	problem := func(id string, members ...int) data.SharedProblem {
		p := data.SharedProblem{ID: data.ProblemID(id), People: len(members), Needs: len(members), Phrases: map[data.Lang]string{data.LangUnd: id}}
		for _, m := range members {
			p.Members = append(p.Members, data.NeedRef{Post: needs[m].ID, Ord: needs[m].Ord})
		}
		return p
	}
	all := func() []data.SharedProblem {
		return []data.SharedProblem{problem("a", 0, 1, 2), problem("b", 3, 4), problem("c", 5, 6)}
	}
	tests := []struct {
		name      string
		decisions []data.ProblemDecision
		want      map[data.ProblemID]int // people
	}{
		{"none", nil, map[data.ProblemID]int{"a": 3, "b": 2, "c": 2}},
		{"a name changes nobody's place", []data.ProblemDecision{{Problem: "a", Name: "wind"}}, map[data.ProblemID]int{"a": 3, "b": 2, "c": 2}},
		{"one into another", []data.ProblemDecision{{Problem: "b", Into: "a"}}, map[data.ProblemID]int{"a": 5, "c": 2}},
		{"a chain", []data.ProblemDecision{{Problem: "b", Into: "c"}, {Problem: "c", Into: "a"}}, map[data.ProblemID]int{"a": 7}},
		{"a circle is not closed", []data.ProblemDecision{{Problem: "b", Into: "c"}, {Problem: "c", Into: "b"}}, map[data.ProblemID]int{"a": 3, "c": 4}},
		{"into one that is gone", []data.ProblemDecision{{Problem: "b", Into: "x"}}, map[data.ProblemID]int{"a": 3, "x": 2, "c": 2}},
		{"apart again", []data.ProblemDecision{{Problem: "b", Into: "a"}, {Problem: "b", Into: "b"}}, map[data.ProblemID]int{"a": 3, "b": 2, "c": 2}},
	}
	for _, test := range tests {
		got := map[data.ProblemID]int{}
		for _, p := range Decided(all(), test.decisions, needsOf(needs)) {
			got[p.ID] = p.People
		}
		if !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: people = %v, want %v", test.name, got, test.want)
		}
	}
}

func TestEvidence(t *testing.T) {
	needs := planters()[:3]
	needs = append(needs, needs[0])
	got := Evidence(needs, data.NeedRef{Post: needs[2].ID, Ord: needs[2].Ord}, wording(t))
	if len(got) != 3 || got[0].Quote != needs[2].Quote {
		t.Errorf("evidence = %d quotes, first %q; want one per author, first the one that speaks: %q", len(got), got[0].Quote, needs[2].Quote)
	}
}

func TestAreas(t *testing.T) {
	var needs []data.NeedRow
	themes := [][]string{{"engine", "wheel", "brake", "gearbox", "clutch"}, {"onion", "garlic", "leek", "turnip", "radish"}}
	n := 0
	for i := range 120 {
		for range 3 {
			theme := themes[i%2]
			needs = append(needs, say(n, fmt.Sprintf("thing%d", i), "", fmt.Sprintf("The %s and the %s of thing%d wobble gizmo%d", theme[i%5], theme[(i+1)%5], i, i)))
			n++
		}
	}
	all := Group(needsOf(needs), Config{Words: wording(t)})
	if len(all) < leastAreas*perArea {
		t.Fatalf("got %d problems, want enough for areas", len(all))
	}
	for i, p := range all {
		if p.Area < 0 || p.Area >= mostAreas {
			t.Errorf("problem %d lies in area %d", i, p.Area)
		}
	}
	if few := Group(needsOf(needs[:30]), Config{Words: wording(t)}); len(few) == 0 || few[0].Area != -1 {
		t.Errorf("few problems lie in areas: %+v", few)
	}
}

func BenchmarkGroup(b *testing.B) {
	w, err := nlp.NewWording(nlp.Config{})
	if err != nil {
		b.Fatal(err)
	}
	random := rand.New(rand.NewPCG(3, 3))
	var needs []data.NeedRow
	for i := range 20000 {
		head := fmt.Sprintf("thing%d", int(float64(400)*random.Float64()*random.Float64()))
		needs = append(needs, say(i, head, "", fmt.Sprintf("the %s shows word%d near word%d with word%d", head, random.IntN(90), random.IntN(900), random.IntN(9000))))
	}
	b.ReportAllocs()
	for b.Loop() {
		Group(needsOf(needs), Config{Words: w})
	}
	b.ReportMetric(float64(len(needs))*float64(b.N)/b.Elapsed().Seconds(), "needs/s")
}
