package crawler_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"tribu/crawler"
	"tribu/data/sqlite"
)

// A life ends at every step-th save; the next begins a minute later.
func TestEveryKindInADatabaseThatDies(t *testing.T) {
	sources := crawler.ServePlatforms(t)
	read := func(c crawler.SourceConfig, step int) (digest string, posts, lives int) {
		at := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
		now := func() time.Time { return at }
		path := filepath.Join(t.TempDir(), "tribu.db")
		for lives = 1; ; lives++ {
			db, err := sqlite.Open(t.Context(), path, sqlite.Options{Create: true, Now: now})
			if err != nil {
				t.Fatal(err)
			}
			at = at.Add(time.Minute)
			_, err = crawler.Run(t.Context(), crawler.Options{Sources: []crawler.SourceConfig{c}, Contact: "mailto:us@example.org", Now: now}, &mortal{db, step})
			died := errors.Is(err, errDead)
			if err != nil && !died {
				t.Fatal(err)
			}
			if !died {
				digest, posts = content(t, db)
				return digest, posts, lives
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, c := range sources {
		want, all, _ := read(c, 1<<30)
		for _, step := range []int{2, 3} {
			if got, posts, lives := read(c, step); got != want || lives < 2 || posts != all || posts < 4 {
				t.Errorf("%s, dying at every save number %d: after %d lives the digest of %d posts is %s, want that of %d, %s", c.Kind, step, lives, posts, got, all, want)
			}
		}
	}
}

// content closes db and returns its digest and how many posts it has.
func content(t *testing.T, db *sqlite.DB) (digest string, posts int) {
	for _, err := range db.Unanalysed(t.Context(), "none") {
		if err != nil {
			t.Fatal(err)
		}
		posts++
	}
	digest, err := db.Digest(t.Context())
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return digest, posts
}
