package sqlite

import (
	"bytes"
	"reflect"
	"slices"
	"testing"
	"time"

	"tribu/data"
	"tribu/data/fuzz"

	"github.com/google/go-cmp/cmp"
)

// annotate stores what version v1 heard in each of the posts.
func annotate(t testing.TB, db *DB, ids ...data.PostID) []data.Annotation {
	t.Helper()
	var all []data.Annotation
	for _, id := range ids {
		all = append(all, annotation(id))
	}
	if err := db.SaveAnnotations(t.Context(), all, nil); err != nil {
		t.Fatal(err)
	}
	return all
}

func annotation(id data.PostID) data.Annotation {
	return data.Annotation{Post: id, Version: "v1", Lang: data.LangIT, Words: 12, Fingerprint: 1<<63 + 5, Copy: true,
		Terms:  []data.Term{{Key: "batteri", Form: "batterie", Count: 2}, {Key: "batteri scaric", Form: "Batteria scarica", Count: 1}},
		Topics: []data.Term{{Key: "cargo bike", Form: "cargo bike", Count: 1}},
		Needs: []data.Need{
			{Type: data.Problem, Kind: data.KindProblem, Object: "batteria", Aspect: "durata", Action: "durare", Concept: "battery",
				Facets: []data.Facet{{Name: "Reliability", Direction: -1}, {Name: "Money", Direction: 1}, {Name: "Ease"}}, Polarity: -1, Negated: true, Hypothetical: true,
				Increment: &data.Increment{Kind: "time", Value: 2.5, Unit: "days"}, Expectation: 48 * time.Hour,
				Evidence: data.Span{InTitle: true, Start: 3, End: 9}, Quote: "Non dura più di un’ora", Lang: data.LangIT, Rule: "it.problem.7", Confidence: .81, Motives: []string{"dream", "voice"}, Voice: "person"},
			{Type: data.Wish, Kind: data.KindNeed},
		}}
}

func TestAnnotationsComeBackAsTheyWere(t *testing.T) {
	db := create(t)
	b := community(30)
	save(t, db, b)
	var ids []data.PostID
	for _, p := range b.Posts {
		ids = append(ids, p.ID)
	}
	want := annotate(t, db, ids...)
	annotate(t, db, ids[3], ids[3], data.NewPostID("forum", "not stored"))
	slices.SortFunc(want, func(a, b data.Annotation) int { return bytes.Compare(a.Post[:], b.Post[:]) })
	var got []data.Annotation
	w := data.Window{From: epoch.Add(-time.Second), To: epoch.Add(time.Hour)}
	for p, err := range db.Analyzed(t.Context(), "v1", w) {
		if err != nil {
			t.Fatal(err)
		}
		if p.PostMeta.Lang != data.LangIT || p.Source != "forum" || p.Place != "general" {
			t.Errorf("meta of %s = %+v", p.ID, p.PostMeta)
		}
		got = append(got, p.Annotation)
	}
	if d := cmp.Diff(got, want); d != "" {
		t.Errorf("annotations read (-) and written (+):\n%s", d)
	}
	for p, err := range db.Analyzed(t.Context(), "v2", w) {
		t.Errorf("Analyzed(unknown version) = %v, %v, want nothing", p.ID, err)
	}
}

func TestAnalyzedReadsTheHalfOpenWindow(t *testing.T) {
	db := create(t)
	early, first, last, late := post("1", "a", 0), post("2", "a", 1), post("3", "a", 2), post("4", "a", 3)
	save(t, db, data.Batch{Posts: []data.Post{early, first, last, late}})
	annotate(t, db, early.ID, first.ID, last.ID, late.ID)
	got := map[data.PostID]bool{}
	for p := range db.Analyzed(t.Context(), "v1", data.Window{From: early.CreatedAt, To: last.CreatedAt}) {
		got[p.ID] = true
	}
	if want := map[data.PostID]bool{first.ID: true, last.ID: true}; !reflect.DeepEqual(got, want) {
		t.Errorf("posts of the window = %v, want %v", got, want)
	}
}

