package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// everyHour is the hour field of a schedule that runs in all of them.
const everyHour = 1<<24 - 1

// A slots is the row of moments at which a cron expression wants a job, in a time zone.
//
// The expression speaks of the clock on the wall. An hour that the clock skips in spring is made up
// for at the moment it would have come without the change; of an hour that comes twice in autumn
// the first counts. So 02:30 happens exactly once on every day. An expression that names no hours
// runs every hour that passes, those that come twice included.
type slots struct {
	wall  cron.Schedule // over UTC times that spell the clock on the wall
	loc   *time.Location
	twice bool          // an hour that comes twice counts twice
	every time.Duration // instead of wall: "@every 90m", counted from 1970
}

// parseSlots reads a cron expression of five fields, or one of @hourly, @daily, @weekly, @monthly,
// @yearly, @every D.
func parseSlots(spec string, loc *time.Location) (slots, error) {
	if strings.Contains(spec, "TZ=") {
		return slots{}, errors.New("a schedule is told in the project's timezone and names none itself")
	}
	parsed, err := cron.ParseStandard(strings.TrimSpace(spec))
	if err != nil {
		return slots{}, fmt.Errorf("no schedule: %w; want minute hour day month weekday", err)
	}
	s := slots{wall: parsed, loc: loc}
	switch p := parsed.(type) {
	case cron.ConstantDelaySchedule:
		s.every = p.Delay
		if s.every < time.Minute {
			return slots{}, errors.New("a schedule runs at most once a minute")
		}
	case *cron.SpecSchedule:
		p.Location = time.UTC
		s.twice = p.Hour&everyHour == everyHour
		if p.Next(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
			return slots{}, errors.New("no such day ever comes")
		}
	}
	return s, nil
}

// Next returns the first moment after t, in UTC; the zero time where there is none for years.
func (s slots) Next(t time.Time) time.Time {
	from := t.UTC().Truncate(time.Second).Add(time.Second)
	if s.every > 0 {
		since := time.Duration(from.Add(-1).Unix()) * time.Second
		return time.Unix(0, 0).UTC().Add(since - since%s.every + s.every)
	}
	for limit := from.AddDate(9, 0, 0); from.Before(limit); {
		at, end := s.within(from)
		if !at.IsZero() || end.IsZero() {
			return at
		}
		from = end
	}
	return time.Time{}
}

// within returns the first moment not before from in the period without a clock change that holds
// from, or the zero time, and the end of that period, zero where it has none.
func (s slots) within(from time.Time) (at, end time.Time) {
	start, end := from.In(s.loc).ZoneBounds()
	start, end = start.UTC(), end.UTC()
	offset, before := offsetOf(from, s.loc), offsetOf(from, s.loc)
	if !start.IsZero() {
		before = offsetOf(start.Add(-time.Second), s.loc)
	}
	pick := func(first time.Time, offset time.Duration, limit time.Time) {
		wall := s.wall.Next(first.Add(-time.Second))
		if c := wall.Add(-offset); !wall.IsZero() && (limit.IsZero() || c.Before(limit)) && (at.IsZero() || c.Before(at)) {
			at = c
		}
	}
	first := from.Add(offset)
	if seen := start.Add(before); offset < before && !s.twice && first.Before(seen) {
		first = seen // the wall showed everything before in the period before
	}
	pick(first, offset, end)
	if skipped := offset - before; skipped > 0 && from.Before(start.Add(skipped)) {
		pick(from.Add(before), before, earliest(start.Add(skipped), end))
	}
	return at, end
}

// Last returns the newest moment not after t; the zero time where there was none for years.
func (s slots) Last(t time.Time) time.Time {
	for _, back := range []time.Duration{time.Hour, 25 * time.Hour, 32 * 24 * time.Hour, 367 * 24 * time.Hour, 9 * 366 * 24 * time.Hour} {
		at := s.Next(t.Add(-back))
		if at.IsZero() || at.After(t) {
			continue
		}
		for next := s.Next(at); !next.IsZero() && !next.After(t); next = s.Next(at) {
			at = next
		}
		return at
	}
	return time.Time{}
}

func offsetOf(t time.Time, loc *time.Location) time.Duration {
	_, seconds := t.In(loc).Zone()
	return time.Duration(seconds) * time.Second
}

// earliest returns a, or b where that is set and earlier.
func earliest(a, b time.Time) time.Time {
	if !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
