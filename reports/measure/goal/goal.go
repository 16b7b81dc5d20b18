// Package goal keeps metrics honest about their objectives: every conversion has a type and a
// stated meaning, every metric shown belongs to a goal, and the word "conversions" never stands
// for something nobody says.
package goal

import (
	"slices"
	"strings"

	"tribu/reports/measure/customer"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/stats"
)

// conversionTypes returns what a conversion may be.
func conversionTypes() []string {
	return []string{"visit", "signup", "lead", "prospect", "sale", "renewal", "referral", "other"}
}

// An Event is one conversion: its type, and whether it met what its type was said to mean.
type Event struct {
	Type       string
	Meaningful bool
}

// A Meaning says how many events of one type meant something.
type Meaning struct {
	Type  string // "untyped" for events without a known type
	Share stats.Share
}

// Judge returns the events, each held against what the goal with its type as metric says it means, and
// the types of which no goal says when they mean something, from visit to referral.
func Judge(seen []customer.Event, goals []customer.Goal) (events []Event, unsaid []string) {
	means, missing := make(map[string]string), make(map[string]bool)
	for _, g := range goals {
		if g.Meaningful != "" {
			means[strings.ToLower(g.Metric)] = g.Meaningful
		}
	}
	for _, e := range seen {
		condition := means[e.Type]
		missing[e.Type] = condition == ""
		holds, _ := e.Row.Holds(condition)
		events = append(events, Event{e.Type, holds})
	}
	for _, t := range conversionTypes() {
		if missing[t] {
			unsaid = append(unsaid, t)
		}
	}
	return events, unsaid
}

// untyped is the type of events that have none.
const untyped = "untyped"

// Meanings returns the share of meaningful events by type, from visit to referral, the
// untyped ones last; warning is set where there are any.
func Meanings(events []Event) (out []Meaning, warning string) {
	k, n := make(map[string]int), make(map[string]int)
	for _, e := range events {
		t := e.Type
		if !slices.Contains(conversionTypes(), t) {
			t = untyped
			warning = "some conversions have no type: nobody can say what they are"
		}
		n[t]++
		if e.Meaningful {
			k[t]++
		}
	}
	for _, t := range append(conversionTypes(), untyped) {
		if n[t] > 0 {
			out = append(out, Meaning{t, stats.ShareOf(k[t], n[t])})
		}
	}
	return out, warning
}

// Orphans returns the metrics shown that belong to no goal, and their share of those shown.
func Orphans(shown []string, goals []customer.Goal) (orphans []string, share float64) {
	for _, m := range shown {
		if !slices.ContainsFunc(goals, func(g customer.Goal) bool { return strings.EqualFold(g.Metric, m) }) {
			orphans = append(orphans, m)
		}
	}
	return orphans, float64(len(orphans)) / float64(max(len(shown), 1))
}

// MeansSales reports whether text speaks of conversions where it means sales.
func MeansSales(text string) bool {
	if !strings.Contains(strings.ToLower(text), "conver") {
		return false
	}
	for _, w := range signs.Words(text) {
		switch w {
		case "conversion", "conversions", "conversione", "conversioni", "convertire", "converting":
			return true
		}
	}
	return false
}

// Typed returns how a conversion is written: never bare, always with its type.
func Typed(word, kind string) string {
	if kind == "" {
		kind = untyped
	}
	return word + " (" + kind + ")"
}

// Bare reports whether a page writes of conversions without saying of which type.
func Bare(page string) bool {
	words := strings.Fields(strings.ToLower(page))
	for i, w := range words {
		w = strings.Trim(w, ".,;:!?«»“”\"")
		if MeansSales(w) && (i+1 == len(words) || !strings.HasPrefix(words[i+1], "(")) {
			return true
		}
	}
	return false
}