func TestUnanalysedWhileTheBodyWrites(t *testing.T) {
	db := create(t)
	b := community(1300)
	save(t, db, b)
	var last data.PostID
	n := 0
	for p, err := range db.Unanalysed(t.Context(), "v1") {
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Compare(p.ID[:], last[:]) <= 0 {
			t.Fatalf("post %s after %s, want id order", p.ID, last)
		}
		last = p.ID
		if n%3 == 0 {
			err = db.SaveAnnotations(t.Context(), nil, []data.Failure{{Stage: "analyse", Version: "v1", Subject: p.ID.String(), Reason: "too long"}})
		} else {
			err = db.SaveAnnotations(t.Context(), []data.Annotation{{Post: p.ID, Version: "v1"}}, nil)
		}
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != 1300 {
		t.Errorf("Unanalysed returned %d posts, want 1300", n)
	}
	count := func(version string, want int) {
		t.Helper()
		if got, err := db.CountUnanalysed(t.Context(), version); got != want || err != nil {
			t.Errorf("CountUnanalysed(%s) = %d, %v, want %d", version, got, err, want)
		}
	}
	count("v1", 0)
	count("v2", 1300)
	unheard(t, db, "v1", 0, 1300)
	unheard(t, db, "v2", 1300, 1300)
	for p := range db.Unanalysed(t.Context(), "v2") {
		if err := db.SaveAnnotations(t.Context(), []data.Annotation{{Post: p.ID, Version: "v2"}}, nil); err != nil {
			t.Fatal(err)
		}
	}
	unheard(t, db, "v2", 0, 1300)
	if err := db.RetryFailures(t.Context(), "v1"); err != nil {
		t.Fatal(err)
	}
	count("v1", 434)
	all := 0
	for _, err := range db.Hearable(t.Context(), "v1") {
		if err != nil {
			t.Fatal(err)
		}
		all++
	}
	if all != 1300 {
		t.Errorf("Hearable returned %d posts, want 1300", all)
	}
}

func TestFailuresInOrder(t *testing.T) {
	db := create(t)
	all := []data.Failure{{Stage: "analyse", Version: "v1", Subject: "x", Reason: "r"}, {Stage: "import", Subject: "f:2", Reason: "bad date"}, {Stage: "import", Subject: "f:3", Reason: "empty"}}
	save(t, db, data.Batch{Failures: []data.Failure{all[2], all[0], all[1], all[1]}})
	var got []data.Failure
	for f, err := range db.Failures(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, f)
	}
	if !slices.Equal(got, all) {
		t.Errorf("Failures = %v, want %v", got, all)
	}
}

func FuzzTerms(target *testing.F) {
	f := fuzz.Of(target)
	f.Add("perch", "perché", 3, "batteri", "batteria", []byte{1})
	f.Add("", "", 0, "a", "", encodeTerms([]data.Term{{Key: "a", Form: "ab", Count: -1}}, nil))
	f.Fuzz(func(t *testing.T, key, form string, count int, key2, form2 string, raw []byte) {
		terms := []data.Term{{Key: key, Form: form, Count: count}, {Key: key2, Form: form2, Count: -count}, {Key: key + key2, Form: key, Count: 1}}
		for _, topics := range [][]data.Term{nil, terms[1:]} {
			gotTerms, gotTopics, err := decodeTerms(encodeTerms(terms, topics))
			if err != nil || !slices.Equal(gotTerms, terms) || !slices.Equal(gotTopics, topics) {
				t.Errorf("decode(encode(%+v, %+v)) = %+v, %+v, %v", terms, topics, gotTerms, gotTopics, err)
			}
		}
		if a, b, err := decodeTerms(raw); err == nil {
			if c, d, err := decodeTerms(encodeTerms(a, b)); err != nil || !slices.Equal(a, c) || !slices.Equal(b, d) {
				t.Errorf("decode(%x) = %+v, %+v and again %+v, %+v, %v", raw, a, b, c, d, err)
			}
		}
	})
}

// unheard checks how many posts, of how many, version did not hear.
func unheard(t *testing.T, db *DB, version string, want, wantOf int) {
	t.Helper()
	w := data.Window{From: epoch.AddDate(-50, 0, 0), To: epoch.AddDate(50, 0, 0)}
	if n, of, err := db.CountUnheard(t.Context(), version, w); n != want || of != wantOf || err != nil {
		t.Errorf("CountUnheard(%s) = %d of %d, %v, want %d of %d", version, n, of, err, want, wantOf)
	}
}
