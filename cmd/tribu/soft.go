package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/reports/measure"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/soft"
	"tribu/reports/measure/stats"
)

// softFile is the register of soft KPIs in the customer's folder.
const softFile = "soft.csv"

// A motiveRow is what one tribe shows, as soft list --json gives it. It names no person and no post.
type motiveRow struct {
	ID         string       `json:"id"` // tribe/motive
	Tribe      data.TribeID `json:"tribe"`
	Letter     string       `json:"letter"`
	Motive     signs.Sign   `json:"motive"`
	People     int          `json:"people"`
	Active     int          `json:"active"`
	Rate       string       `json:"rate"`
	Z          float64      `json:"z"`
	Figure     bool         `json:"figure"`
	Hypothesis bool         `json:"hypothesis"`
	Confirmed  int          `json:"confirmed"` // people of whom a need's record says so too
	Precision  float64      `json:"precision"` // of the motive on labelled posts
	Spread     float64      `json:"spread"`    // over the places it shows in
	FirstSeen  string       `json:"first_seen,omitempty"`
	Quotes     []string     `json:"quotes"`
}

// A softRow is one entry of the register.
type softRow struct {
	ID         string     `json:"id"`
	Subject    string     `json:"subject"`
	Motive     signs.Sign `json:"motive"`
	Stage      soft.Stage `json:"stage"`
	Wording    string     `json:"wording"`
	Provenance string     `json:"provenance"`
	Quotes     []string   `json:"quotes"`
	Steps      []stepRow  `json:"steps"`
	Findings   []string   `json:"findings"`
	FirstSeen  string     `json:"first_seen,omitempty"` // of the motive in the tribe; soft list only
	LeadWeeks  *float64   `json:"lead_weeks,omitempty"` // from there until it was defined
}

type stepRow struct {
	To   soft.Stage `json:"to"`
	At   time.Time  `json:"at"`
	Note string     `json:"note"`
}

func softRowOf(e soft.Entry, all []soft.Entry) softRow {
	r := softRow{ID: e.ID, Subject: e.Subject, Motive: e.Class, Stage: e.Stage, Wording: e.Wording, Provenance: e.Provenance,
		Quotes: append([]string{}, e.Quotes...), Steps: []stepRow{}, Findings: append([]string{}, soft.Lint(e, all)...)}
	for _, s := range e.Steps {
		r.Steps = append(r.Steps, stepRow{s.To, s.At, s.Note})
	}
	return r
}

func newSoft(a *app) *cobra.Command {
	c := &cobra.Command{Use: "soft", Short: "Soft KPIs: what tribes want beyond the answer"}
	run := c.PersistentFlags().String("run", "", "`RUN`, by id or name (default the newest)")
	c.AddCommand(
		&cobra.Command{Use: "list", Short: "List what tribes show now, and the register", Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error {
			return a.read(c.Context(), func(db *sqlite.DB) error { return a.softList(c.Context(), db, *run) })
		}},
		&cobra.Command{Use: "show ID", Short: "Show one soft KPI with every step", Args: cobra.ExactArgs(1), RunE: func(c *cobra.Command, args []string) error {
			if err := a.loadConfig(); err != nil {
				return err
			}
			return a.softShow(c.Context(), *run, args[0])
		}})
	c.AddCommand(newSoftSteps(a, run)...)
	return c
}

// A softListed is what soft list --json gives.
type softListed struct {
	Signals    []motiveRow `json:"signals"`
	Register   []softRow   `json:"register"`
	Beside     []string    `json:"beside"` // what is no motive of one tribe
	Tribes     []shareRow  `json:"tribes"`
	Ground     []groundRow `json:"ground"`
	Sources    []feedRow   `json:"sources"`
	Emotions   []feltRow   `json:"emotions"`        // of this week
	Conversion *float64    `json:"conversion_rate"` // of the last quarter; null where nothing was targeted
	Of         int         `json:"conversion_of"`
}

func (a *app) softList(ctx context.Context, db *sqlite.DB, run string) error {
	r, authors, err := a.hear(ctx, db, run)
	if err != nil {
		return err
	}
	register, err := customerFile(a, softFile, soft.ReadRegister)
	if err != nil {
		return err
	}
	books, err := a.booksOf(authors)
	if err != nil {
		return err
	}
	panels := soft.Read(r, soft.Params{Precision: motivePrecision()})
	out := softListed{Signals: motiveRows(r, panels), Register: []softRow{}, Beside: a.besideMotives(r), Tribes: shareRows(r, panels), Ground: groundRows(r, books), Sources: feedRows(r), Emotions: feltRows(r)}
	for _, e := range register {
		row := softRowOf(e, register)
		row.FirstSeen, row.LeadWeeks = leadTime(r, e)
		out.Register = append(out.Register, row)
	}
	now := a.now()
	rate, of, state := soft.ConversionRate(register, data.Window{From: now.AddDate(0, -3, 0), To: now})
	if out.Of = of; state == stats.Known {
		out.Conversion = &rate
	}
	return a.result("soft.list", out, nil, func(w io.Writer) { a.writeSoft(w, out, r) })
}

func (a *app) writeSoft(w io.Writer, out softListed, r *measure.Reading) {
	writeSignals(w, out.Signals, r)
	writeShares(w, out.Tribes)
	writeGround(w, out.Ground)
	writeFeeds(w, out.Sources)
	writeFelt(w, out.Emotions)
	for _, line := range out.Beside {
		fmt.Fprintln(w, line)
	}
	a.writeRegister(w, out.Register)
	if out.Conversion != nil {
		fmt.Fprintf(w, "converted in the last three months: %.0f %% of %d that were worked on\n", 100**out.Conversion, out.Of)
	}
}

