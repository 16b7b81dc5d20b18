package cpi

import (
	"math"
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/customer"
	"tribu/reports/measure/stats"
)

// TestSocialProof: 4 of 9 peers like the song.
func TestSocialProof(t *testing.T) {
	me := data.AuthorID{99}
	var ties []data.Interaction
	used := map[data.AuthorID]bool{me: true, {50}: true}
	for i := range byte(9) {
		p := data.AuthorID{i + 1}
		ties = append(ties, data.Interaction{From: me, To: p}, data.Interaction{From: p, To: me})
		used[p] = i < 4
	}
	peers := peers(measure.Read(measure.Input{Interactions: ties}), map[data.AuthorID]bool{me: true})[me]
	if got := socialProof(peers, used); len(peers) != 9 || got != 4 {
		t.Errorf("socialProof = %d of %d, want 4 of 9", got, len(peers))
	}
}

func TestWithin(t *testing.T) {
	var scores []customer.Score
	for i := range 30 {
		v := float64(i)
		scores = append(scores, customer.Score{CPI: "Speed/quote", Value: &v}, customer.Score{CPI: "other", Value: &v})
	}
	if got := Within(scores, "Speed/quote", 23); got.K != 24 || got.N != 30 {
		t.Errorf("Within 23 = %v, want 24 of 30", got)
	}
	if got := Within(scores, "Speed/quote", -1); got.State != stats.Insufficient {
		t.Errorf("Within an unknown limit = %v, want insufficient data", got)
	}
}

func TestDefection(t *testing.T) {
	var waits []Wait
	for i := range 40 {
		waits = append(waits, Wait{30 * time.Second, i < 30}, Wait{48 * time.Hour, i < 10})
	}
	got := defection(waits)
	if got[0].Won.Value != 0.75 || got[3].Won.Value != 0.25 || got[1].Won.State != stats.Insufficient {
		t.Errorf("defection = %+v, want .75 within a minute, .25 within three days, too few between", got)
	}
}

func TestBroken(t *testing.T) {
	if got, _ := broken(3, 1500); got != 2 {
		t.Errorf("Broken(3, 1500) = %v, want 2 per 1000", got)
	}
	if _, state := broken(0, 0); state != stats.Undefined {
		t.Errorf("Broken of nothing = %q, want %q", state, stats.Undefined)
	}
}

func TestDiverge(t *testing.T) {
	up, down := []float64{1, 2, 3, 4, 5, 6}, []float64{6, 5, 4, 3, 2, 1}
	for _, c := range []struct {
		name     string
		kpi, cpi []float64
		ring     bool
		state    stats.State
	}{
		{"sales up, service down", up, down, true, stats.Known},
		{"both up", up, up, false, stats.Known},
		{"service down alone", []float64{1, 2, 1, 2, 1, 2}, down, false, stats.Known},
		{"four weeks", up[:4], down[:4], false, stats.FewWeeks},
	} {
		if got := diverge(c.kpi, c.cpi); got.Ring != c.ring || got.State != c.state {
			t.Errorf("%s: %+v; want %v, %q", c.name, got, c.ring, c.state)
		}
	}
}

func TestAdopted(t *testing.T) {
	a, b, c, d := map[data.AuthorID]float64{}, map[data.AuthorID]float64{}, map[data.AuthorID]float64{}, map[data.AuthorID]float64{}
	for i := range byte(12) {
		id := data.AuthorID{i}
		a[id], b[id], c[id], d[id] = 1, 3, 1, 1.5
	}
	got := Adopted(a, b, c, d, 1)
	if math.Abs(got.Net-1.5) > 1e-12 || got.Change.P > 0.001 || got.People != 12 {
		t.Errorf("Adopted = %+v; want a net change of 1.5 among 12", got)
	}
	if got := Adopted(nil, nil, c, d, 1); got.State != stats.Insufficient {
		t.Errorf("Adopted of nobody = %q, want %q", got.State, stats.Insufficient)
	}
}
