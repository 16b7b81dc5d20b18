package tagger

import (
	"bytes"
	"encoding/gob"
	"maps"
	"testing"
)

func encoded(t *testing.T, value any) string {
	t.Helper()
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(value); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestReadsWhatGobWrites(t *testing.T) {
	want := map[string]map[string]float64{"a": {"x": 1.5, "y": -0.001}, "a longer one of 二": {"z": 1e300}, "": {}}
	in, got := gobReader{rest: encoded(t, want)}, map[string]map[string]float64{}
	in.skipTypes()
	for range in.count() {
		key := in.text()
		got[key] = map[string]float64{}
		for range in.count() {
			inner := in.text()
			got[key][inner] = in.real()
		}
	}
	if !maps.EqualFunc(got, want, maps.Equal) || in.err() != nil || in.rest != "" {
		t.Errorf("read %v, %q left, error %v; want %v", got, in.rest, in.err(), want)
	}
}

func TestDamagedStreamIsToldOf(t *testing.T) {
	whole := encoded(t, []string{"one", "two", "three"})
	for n := range len(whole) {
		in := gobReader{rest: whole[:n]}
		in.skipTypes()
		for range in.count() {
			in.text()
		}
		if in.err() == nil {
			t.Errorf("%d of %d bytes were read without an error", n, len(whole))
		}
	}
}

func TestNumberOfMoreThanEightBytesIsDamage(t *testing.T) {
	in := gobReader{rest: "\xf70123456789"}
	if got := in.uint(); got != 0 || in.err() == nil {
		t.Errorf("read %d, error %v", got, in.err())
	}
}
