package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/reports/measure/customer"
	"tribu/tribes"
)

func newEvaluate(a *app) *cobra.Command {
	var truth, run, source string
	c := &cobra.Command{Use: "evaluate --truth FILE", Short: "Agreement of a run with known groups", Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error {
		if truth == "" {
			return usage("evaluate needs --truth FILE, a CSV with author and group")
		}
		return a.read(c.Context(), func(db *sqlite.DB) error {
			r, err := a.record(c.Context(), db, run)
			if err != nil {
				return err
			}
			groups, err := readTruth(truth)
			if err != nil {
				return err
			}
			known, err := a.matchTruth(c.Context(), db, groups, source)
			if err != nil {
				return err
			}
			agreement, err := a.evaluate(c.Context(), db, r, known)
			if err != nil {
				return err
			}
			short := a.tooFew(c.Context(), db, r)
			err = a.result("evaluate", agreement, a.measure(r.Posts), func(w io.Writer) {
				if short == nil {
					writeAgreement(w, agreement, kinds(groups))
				}
			})
			return cmp.Or(err, short)
		})
	}}
	c.Flags().StringVar(&truth, "truth", "", "CSV `FILE` with author (native id) and group")
	c.Flags().StringVar(&run, "run", "", "`RUN`, by id or name (default the newest)")
	c.Flags().StringVar(&source, "source", "", "only authors of this source")
	return c
}

func (a *app) evaluate(ctx context.Context, db *sqlite.DB, r data.RunRecord, truth map[data.AuthorID]string) (tribes.Agreement, error) {
	params, err := tribes.ParseParams(r.Params)
	if err != nil {
		return tribes.Agreement{}, err
	}
	in, err := tribes.LoadInput(ctx, db, params)
	if err != nil {
		return tribes.Agreement{}, err
	}
	return tribes.Evaluate(in, r, truth)
}

// readTruth reads author → group; the first of an author's rows counts.
func readTruth(path string) (map[string]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, unopened(err)
	}
	defer func() { _ = f.Close() }()
	wrong := &problem{code: exitUsage, next: "give a CSV with the columns author (the id the person has at its source) and group; others are ignored"}
	t, err := customer.ReadTable(path, f, "author", "group")
	switch {
	case errors.Is(err, customer.ErrEmpty):
		wrong.what = path + " is empty"
	case err != nil:
		wrong.what = plain(err)
	case len(t.Bad) > 0:
		wrong.what = fmt.Sprintf("%s:%d %s", path, t.Bad[0].Line, t.Bad[0].Reason)
	case len(t.Rows) == 0:
		wrong.what = path + " holds no author"
	}
	if wrong.what != "" {
		return nil, wrong
	}
	groups := make(map[string]string, len(t.Rows))
	for _, row := range t.Rows {
		if author := row.Cells["author"]; groups[author] == "" {
			groups[author] = row.Cells["group"]
		}
	}
	return groups, nil
}

// matchTruth finds the authors by native id. Authors the store does not know keep an id of their
// own: they count as uncovered.
func (a *app) matchTruth(ctx context.Context, db *sqlite.DB, groups map[string]string, source string) (map[data.AuthorID]string, error) {
	known, seenIn := map[data.AuthorID]string{}, map[string]string{}
	for author, err := range db.Authors(ctx) {
		if err != nil {
			return nil, err
		}
		group, ok := groups[author.NativeID]
		if !ok || source != "" && author.Source != source {
			continue
		}
		if other, twice := seenIn[author.NativeID]; twice {
			return nil, usage("author %q is in the sources %s and %s", author.NativeID, other, author.Source).then("name one with --source")
		}
		seenIn[author.NativeID] = author.Source
		known[author.ID] = group
	}
	if len(seenIn) == 0 && len(groups) > 0 {
		return nil, &problem{code: exitUsage, what: "none of the authors in that file is known here", next: "the column author holds the id a person has at the source, as in the posts that were imported; " +
			"--source wants the name that tribu source list gives"}
	}
	for native, group := range groups {
		if _, ok := seenIn[native]; !ok {
			known[data.NewAuthorID("\x00absent", native)] = group
		}
	}
	return known, nil
}

func writeAgreement(w io.Writer, g tribes.Agreement, groups int) {
	if groups < 2 {
		fmt.Fprintf(w, "insufficient data (n=%d): agreement wants two known groups, and an author in each\n", g.TruthAuthors)
		return
	}
	fmt.Fprintf(w, "%s with a known group, %s covered (%.3f), %s\n", count(g.TruthAuthors, "author"), thousands(g.Covered), g.Coverage, count(g.Tribes, "tribe"))
	rows := [][]string{agreementRow("published", tribes.Score{Coverage: g.Coverage, AMI: g.AMI, AMIAll: g.AMIAll, NMI: g.NMI, ARI: g.ARI})}
	for _, s := range []struct {
		name string
		tribes.Score
	}{{"placed", g.Placed}, {"areas", g.Areas}, {"k-means", g.KMeans}, {"words alone", g.TextOnly}, {"ties alone", g.InteractionOnly}} {
		rows = append(rows, agreementRow(s.name, s.Score))
	}
	table(w, []string{"", "COVERAGE", "AMI OVER ALL", "AMI", "NMI", "ARI"}, rows)
}

// kinds counts the different groups.
func kinds(groups map[string]string) int {
	seen := map[string]bool{}
	for _, g := range groups {
		seen[g] = true
	}
	return len(seen)
}

func agreementRow(name string, s tribes.Score) []string {
	row := []string{name}
	for _, x := range []float64{s.Coverage, s.AMIAll, s.AMI, s.NMI, s.ARI} {
		row = append(row, fmt.Sprintf("%.3f", x))
	}
	return row
}
