package crawler_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tribu/crawler"
	"tribu/data/sqlite"
)

func TestEveryKindInADatabaseThatDies(t *testing.T) {
	sources := crawler.ServePlatforms(t)
	now := func() time.Time { return time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC) }
	read := func(c crawler.SourceConfig, step int) (posts string, lives int) {
		path := filepath.Join(t.TempDir(), "tribu.db")
		for lives = 1; ; lives++ {
			db, err := sqlite.Open(t.Context(), path, sqlite.Options{Create: true, Now: now})
			if err != nil {
				t.Fatal(err)
			}
			_, err = crawler.Run(t.Context(), crawler.Options{Sources: []crawler.SourceConfig{c}, Contact: "mailto:us@example.org", Now: now}, &mortal{db, step})
			died := errors.Is(err, errDead)
			if err != nil && !died {
				t.Fatal(err)
			}
			if !died {
				return content(t, db), lives
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, c := range sources {
		want, _ := read(c, 1<<30)
		if got, lives := read(c, 4); got != want || lives < 2 || got == "" {
			t.Errorf("%s, dying at every 4th save: after %d lives the posts are\n%s\nwant\n%s", c.Kind, lives, got, want)
		}
	}
}

// content closes db and returns its posts, in their order.
func content(t *testing.T, db *sqlite.DB) string {
	var out strings.Builder
	for p, err := range db.Unanalysed(t.Context(), "none") {
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "%+v\n", p)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
