package reports

import (
	"strconv"

	"tribu/reports/measure/lives"
	"tribu/reports/measure/stats"
)

// sceneFiles returns the figures of what surrounds needs; nothing where it was not read.
func sceneFiles(v View) []figureFile {
	if v.Scene == nil {
		return nil
	}
	return []figureFile{profilesFile(v), answersFile(v), casesFile(v), digestsFile(v), contextsFile(v)}
}

func profilesFile(v View) figureFile {
	f := figureFile{"profiles.csv", [][]string{{"tribe_id", "what", "tribe", "posts", "everybody", "index", "distinct"}}}
	for _, p := range v.Scene.Profiles {
		for _, m := range p.Modes {
			if m.Tribe.State == stats.Known {
				f.rows = append(f.rows, []string{string(p.Tribe), m.Key, share(m.Tribe.Value), strconv.Itoa(m.Tribe.K), share(m.All.Value), indexCell(m.Index), strconv.FormatBool(m.Distinct)})
			}
		}
	}
	return f
}

func answersFile(v View) figureFile {
	f := figureFile{"answers.csv", [][]string{{"tribe_id", "kind", "answers", "came_back", "other_answers", "came_back_to_others"}}}
	for _, p := range v.Scene.Profiles {
		for _, w := range p.Ways {
			f.rows = append(f.rows, []string{string(p.Tribe), w.Key, strconv.Itoa(w.With.N), strconv.Itoa(w.With.K), strconv.Itoa(w.Without.N), strconv.Itoa(w.Without.K)})
		}
	}
	return f
}

func casesFile(v View) figureFile {
	f := figureFile{"uses.csv", [][]string{{"tribe_id", "use", "posts", "index", "low", "high", "verdict", "state"}}}
	for _, c := range v.Scene.Cases {
		f.rows = append(f.rows, []string{string(c.Tribe), string(c.Case), strconv.Itoa(c.Posts), indexCell(c.Index), indexCell(c.Low), indexCell(c.High), string(c.Verdict), string(c.State)})
	}
	return f
}

func digestsFile(v View) figureFile {
	f := figureFile{"departments.csv", [][]string{{"department", "posts", "people", "about", "needed", "people_who_say_it"}}}
	for _, d := range v.Scene.Digests {
		for _, t := range d.Topics {
			if !v.Options.tells(t.People) {
				continue
			}
			f.rows = append(f.rows, []string{string(d.Function), strconv.Itoa(d.Posts), strconv.Itoa(d.People), t.Called, strconv.FormatBool(t.Lacked), strconv.Itoa(t.People)})
		}
	}
	return f
}

func contextsFile(v View) figureFile {
	header := []string{"need", "conversations"}
	for _, s := range lives.Solvers() {
		header = append(header, string(s))
	}
	f := figureFile{"contexts.csv", [][]string{header}}
	for i, c := range v.Scene.Contexts {
		row := []string{v.Figures.Needs[i].Label, strconv.Itoa(c.Conversations)}
		for _, s := range lives.Solvers() {
			row = append(row, strconv.Itoa(c.By[s]))
		}
		f.rows = append(f.rows, row)
	}
	return f
}

// indexCell is an index as a table holds it: nothing where it is not known.
func indexCell(x float64) string {
	if x == 0 {
		return ""
	}
	return indexText(x)
}
