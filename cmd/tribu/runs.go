package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tribu/cmd/tribu/config"
	"tribu/data"
	"tribu/data/sqlite"
	"tribu/reports"
	"tribu/tribes"
)

func newRuns(a *app) *cobra.Command {
	c := &cobra.Command{Use: "runs", Short: "Look at stored runs"}
	c.AddCommand(
		&cobra.Command{Use: "list", Short: "List the runs, newest first", Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error {
			return a.read(c.Context(), func(db *sqlite.DB) error {
				runs, err := db.Runs(c.Context())
				if err != nil {
					return err
				}
				pins, err := db.Pinned(c.Context())
				if err != nil {
					return err
				}
				rows := runViews(runs)
				for i := range rows {
					rows[i].Pinned = slices.Contains(pins, rows[i].ID)
				}
				replaced(runs, rows)
				return a.result("runs.list", rows, nil, func(w io.Writer) { a.writeRuns(w, rows) })
			})
		}},
		&cobra.Command{Use: "show [RUN]", Short: "Show a run with every parameter (default the newest of the main line)", Args: cobra.MaximumNArgs(1), RunE: func(c *cobra.Command, args []string) error {
			return a.read(c.Context(), func(db *sqlite.DB) error {
				r, _, err := a.decidedRun(c.Context(), db, append(args, "")[0])
				if err != nil {
					return err
				}
				return a.result("runs.show", runView(r), nil, func(w io.Writer) {
					writeRun(w, r, false)
					fmt.Fprintln(w)
					table(w, []string{"PARAMETER", "VALUE"}, append(reports.Params(r.Params), []string{"inputs", r.Inputs}, []string{"parent", r.Parent}, []string{"replaced", r.Replaced}))
					writeProfile(w, r)
				})
			})
		}},
		&cobra.Command{Use: "diff A B", Short: "Compare two runs", Args: cobra.ExactArgs(2), RunE: func(c *cobra.Command, args []string) error {
			return a.read(c.Context(), func(db *sqlite.DB) error { return a.runsDiff(c, db, args[0], args[1]) })
		}}, newReplay(a), newPin(a), newPrune(a))
	return c
}

// A runRow is a run as JSON gives it.
type runRow struct {
	ID         string          `json:"id"`
	Name       string          `json:"name,omitempty"`
	Main       bool            `json:"main"`
	Week       string          `json:"week"`
	AsOf       string          `json:"as_of"`
	People     int             `json:"people"`
	Posts      int             `json:"posts"`
	TooFew     bool            `json:"too_few"`
	Pinned     bool            `json:"pinned,omitempty"`
	Counts     bool            `json:"counts"` // the run of the main line that its week is told by
	Algorithm  string          `json:"algorithm"`
	Resolution float64         `json:"resolution"`
	NeedWeight float64         `json:"need_weight"`
	Agreement  float64         `json:"agreement"` // of two halves of the conversations, where that chose; else 0
	Stability  float64         `json:"stability"`
	Parent     string          `json:"parent,omitempty"`
	Replaced   string          `json:"replaced,omitempty"` // the run of the same week before
	Inputs     string          `json:"inputs"`
	Code       string          `json:"code"`
	Params     json.RawMessage `json:"params"`
	Tribes     []tribeRow      `json:"tribes,omitempty"`
	Profile    []profileRow    `json:"profile,omitempty"`
	at         time.Time
	differs    string // what is set otherwise than in the run that replaced it
}

// A profileRow is what one resolution gives at the weight of the run, by which a person can choose how fine tribes are.
type profileRow struct {
	Resolution float64 `json:"resolution"`
	Tribes     int     `json:"tribes"`    // groups that hold when a fifth of the ties is missing
	Coverage   float64 `json:"coverage"`  // share of people in them
	Stability  float64 `json:"stability"` // of all groups, by people
}

func viewOf(r data.Run) runRow {
	return runRow{ID: r.ID, Name: r.Name, Main: r.Main, Week: r.Week, AsOf: r.AsOf.Format("2006-01-02T15:04:05Z07:00"), People: r.People, Posts: r.Posts,
		TooFew: r.TooFew, Algorithm: r.Algorithm, Resolution: r.Resolution, NeedWeight: r.NeedWeight, Agreement: r.Agreement, Stability: r.Stability, Parent: r.Parent, Replaced: r.Replaced, Inputs: r.Inputs, Code: r.Code,
		Params: json.RawMessage(r.Params), at: r.AsOf}
}

func runView(r data.RunRecord) runRow {
	v := viewOf(r.Run)
	v.Tribes = tribeRows(r)
	for _, p := range r.Profile {
		v.Profile = append(v.Profile, profileRow(p))
	}
	return v
}

func runViews(runs []data.Run) []runRow {
	views := []runRow{}
	for _, r := range runs {
		views = append(views, viewOf(r))
	}
	return views
}

