package sqlite

import (
	"slices"
	"testing"
	"time"

	"tribu/data"
)

// problemsOf puts the first needs that are stored into one problem, and returns them.
func problemsOf(t *testing.T, db *DB, members int) []data.NeedRow {
	t.Helper()
	var needs []data.NeedRow
	for n, err := range db.Voiced(t.Context(), "v1") {
		if err != nil {
			t.Fatal(err)
		}
		needs = append(needs, n)
	}
	if len(needs) < members {
		t.Fatalf("got %d needs, want %d", len(needs), members)
	}
	p := data.SharedProblem{ID: "p00000001", Wanting: true, Head: "bread", Phrases: map[data.Lang]string{data.LangEN: "stale bread", data.LangUnd: "stale bread"},
		People: 2, Area: -1, Spoken: data.NeedRef{Post: needs[0].ID, Ord: needs[0].Ord}}
	for _, n := range needs[:members] {
		p.Members = append(p.Members, data.NeedRef{Post: n.ID, Ord: n.Ord})
	}
	if err := db.SaveProblems(t.Context(), "v1", "state", []data.SharedProblem{p}, []data.ProblemTrace{{ID: p.ID, Anchors: []uint64{1, 1 << 63}}}); err != nil {
		t.Fatal(err)
	}
	return needs
}

// voicing is posts of which each voices one need.
func voicing(t *testing.T, db *DB, n int) {
	t.Helper()
	batch := community(n)
	save(t, db, batch)
	var all []data.Annotation
	for _, p := range batch.Posts {
		all = append(all, data.Annotation{Post: p.ID, Version: "v1", Lang: data.LangEN, Words: 3,
			Needs: []data.Need{{Type: data.Wish, Kind: data.KindNeed, Object: "bread", Quote: "I wish bread stayed fresh.", Lang: data.LangEN, Rule: "r", Confidence: 1}}})
	}
	if err := db.SaveAnnotations(t.Context(), all, nil); err != nil {
		t.Fatal(err)
	}
}

func TestProblemsAreReadBack(t *testing.T) {
	db := create(t)
	voicing(t, db, 10)
	needs := problemsOf(t, db, 3)
	all, err := db.Problems(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatalf("Problems = %v, %v; want one", all, err)
	}
	if p := all[0]; p.Label != needs[0].Quote || p.Needs != 3 || p.Call(data.LangIT) != "stale bread" || !p.Wanting {
		t.Errorf("problem = %+v", p)
	}
	members, err := db.NeedsOf(t.Context(), "p00000001")
	if err != nil || len(members) != 3 {
		t.Fatalf("NeedsOf = %d needs, %v; want 3", len(members), err)
	}
	if m := members[0]; m.Problem != "p00000001" || m.Called != "stale bread" || m.Author.IsZero() || m.CreatedAt.IsZero() {
		t.Errorf("member = %+v", m)
	}
	speaking := 0
	heard, err := db.NeedsIn(t.Context(), "v1", data.Window{From: epoch.Add(-time.Second), To: epoch.Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range heard {
		if n.Speaks {
			speaking++
		}
		if in := slices.ContainsFunc(members, func(m data.NeedRow) bool { return m.ID == n.ID && m.Ord == n.Ord }); in != (n.Problem != "") {
			t.Errorf("need of post %s in problem %q, want in one: %v", n.ID, n.Problem, in)
		}
	}
	if speaking != 1 {
		t.Errorf("%d needs speak for the problem, want 1", speaking)
	}
	traces, err := db.Traces(t.Context())
	if err != nil || len(traces) != 1 || !slices.Equal(traces[0].Anchors, []uint64{1, 1 << 63}) {
		t.Errorf("Traces = %v, %v", traces, err)
	}
}

func TestNeedStateFollowsWhatMatters(t *testing.T) {
	db := create(t)
	voicing(t, db, 10)
	problemsOf(t, db, 3)
	state := func() string {
		now, _, err := db.NeedState(t.Context(), "v1")
		if err != nil {
			t.Fatal(err)
		}
		return now
	}
	first := state()
	if err := db.Decide(t.Context(), data.ProblemDecision{Problem: "p00000001", Name: "Bread"}); err != nil {
		t.Fatal(err)
	}
	if state() != first {
		t.Error("a name changed the state: it changes no grouping")
	}
	if all, err := db.Problems(t.Context()); err != nil || all[0].Name != "Bread" || all[0].Call(data.LangEN) != "Bread" {
		t.Errorf("after naming: %+v, %v", all, err)
	}
	if err := db.Decide(t.Context(), data.ProblemDecision{Problem: "p00000001", Into: "p00000002"}); err != nil {
		t.Fatal(err)
	}
	merged := state()
	if merged == first {
		t.Error("a merger left the state as it was")
	}
	if _, grouped, err := db.NeedState(t.Context(), "v1"); err != nil || grouped != "state" {
		t.Errorf("grouped = %q, %v; want the state that was saved", grouped, err)
	}
	unhear(t, db)
	if state() == merged {
		t.Error("dropping annotations left the state as it was")
	}
	if _, grouped, err := db.NeedState(t.Context(), "v1"); err != nil || grouped != "" {
		t.Errorf("grouped = %q, %v; want nothing, as the members are gone", grouped, err)
	}
}

// unhear takes away all that was heard.
func unhear(t *testing.T, db *DB) {
	t.Helper()
	if _, err := db.pool.ExecContext(t.Context(), `DELETE FROM annotation`); err != nil {
		t.Fatal(err)
	}
}

func TestAProblemGoesWithItsLastNeed(t *testing.T) {
	db := create(t)
	voicing(t, db, 10)
	problemsOf(t, db, 3)
	with := digest(t, db)
	unhear(t, db)
	if all, err := db.Problems(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("problems after their needs are gone: %v, %v; want none", all, err)
	}
	if traces, err := db.Traces(t.Context()); err != nil || len(traces) != 1 {
		t.Errorf("traces after the needs are gone: %v, %v; want them kept", traces, err)
	}
	if digest(t, db) == with {
		t.Error("the digest does not see problems")
	}
}

func TestInputDigestSeesProblems(t *testing.T) {
	db := create(t)
	voicing(t, db, 10)
	w := data.Window{From: seconds(-1 << 40), To: seconds(1 << 40)}
	before := inputDigest(t, db, w)
	problemsOf(t, db, 3)
	after := inputDigest(t, db, w)
	if after == before {
		t.Errorf("InputDigest = %s before and after problems; want two", before)
	}
	if err := db.Decide(t.Context(), data.ProblemDecision{Problem: "p00000001", Name: "Bread"}); err != nil {
		t.Fatal(err)
	}
	if called := inputDigest(t, db, w); called == after {
		t.Errorf("InputDigest = %s before and after the problem got a name; want two: tribes are told in its words", after)
	}
}
