package soft

import (
	"reflect"
	"strings"
	"testing"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/signs"
)

func TestRegisterRoundTrip(t *testing.T) {
	e := Detect("s1", "ta", signs.Voice, []data.PostID{{1}, {2}}, []string{"a", "b, c", "d"}, monday)
	e = must(t)(e.Define("say it for them", "three say so", monday.AddDate(0, 0, 1)))
	e = must(t)(e.Drop("not ours", monday.AddDate(0, 0, 2)))
	var out strings.Builder
	if err := WriteRegister(&out, []Entry{e}); err != nil {
		t.Fatal(err)
	}
	got, bad, err := ReadRegister(strings.NewReader(out.String()))
	if err != nil || len(bad) != 0 || !reflect.DeepEqual(got, []Entry{e}) {
		t.Errorf("read back %+v, %v, %v; want %+v", got, bad, err, e)
	}
	_, bad, err = ReadRegister(strings.NewReader(out.String() + "s1,2026-11-09T00:00:00Z,converted,ta,voice,,observed,,,x\ns9,2026-11-09T00:00:00Z,defined,ta,voice,,observed,,,x\n"))
	if err != nil || len(bad) != 2 {
		t.Errorf("steps that do not follow: %v, %v; want two rejected", bad, err)
	}
}

func TestWriteMatrix(t *testing.T) {
	world := newCommunity()
	world.tribe("ta", 60, 30, "nobody gives us credit for it")
	world.tribe("tb", 60, 9, "nobody gives us credit for it")
	var out strings.Builder
	if err := WriteMatrix(&out, Read(measure.Read(world.in), Params{})); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "ta,recognition,,30,60,0.5000,") || !strings.Contains(out.String(), "tb,recognition,withheld: too few people,,60,,,,,,true,,\n") {
		t.Errorf("matrix =\n%s\nwant the counts of ta, nothing of the nine in tb", out.String())
	}
}
