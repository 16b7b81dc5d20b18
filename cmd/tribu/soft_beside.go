package main

import (
	"fmt"
	"io"
	"time"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/conduct"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/soft"
	"tribu/reports/measure/stats"
)

// A shareRow is how much of one tribe's talk is moved by more than the answer.
type shareRow struct {
	Tribe    data.TribeID `json:"tribe"`
	Letter   string       `json:"letter"`
	Active   int          `json:"active"`
	Soft     string       `json:"soft_share"`          // of its posts, in which a person, not a role, shows a motive
	Received string       `json:"received"`            // of its people, whom somebody thanked or credited
	PerPost  float64      `json:"thanks_per_post"`     // received
	Gap      *float64     `json:"recognition_gap"`     // wanted − received; null where too few ask for recognition
	Pace     *float64     `json:"pace"`                // how early it takes things up, 1: first; null where withheld
	Told     string       `json:"told,omitempty"`      // why no motive of it is told
	Hidden   int          `json:"motives_not_counted"` // motives of too few people
}

// A feedRow is how much of one source is worth reading.
type feedRow struct {
	Source string    `json:"source"`
	Share  string    `json:"share"`  // posts with a need or a motive, of all
	Weekly []float64 `json:"weekly"` // the same, oldest first; −1 in a week without posts
	Remove bool      `json:"remove"` // below 1 % in each of eight weeks
}

// A groundRow is a hard KPI: the ground against which motives are figures.
type groundRow struct {
	KPI    string    `json:"kpi"`
	Tribe  string    `json:"tribe,omitempty"`
	Weekly []float64 `json:"weekly"` // oldest first, the weeks that are known
}

func shareRows(r *measure.Reading, panels []soft.Panel) []shareRow {
	rows := []shareRow{}
	paces := soft.Paces(r)
	for i, p := range panels {
		row := shareRow{Tribe: p.Tribe, Letter: letterOf(r, p.Tribe), Active: p.Active, Soft: softShare(p.Soft), Received: shareOrState(p.Recognition.Received),
			PerPost: p.Recognition.PerPost, Told: p.Told}
		if p.Recognition.State == stats.Known {
			row.Gap = &p.Recognition.Gap
		}
		if paces[i].State == stats.Known {
			row.Pace = &paces[i].Median
		}
		for _, l := range p.Labels {
			if l.State != stats.Known {
				row.Hidden++
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// softShare writes the share of a tribe's posts that show a motive; withheld, without a count.
func softShare(s stats.Share) string {
	if s.State == soft.Withheld {
		return fmt.Sprintf("withheld: fewer than %d people", measure.Privacy)
	}
	return shareOrState(s)
}

func feedRows(r *measure.Reading) []feedRow {
	rows := []feedRow{}
	for _, f := range soft.Feeds(r) {
		rows = append(rows, feedRow{f.Source, shareOrState(f.Share), f.Weekly, f.Remove})
	}
	return rows
}

// groundWeeks is how many weeks of hard KPIs stand behind the motives.
const groundWeeks = 8

func groundRows(r *measure.Reading, books cpi.Books) []groundRow {
	rows := []groundRow{}
	for _, s := range cpi.Sold(r, books, r.Weeks(groundWeeks)) {
		known, _ := cpi.Stretch(s.Values, s.Values)
		rows = append(rows, groundRow{s.Name, letterOf(r, s.Tribe), known})
	}
	return rows
}

// A feltRow is how many of the people of this week show an emotion.
type feltRow struct {
	Emotion    signs.Sign `json:"emotion"`
	Share      string     `json:"share"`
	Precision  float64    `json:"precision"`  // of the reading, on labelled posts
	Hypothesis bool       `json:"hypothesis"` // too low, or too few labelled, to be told as a figure
}

func feltRows(r *measure.Reading) []feltRow {
	rows := []feltRow{}
	for _, e := range conduct.Emotions(r, 1) {
		if e.Tribe == "" {
			rows = append(rows, feltRow{e.Emotion, shareOrState(e.Share), e.Precision, e.Precision < soft.GoodEnough})
		}
	}
	return rows
}

func writeFelt(w io.Writer, rows []feltRow) {
	for _, f := range rows {
		if !f.Hypothesis {
			fmt.Fprintf(w, "%s this week: %s of people, read right in at least %.0f of 100 labelled posts\n", f.Emotion, f.Share, 100*f.Precision)
		}
	}
}

func writeGround(w io.Writer, rows []groundRow) {
	if len(rows) == 0 {
		fmt.Fprintln(w, "ground: there is no transactions.csv")
	}
	for _, g := range rows {
		name := g.KPI
		if g.Tribe != "" {
			name += " to tribe " + g.Tribe
		}
		fmt.Fprintf(w, "ground: %s by week %s\n", name, series(g.Weekly))
	}
}

func writeShares(w io.Writer, rows []shareRow) {
	var cells [][]string
	for _, s := range rows {
		pace := ""
		if s.Pace != nil {
			pace = fmt.Sprintf("%.2f", *s.Pace)
		}
		cells = append(cells, []string{s.Letter, s.Soft, s.Received, pace})
	}
	if len(cells) > 0 {
		table(w, []string{"", "POSTS WITH A MOTIVE", "PEOPLE THANKED", "PACE"}, cells)
	}
}

func writeFeeds(w io.Writer, rows []feedRow) {
	for _, f := range rows {
		verdict := ""
		if f.Remove {
			verdict = "; below 1 % for eight weeks: think of removing it"
		}
		fmt.Fprintf(w, "source %s: %s of posts hold a need or a motive%s\n", clean(f.Source), f.Share, verdict)
	}
}

// leadTime writes how long it took from the first sign of a soft KPI in r to its definition.
func leadTime(r *measure.Reading, e soft.Entry) (firstSeen string, weeks *float64) {
	for _, s := range soft.Log(r, nil) {
		if string(s.Tribe) != e.Subject || s.Motive != e.Class {
			continue
		}
		firstSeen = s.FirstSeen.Format(time.DateOnly)
		if w, ok := soft.LeadTime(s, e); ok {
			weeks = &w
		}
	}
	return firstSeen, weeks
}
