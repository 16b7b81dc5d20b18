package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"tribu/nlp"
)

func newNeeds(a *app) *cobra.Command {
	c := &cobra.Command{Use: "needs", Short: "Look at the needs that were heard"}
	c.AddCommand(newNeedsEvaluate(a))
	return c
}

func newNeedsEvaluate(a *app) *cobra.Command {
	var gold, task string
	c := &cobra.Command{Use: "evaluate --gold FILE --task TASK", Short: "Agreement with labelled texts", Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error {
		examples, err := readGold(gold)
		if err != nil {
			return err
		}
		scores, err := nlp.Evaluate(c.Context(), task, examples)
		if err != nil {
			return usage("%v", err)
		}
		return a.result("needs.evaluate", scores, a.measure(len(examples)), func(w io.Writer) {
			fmt.Fprintf(w, "%s: n %d, positives %d, precision %.3f, recall %.3f, F1 %.3f, macro F1 %.3f, accuracy %.3f\n",
				task, scores.N, scores.Positives, scores.Precision, scores.Recall, scores.F1, scores.MacroF1, scores.Accuracy)
		})
	}}
	c.Flags().StringVar(&gold, "gold", "", `JSON lines of {"text","label"}`)
	c.Flags().StringVar(&task, "task", "", "request|tip|complaint|question|polarity|aspects|language")
	return c
}

func readGold(path string) ([]nlp.Example, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, usage("read gold: %v", err)
	}
	defer func() { _ = f.Close() }()
	var examples []nlp.Example
	s := bufio.NewScanner(f)
	s.Buffer(nil, 16<<20)
	for n := 1; s.Scan(); n++ {
		if strings.TrimSpace(s.Text()) == "" {
			continue
		}
		var e nlp.Example
		if err := json.Unmarshal(s.Bytes(), &e); err != nil {
			return nil, usage("%s:%d: %v", path, n, err)
		}
		examples = append(examples, e)
	}
	return examples, s.Err()
}
