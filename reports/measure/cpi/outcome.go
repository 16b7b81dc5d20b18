// Package cpi finds the outcomes customers name, in increments they value, and tells how well they
// are served on each.
//
// An outcome is a side of the experience (a facet, or the kind of a stated increment) of one thing
// (a concept that English and Italian share, else the object's word): quick delivery, cheap water.
// It becomes a customer performance indicator when two tests hold: people say that it matters
// (Test1), and they state it in steps they value (Test2). After Cornfield, "The Most Important
// Metrics You're Not Tracking (Yet)", HBR 2020.
package cpi

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"tribu/reports/measure/signs"
	"tribu/reports/measure/stats"
)

// An Increment is a kind of step customers value.
type Increment string

// The increments.
const (
	Time        Increment = "TIME"
	Ease        Increment = "EASE"
	Options     Increment = "OPTIONS"
	Money       Increment = "MONEY"
	Recognition Increment = "RECOGNITION"
	Integrity   Increment = "INTEGRITY"
	Quantity    Increment = "QUANTITY"
	Other       Increment = "OTHER"
)

// Increments returns all increments in their order.
func Increments() []Increment {
	return []Increment{Time, Ease, Options, Money, Recognition, Integrity, Quantity, Other}
}

// A Status says how far an outcome has come.
type Status string

// The states of an outcome.
const (
	Qualified      Status = "QUALIFIED"
	NeedsIncrement Status = "needs an increment"
	Candidate      Status = "CANDIDATE"
)

// Params holds the thresholds; zero fields take the defaults.
type Params struct {
	Authors         int           // who must state an outcome: 10
	Importance      float64       // least Wilson lower bound of the share who say it matters: 0.10
	IncrementShare  float64       // share of the authors who must state an increment: 0.15
	DominantShare   float64       // of those, the share one kind of increment must hold: 0.50
	Expectations    int           // fewest stated expectations: 5
	Weeks           int           // looked back on: 8
	WeekPeople      int           // fewest people in a week to judge it: 5
	RepeatWithin    time.Duration // a need told again within is not resolved: 7 days
	LeastConfidence float64       // needs heard with less are left out: 0, all are heard
}

func (p Params) filled() Params {
	p.Authors = cmp.Or(p.Authors, 10)
	p.Importance = cmp.Or(p.Importance, 0.10)
	p.IncrementShare = cmp.Or(p.IncrementShare, 0.15)
	p.DominantShare = cmp.Or(p.DominantShare, 0.50)
	p.Expectations = cmp.Or(p.Expectations, 5)
	p.Weeks = cmp.Or(p.Weeks, 8)
	p.WeekPeople = cmp.Or(p.WeekPeople, 5)
	p.RepeatWithin = cmp.Or(p.RepeatWithin, 7*24*time.Hour)
	return p
}

// A Key names an outcome in every language. Facet is empty where people name a need without the
// side of it they care for; Topic then is the need's canonical problem, where it has one.
type Key struct {
	Facet string
	Topic string
}

// String writes the key as "Speed/delivery"; it is the CPI's id.
func (k Key) String() string { return cmp.Or(k.Facet, "Any") + "/" + k.Topic }

// isKey reports whether s is what String writes.
func isKey(s string) bool {
	_, topic, _ := strings.Cut(s, "/")
	return topic != ""
}

func kindOf(s signs.Sign) Increment {
	switch s {
	case signs.Honour:
		return Recognition
	case signs.Frequency: // of failures
		return Integrity
	}
	return incrementOf(string(s))
}

func incrementOf(kind string) Increment {
	i := Increment(strings.ToUpper(kind))
	if slices.Contains(Increments(), i) {
		return i
	}
	return Other
}

// IncrementOf returns the increment a facet is naturally counted in.
func IncrementOf(facet string) Increment {
	switch facet {
	case "Speed":
		return Time
	case "Ease":
		return Ease
	case "Choice":
		return Options
	case "Money":
		return Money
	case "Recognition":
		return Recognition
	case "Reliability":
		return Integrity
	}
	return Other
}

func facetOf(i Increment) string {
	switch i {
	case Time:
		return "Speed"
	case Ease:
		return "Ease"
	case Options:
		return "Choice"
	case Money:
		return "Money"
	case Recognition:
		return "Recognition"
	case Integrity:
		return "Reliability"
	case Quantity:
		return "Quantity"
	}
	return ""
}

func sortedKeys(m map[Key][]mention) []Key { return slices.SortedFunc(maps.Keys(m), compareKeys) }

func compareKeys(a, b Key) int {
	return cmp.Or(cmp.Compare(a.Topic, b.Topic), cmp.Compare(a.Facet, b.Facet))
}

// An Expectation is what people call good enough: the median and quartiles of the limits they
// state, one per author, in seconds for TIME, else in Unit.
type Expectation struct {
	stats.Summary
	Kind Increment
	Unit string
}
