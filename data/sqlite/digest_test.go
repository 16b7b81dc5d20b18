package sqlite

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"tribu/data"
)

// slice returns the posts of b between from and to with what they show.
func slice(b data.Batch, from, to int) data.Batch {
	part := data.Batch{Authors: b.Authors, Threads: b.Threads, Posts: b.Posts[from:to]}
	in := map[data.PostID]bool{}
	for _, p := range part.Posts {
		in[p.ID] = true
	}
	for _, i := range b.Interactions {
		if in[i.Post] {
			part.Interactions = append(part.Interactions, i)
		}
	}
	return part
}

func TestDigestSeesNeitherOrderNorPartition(t *testing.T) {
	b := community(120)
	whole := create(t)
	save(t, whole, b)
	w := data.Window{From: epoch.Add(-time.Hour), To: epoch.Add(time.Hour)}
	want, wantInput := digest(t, whole), inputDigest(t, whole, w)
	for seed := range uint64(5) {
		r := rand.New(rand.NewPCG(seed, 9))
		mixed := b
		mixed.Posts = append([]data.Post(nil), b.Posts...)
		r.Shuffle(len(mixed.Posts), func(i, j int) { mixed.Posts[i], mixed.Posts[j] = mixed.Posts[j], mixed.Posts[i] })
		db := create(t)
		for from := 0; from < len(mixed.Posts); {
			to := min(from+1+r.IntN(40), len(mixed.Posts))
			save(t, db, slice(mixed, from, to))
			from = to
		}
		if got := digest(t, db); got != want {
			t.Errorf("seed %d: digest = %s, want %s", seed, got, want)
		}
		if got := inputDigest(t, db, w); got != wantInput {
			t.Errorf("seed %d: input digest = %s, want %s", seed, got, wantInput)
		}
	}
}

func inputDigest(t testing.TB, db *DB, w data.Window) string {
	t.Helper()
	got := digestOfWindow(t, db, "v1", w)
	if _, err := db.pool.ExecContext(t.Context(), deleteMeta, inputKey); err != nil {
		t.Fatal(err)
	}
	db.notes = notes{}
	if fresh := digestOfWindow(t, db, "v1", w); got != fresh {
		t.Errorf("the input digest that was kept is %s, computed anew %s", got, fresh)
	}
	return got
}

// digestOfWindow reads the window where its digest is not kept.
func digestOfWindow(t testing.TB, db *DB, version string, w data.Window) string {
	t.Helper()
	digest, err := db.InputDigest(t.Context(), version, w)
	if err == nil && digest == "" {
		err = errors.Join(drain(db.Analyzed(t.Context(), version, w)), drain(db.Interactions(t.Context(), w)), readNames(t, db, w))
		if err == nil {
			digest, err = db.InputDigest(t.Context(), version, w)
		}
	}
	if err != nil || digest == "" {
		t.Fatalf("InputDigest of a window that was read = %q, %v", digest, err)
	}
	return digest
}

func readNames(t testing.TB, db *DB, w data.Window) error {
	return db.Called(t.Context(), w, func(data.ThreadID, string) {}, func(data.AuthorID, string) {})
}

func TestDigestSeesEveryChange(t *testing.T) {
	w := data.Window{From: epoch.Add(-time.Hour), To: epoch.Add(time.Hour)}
	p := post("p", "anna", 0)
	for _, c := range []struct {
		name   string
		change func(*data.Post)
		input  bool // also what clustering reads
	}{
		{"body", func(p *data.Post) { p.Body += "." }, true},
		{"title", func(p *data.Post) { p.Title += "." }, true},
		{"author", func(p *data.Post) { p.Author = data.NewAuthorID("forum", "bea") }, true},
		{"parent", func(p *data.Post) { p.Parent, p.ParentBy = data.NewPostID("forum", "q"), data.Reply }, true},
		{"time", func(p *data.Post) { p.CreatedAt = p.CreatedAt.Add(time.Second) }, true},
		{"place", func(p *data.Post) { p.Place = "repairs" }, true},
		{"title and body run together", func(p *data.Post) { p.Title, p.Body = p.Title+p.Body[:1], p.Body[1:] }, true},
		{"score", func(p *data.Post) { p.Score++ }, false},
		{"views", func(p *data.Post) { p.Views++ }, false},
	} {
		db := create(t)
		save(t, db, data.Batch{Posts: []data.Post{p}})
		before, beforeInput := digest(t, db), inputDigest(t, db, w)
		q := p
		c.change(&q)
		save(t, db, data.Batch{Posts: []data.Post{q}})
		if digest(t, db) == before {
			t.Errorf("digest is blind to the %s", c.name)
		}
		if got := inputDigest(t, db, w) != beforeInput; got != c.input {
			t.Errorf("input digest changed with the %s: %v, want %v", c.name, got, c.input)
		}
		got, err := db.Posts(t.Context(), []data.PostID{p.ID})
		if err != nil || got[p.ID] != q {
			t.Errorf("post after a change of the %s: %+v, %v, want %+v", c.name, got[p.ID], err, q)
		}
	}
}
