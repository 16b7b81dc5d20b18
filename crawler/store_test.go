package crawler_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"tribu/crawler"
	"tribu/data"
	"tribu/data/sqlite"
)

// mortal is a database whose process dies at one of its saves.
type mortal struct {
	*sqlite.DB
	left int
}

var errDead = errors.New("dead")

// SaveAll dies when its time has come: nothing of the batches is stored, and no later one is.
func (m *mortal) SaveAll(ctx context.Context, all []data.Batch) ([]data.Saved, error) {
	if m.left--; m.left <= 0 {
		return nil, errDead
	}
	return m.DB.SaveAll(ctx, all)
}

// crawlUntilDone crawls into a database that dies at every step-th save and returns its digest.
func crawlUntilDone(t *testing.T, base string, allow []string, step int) (digest string, lives int) {
	t.Helper()
	at := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	now := func() time.Time { return at }
	path := filepath.Join(t.TempDir(), "tribu.db")
	for lives = 1; ; lives++ {
		db, err := sqlite.Open(t.Context(), path, sqlite.Options{Create: true, Now: now})
		if err != nil {
			t.Fatal(err)
		}
		at = at.Add(time.Minute)
		_, err = crawler.Run(t.Context(), crawler.Options{Sources: []crawler.SourceConfig{{Name: "forum", Kind: "discourse", URL: base, Allow: allow}}, Now: now},
			&mortal{db, step})
		if err != nil && !errors.Is(err, errDead) {
			t.Fatal(err)
		}
		if err != nil {
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			continue
		}
		digest, digestErr := db.Digest(t.Context())
		if err := errors.Join(digestErr, db.Close()); err != nil {
			t.Fatal(err)
		}
		return digest, lives
	}
}

func TestADatabaseThatDiesLosesNothing(t *testing.T) {
	base, allow := crawler.ServeCaptures(t)
	want, _ := crawlUntilDone(t, base, allow, 1<<30)
	for _, step := range []int{7, 13} {
		got, lives := crawlUntilDone(t, base, allow, step)
		if got != want || lives < 3 {
			t.Errorf("dying at every %dth save: digest %s after %d lives, want %s", step, got, lives, want)
		}
	}
}

func BenchmarkWeeklyCrawls(b *testing.B) {
	for b.Loop() {
		show, base, allow := crawler.ServeWeeks(b)
		at := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
		now := func() time.Time { return at }
		db, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "tribu.db"), sqlite.Options{Create: true, Now: now})
		if err != nil {
			b.Fatal(err)
		}
		requests := 0
		for week := 1; week <= 8; week++ {
			show(week)
			at = at.Add(7 * 24 * time.Hour)
			s, err := crawler.Run(b.Context(), crawler.Options{Sources: []crawler.SourceConfig{{Name: "forum", Kind: "discourse", URL: base, Allow: allow}}, Now: now}, db)
			if err != nil {
				b.Fatal(err)
			}
			requests += s.Sources[0].Requests
		}
		b.ReportMetric(float64(requests), "requests")
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
