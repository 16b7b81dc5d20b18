package archive

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tribu/data"
)

// A counter counts the batches and failures it is given, and how large a batch was.
type counter struct{ saves, failures, largest int }

func (c *counter) Save(_ context.Context, b data.Batch) (data.Saved, error) {
	c.saves, c.failures, c.largest = c.saves+1, c.failures+len(b.Failures), max(c.largest, len(b.Failures)+len(b.Posts))
	return data.Saved{}, nil
}

func TestBadRowsAreSavedInBatches(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bad.jsonl")
	good := `{"id":"1","author":"a","created_at":"2026-05-05T00:00:00Z","text":"x"}` + "\n"
	if err := os.WriteFile(path, []byte(strings.Repeat("no row\n", 2500)+good), 0o600); err != nil {
		t.Fatal(err)
	}
	told, sink := 0, &counter{}
	r, err := Import(t.Context(), path, Options{Format: "jsonl", BatchRows: 1000, Reject: func(data.Reject) error { told++; return nil }}, sink)
	if err != nil || r.Rejected != 2500 || told != 2500 || sink.failures != 2500 {
		t.Errorf("%d rejected, %d told, %d failures saved, %v; want 2500 of each", r.Rejected, told, sink.failures, err)
	}
	if sink.saves != 3 || sink.largest > 1000 {
		t.Errorf("%d transactions of at most %d rows; want 3 of at most 1000", sink.saves, sink.largest)
	}
}
