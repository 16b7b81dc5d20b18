package sqlite

import (
	"maps"
	"testing"
	"time"

	"tribu/data"
)

// TestNamesGoWithTheirAuthor: what a problem is called is cut from somebody's sentence.
func TestNamesGoWithTheirAuthor(t *testing.T) {
	for _, c := range []struct {
		name, own, others, want string
	}{
		{"the hinge that squeaks at night", "I hate The hinge that squeaks at night.", "Mine squeaks too.", "hinge"},
		{"the hinge that squeaks", "The hinge that squeaks again!", "So it is the hinge that squeaks?", "the hinge that squeaks"},
		{"a quiet door", "The hinge squeaks.", "I want a quiet door.", "a quiet door"},
		{"squeaks", "It squeaks.", "Mine is fine.", "squeaks"},
	} {
		db := keyed(t)
		batch := community(10)
		save(t, db, batch)
		leaver := batch.Posts[0].Author
		for _, p := range batch.Posts {
			quote := c.others
			if p.Author == leaver {
				quote = c.own
			}
			n := data.Need{Type: data.Problem, Kind: data.KindNeed, Object: "hinge", Quote: quote, Lang: data.LangEN, Rule: "r", Confidence: 1}
			if err := db.SaveAnnotations(t.Context(), []data.Annotation{{Post: p.ID, Version: "v1", Lang: data.LangEN, Words: 3, Needs: []data.Need{n}}}, nil); err != nil {
				t.Fatal(err)
			}
		}
		callAll(t, db, c.name)
		if _, err := db.OptOut(t.Context(), leaver, testKey(leaver)); err != nil {
			t.Fatal(err)
		}
		problems, err := db.Problems(t.Context())
		if err != nil || len(problems) != 1 {
			t.Fatalf("Problems = %v, %v; want one", problems, err)
		}
		record, err := db.Record(t.Context(), "2026-W47-aaaaaa")
		if err != nil {
			t.Fatal(err)
		}
		then, err := namingsOf(t.Context(), db.pool, record.ID)
		if err != nil || len(then) == 0 {
			t.Fatalf("needs of the run = %v, %v", then, err)
		}
		for ref, of := range then {
			if of.Called != c.want {
				t.Errorf("%q of %q: the stored run calls %v %q, want %q", c.name, c.own, ref, of.Called, c.want)
			}
		}
		if now, told := problems[0].Call(data.LangEN), record.Tribes[0].Needs[0].Topic; now != c.want || told != c.want {
			t.Errorf("%q of %q: called %q and in a tribe %q once they left, want %q", c.name, c.own, now, told, c.want)
		}
	}
}

// callAll puts all needs into a problem of that name, and the problem into a stored run.
func callAll(t *testing.T, db *DB, name string) {
	t.Helper()
	p := data.SharedProblem{ID: "p00000001", Wanting: true, Head: "hinge", Phrases: map[data.Lang]string{data.LangEN: name, data.LangUnd: name}, People: 2, Area: -1}
	for n, err := range db.Voiced(t.Context(), "v1") {
		if err != nil {
			t.Fatal(err)
		}
		p.Members = append(p.Members, data.NeedRef{Post: n.ID, Ord: n.Ord})
	}
	p.Spoken = p.Members[0]
	if err := db.SaveProblems(t.Context(), "v1", "state", []data.SharedProblem{p}, nil); err != nil {
		t.Fatal(err)
	}
	r := data.RunRecord{Run: data.Run{ID: "2026-W47-aaaaaa", Main: true, Week: "2026-W47", AsOf: epoch, Annotation: "v1",
		Window: data.Window{From: epoch.Add(-time.Hour), To: epoch.Add(1000 * time.Hour)}}}
	r.Tribes = []data.Tribe{{ID: "t1", Letter: "A", People: 2, Needs: []data.TribeNeed{{Topic: name, Problem: p.ID}}}}
	if err := db.SaveRun(t.Context(), r); err != nil {
		t.Fatal(err)
	}
}

// TestNamingsOfAnotherRun: a run over a window whose digest is kept stores the same namings, which are
// those noted on the way.
func TestNamingsOfAnotherRun(t *testing.T) {
	db, w := create(t), data.Window{From: epoch.Add(-time.Hour), To: epoch.Add(time.Hour)}
	batch := community(10)
	save(t, db, batch)
	for _, p := range batch.Posts {
		n := data.Need{Type: data.Problem, Kind: data.KindNeed, Object: "hinge", Quote: "The hinge squeaks.", Lang: data.LangEN, Rule: "r", Confidence: 1}
		if err := db.SaveAnnotations(t.Context(), []data.Annotation{{Post: p.ID, Version: "v1", Lang: data.LangEN, Words: 3, Needs: []data.Need{n}}}, nil); err != nil {
			t.Fatal(err)
		}
	}
	callAll(t, db, "hinge")
	digest := digestOfWindow(t, db, "v1", w)
	stored := func(id string) map[data.NeedRef]naming {
		t.Helper()
		err := db.SaveRun(t.Context(), data.RunRecord{Run: data.Run{ID: id, AsOf: w.To, Window: w, Annotation: "v1", Inputs: digest}})
		if err != nil {
			t.Fatal(err)
		}
		of, err := namingsOf(t.Context(), db.pool, id)
		if err != nil {
			t.Fatal(err)
		}
		return of
	}
	first := stored("2026-W01-aaaaaa")
	db.notes = notes{}
	if got, err := db.InputDigest(t.Context(), "v1", w); got != digest || err != nil {
		t.Fatalf("InputDigest = %s, %v, want the one kept, %s", got, err, digest)
	}
	if err := drain(db.Analyzed(t.Context(), "v1", w)); err != nil {
		t.Fatal(err)
	}
	noted, err := db.namingsFor(t.Context(), &data.Run{Annotation: "v1", Window: w, Inputs: digest})
	if err != nil || noted != db.notes.named {
		t.Errorf("namings are read a second time (%v)", err)
	}
	if second := stored("2026-W01-bbbbbb"); len(first) != len(batch.Posts) || !maps.Equal(first, second) {
		t.Errorf("namings of the runs differ: %v, %v", first, second)
	}
}
