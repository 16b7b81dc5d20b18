package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/reports/measure/cpi"
	"tribu/tribes/gauge"
)

// gaugeSeed is the seed of the gauges' shuffles: theirs are no parameters of a run.
const gaugeSeed = 1

// gaugeWorld reads the windows of r and of the run before it as the gauges see them.
func (a *app) gaugeWorld(ctx context.Context, db *sqlite.DB, r data.RunRecord) (gauge.World, data.Window, error) {
	window := r.Window
	before, err := db.Record(ctx, r.Parent)
	switch {
	case errors.Is(err, data.ErrNotFound):
		before = data.RunRecord{}
	case err != nil:
		return gauge.World{}, window, err
	case before.Window.From.Before(window.From):
		window.From = before.Window.From
	}
	var posts []data.AnalyzedPost
	for p, err := range db.Analyzed(ctx, r.Annotation, window) {
		if err != nil {
			return gauge.World{}, window, err
		}
		posts = append(posts, p)
	}
	var ties []data.Interaction
	for t, err := range db.Interactions(ctx, window) {
		if err != nil {
			return gauge.World{}, window, err
		}
		ties = append(ties, t)
	}
	names, err := a.makers()
	if err != nil {
		return gauge.World{}, window, err
	}
	makers, err := authorsCalled(ctx, db, names)
	return gauge.NewWorld(posts, ties, r, before, makers, gaugeSeed), window, err
}

// allReadings returns help first, then how members treat each other, then what speaks for a stage.
func allReadings(g gauge.Gauges) []gauge.Reading {
	return slices.Concat([]gauge.Reading{g.Aid.Help, g.Aid.Recognition, g.Aid.Trust}, g.Readings, []gauge.Reading{g.Stage.Copies, g.Stage.Synchrony})
}

// hardlyChance is the chance of as much where there is nothing, below which a gauge is told unasked.
const hardlyChance = 0.01

// writePlainly says in words what a reader can use of the gauges: how people help each other, what
// is hardly chance, and whether anything looks staged.
func writePlainly(w io.Writer, g gauge.Gauges) {
	if g.Aid.Help.State == "" && g.Aid.BusFactor > 0 {
		fmt.Fprintf(w, "help      %s give half of the answers that help; half of the first such answers came within %s\n", persons(g.Aid.BusFactor), cpi.Lasting(time.Duration(g.Aid.Hours*float64(time.Hour))))
	}
	if g.Aid.Trust.State == "" {
		fmt.Fprintf(w, "thanks    %s\n", g.Aid.Trust.Says)
	}
	for _, r := range g.Readings {
		says, _, _ := strings.Cut(r.Says, ";")
		switch {
		case r.State != "":
		case r.Gauge == "reciprocity":
			fmt.Fprintf(w, "give and take  %s\n", clean(says))
		case r.P < hardlyChance:
			fmt.Fprintf(w, "%s  %s\n", r.Gauge, clean(says))
		}
	}
	if s := g.Stage; s.Copies.State == "" && !s.Staged {
		fmt.Fprintln(w, "nothing looks staged: no crowd of copies, nor of posts at one moment")
	}
}

// writeGauges prints one line per gauge with its statistics; those with too little data share one, unless all are wanted.
func writeGauges(w io.Writer, g gauge.Gauges, all bool) {
	var short []string
	for _, r := range allReadings(g) {
		if r.State != "" && !all {
			short = append(short, fmt.Sprintf("%s (n=%d)", r.Gauge, r.N))
			continue
		}
		fmt.Fprintf(w, "%-21s %s\n", r.Gauge, readingLine(r))
	}
	if g.Aid.Help.State == "" {
		fmt.Fprintf(w, "first help after %.1f hours; Gini of help %.2f; %d give half of it\n", g.Aid.Hours, g.Aid.Gini, g.Aid.BusFactor)
	}
	if len(short) > 0 {
		fmt.Fprintf(w, "insufficient data for %s\n", strings.Join(short, ", "))
	}
}

// readingLine says a reading with its interval and the chance of as much where there is nothing.
func readingLine(r gauge.Reading) string {
	if r.State != "" {
		return r.State
	}
	line := fmt.Sprintf("%.2f", r.Value)
	if r.Value != 0 && math.Abs(r.Value) < 0.005 {
		line = fmt.Sprintf("%.4f", r.Value)
	}
	if r.High > 0 {
		line += fmt.Sprintf(" [%.2f, %.2f]", r.Low, r.High)
	}
	switch {
	case r.P < 0.001:
		line += ", p < 0.001"
	case r.P < 1:
		line += fmt.Sprintf(", p %.3f", r.P)
	}
	return line + ": " + clean(r.Says)
}

func newShowdown(a *app, run *string) *cobra.Command {
	var segments, source string
	c := &cobra.Command{Use: "showdown", Short: "Do tribes tell who meets next week better than segments do? Says so when they lose", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return a.read(c.Context(), func(db *sqlite.DB) error { return a.showdown(c.Context(), db, *run, segments, source) })
		}}
	c.Flags().StringVar(&segments, "segments", "", "your own segments, a `FILE` of CSV author,group; author = the native id")
	c.Flags().StringVar(&source, "source", "", "source of the authors in the file")
	return c
}

func (a *app) showdown(ctx context.Context, db *sqlite.DB, run, segments, source string) error {
	r, err := a.record(ctx, db, run)
	if err != nil {
		return err
	}
	own := map[data.AuthorID]string{}
	if segments != "" {
		groups, err := readTruth(segments)
		if err != nil {
			return err
		}
		if own, err = a.matchTruth(ctx, db, groups, source); err != nil {
			return err
		}
	}
	w, _, err := a.gaugeWorld(ctx, db, r)
	if err != nil {
		return err
	}
	s := gauge.Face(&w, own)
	return a.result("tribe.showdown", s, a.measure(len(w.Posts)), func(out io.Writer) {
		fmt.Fprintln(out, s.Verdict)
		var rows [][]string
		for _, c := range s.Ways {
			row := []string{c.Name, fmt.Sprintf("%.3f [%.3f, %.3f]", c.AUC, c.Low, c.High)}
			if c.Groups > 0 {
				row = append(row, fmt.Sprint(c.Groups), fmt.Sprintf("%.2f", c.Assortativity), fmt.Sprintf("%.2f", c.EI))
			} else {
				row = append(row, "", "", "")
			}
			rows = append(rows, row)
		}
		if len(rows) > 0 {
			table(out, []string{"GROUPED BY", "AUC", "GROUPS", "ASSORTATIVITY", "E-I"}, rows)
			fmt.Fprintf(out, "%s met first in the week after; .5 knows nothing. Assortativity 1, E-I -1: only people of one group turn to each other\n", count(s.Reading.N, "pair"))
		}
	})
}
