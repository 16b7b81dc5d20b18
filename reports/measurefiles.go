package reports

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"time"

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
	return append([]figureFile{cpisFile(v), serviceFile(v), motives}, sceneFiles(v)...), err
}

func cpisFile(v View) figureFile {
	f := figureFile{"cpis.csv", [][]string{cpi.Columns()}}
	f.rows = append(f.rows, cpi.Rows(v.Measures.Outcomes, v.Measures.Served)...)
	if !v.Options.Anonymise {
		return f
	}
	for i, name := range f.rows[0] {
		if name != "quote" && name != "evidence" {
			continue
		}
		for _, row := range f.rows[1:] {
			row[i] = ""
		}
	}
	return f
}

// serviceFile holds what outcomes and threads show, week by week.
func serviceFile(v View) figureFile {
	f := figureFile{"service.csv", [][]string{{"name", "unit", "week_ending", "value", "n", "state"}}}
	for _, p := range slices.Concat(v.Measures.Threads, v.Measures.Served) {
		for _, w := range p.Weeks {
			value := ""
			if w.State == stats.Known {
				value = share(w.Value)
			}
			f.rows = append(f.rows, []string{p.Name, string(p.Unit), w.Week.To.In(v.Options.Location).Format(time.DateOnly), value, strconv.Itoa(w.N), string(w.State)})
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
