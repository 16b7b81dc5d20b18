// Package experiment tests whether serving customers better on an outcome (a CPI) moves what they
// do for the firm (a KPI). A hypothesis is written down before it starts, with the least effect
// worth having, the level, the deadline and the seed that assigns the units; it says beforehand how
// many units it needs; and it is read once, after the deadline. Reading earlier is peeking: it is
// refused unless asked for, and then it is logged.
package experiment

import (
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"time"

	"tribu/reports/measure/customer"
	"tribu/reports/measure/stats"
)

// ErrPeeking says that the deadline has not passed.
var ErrPeeking = errors.New("the deadline has not passed: reading the result now is peeking")

// A Hypothesis says that a CPI moves a KPI by at least MinEffect.
type Hypothesis struct {
	ID         string
	CPI, KPI   string
	Unit       string // what is assigned: customer, shop, week
	Randomised bool
	MinEffect  float64 // of the KPI; negative where less is better
	Alpha      float64 // 0.05 where 0
	Power      float64 // 0.80 where 0
	Baseline   float64 // the KPI before; with SD 0 it is a proportion
	SD         float64 // of one unit's KPI; 0: the KPI is a proportion
	Seed       uint64  // assigns units and draws permutations
	Registered time.Time
	Deadline   time.Time
}

func (h Hypothesis) filled() Hypothesis {
	if h.Alpha == 0 {
		h.Alpha = 0.05
	}
	if h.Power == 0 {
		h.Power = 0.80
	}
	return h
}

// A Plan is a hypothesis that may start.
type Plan struct {
	Hypothesis
	PerArm int // units each arm needs to find MinEffect with Power at level Alpha
}

// Register returns the plan of h, or why it may not start.
func Register(h Hypothesis) (Plan, error) {
	h = h.filled()
	switch {
	case h.ID == "" || h.CPI == "" || h.KPI == "" || h.Unit == "":
		return Plan{}, errors.New("register hypothesis: id, CPI, KPI and unit must be named")
	case h.MinEffect == 0:
		return Plan{}, fmt.Errorf("register hypothesis %s: the least effect worth having must be stated before the start", h.ID)
	case h.Alpha <= 0 || h.Alpha >= 0.5 || h.Power <= 0.5 || h.Power >= 1:
		return Plan{}, fmt.Errorf("register hypothesis %s: alpha %v or power %v is out of range", h.ID, h.Alpha, h.Power)
	case !h.Deadline.After(h.Registered):
		return Plan{}, fmt.Errorf("register hypothesis %s: the deadline must come after the start", h.ID)
	case h.SD == 0 && (h.Baseline <= 0 || h.Baseline >= 1 || h.Baseline+h.MinEffect <= 0 || h.Baseline+h.MinEffect >= 1):
		return Plan{}, fmt.Errorf("register hypothesis %s: baseline %v and effect %v are no proportions; state the standard deviation", h.ID, h.Baseline, h.MinEffect)
	}
	p := Plan{Hypothesis: h}
	if h.SD == 0 {
		p.PerArm, _ = stats.ArmSize(h.Baseline, h.Baseline+h.MinEffect, h.Alpha, h.Power)
	} else {
		p.PerArm = stats.ArmSizeOf(h.MinEffect, h.SD, h.Alpha, h.Power)
	}
	return p, nil
}

// Treated assigns a unit to an arm by the hypothesis' seed: half of all units, always the same.
func (h Hypothesis) Treated(unit string) bool {
	f := fnv.New64a()
	_, _ = fmt.Fprintf(f, "%d\x00%s\x00%s", h.Seed, h.ID, unit) // a hash never fails
	sum := f.Sum64()
	return (sum^sum>>32)&1 == 1
}

// A Verdict is what an experiment says.
type Verdict string

// The verdicts. Confirmed: the interval excludes 0 and the effect is at least the least one worth
// having. Refuted: the whole interval lies below that.
const (
	Confirmed    Verdict = "confirmed"
	Refuted      Verdict = "refuted"
	Inconclusive Verdict = "inconclusive"
)

// A Result is what came out.
type Result struct {
	Hypothesis Hypothesis
	Method     string // difference of means, or difference of differences
	Effect     float64
	Low, High  float64 // interval at level 1 − Alpha
	P          float64 // of the permutation test
	Exact      bool
	Treated    int // units
	Control    int
	Needed     int // units per arm, as planned
	CPIEffect  *float64
	Verdict    Verdict
	Peeked     bool
	Misplaced  int // units in another arm than the seed assigned; they count against a randomised design
	State      stats.State
}

// Check reads the result of p from observations, of other hypotheses too. Before the deadline it
// returns ErrPeeking unless peek is set; then the result says Peeked and its verdict is inconclusive.
func Check(p Plan, observations []customer.Observation, now time.Time, peek bool) (Result, error) {
	early := now.Before(p.Deadline)
	if early && !peek {
		return Result{}, fmt.Errorf("check hypothesis %s, due %s: %w", p.ID, p.Deadline.Format(time.DateOnly), ErrPeeking)
	}
	r := Result{Hypothesis: p.Hypothesis, Needed: p.PerArm, Peeked: early, Verdict: Inconclusive, P: 1}
	units := unitsOf(p.ID, observations)
	r.compare(units)
	if p.Randomised {
		for _, u := range units {
			if u.treated != p.Treated(u.id) {
				r.Misplaced++
			}
		}
	}
	if r.State == stats.Known && !early && r.Misplaced == 0 {
		r.Verdict = judge(r.Effect, r.Low, r.High, p.MinEffect)
	}
	return r, nil
}

// judge compares an interval with the least effect worth having, which may be negative.
func judge(effect, low, high, least float64) Verdict {
	if least < 0 {
		effect, low, high, least = -effect, -high, -low, -least
	}
	switch {
	case low > 0 && effect >= least:
		return Confirmed
	case high < least:
		return Refuted
	}
	return Inconclusive
}

// Told writes the result in one line.
func (r Result) Told() string {
	if r.State != stats.Known {
		return r.State.Told(r.Treated + r.Control)
	}
	s := fmt.Sprintf("%s: %s %.3g [%.3g, %.3g], p = %.4f, %d treated, %d control", r.Verdict, r.Method, r.Effect, r.Low, r.High, r.P, r.Treated, r.Control)
	if least := min(r.Treated, r.Control); least < r.Needed {
		s += fmt.Sprintf("; planned %d per arm", r.Needed)
	}
	if r.Misplaced > 0 {
		s += fmt.Sprintf("; %d units are not in the arm they were assigned to", r.Misplaced)
	}
	if r.Peeked {
		s += "; read before the deadline"
	}
	return s
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
