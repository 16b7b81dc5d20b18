package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tribu/nlp"
)

func newNeeds(a *app) *cobra.Command {
	c := &cobra.Command{Use: "needs", Short: "Look at the needs that were heard"}
	c.AddCommand(newNeedsList(a), newNeedsShow(a), newNeedsMerge(a), newNeedsUndo(a), newNeedsRename(a), newNeedsEvaluate(a))
	return c
}

func newNeedsEvaluate(a *app) *cobra.Command {
	var gold, task string
	c := &cobra.Command{Use: "evaluate --gold FILE --task TASK", Short: "Agreement with labelled texts", Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error {
		if gold == "" || !slices.Contains(nlp.Tasks(), task) {
			return usage("needs evaluate wants --gold FILE and --task %s", strings.Join(nlp.Tasks(), "|"))
		}
		f, err := os.Open(gold)
		if err != nil {
			return unopened(err)
		}
		defer func() { _ = f.Close() }()
		analyzer, err := nlp.New(nlp.Config{})
		if err != nil {
			return err
		}
		scores, err := analyzer.Evaluate(c.Context(), task, readGold(gold, f))
		if err != nil {
			return usage("%v", err).then(`a line of the file is {"text": …, "label": …}`)
		}
		if scores.N == 0 {
			return usage("%s holds no text", gold).then(`a line of the file is {"text": …, "label": …}`)
		}
		return a.result("needs.evaluate", scores, a.measure(scores.N), func(w io.Writer) { writeScores(w, task, scores) })
	}}
	c.Flags().StringVar(&gold, "gold", "", "`FILE` of JSON lines {\"text\",\"label\"}")
	c.Flags().StringVar(&task, "task", "", strings.Join(nlp.Tasks(), "|"))
	_ = c.RegisterFlagCompletionFunc("task", cobra.FixedCompletions(nlp.Tasks(), cobra.ShellCompDirectiveNoFileComp))
	return c
}

func writeScores(w io.Writer, task string, s nlp.Scores) {
	fmt.Fprintf(w, "%s: n %d, positives %d, precision %.3f, recall %.3f, F1 %.3f, macro F1 %.3f, accuracy %.3f\n",
		task, s.N, s.Positives, s.Precision, s.Recall, s.F1, s.MacroF1, s.Accuracy)
	for _, miss := range s.Errors[:min(10, len(s.Errors))] {
		fmt.Fprintf(w, "  label %s, heard %s: %s\n", clean(miss.Label), clean(miss.Got), cut(strings.ReplaceAll(clean(miss.Text), "\n", " "), 90))
	}
}

var errNoExample = errors.New("no JSON object of text and label")

// readGold reads one example a line; an error names the line and ends the sequence.
func readGold(name string, r io.Reader) iter.Seq2[nlp.Example, error] {
	return func(yield func(nlp.Example, error) bool) {
		s := bufio.NewScanner(r)
		s.Buffer(nil, 16<<20)
		for n := 1; s.Scan(); n++ {
			if strings.TrimSpace(s.Text()) == "" {
				continue
			}
			var e nlp.Example
			if err := json.Unmarshal(s.Bytes(), &e); err != nil {
				yield(e, fmt.Errorf("%s:%d: %w", name, n, errNoExample))
				return
			}
			e.At = fmt.Sprintf("%s:%d", name, n)
			if !yield(e, nil) {
				return
			}
		}
		if err := s.Err(); err != nil {
			yield(nlp.Example{}, fmt.Errorf("%s: %w", name, err))
		}
	}
}
