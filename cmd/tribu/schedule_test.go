package main

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// clockChanges are the days on which the clocks of three places change, by half an hour in one.
var clockChanges = []struct {
	zone, day string
	spec      string
	want      string // the moments of that day, UTC
}{
	{"Europe/Rome", "2026-03-29", "30 2 * * *", "01:30"},         // 03:30 on the wall
	{"Europe/Rome", "2026-10-25", "30 2 * * *", "00:30"},         // the first 02:30
	{"America/New_York", "2026-03-08", "30 2 * * *", "07:30"},    // 03:30
	{"America/New_York", "2026-11-01", "30 1 * * *", "05:30"},    // the first 01:30
	{"America/New_York", "2026-11-01", "30 2 * * *", "07:30"},    // 02:30 comes once there
	{"Australia/Lord_Howe", "2026-10-04", "15 2 * * *", "15:45"}, // 02:45, half an hour is skipped
	{"Australia/Lord_Howe", "2026-10-04", "30 2 * * *", "15:30"}, // 02:30 is there
	{"Australia/Lord_Howe", "2026-04-05", "45 1 * * *", "14:45"}, // the first 01:45
	{"Europe/Rome", "2026-03-29", "*/20 2 * * *", "01:00 01:20 01:40"},
	{"Europe/Rome", "2026-10-25", "*/20 2 * * *", "00:00 00:20 00:40"},
	{"Europe/Rome", "2026-03-29", "30 2,3 * * *", "01:30"}, // both are 03:30
	{"Europe/Rome", "2026-03-29", "0 0-4 * * *", "23:00 00:00 01:00 02:00"},
	{"Europe/Rome", "2026-10-25", "0 0-4 * * *", "22:00 23:00 00:00 02:00 03:00"},
	{"Europe/Rome", "2026-10-25", "0 */6 * * *", "22:00 05:00 11:00 17:00"},
	{"Europe/Rome", "2026-03-29", "0 6 * * MON", ""},
	{"Europe/Rome", "2026-03-30", "0 6 * * MON", "04:00"},
}

// TestClockChanges: what a schedule names happens once on the days the clocks change.
func TestClockChanges(t *testing.T) {
	for _, c := range clockChanges {
		loc := zone(t, c.zone)
		s, err := parseSlots(c.spec, loc)
		if err != nil {
			t.Fatal(err)
		}
		day, _ := time.ParseInLocation("2006-01-02", c.day, loc)
		var got []string
		for at := s.Next(day.Add(-time.Second)); at.Before(day.AddDate(0, 0, 1)); at = s.Next(at) {
			got = append(got, at.Format("15:04"))
		}
		if got := strings.Join(got, " "); got != c.want {
			t.Errorf("%q in %s on %s: got %q, want %q", c.spec, c.zone, c.day, got, c.want)
		}
	}
}

// TestEveryHourThatPasses: a schedule that names no hours runs in all of them, 23, 24 or 25.
func TestEveryHourThatPasses(t *testing.T) {
	for _, c := range []struct {
		zone, day, spec string
		want            int
	}{
		{"Europe/Rome", "2026-03-29", "30 * * * *", 23}, {"Europe/Rome", "2026-10-25", "30 * * * *", 25}, {"Europe/Rome", "2026-06-01", "@hourly", 24},
		{"Europe/Rome", "2026-03-29", "@every 90m", 15}, {"Australia/Lord_Howe", "2026-04-05", "*/15 * * * *", 98}, {"Australia/Lord_Howe", "2026-10-04", "*/15 * * * *", 94},
	} {
		loc := zone(t, c.zone)
		s, err := parseSlots(c.spec, loc)
		if err != nil {
			t.Fatal(err)
		}
		day, _ := time.ParseInLocation("2006-01-02", c.day, loc)
		got := 0
		for at := s.Next(day.Add(-time.Second)); at.Before(day.AddDate(0, 0, 1)); at = s.Next(at) {
			got++
		}
		if got != c.want {
			t.Errorf("%q in %s on %s: got %d, want %d", c.spec, c.zone, c.day, got, c.want)
		}
	}
}

// TestSlotsGoForward holds for a year of many zones: moments rise, each is the next of the moment
// before, the last not after any time, and a daily time comes 365 times.
func TestSlotsGoForward(t *testing.T) {
	for _, name := range []string{"Europe/Rome", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Africa/Cairo", "Asia/Kolkata", "UTC"} {
		loc := zone(t, name)
		for hour := range 24 {
			s, err := parseSlots(fmt.Sprintf("30 %d * * *", hour), loc)
			if err != nil {
				t.Fatal(err)
			}
			start := time.Date(2026, 1, 1, 0, 0, 0, 0, loc)
			n, before := 0, time.Time{}
			for at := s.Next(start); at.Before(start.AddDate(1, 0, 0)); at = s.Next(at) {
				if !at.After(before) || !s.Last(at).Equal(at) || !s.Last(at.Add(time.Minute)).Equal(at) || !s.Next(at.Add(-time.Second)).Equal(at) {
					t.Fatalf("%s %02d:30: %v after %v, last %v", name, hour, at, before, s.Last(at))
				}
				n, before = n+1, at
			}
			if n != 365 {
				t.Errorf("%s %02d:30: got %d moments a year, want 365", name, hour, n)
			}
		}
	}
}

func TestNoSchedule(t *testing.T) {
	for spec, want := range map[string]string{
		"0 25 * * *": "above maximum", "soon": "want minute hour day", "0 0 31 2 *": "no such day", "@every 10s": "once a minute",
		"CRON_TZ=UTC 0 6 * * *": "timezone", "": "want minute hour day",
	} {
		if _, err := parseSlots(spec, time.UTC); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", spec, err, want)
		}
	}
}
