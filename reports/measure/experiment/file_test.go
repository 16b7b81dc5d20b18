package experiment

import (
	"reflect"
	"strings"
	"testing"

	"tribu/reports/measure/stats"
)

func TestPlansRoundTrip(t *testing.T) {
	p, err := Register(hypothesis())
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := WritePlans(&out, []Plan{p}); err != nil {
		t.Fatal(err)
	}
	got, bad, err := ReadPlans(strings.NewReader(out.String()))
	if err != nil || len(bad) != 0 || !reflect.DeepEqual(got, []Plan{p}) {
		t.Errorf("read back %+v, %v, %v; want %+v", got, bad, err, p)
	}
	easier := strings.Replace(out.String(), ",0.1,", ",0.3,", 1)
	if _, bad, _ := ReadPlans(strings.NewReader(easier)); len(bad) != 1 {
		t.Errorf("a plan changed after its registration: %v, want it rejected", bad)
	}
}

func TestWritePeeks(t *testing.T) {
	var out strings.Builder
	looks := []Peek{{"=h1", start, 0.5, 0.04, stats.Known}, {"h2", start, 0, 1, stats.Insufficient}}
	if err := WritePeeks(&out, looks, true); err != nil || out.String() != "hypothesis_id,at,effect,p\n'=h1,2026-09-01T00:00:00Z,0.5,0.04\nh2,2026-09-01T00:00:00Z,,\n" {
		t.Errorf("peeks = %q, %v; want a row each under their header, no figures where there are none", out.String(), err)
	}
}
