package sqlite

import (
	"testing"
	"time"

	"tribu/data"
)

// Posts within three bits of what their author said before in the window are copies, whatever the order in which
// they were analysed and whoever else said it.
func TestCopies(t *testing.T) {
	db := create(t)
	const print = 0xf0f0_1234_5678_9abc
	first, again, near, far, other := post("1", "ann", 1), post("2", "ann", 2), post("3", "ann", 3), post("4", "ann", 4), post("5", "bea", 5)
	prints := map[data.PostID]uint64{first.ID: print, again.ID: print, near.ID: print ^ 1<<63 ^ 1<<40 ^ 1, far.ID: print ^ 1<<63 ^ 1<<40 ^ 1<<20 ^ 1, other.ID: print}
	save(t, db, data.Batch{Posts: []data.Post{first, again, near, far, other}})
	for _, p := range []data.Post{other, far, near, again, first} {
		a := data.Annotation{Post: p.ID, Version: "v1", Fingerprint: prints[p.ID]}
		if err := db.SaveAnnotations(t.Context(), []data.Annotation{a}, nil); err != nil {
			t.Fatal(err)
		}
	}
	want := map[data.PostID]bool{again.ID: true, near.ID: true}
	for p, err := range db.Analyzed(t.Context(), "v1", data.Window{From: epoch, To: epoch.Add(time.Hour)}) {
		if err != nil {
			t.Fatal(err)
		}
		if p.Copy != want[p.ID] {
			t.Errorf("post %s with print %x: copy %v, want %v", p.ID, p.Fingerprint, p.Copy, want[p.ID])
		}
	}
	for p := range db.Analyzed(t.Context(), "v1", data.Window{From: again.CreatedAt, To: epoch.Add(time.Hour)}) {
		if p.Copy != (p.ID == far.ID) {
			t.Errorf("post with print %x: copy %v in a window that holds what is near it, not what it copies", p.Fingerprint, p.Copy)
		}
	}
}
