package main

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"tribu/data/sqlite"
	"tribu/nlp"
)

// TestAnalyseAllLosesNothing: what was heard stands until it is heard again, whenever that is stopped.
func TestAnalyseAllLosesNothing(t *testing.T) {
	dir := demo(t)
	db, err := sqlite.Open(t.Context(), filepath.Join(dir, "tribu.db"), sqlite.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	before, err := db.Digest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	heard := 0
	_, err = nlp.Run(ctx, nlp.Options{Batch: 50, Progress: func(n int) { heard = n; stop() }}, anew{db})
	if !errors.Is(err, context.Canceled) || heard != 50 {
		t.Fatalf("stopped after %d posts: %v, want 50 and the reason", heard, err)
	}
	same := func(when string) {
		t.Helper()
		if after, err := db.Digest(t.Context()); err != nil || after != before {
			t.Errorf("%s: the database is another, %v", when, err)
		}
	}
	same("stopped")
	s, err := nlp.Run(t.Context(), nlp.Options{}, anew{db})
	if err != nil || s.Posts < 800 {
		t.Errorf("heard %d posts again, %v; want all", s.Posts, err)
	}
	same("heard to the end")
}
