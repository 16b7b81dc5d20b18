package reports

import (
	"testing"
	"time"

	"tribu/data"
)

// TestAsWritten: a length of time is drawn as long as it is written.
func TestAsWritten(t *testing.T) {
	p, err := newPrinter(data.LangEN, nil)
	if err != nil {
		t.Fatal(err)
	}
	for hours, want := range map[float64]string{36.5: "36 h 30", 48: "2 days", 100: "4 days", 108: "5 days", 131: "5 days"} {
		drawn := time.Duration(asWritten(hours*3600)) * time.Second
		if got := p.wait(time.Duration(hours * float64(time.Hour))); got != want || p.wait(drawn) != want || drawn >= 48*time.Hour && drawn%(24*time.Hour) != 0 {
			t.Errorf("%v hours: written %q, drawn as %v, want %q", hours, got, drawn, want)
		}
	}
}
