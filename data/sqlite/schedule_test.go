package sqlite

import (
	"errors"
	"testing"
	"time"

	"tribu/data"
)

// A slot is settled once; what a dead or interrupted process left open can be claimed again.
func TestSlotsAreSettledOnce(t *testing.T) {
	db := create(t)
	before := digest(t, db)
	if _, err := db.LastSlot(t.Context(), "crawl"); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("last slot of a new database: got %v, want data.ErrNotFound", err)
	}
	at := time.Date(2026, 3, 29, 1, 30, 0, 0, time.UTC)
	steps := []struct {
		name   string
		finish SlotState // before the claim; empty: the process died
		open   bool
		tries  int
	}{
		{"never seen", "", true, 1},
		{"its process died", "", true, 2},
		{"interrupted", SlotInterrupted, true, 3},
		{"done", SlotDone, false, 3},
		{"failed", SlotFailed, false, 3},
		{"skipped", SlotSkipped, false, 3},
	}
	for _, s := range steps {
		if s.finish != "" {
			if err := db.FinishSlot(t.Context(), "crawl", at, s.finish, s.name); err != nil {
				t.Fatal(err)
			}
		}
		open, err := db.ClaimSlot(t.Context(), "crawl", at)
		if err != nil || open != s.open {
			t.Errorf("claim of a slot that is %s: got %v, %v, want %v", s.name, open, err, s.open)
		}
		if last, err := db.LastSlot(t.Context(), "crawl"); err != nil || last.Tries != s.tries || !last.At.Equal(at) || last.State.Settled() == s.open {
			t.Errorf("after %s: got %+v, %v, want %d tries", s.name, last, err, s.tries)
		}
	}
	if open, err := db.ClaimSlot(t.Context(), "report", at); err != nil || !open {
		t.Errorf("the same moment of another job: got %v, %v, want it open", open, err)
	}
	if err := db.SkipSlot(t.Context(), "report", at, "too late"); err != nil {
		t.Fatal(err)
	}
	if last, err := db.LastSlot(t.Context(), "report"); err != nil || last.State != SlotRunning {
		t.Errorf("skipping a claimed slot: got %+v, %v, want it left alone", last, err)
	}
	if after := digest(t, db); after != before {
		t.Errorf("slots changed the digest: %s, want %s", after, before)
	}
}
