package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"tribu/data"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/stats"
)

// An outcomeRow is an outcome as cpi list --json gives it.
type outcomeRow struct {
	ID         string        `json:"id"`
	Status     cpi.Status    `json:"status"`
	Why        string        `json:"why"`
	Name       string        `json:"name"`  // what its people call the thing
	Label      string        `json:"label"` // the outcome as people read it
	People     int           `json:"people"`
	Posts      int           `json:"posts"`
	Languages  []data.Lang   `json:"languages"`
	Important  string        `json:"important"`
	Increment  cpi.Increment `json:"increment,omitempty"` // where people state one
	WithStep   int           `json:"with_increment"`
	Have       int           `json:"have_it"` // people who say that they have it
	Lack       int           `json:"lack_it"` // people who say that they lack it
	Served     string        `json:"have_of_both"`
	Expected   *expectedRow  `json:"expected,omitempty"`
	Unit       cpi.Unit      `json:"unit"`
	ThisWeek   *float64      `json:"this_week"`
	ThisWeekN  int           `json:"this_week_n"`
	UsualLow   *float64      `json:"usual_low"`
	UsualHigh  *float64      `json:"usual_high"`
	Verdict    cpi.Verdict   `json:"verdict"`
	GoodEnough *bool         `json:"good_enough"`
	Adopted    bool          `json:"adopted"`

	Opportunity *float64 `json:"opportunity"` // of 20; null where too few answered requests state it
	Threads     int      `json:"threads"`     // answered requests that state it
	Owner       string   `json:"owner,omitempty"`

	Quotes []quoteRow    `json:"quotes"`
	Tribes []tribePeople `json:"tribes"`
}

type expectedRow struct {
	Median float64 `json:"median"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	N      int     `json:"n"`
	Unit   string  `json:"unit"`
}

type quoteRow struct {
	Post string    `json:"post"`
	Text string    `json:"text"`
	Lang data.Lang `json:"lang"`
	At   time.Time `json:"at"`
	URL  string    `json:"url,omitempty"`
}

type tribePeople struct {
	Tribe  data.TribeID `json:"tribe"`
	People int          `json:"people"`
}

func outcomeRowOf(lang data.Lang, o cpi.Outcome, p cpi.Performance, adopted bool) outcomeRow {
	this := p.This()
	row := outcomeRow{
		ID: o.String(), Name: o.Name(lang), Label: o.Label(lang), Status: o.Status, Why: o.Why, People: o.Authors, Posts: len(o.Posts), Languages: append([]data.Lang{}, o.Langs...),
		Important: o.Important.String(), WithStep: o.WithStep, Have: o.Served.Have, Lack: o.Served.Lack, Served: shareOrState(o.Served.Share), Unit: p.Unit, ThisWeekN: this.N, Verdict: p.Verdict, GoodEnough: p.Meets, Adopted: adopted,
		Quotes: []quoteRow{}, Tribes: []tribePeople{},
	}
	if o.WithStep > 0 {
		row.Increment = o.Increment
	}
	if o.Important.State != stats.Known {
		row.Important = o.Important.State.Told(o.Important.N)
	}
	if o.Expected.State == stats.Known {
		row.Expected = &expectedRow{o.Expected.Median, o.Expected.Low, o.Expected.High, o.Expected.N, o.Expected.Unit}
	}
	if this.State == stats.Known {
		row.ThisWeek = &this.Value
	}
	if p.Usual.State == stats.Known {
		row.UsualLow, row.UsualHigh = &p.Usual.Low, &p.Usual.High
	}
	for _, q := range o.Quotes {
		row.Quotes = append(row.Quotes, quoteRow{q.Post.String(), q.Text, q.Lang, q.At, q.URL})
	}
	for _, t := range o.Tribes {
		row.Tribes = append(row.Tribes, tribePeople{t.Tribe, t.People})
	}
	return row
}

// before sorts rows for people: qualified ones, those that need an increment, candidates; of each
// those whose side is named before the others, and by people.
func (r outcomeRow) before(s outcomeRow) int {
	order := []cpi.Status{cpi.Qualified, cpi.NeedsIncrement, cpi.Candidate}
	bare := func(r outcomeRow) int { return len(r.ID) - len(strings.TrimPrefix(r.ID, "Any/")) }
	return cmp.Or(slices.Index(order, r.Status)-slices.Index(order, s.Status), bare(r)-bare(s), s.People-r.People)
}

// counted writes the kind of step and how many people state one.
func (r outcomeRow) counted() string {
	if r.WithStep == 0 {
		return ""
	}
	return fmt.Sprintf("%s (%d)", r.Increment, r.WithStep)
}

// words returns what somebody said of it.
func (r outcomeRow) words() string {
	if len(r.Quotes) == 0 {
		return r.Name
	}
	return r.Quotes[0].Text
}

// told writes this week's figure in its unit.
func (r outcomeRow) told() string {
	if r.ThisWeek == nil {
		return stats.Insufficient.Told(r.ThisWeekN)
	}
	currency := ""
	if r.Expected != nil {
		currency = r.Expected.Unit
	}
	return r.Unit.Say(*r.ThisWeek, currency)
}

func (r outcomeRow) write(w io.Writer) {
	fmt.Fprintf(w, "%s  %s: %s\n%s people in %s; it matters to %s\n", clean(r.Label), r.Status, r.Why, thousands(r.People), count(r.Posts, "post"), r.Important)
	fmt.Fprintf(w, "%s state an increment", thousands(r.WithStep))
	if r.Increment != "" {
		fmt.Fprintf(w, ", mostly %s", r.Increment)
	}
	fmt.Fprintf(w, "\n%d say that they have it, %d that they lack it: %s\nthis week %s, %s\n", r.Have, r.Lack, r.Served, r.told(), r.Verdict)
	if e := r.Expected; e != nil {
		fmt.Fprintf(w, "good enough, they say: %s (%s to %s), n=%d\n", cpi.Amount(e.Median, e.Unit), cpi.Amount(e.Low, e.Unit), cpi.Amount(e.High, e.Unit), e.N)
	}
	if r.Opportunity != nil {
		fmt.Fprintf(w, "opportunity %.1f of 20, by %s\n", *r.Opportunity, count(r.Threads, "answered request"))
	}
	fmt.Fprintf(w, "who answers for it: %s\n", clean(cmp.Or(r.Owner, "nobody yet")))
	for _, q := range r.Quotes {
		fmt.Fprintf(w, "  “%s” %s\n", clean(strings.ReplaceAll(q.Text, "\n", " ")), clean(q.URL))
	}
}
