package sqlite

import (
	"testing"

	"tribu/data"
)

func BenchmarkStory(b *testing.B) {
	db, w := benchDB(b)
	r := data.RunRecord{Run: data.Run{ID: "2026-W44-abcdef", Main: true, AsOf: epoch, Window: w, Annotation: "bench"}}
	if err := db.SaveRun(b.Context(), r); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := db.Story(b.Context(), r.ID); err != nil {
			b.Fatal(err)
		}
	}
}

func benchDB(b *testing.B) (*DB, data.Window) {
	db := create(b)
	for _, batch := range realPosts(b) {
		save(b, db, batch)
		if err := db.SaveAnnotations(b.Context(), heard(batch), nil); err != nil {
			b.Fatal(err)
		}
	}
	return db, data.Window{From: epoch.AddDate(-50, 0, 0), To: epoch}
}