// replaced notes which run tells its week, and in what those of the main line that it replaced were set otherwise.
func replaced(runs []data.Run, rows []runRow) {
	tell, tells := sqlite.Telling(runs), map[string]data.Run{}
	for i, r := range runs {
		if rows[i].Counts = tell[r.ID]; rows[i].Counts {
			tells[r.Week] = r
		}
	}
	for i, r := range runs {
		if now := tells[r.Week]; r.Main && !rows[i].Counts {
			was, err := tribes.ParseParams(r.Params)
			is, failed := tribes.ParseParams(now.Params)
			if err == nil && failed == nil && was.Seed != is.Seed {
				rows[i].differs += fmt.Sprintf(", seed %d", was.Seed)
			}
			if err == nil && failed == nil && was.Window != is.Window {
				rows[i].differs += ", window " + config.Span(was.Window).String()
			}
		}
	}
}

// runLine is how many columns the list of runs has for what a run is called: the names of a sweep's
// runs differ at their end.
const runLine = 33

func (a *app) writeRuns(w io.Writer, runs []runRow) {
	if len(runs) == 0 {
		fmt.Fprintln(w, a.located("no runs yet: tribu run makes one of what is new, tribu cluster of the posts there are"))
		return
	}
	var rows [][]string
	for _, r := range runs {
		line := "main"
		if !r.Main {
			line = strings.TrimSpace("side " + r.Name)
		} else if !r.Counts && !r.TooFew {
			line = "main, replaced" + r.differs
		}
		switch {
		case r.TooFew && r.People < a.cfg.Report.MinPeopleTotal:
			line += ", too little data"
		case r.TooFew:
			line += ", no tribes"
		}
		if r.Pinned {
			line += ", pinned"
		}
		cells := []string{r.ID, a.local(r.at).Format(time.DateOnly), thousands(r.People), thousands(r.Posts)}
		for part := range strings.SplitSeq(wrap(line, runLine, 2), "\n") {
			rows = append(rows, append(cells, part))
			cells = []string{"", "", "", ""}
		}
	}
	table(w, []string{"RUN", "AS OF", "PEOPLE", "POSTS", "LINE"}, rows)
}

// writeProfile prints what other resolutions would give.
func writeProfile(w io.Writer, r data.RunRecord) {
	if len(r.Profile) == 0 {
		return
	}
	var rows [][]string
	for _, p := range r.Profile {
		here := ""
		if p.Resolution == r.Resolution {
			here = "this run"
		}
		rows = append(rows, []string{fmt.Sprint(p.Resolution), thousands(p.Tribes), fmt.Sprintf("%.0f %%", 100*p.Coverage), fmt.Sprintf("%.2f", p.Stability), here})
	}
	in := placed(r)
	fmt.Fprintf(w, "\nwhat other resolutions give, before those are left out who hardly belong: that leaves %s of %s in a tribe of this run, %.0f %%\n",
		thousands(in), persons(r.People), 100*float64(in)/float64(max(1, r.People)))
	table(w, []string{"RESOLUTION", "GROUPS THAT HOLD", "PEOPLE IN THEM", "STABILITY", ""}, rows)
}

func (a *app) runsDiff(c *cobra.Command, db *sqlite.DB, first, second string) error {
	x, err := a.record(c.Context(), db, first)
	if err != nil {
		return err
	}
	y, err := a.record(c.Context(), db, second)
	if err != nil {
		return err
	}
	d := tribes.Compare(x, y)
	if err := a.explainMoves(c.Context(), db, &d, x, y); err != nil {
		return err
	}
	names, err := a.namesIn(c.Context(), db, d)
	if err != nil {
		return err
	}
	was, err := a.titles(c.Context(), db, x)
	if err != nil {
		return err
	}
	is, err := a.titles(c.Context(), db, y)
	if err != nil {
		return err
	}
	return a.result("runs.diff", d, nil, func(w io.Writer) {
		writeTurnover(w, d)
		if k := d.Keeping; k != nil && k.Unaffected > 0 {
			fmt.Fprintf(w, "of %s with the same posts and contacts as before, %s kept their tribe\n", count(k.Unaffected, "member"), thousands(k.Kept))
		}
		var rows [][]string
		for _, m := range d.Matches {
			rows = append(rows, []string{was[m.FromID], cmp.Or(is[m.ToID], "none"), thousands(m.Shared), fmt.Sprintf("%.2f", m.Jaccard)})
		}
		table(w, []string{"IN " + x.ID, "MOST OF THEM IN " + y.ID, "SHARED", "JACCARD"}, rows)
		writeSteps(w, d.Steps, letters(x), letters(y), names)
		if x.Inputs == y.Inputs {
			writeWays(w, d.Moves, was, is, names)
		} else {
			writeMoves(w, d.Moves, letters(x), letters(y), names)
		}
	})
}
