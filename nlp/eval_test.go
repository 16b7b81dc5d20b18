package nlp

import (
	"bufio"
	"encoding/json"
	"iter"
	"os"
	"testing"

	"tribu/data"
)

const gold = "../../shared/data/gold/"

// examples reads a labelled set; the test is skipped where it is missing.
func examples(t testing.TB, name string) iter.Seq2[Example, error] {
	t.Helper()
	f, err := os.Open(gold + name + ".jsonl")
	if err != nil {
		t.Skipf("no labelled sets at %s: %v", gold, err)
	}
	t.Cleanup(func() { f.Close() })
	return func(yield func(Example, error) bool) {
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			var e Example
			err := json.Unmarshal(lines.Bytes(), &e)
			if !yield(e, err) {
				return
			}
		}
		if lines.Err() != nil {
			yield(Example{}, lines.Err())
		}
	}
}

// TestEval prints the table of agreement with the public labelled sets and holds what was reached.
func TestEval(t *testing.T) {
	a := analyzer(t)
	t.Logf("%-14s %6s %6s %6s %6s %6s %6s %6s %6s", "set", "n", "pos", "P", "R", "F1", "macro", "acc", "F1@10%")
	for _, c := range []struct {
		set, task string
		figure    func(Scores) float64
		floor     float64
	}{
		{"request", "request", func(s Scores) float64 { return s.F1 }, .88},
		{"request", "request", rare, .69},
		{"request_train", "request", func(s Scores) float64 { return s.F1 }, .80},
		{"request_train", "request", rare, .70},
		{"tip", "tip", func(s Scores) float64 { return s.F1 }, .84},
		{"complaint", "complaint", func(s Scores) float64 { return s.MacroF1 }, .77},
		{"aspects_it", "aspects", func(s Scores) float64 { return s.F1 }, .815},
		{"polarity_it", "polarity", func(s Scores) float64 { return s.MacroF1 }, .595},
		{"question_it", "question", func(s Scores) float64 { return s.Precision }, .80},
		{"question_it", "question", func(s Scores) float64 { return s.Recall }, .90},
		{"language", "language", func(s Scores) float64 { return s.Accuracy }, .985},
	} {
		s, err := a.Evaluate(t.Context(), c.task, examples(t, c.set))
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%-14s %6d %6d %6.3f %6.3f %6.3f %6.3f %6.3f %6.3f", c.set, s.N, s.Positives, s.Precision, s.Recall, s.F1, s.MacroF1, s.Accuracy, rare(s))
		if got := c.figure(s); got < c.floor {
			t.Errorf("%s: got %.3f, want at least %.3f", c.set, got, c.floor)
		}
	}
}

// TestEvalHalves prints what is reached where one request in ten is one, in either half of the
// public sets: a rule written while reading one half must not fail in the other.
func TestEvalHalves(t *testing.T) {
	a := analyzer(t)
	for set, least := range map[string]float64{"request": .655, "request_train": .69} {
		for half := range 2 {
			s, err := a.Evaluate(t.Context(), "request", everyOther(examples(t, set), half))
			if err != nil {
				t.Fatal(err)
			}
			got := rare(s)
			t.Logf("%-14s half %d F1@10%% %.3f", set, half+1, got)
			if got < least {
				t.Errorf("half %d of %s: got %.3f, want at least %.3f", half+1, set, got, least)
			}
		}
	}
}

// everyOther yields every second of all, beginning with number first.
func everyOther(all iter.Seq2[Example, error], first int) iter.Seq2[Example, error] {
	return func(yield func(Example, error) bool) {
		n := 0
		for e, err := range all {
			if (n%2 == first || err != nil) && !yield(e, err) {
				return
			}
			n++
		}
	}
}

// rare returns the F1 to expect of a task with two answers where one text in ten is positive.
func rare(s Scores) float64 {
	no := s.Confusion["0"]
	if len(no) == 0 {
		return 0
	}
	found, wrong := .1*s.Recall, .9*ratio(no["1"], sum(no))
	return harmonic(found/(found+wrong), s.Recall)
}

// BenchmarkAnalyze hears short posts; the floor is 10,000 posts per CPU-second over both sets.
func BenchmarkAnalyze(b *testing.B) {
	a := analyzer(b)
	for _, set := range []string{"request_train", "polarity_it"} {
		b.Run(set, func(b *testing.B) {
			var texts []string
			for e := range examples(b, set) {
				texts = append(texts, e.Text)
			}
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				if _, err := a.Analyze(data.Post{Body: texts[i%len(texts)]}); err != nil {
					b.Fatal(err)
				}
				i++
			}
		})
	}
}
