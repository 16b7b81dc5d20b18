package reports

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"time"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/conduct"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/soft"
	"tribu/reports/measure/stats"
)

// measureFiles returns what is measured beyond counting; nothing where it was not.
func measureFiles(v View) ([]figureFile, error) {
	if v.Measures == nil {
		return nil, nil
	}
	motives, err := motivesFile(v)
	files := append([]figureFile{cpisFile(v), serviceFile(v), actionsFile(v), motives, moodFile(v), emotionsFile(v), pacesFile(v), feedsFile(v)}, sceneFiles(v)...)
	files = append(files, besideFiles(v)...)
	if err != nil || v.Options.Anonymise {
		return files, err
	}
	review, err := reviewFile(v)
	return append(files, review, implicitFile(v)), err
}

// actionsFile holds what is worth working on, with the opportunity score and what it is made of.
func actionsFile(v View) figureFile {
	f := figureFile{"actions.csv", [][]string{{"outcome", "people", "importance", "satisfaction_low", "satisfaction_high", "opportunity", "threads", "owner", "state"}}}
	for _, a := range v.Measures.Actions {
		row := []string{a.Outcome.String(), strconv.Itoa(a.Outcome.Authors), share(a.Importance), "", "", "", strconv.Itoa(a.Threads), a.Owner, string(a.State)}
		if a.State == stats.Known {
			row[3], row[4], row[5] = share(a.Low), share(a.High), share(a.Score)
		}
		f.rows = append(f.rows, row)
	}
	return f
}

// moodFile holds the mood of everybody and of each tribe in which enough people have one, week by week.
func moodFile(v View) figureFile {
	f := figureFile{"mood.csv", [][]string{{"tribe", "week_ending", "median", "low", "high", "n", "accuracy", "state"}}}
	for _, m := range v.Measures.Moods {
		for _, w := range m.Weeks {
			row := []string{string(m.Tribe), w.Week.To.In(v.Options.Location).Format(time.DateOnly), "", "", "", strconv.Itoa(w.N), share(m.Accuracy), string(w.State)}
			if w.State == stats.Known && (m.Tribe == "" || w.N >= measure.Privacy) {
				row[2], row[3], row[4] = share(w.Median), share(w.Low), share(w.High)
			}
			f.rows = append(f.rows, row)
		}
	}
	return f
}

// reviewFile holds what a person should look at: heard with too little confidence to be counted.
func reviewFile(v View) (figureFile, error) {
	var out bytes.Buffer
	if err := conduct.WriteReview(&out, v.Measures.Review); err != nil {
		return figureFile{}, err
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		return figureFile{}, fmt.Errorf("read review: %w", err)
	}
	return figureFile{"review.csv", rows}, nil
}

// cpisFile holds the outcomes that people name; without what tells whom the sentences are by where the report is anonymous, and without
// a sentence that shows a motive.
func cpisFile(v View) figureFile {
	f := figureFile{"cpis.csv", [][]string{cpi.Columns()}}
	f.rows = append(f.rows, cpi.Rows(v.Options.Lang, v.Measures.Outcomes, v.Measures.Served)...)
	v.besideNeeds(f.rows)
	intimate := intimatesOf(v)
	for i, name := range f.rows[0] {
		if name != "quote" && name != "evidence" {
			continue
		}
		for _, row := range f.rows[1:] {
			if v.Options.Anonymise || name == "quote" && intimate.has(row[i]) {
				row[i] = ""
			}
		}
	}
	return f
}

// besideNeeds adds to the rows of outcomes the need that each is the measure of, how many people voice that, and how many the two
// make together, as the page tells them; which motive an outcome may move, and of which tribe.
func (v View) besideNeeds(rows [][]string) {
	rows[0] = append(slices.Clone(rows[0]), "need", "need_people", "people_in_all", "may_move", "of_tribe")
	for i, o := range v.Measures.Outcomes {
		need, people, all, motive, tribe := "", "", strconv.Itoa(o.Authors), "", ""
		if at := v.needOf(o); at >= 0 {
			n := v.Figures.Needs[at]
			_, more := v.beyondNeed(o, n)
			need, people, all = n.Topic, strconv.Itoa(n.People), strconv.Itoa(n.People+more)
		}
		if id, label, found := v.mayMove(o); found && o.Status == cpi.Qualified {
			motive, tribe = string(label.Motive), string(id)
		}
		rows[i+1] = append(slices.Clone(rows[i+1]), need, people, all, motive, tribe)
	}
}

// serviceFile holds what the page says of service, week by week: how long requests wait,
// where that is known, then what threads and outcomes show.
func serviceFile(v View) figureFile {
	f := figureFile{"service.csv", [][]string{{"name", "unit", "week_ending", "value", "n", "state"}}}
	day := func(w data.Window) string { return w.To.In(v.Options.Location).Format(time.DateOnly) }
	paced := v.Figures.Pace.Known() && v.Figures.Hours
	if paced {
		for i, w := range v.Figures.Pace.Weekly {
			row := []string{"first reply", "seconds until half of the requests had a reply; n: requests", day(v.Figures.Weeks[i]), "", strconv.Itoa(w.Asked), string(stats.Insufficient)}
			if w.Asked > 2*w.Unanswered {
				row[3], row[5] = share(w.Median.Seconds()), ""
			}
			f.rows = append(f.rows, row)
		}
	}
	for i, p := range slices.Concat(v.Measures.Threads, v.Measures.Served) {
		if p.Unit == cpi.SecondsToHelp && paced {
			continue
		}
		name := p.Name
		if i >= len(v.Measures.Threads) {
			name = v.Measures.Outcomes[i-len(v.Measures.Threads)].Label(data.LangEN)
		}
		for _, w := range p.Weeks {
			value := ""
			if w.State == stats.Known {
				value = share(w.Value)
			}
			f.rows = append(f.rows, []string{name, string(p.Unit), day(w.Week), value, strconv.Itoa(w.N), string(w.State)})
		}
	}
	return f
}

func motivesFile(v View) (figureFile, error) {
	f := figureFile{name: "motives.csv"}
	var out bytes.Buffer
	if err := soft.WriteMatrix(&out, v.Measures.Motives); err != nil {
		return f, err
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		return f, fmt.Errorf("read soft matrix: %w", err)
	}
	f.rows = rows
	return f, nil
}
