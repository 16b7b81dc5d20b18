package reports

import (
	"context"
	"os"
	"strings"
	"testing"

	"tribu/reports/internal/storytest"
)

// TestCompare writes a report against another run and reads the section in both languages.
func TestCompare(t *testing.T) {
	story := storytest.Story(storytest.Size{People: 120, Posts: 1000}, 1)
	other := story
	other.ID, other.RunRecord.Tribes, other.Params = "2026-W44-000001", story.Tribes[1:], `{"resolution":1.4}`
	o := options()
	o.Against = other.ID
	r, err := Write(context.Background(), shelf{story.ID: story, other.ID: other}, story.ID, t.TempDir(), o)
	if err != nil {
		t.Fatal(err)
	}
	for i, wants := range [][]string{
		{"Held against the run 2026-W44-000001", "Only here", "largely the same people", "resolution", `href="#compare"`},
		{"A confronto con il calcolo 2026-W44-000001", "Solo qui", "in gran parte"},
	} {
		page, err := os.ReadFile(r.Paths[i])
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range wants {
			if !strings.Contains(string(page), want) {
				t.Errorf("%s lacks %q", r.Paths[i], want)
			}
		}
	}
	o.Against = "2026-W01-ffffff"
	if _, err := Write(context.Background(), shelf{story.ID: story}, story.ID, t.TempDir(), o); err == nil {
		t.Error("a run that is not there was compared with")
	}
}