// motiveRows returns what may be told of each tribe.
func motiveRows(r *measure.Reading, panels []soft.Panel) []motiveRow {
	rows := []motiveRow{}
	log := soft.Log(r, nil)
	for _, p := range panels {
		for _, l := range p.Labels {
			if l.State != stats.Known {
				continue
			}
			row := motiveRow{ID: string(p.Tribe) + "/" + string(l.Motive), Tribe: p.Tribe, Letter: letterOf(r, p.Tribe), Motive: l.Motive, People: l.Authors, Active: p.Active,
				Rate: l.Rate.String(), Z: l.Z, Figure: l.Figure, Hypothesis: l.Hypothesis,
				Confirmed: l.Confirmed, Precision: l.Precision, Spread: l.Spread, Quotes: []string{}}
			for _, q := range l.Quotes {
				row.Quotes = append(row.Quotes, q.Text)
			}
			if i := slices.IndexFunc(log, func(s soft.Signal) bool { return s.Tribe == p.Tribe && s.Motive == l.Motive }); i >= 0 {
				row.FirstSeen = log[i].FirstSeen.Format(time.DateOnly)
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// besideMotives tells the image near the customer's name, who says it for others, and what is left
// unsaid.
func (a *app) besideMotives(r *measure.Reading) []string {
	unspoken := soft.ImplicitNeeds(r).Share
	out := []string{"complaints that ask for nothing: " + shareOrState(unspoken)}
	if _, hidden := soft.Articulators(r, nil); hidden > 0 {
		out = append(out, fmt.Sprintf("%s say it for others, by the word of two people or more", count(hidden, "person")))
	}
	if len(a.cfg.Brand.Names) == 0 || len(a.cfg.Brand.WantedImage) == 0 {
		return append(out, "image: brand: {names, wanted_image} are not set")
	}
	image := soft.ImageOf(r, a.cfg.Brand.Names, a.cfg.Brand.WantedImage)
	if image.State != stats.Known {
		return append(out, "image: "+image.State.Told(image.Authors))
	}
	return append(out, fmt.Sprintf("image: congruence %.2f with the words of %d people near your name", image.Congruence, image.Authors))
}

// shareOrState writes a share, or why there is none.
func shareOrState(s stats.Share) string {
	if s.State != stats.Known {
		return s.State.Told(s.N)
	}
	return s.String()
}

func letterOf(r *measure.Reading, id data.TribeID) string {
	for _, t := range r.Tribes {
		if t.ID == id {
			return t.Letter
		}
	}
	return ""
}

func writeSignals(w io.Writer, rows []motiveRow, r *measure.Reading) {
	if len(rows) == 0 {
		people := make(map[data.AuthorID]bool)
		for _, p := range r.Posts {
			if r.Window.Contains(p.CreatedAt) {
				people[p.Author] = true
			}
		}
		fmt.Fprintf(w, "no soft signal found (n=%d): no motive is shown by %d people of one tribe\n", len(people), measure.Privacy)
		return
	}
	var cells [][]string
	for _, m := range rows {
		kind := "ground"
		if m.Figure {
			kind = "figure"
		}
		if m.Hypothesis {
			kind += ", hypothesis"
		}
		cells = append(cells, []string{m.ID, m.Letter, m.Rate, fmt.Sprintf("%.2f", m.Z), kind})
	}
	table(w, []string{"ID", "", "PEOPLE", "Z", "KIND"}, cells)
}

func (a *app) writeRegister(w io.Writer, rows []softRow) {
	if len(rows) == 0 {
		fmt.Fprintln(w, a.located("the register is empty: tribu soft define opens an entry"))
		return
	}
	var cells [][]string
	for _, r := range rows {
		lead := ""
		if r.LeadWeeks != nil {
			lead = fmt.Sprintf("%.1f weeks", *r.LeadWeeks)
		}
		cells = append(cells, []string{r.ID, string(r.Stage), r.Steps[len(r.Steps)-1].At.Format(time.DateOnly), lead, r.Wording})
	}
	table(w, []string{"ID", "STAGE", "SINCE", "TO DEFINE", "WORDING"}, cells)
}

// softShow shows an entry of the register, or else what a tribe shows and nobody defined yet.
func (a *app) softShow(ctx context.Context, run, id string) error {
	register, err := customerFile(a, softFile, soft.ReadRegister)
	if err != nil {
		return err
	}
	var e soft.Entry
	i, missing := softNamed(register, id)
	if missing == nil {
		e = register[i]
	} else if err := a.read(ctx, func(db *sqlite.DB) (err error) {
		e, err = a.detected(ctx, db, run, id)
		return err
	}); err != nil {
		return missing
	}
	row := softRowOf(e, register)
	return a.result("soft.show", row, nil, func(w io.Writer) { row.write(w) })
}

func (r softRow) write(w io.Writer) {
	fmt.Fprintf(w, "%s  %s\n", r.ID, r.Stage)
	if r.Wording != "" {
		fmt.Fprintln(w, clean(r.Wording))
	}
	for _, s := range r.Steps {
		fmt.Fprintf(w, "%s  %s  %s\n", s.At.Format(time.DateOnly), s.To, clean(s.Note))
	}
	for _, q := range r.Quotes {
		fmt.Fprintf(w, "  “%s”\n", clean(strings.ReplaceAll(q, "\n", " ")))
	}
	for _, f := range r.Findings {
		fmt.Fprintf(w, "lint: %s\n", clean(f))
	}
}

func softNamed(register []soft.Entry, id string) (int, error) {
	i := slices.IndexFunc(register, func(e soft.Entry) bool { return e.ID == id })
	if i < 0 {
		return i, &problem{code: exitUsage, what: fmt.Sprintf("the register holds no soft KPI %q", id), next: "tribu soft list names them; tribu soft define opens an entry"}
	}
	return i, nil
}
