package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/tribes/gauge"
)

// A tribeRow is a tribe as tribe list --json gives it.
type tribeRow struct {
	ID       data.TribeID   `json:"id"`
	Letter   string         `json:"letter"`
	Name     string         `json:"name"`
	Kind     data.TribeKind `json:"kind"`
	People   int            `json:"people"`
	Strength float64        `json:"strength"`
	Needs    []string       `json:"needs"`
	Parents  []data.TribeID `json:"parents"`
	Born     string         `json:"born"`

	Decisions []decisionRow `json:"decisions,omitempty"` // of people, in force
}

func tribeRows(r data.RunRecord) []tribeRow {
	rows := []tribeRow{}
	for _, kind := range data.TribeKinds() {
		for _, t := range r.Tribes {
			if t.Kind != kind {
				continue
			}
			row := tribeRow{ID: t.ID, Letter: t.Letter, Name: t.Name, Kind: t.Kind, People: t.People, Strength: t.Stability,
				Needs: []string{}, Parents: append([]data.TribeID{}, t.Parents...), Born: t.Born}
			for _, n := range t.Needs {
				row.Needs = append(row.Needs, n.Topic)
			}
			rows = append(rows, row)
		}
	}
	return rows
}

func newTribe(a *app) *cobra.Command {
	c := &cobra.Command{Use: "tribe", Short: "Look at the tribes, and decide about them: rename, lock, merge, split"}
	run := c.PersistentFlags().String("run", "", "`RUN`, by id or name (default the newest)")
	var all bool
	show := &cobra.Command{Use: "show TRIBE", Short: "Show one tribe, by letter, name or id", Args: cobra.ExactArgs(1), RunE: func(c *cobra.Command, args []string) error {
		return a.read(c.Context(), func(db *sqlite.DB) error { return a.tribeShow(c.Context(), db, *run, args[0], all) })
	}}
	show.Flags().BoolVar(&all, "all", false, "a line with its figures for each gauge, those with too little data too")
	c.AddCommand(show,
		&cobra.Command{Use: "list", Short: "List the tribes of the newest run", Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error {
			return a.read(c.Context(), func(db *sqlite.DB) error {
				r, decisions, err := a.decidedRun(c.Context(), db, *run)
				if err != nil && (*run != "" || !errors.Is(err, data.ErrNotFound)) {
					return err
				}
				if r, err = a.nameNeeds(c.Context(), db, r); err != nil {
					return err
				}
				rows := tribeRows(r)
				for i := range rows {
					rows[i].Decisions = decisionRows(decisionsOn(decisions, rows[i].ID), decisions)
				}
				if len(rows) == 0 {
					a.noTribes(c.Context(), db, r)
				}
				return a.result("tribe.list", rows, nil, func(w io.Writer) { writeTribes(w, r.ID, rows) })
			})
		}})
	c.AddCommand(newDecisions(a, run)...)
	c.AddCommand(newShowdown(a, run))
	return c
}

// noTribes says what to do where a run has none: which one has some, or how to make one.
func (a *app) noTribes(ctx context.Context, db *sqlite.DB, r data.RunRecord) {
	runs, err := db.Runs(ctx)
	i := slices.IndexFunc(runs, func(x data.Run) bool { return x.Main && !x.TooFew })
	switch {
	case err != nil:
	case i >= 0 && runs[i].ID != r.ID:
		a.warn("the newest run that has tribes is %s: --run %s", runs[i].ID, runs[i].ID)
	case r.ID == "":
		a.hint("tribu analyse, then tribu cluster")
	}
}

func writeTribes(w io.Writer, run string, rows []tribeRow) {
	if len(rows) == 0 {
		none := "no tribes yet"
		if run != "" {
			none = "no tribes in run " + run
		}
		fmt.Fprintln(w, none)
		return
	}
	var cells [][]string
	for _, t := range byLetter(rows) {
		cells = append(cells, []string{t.Letter, string(t.ID), thousands(t.People), string(t.Kind), fmt.Sprintf("%.2f", t.Strength), t.Name + marks(t.Decisions)})
	}
	table(w, []string{"", "ID", "PEOPLE", "KIND", "STABILITY", "NAME"}, cells)
}

// byLetter returns rows as people look them up.
func byLetter(rows []tribeRow) []tribeRow {
	return slices.SortedStableFunc(slices.Values(rows), func(x, y tribeRow) int {
		return data.ByLetter(x.Letter, y.Letter)
	})
}

// record returns the run that is named, or that tells the week that is, or the newest of the main line.
func (a *app) record(ctx context.Context, db *sqlite.DB, run string) (data.RunRecord, error) {
	if len(run) == len("2026-W47") && idLike.MatchString(run) {
		if r, err := db.Week(ctx, run); !errors.Is(err, data.ErrNotFound) {
			return r, err
		}
	}
	return a.exactly(ctx, db, run)
}

