package reports

import (
	"testing"

	"tribu/reports/figures"
)

// A tribe has a map of hours of its own only where its replies come at other hours than everybody's.
func TestOnlyTribesOfOtherHoursHaveAMap(t *testing.T) {
	replies := func(evening, morning int) figures.Tribe {
		var out figures.Tribe
		out.Hours[2][20], out.Hours[3][8], out.Replies = evening, morning, evening+morning
		return out
	}
	all := replies(600, 400)
	for _, c := range []struct {
		evening, morning int
		want             bool
	}{{62, 38, false}, {55, 45, false}, {20, 80, true}, {95, 5, true}, {0, 30, false}} {
		if got := otherHours(replies(c.evening, c.morning), all); got != c.want {
			t.Errorf("%d replies at 20:00 and %d at 8:00, 600 and 400 of everybody's: a map %v, want %v", c.evening, c.morning, got, c.want)
		}
	}
}
