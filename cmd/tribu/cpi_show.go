package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"tribu/data/sqlite"
	"tribu/reports/measure"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/experiment"
	"tribu/reports/measure/stats"
)

// A shownOutcome is an outcome as cpi show --json gives it: what people say, and how it fares beside.
type shownOutcome struct {
	outcomeRow
	Solved   solvedRow   `json:"solved_first_time"`
	Practice practiceRow `json:"practice"`
	Leading  []leadRow   `json:"leading"` // along with what customers do some weeks later; empty without transactions.csv
	Caption  string      `json:"caption,omitempty"`
	Since    *sinceRow   `json:"since_adopted,omitempty"`
}

// A solvedRow bounds how many of the requests that state an outcome were solved the first time: at least
// those whose asker said so and did not ask again within a week, at most all that were not asked again.
type solvedRow struct {
	Low        string `json:"at_least"`
	High       string `json:"at_most"`
	Threads    int    `json:"answered_requests"`
	Unanswered int    `json:"unanswered"`
	Pending    int    `json:"answered_this_week"`
}

// A practiceRow is what the customer's files and people's ties tell of an outcome; null: no source.
type practiceRow struct {
	Observed  bool         `json:"observed"` // cpi_obs.csv holds something of it
	Met       string       `json:"met"`
	Segments  []segmentRow `json:"segments"`
	Won       []wonRow     `json:"won_by_wait"`
	Strayed   *string      `json:"named_a_competitor_first"`
	Asking    *int         `json:"asking_for_options"`
	Offered   *float64     `json:"options_offered"`
	Broken    *float64     `json:"incidents_per_1000"`
	Delivered *float64     `json:"value_delivered"`
	Customers int          `json:"customers_delivered_to"`
	Lacking   int          `json:"people_who_lack_it"`
	WithPeer  int          `json:"of_them_with_a_peer_who_has_it"`
	Peers     *float64     `json:"median_peers_who_have_it"`
	Clients   int          `json:"clients_who_state_it"`
}

type segmentRow struct {
	Segment  string       `json:"segment"`
	Expected *expectedRow `json:"expected"`
	Met      string       `json:"met"`
}

type wonRow struct {
	Under    float64 `json:"under_seconds"` // 0: any longer
	Requests int     `json:"requests"`
	Won      string  `json:"won"`
}

type leadRow struct {
	KPI   string  `json:"kpi"`
	Lag   int     `json:"lag_weeks"`
	Rho   float64 `json:"rho"`
	P     float64 `json:"p"`
	Q     float64 `json:"q"`
	Weeks int     `json:"weeks"`
	State string  `json:"state,omitempty"`
}

type sinceRow struct {
	Adopted time.Time `json:"adopted"`
	Days    int       `json:"days_either_side"`
	Mood    changeRow `json:"mood"`
	Posts   changeRow `json:"posts_a_week"`
	Stayed  string    `json:"stayed"`
	Others  string    `json:"others_stayed"`
}

type changeRow struct {
	People int         `json:"people"`
	Change float64     `json:"change"`
	Others float64     `json:"others"`
	P      float64     `json:"p"`
	State  stats.State `json:"state,omitempty"`
}

func (a *app) cpiShow(ctx context.Context, db *sqlite.DB, run, name string) error {
	r, authors, err := a.hear(ctx, db, run)
	if err != nil {
		return err
	}
	mined, rows, adopted, err := a.outcomesIn(r)
	if err != nil {
		return err
	}
	o, err := outcomeNamed(mined, name)
	if err != nil {
		return err
	}
	books, err := a.booksOf(authors)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(rows, func(r outcomeRow) bool { return r.ID == o.String() })
	out := shownOutcome{outcomeRow: rows[i], Solved: solvedRowOf(cpi.Resolve(r, cpi.Params{}, func(q measure.Request) bool { return slices.Contains(o.Posts, q.Post.ID) })), Practice: practiceRowOf(o, cpi.PracticeOf(r, o, books, cpi.Params{})), Leading: leading(r, o, books)}
	if len(out.Leading) > 0 {
		out.Caption = experiment.Caption
	}
	if k := standing(adopted, o.String()); k >= 0 {
		out.Since = sinceRowOf(cpi.SinceAdopted(r, o, adopted[k].At, 1))
	}
	return a.result("cpi.show", out, nil, func(w io.Writer) { out.write(w) })
}

func solvedRowOf(r cpi.Resolution) solvedRow {
	return solvedRow{shareOrState(r.Low), shareOrState(r.High), r.Threads, r.Unanswered, r.Pending}
}

func practiceRowOf(o cpi.Outcome, p cpi.Practice) practiceRow {
	out := practiceRow{Observed: p.Met.N > 0 || p.Offered != nil, Met: p.Met.String(), Segments: []segmentRow{}, Won: []wonRow{}, Offered: p.Offered, Broken: p.Broken,
		Lacking: p.Proof.Lacking, WithPeer: p.Proof.WithPeer, Clients: len(p.Touched)}
	for _, s := range p.Segments {
		row := segmentRow{Segment: s.Segment, Met: s.Met.String()}
		if s.Expected.State == stats.Known {
			row.Expected = &expectedRow{s.Expected.Median, s.Expected.Low, s.Expected.High, s.Expected.N, s.Expected.Unit}
		}
		out.Segments = append(out.Segments, row)
	}
	for _, b := range p.Won {
		out.Won = append(out.Won, wonRow{b.Under.Seconds(), b.Won.N, b.Won.String()})
	}
	switch o.Increment {
	case cpi.Time:
		strayed := shareOrState(p.Strayed)
		out.Strayed = &strayed
	case cpi.Options:
		out.Asking = &p.Asking
	}
	if p.Worth != nil {
		out.Delivered, out.Customers = &p.Worth.Delivered, p.Worth.Customers
	}
	if p.Proof.Peers.State == stats.Known {
		out.Peers = &p.Proof.Peers.Median
	}
	return out
}

