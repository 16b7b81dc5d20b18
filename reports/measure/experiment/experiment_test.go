package experiment

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"tribu/reports/measure/customer"
	"tribu/reports/measure/stats"
)

var (
	start = time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)
	due   = start.AddDate(0, 2, 0)
)

func hypothesis() Hypothesis {
	return Hypothesis{ID: "h1", CPI: "Speed/quote", KPI: "sales", Unit: "customer", MinEffect: 0.10, Baseline: 0.20, Seed: 1, Registered: start, Deadline: due}
}

func TestRegister(t *testing.T) {
	p, err := Register(hypothesis())
	if err != nil || p.PerArm != 294 {
		t.Errorf("Register(.20 → .30) = %d per arm, %v; want 294", p.PerArm, err)
	}
	for name, change := range map[string]func(*Hypothesis){
		"no effect stated":         func(h *Hypothesis) { h.MinEffect = 0 },
		"deadline before start":    func(h *Hypothesis) { h.Deadline = start },
		"no KPI":                   func(h *Hypothesis) { h.KPI = "" },
		"proportion out of range":  func(h *Hypothesis) { h.Baseline = 0.95 },
		"alpha that proves nought": func(h *Hypothesis) { h.Alpha = 0.9 },
	} {
		h := hypothesis()
		change(&h)
		if _, err := Register(h); err == nil {
			t.Errorf("%s: registered, want a refusal", name)
		}
	}
}

// TestDiffInDiff: treated units rise from .20 to .30 while control rises from .21 to .22: (.30 − .20) − (.22 − .21) = .09.
func TestDiffInDiff(t *testing.T) {
	var obs []customer.Observation
	for i := range 6 {
		wobble := float64(i/2-1) / 100
		for after, kpi := range []float64{[]float64{0.20, 0.21}[i%2], []float64{0.30, 0.22}[i%2]} {
			v := kpi + wobble
			obs = append(obs, customer.Observation{Hypothesis: "h1", Unit: fmt.Sprint("u", i), Treated: i%2 == 0, After: after == 1, KPI: &v})
		}
	}
	p, err := Register(hypothesis())
	if err != nil {
		t.Fatal(err)
	}
	if got, err := Check(p, obs, due, false); err != nil || math.Abs(got.Effect-0.09) > 1e-12 {
		t.Errorf("effect = %v, %v; want .09", got.Effect, err)
	}
}

// panel makes units seen twice: treated rise by rise, control by drift, each with a small wobble.
func panel(n int, rise, drift float64) (out []customer.Observation) {
	for i := range n {
		for _, arm := range []bool{true, false} {
			base, step := 10+float64(i%5), drift
			if arm {
				step = rise
			}
			before, after := base, base+step+float64(i%3-1)/10
			id := fmt.Sprintf("u%d-%v", i, arm)
			out = append(out, customer.Observation{Hypothesis: "h1", Unit: id, Treated: arm, KPI: &before, CPI: &before},
				customer.Observation{Hypothesis: "h1", Unit: id, Treated: arm, After: true, KPI: &after, CPI: &after})
		}
	}
	return out
}

func TestVerdict(t *testing.T) {
	for _, c := range []struct {
		name        string
		units       int
		rise, drift float64
		least       float64
		want        Verdict
	}{
		{"a rise above the least effect", 12, 1.5, 0.2, 1, Confirmed},
		{"a rise below it", 12, 0.5, 0.2, 1, Refuted},
		{"no rise", 12, 0.2, 0.2, 1, Refuted},
		{"right at the edge", 12, 1.18, 0.2, 1, Inconclusive},
		{"a fall where less is better", 12, -1.5, 0.2, -1, Confirmed},
		{"a rise where less is better", 12, 1.5, 0.2, -1, Refuted},
		{"one unit per arm", 1, 1.5, 0.2, 1, Inconclusive},
	} {
		h := hypothesis()
		h.MinEffect, h.SD = c.least, 1
		p, err := Register(h)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Check(p, panel(c.units, c.rise, c.drift), due, false)
		if err != nil || got.Verdict != c.want || got.Method != "difference of differences" {
			t.Errorf("%s: %s, %v; want %s", c.name, got.Told(), err, c.want)
		}
		if c.units > 1 && (math.Abs(got.Effect-(c.rise-c.drift)) > 1e-9 || got.CPIEffect == nil) {
			t.Errorf("%s: effect %v, want %v, with the CPI's own", c.name, got.Effect, c.rise-c.drift)
		}
	}
}

