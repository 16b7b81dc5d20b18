// Package fuzz lets the fuzz targets of this module also be executed without the instrumentation of
// go test -fuzz, which makes them many times slower: with -executions N a target runs its body N
// times over inputs mutated from its corpus, which are the same for the same -mutations SEED. An
// input that fails is written to testdata/fuzz as go test -fuzz does, so that every later test
// replays it. Only tests import it.
package fuzz

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"
)

var (
	executions = flag.Int("executions", 0, "execute a fuzz target so often over mutated inputs")
	mutations  = flag.Uint64("mutations", 1, "what the mutated inputs are drawn from")
	found      = flag.String("found", "", "folder of more inputs, as go test -fuzz keeps them for a package")
)

// hangs is the time after which an execution counts as failed.
const hangs = 30 * time.Second

// batch executions share a test: their temporary folders are removed together.
const batch = 1000

// F is a fuzz target that knows its seeds.
type F struct {
	*testing.F
	seeds [][]any
}

// Of returns the target of f; seeds are to be added to it, not to f.
func Of(f *testing.F) *F { return &F{F: f} }

// Add adds a seed, as the target's own Add does.
func (f *F) Add(args ...any) {
	f.seeds = append(f.seeds, args)
	f.F.Add(args...)
}

// Fuzz runs the target, as its own Fuzz does; with -executions it runs body over mutated inputs
// beside the first seed.
func (f *F) Fuzz(body any) {
	f.Helper()
	if *executions == 0 {
		f.F.Fuzz(body)
		return
	}
	fn, started := reflect.ValueOf(body), false
	f.F.Fuzz(reflect.MakeFunc(fn.Type(), func(args []reflect.Value) []reflect.Value {
		if !started {
			started = true
			f.execute(args[0].Interface().(*testing.T), fn)
		}
		return fn.Call(args)
	}).Interface())
}

// execute runs body over mutated inputs until they are all done or one has failed.
func (f *F) execute(t *testing.T, body reflect.Value) {
	pool := append(f.seeds, f.stored(filepath.Join("testdata", "fuzz", f.Name()))...)
	if *found != "" {
		pool = append(pool, f.stored(filepath.Join(*found, f.Name()))...)
	}
	m := newMutator(pool, *mutations)
	start, done := time.Now(), 0
	for done < *executions && !t.Failed() {
		t.Run("", func(t *testing.T) {
			for range min(batch, *executions-done) {
				done++
				if f.once(t, body, m.next()); t.Failed() {
					return
				}
			}
		})
	}
	took := time.Since(start)
	t.Logf("%d executions of %s from %d inputs with -mutations %d in %.1f s, %.0f a second", done, f.Name(), len(pool), *mutations, took.Seconds(), float64(done)/took.Seconds())
}

// once runs body over one input, which is kept if it fails, panics or hangs.
func (f *F) once(t *testing.T, body reflect.Value, input []any) {
	watch := time.AfterFunc(hangs, func() { panic(fmt.Sprintf("hangs on %s", f.keep(input))) })
	ended := false
	defer func() {
		watch.Stop()
		if !ended || t.Failed() {
			t.Logf("fails on %s", f.keep(input))
		}
	}()
	args := []reflect.Value{reflect.ValueOf(t)}
	for _, v := range input {
		args = append(args, reflect.ValueOf(v))
	}
	body.Call(args)
	ended = true
}

// stored returns the inputs in the files of dir that are of the target's types.
func (f *F) stored(dir string) [][]any {
	var all [][]any
	names, _ := filepath.Glob(filepath.Join(dir, "*"))
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		if input, err := decode(raw); err == nil && sameTypes(input, f.seeds[0]) {
			all = append(all, input)
		} else {
			fmt.Fprintf(os.Stderr, "%s is left out: no input of this target\n", name)
		}
	}
	return all
}

func sameTypes(a, b []any) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if reflect.TypeOf(a[i]) != reflect.TypeOf(b[i]) {
			return false
		}
	}
	return true
}

// keep writes input where tests replay it, and returns the file.
func (f *F) keep(input []any) string {
	raw := encode(input)
	name := filepath.Join("testdata", "fuzz", f.Name(), nameOf(raw))
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err.Error()
	}
	if err := os.WriteFile(name, raw, 0o600); err != nil {
		return err.Error()
	}
	return name
}

// A mutator draws inputs: one of its pool, changed in a few places.
type mutator struct {
	pool   [][]any
	pieces []string // every text of the pool
	rand   *rand.Rand
}

func newMutator(pool [][]any, seed uint64) *mutator {
	m := &mutator{pool: pool, rand: rand.New(rand.NewPCG(seed, 0))}
	for _, input := range pool {
		for _, v := range input {
			switch v := v.(type) {
			case string:
				m.pieces = append(m.pieces, v)
			case []byte:
				m.pieces = append(m.pieces, string(v))
			}
		}
	}
	return m
}

// next returns another input.
func (m *mutator) next() []any {
	input := append([]any{}, m.pool[m.rand.IntN(len(m.pool))]...)
	for range 1 + m.rand.IntN(5) {
		i := m.rand.IntN(len(input))
		input[i] = m.mutated(input[i])
	}
	return input
}
