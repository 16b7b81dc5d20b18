package tribes

import (
	"strings"
	"testing"
	"time"

	"tribu/data"
	"tribu/tribes/planted"
)

// hear turns planted posts into a corpus: every made-up word is a term.
func hear(posts []planted.Post) *village {
	v, author := &village{}, map[string]string{}
	for _, p := range posts {
		author[p.ID] = p.Author
		a := data.AnalyzedPost{PostMeta: data.PostMeta{ID: data.NewPostID("g", p.ID), Source: "g", Author: data.NewAuthorID("g", p.Author), Thread: data.NewThreadID("g", p.ThreadID), CreatedAt: p.CreatedAt}}
		counts := map[string]int{}
		for _, w := range strings.Fields(p.Title + " " + p.Text) {
			if w = strings.Trim(w, ".?"); len(w) >= 9 && strings.HasSuffix(w, "n") {
				counts[w]++
			}
		}
		for w, n := range counts {
			a.Terms = append(a.Terms, data.Term{Key: w, Form: w, Count: n})
		}
		v.posts = append(v.posts, a)
		if to := author[p.ParentID]; to != "" && to != p.Author {
			v.ties = append(v.ties, data.Interaction{Post: a.ID, Kind: data.Reply, From: a.Author, To: data.NewAuthorID("g", to), At: p.CreatedAt})
		}
	}
	return v
}

func formPlanted(t *testing.T, plan planted.Plan, p Params) (Agreement, data.RunRecord) {
	t.Helper()
	posts, groups, err := planted.Posts(plan)
	if err != nil {
		t.Fatal(err)
	}
	p.AsOf, p.Window = time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC), 8*7*24*time.Hour
	in := load(t, hear(posts), p)
	r, err := Form(in, p)
	if err != nil {
		t.Fatal(err)
	}
	truth := map[data.AuthorID]string{}
	for a, g := range groups {
		truth[data.NewAuthorID("g", a)] = g
	}
	a, err := Evaluate(in, r, truth)
	if err != nil {
		t.Fatal(err)
	}
	return a, r
}

func TestScenarios(t *testing.T) {
	tests := []struct {
		scenario planted.Scenario
		nmi      float64 // of everybody placed: at least
	}{
		{planted.BothFair, .83}, {planted.TextWeak, .75}, {planted.InteractionWeak, .7}, {planted.HalfSilent, .75}, {planted.SharedProblem, .7}, {planted.Hubs, .75},
	}
	for _, test := range tests {
		t.Run(string(test.scenario), func(t *testing.T) {
			a, r := formPlanted(t, planted.Plan{Scenario: test.scenario, Authors: 800, Seed: 1}, Params{AutoResolution: true, AutoWeight: true})
			t.Logf("%d tribes, placed %+v, k-means %.3f, text %.3f, interaction %.3f, published AMI %.3f of %.2f", len(r.Tribes), a.Placed, a.KMeans.NMI, a.TextOnly.NMI, a.InteractionOnly.NMI, a.AMI, a.Coverage)
			if a.Placed.NMI < test.nmi {
				t.Errorf("NMI %.3f, want at least %.2f", a.Placed.NMI, test.nmi)
			}
		})
	}
}

func TestNoStructureGivesNoTribes(t *testing.T) {
	for seed := range uint64(3) {
		_, r := formPlanted(t, planted.Plan{Scenario: planted.None, Authors: 300, Seed: seed}, Params{AutoResolution: true, AutoWeight: true})
		if len(r.Tribes) > 0 || !r.TooFew {
			t.Errorf("seed %d: got %d tribes, the first of need z %.1f, tie z %.1f; want none where there is nothing to find", seed, len(r.Tribes), r.Tribes[0].NeedZ, r.Tribes[0].TieZ)
		}
	}
}

// brokenTribes counts the tribes of r whose members the fused graph of in does not join.
func brokenTribes(t *testing.T, in Input, r data.RunRecord) int {
	t.Helper()
	p, err := ParamsOf(r.Run)
	if err != nil {
		t.Fatal(err)
	}
	g, number, broken := buildLayers(in, p).fused, map[data.AuthorID]uint32{}, 0
	for v, id := range in.authors {
		number[id] = uint32(v)
	}
	for _, tribe := range r.Tribes {
		waiting := map[uint32]bool{}
		for _, m := range r.Members {
			if m.Tribe == tribe.ID && m.Rank == 0 {
				waiting[number[m.Author]] = true
			}
		}
		var next []uint32
		for v := range waiting {
			next = []uint32{v}
		}
		for ; len(next) > 0; next = next[1:] {
			delete(waiting, next[0])
			g.Neighbours(next[0], func(u uint32, _ float32) {
				if waiting[u] {
					delete(waiting, u)
					next = append(next, u)
				}
			})
		}
		if len(waiting) > 0 {
			broken++
		}
	}
	return broken
}

func TestTribesAreConnected(t *testing.T) {
	for _, s := range planted.Scenarios()[:6] {
		posts, _, err := planted.Posts(planted.Plan{Scenario: s, Authors: 500, Seed: 2, Outliers: .1})
		if err != nil {
			t.Fatal(err)
		}
		v, end := hear(posts), time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
		for _, ago := range []int{2, 1, 0} { // the second and third week start from the one before
			p := Params{AsOf: end.AddDate(0, 0, -7*ago), Window: 6 * 7 * 24 * time.Hour, Repeats: 10, Main: true}
			r, _, err := Cluster(ctx, v, v, p)
			if err != nil {
				t.Fatalf("%s, %d weeks ago: %v", s, ago, err)
			}
			if n := brokenTribes(t, load(t, v, p), r); n > 0 || len(r.Tribes) == 0 {
				t.Errorf("%s, %d weeks ago: %d of %d tribes are not connected", s, ago, n, len(r.Tribes))
			}
		}
	}
}