// exactly returns the run that is named, by its id or the start of it, or the newest of the main line.
func (a *app) exactly(ctx context.Context, db *sqlite.DB, run string) (data.RunRecord, error) {
	if run != "" {
		r, err := db.Record(ctx, a.runNamed(ctx, db, run))
		if errors.Is(err, data.ErrNotFound) {
			return r, &problem{code: exitUsage, what: fmt.Sprintf("there is no run %q", run), next: "tribu runs list", cause: err}
		}
		if errors.Is(err, data.ErrSeveral) {
			_, several, _ := strings.Cut(plain(err), data.ErrSeveral.Error()+": ")
			return r, &problem{code: exitUsage, what: fmt.Sprintf("several runs begin with %q: %s", run, several), next: "give more of the id, or the run's name", cause: err}
		}
		return r, err
	}
	r, err := db.Latest(ctx, time.Time{})
	if errors.Is(err, data.ErrNotFound) {
		return r, a.noRun(ctx, db, err)
	}
	return r, err
}

// noRun says what is to be done before anything can be told.
func (a *app) noRun(ctx context.Context, db *sqlite.DB, cause error) error {
	p := &problem{code: exitFailed, what: "there is no run yet", next: "tribu run; or tribu analyse, then tribu cluster, for the posts there are", cause: cause}
	if _, err := db.NewestPost(ctx); errors.Is(err, data.ErrNotFound) {
		p.what, p.next = "there is no run yet, and no post to make one of", a.toFetch()
	}
	return p
}

// runNamed is the id of the newest run that was given a name, or the name itself where that is an id
// or no run has it.
func (a *app) runNamed(ctx context.Context, db *sqlite.DB, name string) string {
	runs, err := db.Runs(ctx)
	i := slices.IndexFunc(runs, func(r data.Run) bool { return r.Name == name })
	if err != nil || i < 0 || slices.ContainsFunc(runs, func(r data.Run) bool { return r.ID == name }) {
		return name
	}
	return runs[i].ID
}

// A tribeView is a tribe as tribe show --json gives it.
type tribeView struct {
	tribeRow
	Run       string         `json:"run"`
	Bond      data.Bond      `json:"bond"`
	Posts     int            `json:"posts"`
	NeedZ     float64        `json:"need_z"`
	TieZ      float64        `json:"tie_z"`
	Area      int            `json:"area"`
	Words     []string       `json:"words"`
	Shared    []tribeNeedRow `json:"shared_needs"`
	Exemplars []string       `json:"exemplars"` // posts
	Central   []string       `json:"central"`   // authors
	Requests  requestsRow    `json:"requests"`
	Decisions []decisionRow  `json:"decisions"` // of people, in force
	Gauges    gauge.Gauges   `json:"gauges"`
	Standing  []standingRow  `json:"standing"` // leaders and bridges of the status map
}

// A standingRow is somebody others come to, or go through, in a tribe.
type standingRow struct {
	Name      string  `json:"name"`
	Author    string  `json:"author"`
	Class     string  `json:"class"`
	Deference float64 `json:"deference"` // (in − out)/(in + out) of replies, quotes and mentions
}

// line says where somebody stands, in words or with the figure.
func (s standingRow) line(figures bool) string {
	if figures {
		return fmt.Sprintf("%s: %s, deference %+.2f", s.Class, clean(s.Name), s.Deference)
	}
	turns := "turns to others as often as others turn to them"
	switch {
	case s.Deference > 0.05:
		turns = "others turn to them more often than they to others"
	case s.Deference < -0.05:
		turns = "turns to others more often than others to them"
	}
	return fmt.Sprintf("%s: %s: %s", s.Class, clean(s.Name), turns)
}

// A tribeNeedRow is a need that members share.
type tribeNeedRow struct {
	Topic    string        `json:"topic"`
	Problem  string        `json:"problem,omitempty"`
	Type     data.NeedType `json:"type"`
	People   int           `json:"people"`
	Evidence string        `json:"evidence"` // a post
}

func viewOfTribe(t data.Tribe) tribeView {
	v := tribeView{tribeRow: tribeRows(data.RunRecord{Tribes: []data.Tribe{t}})[0], Run: t.Run, Bond: t.Bond, Posts: t.Posts, NeedZ: t.NeedZ, TieZ: t.TieZ, Area: t.Area,
		Words: []string{}, Shared: []tribeNeedRow{}, Exemplars: []string{}, Central: []string{}}
	for _, w := range t.Words {
		v.Words = append(v.Words, w.Form)
	}
	for _, n := range t.Needs {
		v.Shared = append(v.Shared, tribeNeedRow{n.Topic, string(n.Problem), n.Type, n.People, n.Evidence.String()})
	}
	for _, id := range t.Exemplars {
		v.Exemplars = append(v.Exemplars, id.String())
	}
	for _, id := range t.Central {
		v.Central = append(v.Central, id.String())
	}
	return v
}