// leadWeeks is how many weeks a CPI is laid beside what customers do.
const leadWeeks = 26

// leading sets an outcome, as the firm saw it or else as people tell, beside what customers do, now
// and up to eight weeks later.
func leading(r *measure.Reading, o cpi.Outcome, books cpi.Books) []leadRow {
	weeks, out := r.Weeks(leadWeeks), []leadRow{}
	served := cpi.Observed(books.Scores, o.String(), o.Limit(), weeks)
	if !slices.ContainsFunc(served, func(x float64) bool { return x == x }) {
		served = cpi.Perform(r, []cpi.Outcome{o}, cpi.Params{Weeks: leadWeeks})[0].Weekly()
	}
	for _, kpi := range cpi.Sold(r, books, weeks) {
		if kpi.Tribe != "" {
			continue
		}
		x, y := cpi.Stretch(served, kpi.Values)
		for _, l := range experiment.Explore(x, y) {
			out = append(out, leadRow{kpi.Name, l.Weeks, l.Rho, l.P, l.Q, l.Pairs, string(l.State)})
		}
	}
	return out
}

func sinceRowOf(s cpi.Since) *sinceRow {
	change := func(a cpi.Adoption) changeRow {
		return changeRow{a.People, a.Change.Diff, a.Others, a.Change.P, a.State}
	}
	return &sinceRow{s.Adopted, int(s.Span.Hours() / 24), change(s.Mood), change(s.Posts), s.Stayed.String(), s.Others.String()}
}

func (o shownOutcome) write(w io.Writer) {
	o.outcomeRow.write(w)
	if o.Solved.Threads >= stats.Enough {
		fmt.Fprintf(w, "solved the first time: at least %s, at most %s\n", o.Solved.Low, o.Solved.High)
	} else {
		fmt.Fprintf(w, "solved the first time: %s\n", o.Solved.Low)
	}
	o.Practice.write(w)
	o.writeLeading(w)
	if s := o.Since; s != nil && s.Days == 0 {
		fmt.Fprintf(w, "adopted on %s: nothing to compare yet\n", s.Adopted.Format(time.DateOnly))
	} else if s != nil {
		fmt.Fprintf(w, "since it was adopted on %s (%s on either side):\n", s.Adopted.Format(time.DateOnly), count(s.Days, "day"))
		fmt.Fprintf(w, "  mood %s\n  posts a week %s\n  still writing %s; others %s\n", s.Mood.told(), s.Posts.told(), s.Stayed, s.Others)
	}
}

func (c changeRow) told() string {
	if c.State != stats.Known {
		return c.State.Told(c.People)
	}
	return fmt.Sprintf("%+.2f (n=%d, p %.3f); others %+.2f", c.Change, c.People, c.P, c.Others)
}

func (p practiceRow) write(w io.Writer) {
	line := func(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }
	if p.Observed {
		line("met what people expect, as you saw it: %s", p.Met)
	} else {
		line("met what people expect: cpi_obs.csv holds nothing of it")
	}
	for _, s := range p.Segments {
		expects := ""
		if s.Expected != nil {
			expects = fmt.Sprintf(", who expect %s (n=%d)", cpi.Amount(s.Expected.Median, s.Expected.Unit), s.Expected.N)
		}
		line("  of %s%s: %s", clean(s.Segment), expects, s.Met)
	}
	for _, b := range p.Won {
		waited := "longer"
		if b.Under > 0 {
			waited = "under " + cpi.Lasting(time.Duration(b.Under)*time.Second)
		}
		if b.Requests > 0 {
			line("  won of those who waited %s: %s", waited, b.Won)
		}
	}
	if p.Strayed != nil {
		line("askers who name a competitor before a maker answers: %s", *p.Strayed)
	}
	if p.Asking != nil {
		offered := "how many you offer is not in cpi_obs.csv"
		if p.Offered != nil {
			offered = fmt.Sprintf("you offer %g", *p.Offered)
		}
		line("%s ask for more to choose from; %s", persons(*p.Asking), offered)
	}
	if p.Broken != nil {
		line("incidents: %.1f per 1,000", *p.Broken)
	}
	if p.Delivered != nil {
		line("value delivered: %.2f to %s", *p.Delivered, count(p.Customers, "customer"))
	}
	if p.Lacking > 0 {
		line("%s lack it or ask for it; for %d of them a peer of their own has it", persons(p.Lacking), p.WithPeer)
	}
}

// writeLeading tells of each KPI the lag at which it goes along most closely.
func (o shownOutcome) writeLeading(w io.Writer) {
	best := map[string]leadRow{}
	var order []string
	for _, l := range o.Leading {
		known, ok := best[l.KPI]
		if !ok {
			order = append(order, l.KPI)
		}
		if !ok || l.State == "" && (known.State != "" || l.P < known.P) {
			best[l.KPI] = l
		}
	}
	if len(order) == 0 {
		fmt.Fprintln(w, "beside sales: there is no transactions.csv")
	}
	for _, kpi := range order {
		if l := best[kpi]; l.State != "" {
			fmt.Fprintf(w, "beside %s: %s (n=%d)\n", kpi, l.State, l.Weeks)
		} else {
			when := count(l.Lag, "week") + " later"
			if l.Lag == 0 {
				when = "in the same week"
			}
			fmt.Fprintf(w, "beside %s %s: rho %.2f, p %.3f, q %.3f, %s (%s)\n", kpi, when, l.Rho, l.P, l.Q, count(l.Weeks, "week"), o.Caption)
		}
	}
}
