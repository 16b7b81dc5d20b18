package fuzz

import (
	"bytes"
	"os"
	"reflect"
	"strings"
	"testing"
)

var pool = [][]any{{"How do I say it?", []byte("é\x00\xff"), true, 7}, {"Come si dice «perché»?", []byte{}, false, -1}}

func TestInputsAreReadAsWritten(t *testing.T) {
	m := newMutator(pool, 3)
	for range 2000 {
		input := m.next()
		got, err := decode(encode(input))
		if err != nil || !reflect.DeepEqual(got, input) {
			t.Fatalf("decode(encode(%q)) = %q, %v", input, got, err)
		}
	}
	for _, raw := range []string{"", "go test fuzz v2\nbool(true)", header + "bool(yes)", header + "string(x)", header + "bool", header + "float64(1)"} {
		if got, err := decode([]byte(raw)); err == nil {
			t.Errorf("decode(%q) = %v, want an error", raw, got)
		}
	}
}

func TestEqualSeedsDrawEqualInputs(t *testing.T) {
	before := encode(pool[0])
	drawn := func(seed uint64) string {
		m, b := newMutator(pool, seed), bytes.Buffer{}
		for range 500 {
			b.Write(encode(m.next()))
		}
		return b.String()
	}
	all := drawn(1)
	if all != drawn(1) || all == drawn(2) {
		t.Error("inputs do not depend on the seed alone")
	}
	if !bytes.Equal(encode(pool[0]), before) {
		t.Errorf("the pool has changed: %q", pool[0])
	}
	if strings.Count(all, header) != 500 || strings.Count(all, string(before)) > 25 {
		t.Errorf("%d of 500 inputs are the seed itself", strings.Count(all, string(before)))
	}
}

// TestFailuresAreKept: the input of an execution that does not end is where tests replay it.
func TestFailuresAreKept(t *testing.T) {
	t.Chdir(t.TempDir())
	input := []any{"kept"}
	defer func() {
		if recover() == nil {
			t.Error("the panic is lost")
		}
		raw, err := os.ReadFile("testdata/fuzz/" + nameOf(encode(input)))
		if got, wrong := decode(raw); err != nil || wrong != nil || !reflect.DeepEqual(got, input) {
			t.Errorf("kept %q, %v, %v", raw, err, wrong)
		}
	}()
	Of(new(testing.F)).once(t, reflect.ValueOf(func(_ *testing.T, s string) { panic(s) }), input)
}
