package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"testing"
)

// TestMoodAccuracy: the accuracy that stands beside the mood is not more than is measured.
func TestMoodAccuracy(t *testing.T) {
	gold := "../../../shared/data/gold/polarity_it.jsonl"
	if _, err := os.Stat(gold); err != nil {
		t.Skip("no labelled posts at hand: ", err)
	}
	out, err := exec.Command("tribu", "needs", "evaluate", "--gold", gold, "--task", "polarity", "--json").Output()
	if err != nil {
		t.Fatal(err)
	}
	var got struct{ Data struct{ Accuracy float64 } }
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	if got.Data.Accuracy < moodAccuracy {
		t.Errorf("polarity is read right in %.3f of labelled posts, and the report says %.2f", got.Data.Accuracy, moodAccuracy)
	}
}
