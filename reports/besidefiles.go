package reports

import (
	"strconv"
	"strings"
	"time"

	"tribu/data"
	"tribu/reports/measure/conduct"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/customer"
	"tribu/reports/measure/stats"
)

// besideFiles holds what stands beside what people say: how makers answer them, what customers got,
// and what customers do more while they get less. A file without a source is not written.
func besideFiles(v View) []figureFile {
	var out []figureFile
	if v.Measures.Makers != nil {
		out = append(out, makersFile(v))
	}
	if len(v.Measures.Worths) > 0 {
		out = append(out, worthFile(v))
	}
	if len(v.Measures.Alarms) > 0 {
		out = append(out, alarmsFile(v))
	}
	return out
}

func shareCells(s stats.Share) []string {
	if s.State != stats.Known {
		return []string{"", "", "", strconv.Itoa(s.N), string(s.State)}
	}
	return []string{share(s.Value), share(s.Low), share(s.High), strconv.Itoa(s.N), ""}
}

func numberCells(values []float64) string {
	out := make([]string, len(values))
	for i, x := range values {
		out[i] = share(x)
	}
	return strings.Join(out, " ")
}

// makersFile holds how makers answer: everybody, then the people of each tribe.
func makersFile(v View) figureFile {
	f := figureFile{"makers.csv", [][]string{{"tribe", "measure", "count", "value", "low", "high", "n", "state"}}}
	add := func(t data.TribeID, name string, s stats.Share) {
		f.rows = append(f.rows, append([]string{string(t), name, strconv.Itoa(s.K)}, shareCells(s)...))
	}
	for _, r := range append([]conduct.Response{v.Measures.Makers.Answered}, v.Measures.Makers.Tribes...) {
		add(r.Tribe, "answered within 72 hours", r.Answered)
		row := []string{string(r.Tribe), "seconds to the first answer", "", "", "", "", strconv.Itoa(r.Delay.N), string(r.Delay.State)}
		if r.Delay.State == stats.Known {
			row[3], row[4], row[5] = share(r.Delay.Median), share(r.Delay.Low), share(r.Delay.High)
		}
		f.rows = append(f.rows, row)
	}
	add("", "useful answers, of posts on the balance", v.Measures.Makers.Balance.Useful())
	add("", "replies that only promise an answer, of posts on the balance", v.Measures.Makers.Balance.Late())
	add("", "unasked posts, of posts on the balance", v.Measures.Makers.Balance.Alone())
	add("", "promises kept", v.Measures.Makers.Kept)
	return f
}

// emotionsFile holds what people show that they feel, week by week, with how often the reading is right.
func emotionsFile(v View) figureFile {
	f := figureFile{"emotions.csv", [][]string{{"tribe", "week_ending", "emotion", "share", "low", "high", "n", "state", "precision"}}}
	for _, e := range v.Measures.Felt {
		row := append([]string{string(e.Tribe), e.Week.To.In(v.Options.Location).Format(time.DateOnly), string(e.Emotion)}, shareCells(e.Share)...)
		f.rows = append(f.rows, append(row, share(e.Precision)))
	}
	return f
}

// pacesFile holds how early each tribe takes up what others come to talk about: 1 first, 0 last.
func pacesFile(v View) figureFile {
	f := figureFile{"paces.csv", [][]string{{"tribe", "median", "people", "state"}}}
	for _, p := range v.Measures.Paces {
		row := []string{string(p.Tribe), "", "", string(p.State)}
		if p.State == stats.Known {
			row[1], row[2] = share(p.Median), strconv.Itoa(p.People)
		}
		f.rows = append(f.rows, row)
	}
	return f
}

// feedsFile holds how much of each source is worth reading.
func feedsFile(v View) figureFile {
	f := figureFile{"feeds.csv", [][]string{{"source", "share", "low", "high", "n", "state", "by_week", "remove"}}}
	for _, x := range v.Measures.Feeds {
		row := append([]string{customer.Cell(x.Source)}, shareCells(x.Share)...)
		f.rows = append(f.rows, append(row, customer.Cell(numberCells(x.Weekly)), strconv.FormatBool(x.Remove)))
	}
	return f
}

// worthFile holds what each customer got beside what they brought, then the sums of tribes.
func worthFile(v View) figureFile {
	f := figureFile{"value_delivered.csv", [][]string{{"customer", "tribe", "customers", "delivered", "brought", "ratio"}}}
	add := func(w cpi.Worth) {
		row := []string{customer.Cell(w.Customer), string(w.Tribe), strconv.Itoa(w.Customers), share(w.Delivered), "", ""}
		if w.Told {
			row[4] = share(w.Brought)
		}
		if ratio, state := w.Ratio(); state == stats.Known {
			row[5] = share(ratio)
		}
		f.rows = append(f.rows, row)
	}
	if !v.Options.Anonymise {
		for _, w := range v.Measures.Worths {
			add(w)
		}
	}
	for _, w := range v.Measures.ByTribe {
		add(w)
	}
	return f
}

// alarmsFile holds both series of every alarm.
func alarmsFile(v View) figureFile {
	f := figureFile{"alarms.csv", [][]string{{"rising", "falling", "tribe", "rising_by_week", "falling_by_week"}}}
	for _, a := range v.Measures.Alarms {
		x, y := cpi.Stretch(a.KPI.Values, a.CPI.Values)
		f.rows = append(f.rows, []string{a.KPI.Name, a.CPI.Name, string(a.KPI.Tribe), customer.Cell(numberCells(x)), customer.Cell(numberCells(y))})
	}
	return f
}

// implicitFile holds the complaints that ask for nothing, each with the sentence that what is expected
// is inferred from, but those that tell what moves somebody: no file leads from a motive to a person.
func implicitFile(v View) figureFile {
	f := figureFile{"implicit.csv", [][]string{{"post_id", "at", "inferred", "trigger", "url"}}}
	intimate, moved := intimatesOf(v), make(map[string]bool)
	for i := range v.Story.Needs {
		if n := &v.Story.Needs[i]; len(n.Motives) > 0 {
			moved[clean(n.Quote)] = true
		}
	}
	for _, x := range v.Measures.Unspoken.Found {
		if moved[clean(x.Trigger)] || intimate.has(x.Trigger) {
			continue
		}
		f.rows = append(f.rows, []string{x.Post.ID.String(), x.Post.CreatedAt.UTC().Format(time.RFC3339), customer.Cell(x.Inferred), customer.Cell(x.Trigger), customer.Cell(x.Post.URL)})
	}
	return f
}
