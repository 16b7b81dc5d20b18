package tribes_test

import (
	"fmt"
	"time"

	"tribu/tribes"
)

func ExampleWeekOf() {
	sunday := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC) // the end of Sunday the 22nd
	monday := sunday.Add(6 * time.Hour)
	fmt.Println(tribes.WeekOf(sunday), tribes.WeekOf(monday), tribes.LastWeek(monday))
	// Output: 2026-W47 2026-W48 2026-W47
}