// TestRandomised: units stand in the arm their seed assigned, or there is no verdict.
func TestRandomised(t *testing.T) {
	h := hypothesis()
	h.Randomised, h.MinEffect, h.SD = true, 1, 1
	p, _ := Register(h)
	var obs []customer.Observation
	treated := 0
	for i := range 40 {
		id := fmt.Sprint("c", i)
		v := float64(i % 4)
		if h.Treated(id) {
			v += 3
			treated++
		}
		obs = append(obs, customer.Observation{Hypothesis: "h1", Unit: id, Treated: h.Treated(id), After: true, KPI: &v})
	}
	if treated < 10 || treated > 30 {
		t.Errorf("%d of 40 units treated, want about half", treated)
	}
	got, err := Check(p, obs, due, false)
	if err != nil || got.Verdict != Confirmed || got.P > 0.001 || got.Method != "difference of means" {
		t.Errorf("randomised: %s, %v; want confirmed", got.Told(), err)
	}
	obs[0].Treated = !obs[0].Treated
	if got, _ := Check(p, obs, due, false); got.Verdict != Inconclusive || got.Misplaced != 1 {
		t.Errorf("with a unit in the wrong arm: %s, want inconclusive", got.Told())
	}
}

func TestPeeking(t *testing.T) {
	h := hypothesis()
	h.MinEffect, h.SD = 1, 1
	p, _ := Register(h)
	early := due.AddDate(0, 0, -1)
	if _, err := Check(p, panel(12, 1.5, 0.2), early, false); !errors.Is(err, ErrPeeking) {
		t.Errorf("check before the deadline = %v, want %v", err, ErrPeeking)
	}
	got, err := Check(p, panel(12, 1.5, 0.2), early, true)
	if err != nil || !got.Peeked || got.Verdict != Inconclusive {
		t.Errorf("peeking = %s, %v; want no verdict", got.Told(), err)
	}
	if line, ok := PeekOf(got, early); !ok || line.Hypothesis != "h1" || !line.At.Equal(early) {
		t.Errorf("log of the peek = %+v, %v; want h1", line, ok)
	}
}

func TestExplore(t *testing.T) {
	var cpi, kpi []float64
	for i := range 30 {
		cpi = append(cpi, float64(i*7%11))
		kpi = append(kpi, float64((i-2+11)*7%11)) // the CPI of two weeks before
	}
	lags := Explore(cpi, kpi)
	if got := lags[2]; got.Rho < 0.999 {
		t.Errorf("lag 2 = %+v, want rho 1 with its caption", got)
	}
	for _, l := range lags {
		if l.Q < l.P || l.Weeks != 2 && l.Rho > 0.9 {
			t.Errorf("lag %d = %+v, want q ≥ p and no other close lag", l.Weeks, l)
		}
	}
	for _, l := range Explore([]float64{1, 2, 3}, []float64{1, 2, 3}) {
		if l.State != stats.FewWeeks {
			t.Errorf("lag %d of three weeks = %q, want %q", l.Weeks, l.State, stats.FewWeeks)
		}
	}
}

func TestGraph(t *testing.T) {
	a, b, c := hypothesis(), hypothesis(), hypothesis()
	a.ID, b.ID, c.ID, c.CPI, c.Registered = "h1", "h2", "h3", "=Money/plan", time.Time{}
	edges := Graph([]Plan{{Hypothesis: c}, {Hypothesis: b}, {Hypothesis: a}}, map[string]Result{"h1": {Verdict: Confirmed, Effect: 0.12, Low: 0.1, High: 0.14}}, due)
	var out strings.Builder
	if err := WriteGraph(&out, edges); err != nil {
		t.Fatal(err)
	}
	want := "cpi,kpi,state,experiment,effect,low,high\n" +
		"'=Money/plan,sales,hypothesised,none yet,,,\n" +
		"Speed/quote,sales,confirmed,h1,0.12,0.1,0.14\n" +
		"Speed/quote,sales,running,h2,,,\n"
	if out.String() != want {
		t.Errorf("graph =\n%s\nwant\n%s", out.String(), want)
	}
	if confirmed := ConfirmedCPIs(edges); !confirmed["Speed/quote"] || len(confirmed) != 1 {
		t.Errorf("confirmed = %v, want the quote alone", confirmed)
	}
}
