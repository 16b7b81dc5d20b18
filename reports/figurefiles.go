package reports

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"tribu/data"
	"tribu/reports/export"
	"tribu/reports/figures"
)

// A figureFile is the CSV behind one picture or table.
type figureFile struct {
	name string
	rows [][]string // a header first
}

// writeFigures writes what each figure shows as CSV, the same in every language.
func writeFigures(v View, dir string) (names []string, err error) {
	measured, err := measureFiles(v)
	if err != nil {
		return nil, err
	}
	all := []figureFile{tribesFile(v), linksFile(v), changesFile(v), bandsFile(v), needsFile(v), weeklyFile(v), hoursFile(v), placesFile(v), sourcesFile(v)}
	for _, f := range append(all, measured...) {
		if err := writeFigure(f, dir); err != nil {
			return nil, err
		}
		names = append(names, f.name)
	}
	return names, nil
}

func writeFigure(f figureFile, dir string) error {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	for _, row := range f.rows {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = export.Safe(cell)
			if _, err := strconv.ParseFloat(cell, 64); err == nil {
				safe[i] = cell
			}
		}
		if err := w.Write(safe); err != nil {
			return fmt.Errorf("write %s: %w", f.name, err)
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return fmt.Errorf("write %s: %w", f.name, err)
	}
	return replace(filepath.Join(dir, f.name), out.Bytes())
}

func share(x float64) string { return strconv.FormatFloat(x, 'f', 3, 64) }

// before tells how many people there were in the run before, and nothing where there was none to compare with.
func before(v View, people int) string {
	if v.Figures.First {
		return ""
	}
	return strconv.Itoa(people)
}

func tribesFile(v View) figureFile {
	f := figureFile{"tribes.csv", [][]string{{"tribe_id", "letter", "name", "kind", "bond", "people", "people_before", "posts", "stability",
		"requests", "answered_by_tribe", "answered_by_others", "unanswered", "helped", "helped_since"}}}
	for _, t := range v.Figures.Tribes {
		f.rows = append(f.rows, []string{string(t.ID), t.Letter, t.Name, string(t.Kind), string(t.Bond), strconv.Itoa(t.People), before(v, t.Size.Before),
			strconv.Itoa(t.Posts), share(t.Stability), strconv.Itoa(t.Asked), strconv.Itoa(t.ByTribe), strconv.Itoa(t.ByOthers), strconv.Itoa(t.Unanswered()),
			strconv.Itoa(t.Helped), strconv.Itoa(t.HelpedSince)})
	}
	return f
}

func linksFile(v View) figureFile {
	f := figureFile{"links.csv", [][]string{{"tribe_a", "tribe_b", "pairs_of_people"}}}
	for _, l := range v.Figures.Links {
		f.rows = append(f.rows, []string{string(v.Figures.Tribes[l.A].ID), string(v.Figures.Tribes[l.B].ID), strconv.Itoa(len(l.Pairs))})
	}
	return f
}

func changesFile(v View) figureFile {
	f := figureFile{"changes.csv", [][]string{{"event", "from", "to", "people_before", "people_after", "people_in_both"}}}
	for _, l := range v.Story.Lineage {
		f.rows = append(f.rows, []string{string(l.Event), string(l.From), string(l.To), before(v, l.Before), strconv.Itoa(l.After), strconv.Itoa(l.Shared)})
	}
	return f
}

func bandsFile(v View) figureFile {
	f := figureFile{"bands.csv", [][]string{{"run_id", "week", "as_of", "tribe_id", "name", "people"}}}
	for _, r := range append(slices.Clone(v.Story.History), v.Story.RunRecord) {
		for _, t := range r.Tribes {
			f.rows = append(f.rows, []string{r.ID, r.Week, r.AsOf.In(v.Options.Location).Format(time.DateOnly), string(t.ID), t.Name, strconv.Itoa(t.People)})
		}
	}
	return f
}

func needsFile(v View) figureFile {
	header := []string{"rank", "topic", "type", "people", "posts", "old_enough", "unanswered_48h", "in_no_tribe"}
	for _, t := range v.Figures.Tribes {
		header = append(header, "people_"+string(t.ID))
	}
	f := figureFile{"needs.csv", [][]string{header}}
	for i, n := range v.Figures.Needs {
		if n.People < v.Options.MinNeed {
			break
		}
		byTribe := make([]string, len(v.Figures.Tribes))
		for j := range byTribe {
			byTribe[j] = "0"
		}
		none := 0
		for _, s := range n.ByTribe {
			if s.Tribe == figures.None {
				none = s.People
				continue
			}
			byTribe[s.Tribe] = strconv.Itoa(s.People)
		}
		row := []string{strconv.Itoa(i + 1), n.Topic, string(n.Type), strconv.Itoa(n.People), strconv.Itoa(n.Requests), strconv.Itoa(n.Old), strconv.Itoa(n.Unanswered), strconv.Itoa(none)}
		f.rows = append(f.rows, append(row, byTribe...))
	}
	f.rows = append(f.rows, v.measuredRows()...)
	return f
}

func weeklyFile(v View) figureFile {
	f := figureFile{"weekly.csv", [][]string{{"kind", "name", "week_ending", "people"}}}
	end := func(i int) string { return v.Figures.Weeks[i].To.In(v.Options.Location).Format(time.DateOnly) }
	for _, t := range v.Figures.Tribes {
		for i, n := range t.Weekly {
			f.rows = append(f.rows, []string{"tribe", string(t.ID), end(i), strconv.Itoa(n)})
		}
	}
	for _, n := range v.Figures.Needs {
		if n.People < v.Options.MinNeed {
			break
		}
		first := len(v.Figures.Weeks) - len(n.Weekly)
		for i, people := range n.Weekly {
			f.rows = append(f.rows, []string{"need", n.Topic, end(first + i), strconv.Itoa(people)})
		}
	}
	return f
}

func hoursFile(v View) figureFile {
	f := figureFile{"hours.csv", [][]string{{"tribe_id", "weekday", "hour", "replies"}}}
	if !v.Figures.Hours {
		return f
	}
	for _, t := range v.Figures.Tribes {
		for d, day := range t.Hours {
			for h, n := range day {
				if n > 0 {
					f.rows = append(f.rows, []string{string(t.ID), strconv.Itoa(d + 1), strconv.Itoa(h), strconv.Itoa(n)})
				}
			}
		}
	}
	return f
}

func placesFile(v View) figureFile {
	f := figureFile{"places.csv", [][]string{{"tribe_id", "source", "place", "posts"}}}
	for _, t := range v.Figures.Tribes {
		for _, p := range t.Places {
			f.rows = append(f.rows, []string{string(t.ID), p.Source, p.Place, strconv.Itoa(p.Posts)})
		}
	}
	return f
}

func sourcesFile(v View) figureFile {
	f := figureFile{"sources.csv", [][]string{{"source", "posts_in_window", "people_in_window"}}}
	posts, people := inWindow(v.Story)
	var names []string
	for name := range posts {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		f.rows = append(f.rows, []string{name, strconv.Itoa(posts[name]), strconv.Itoa(len(people[name]))})
	}
	return f
}

// inWindow counts the posts and people of each source in the window.
func inWindow(story data.Story) (posts map[string]int, people map[string]map[data.AuthorID]bool) {
	posts, people = make(map[string]int), make(map[string]map[data.AuthorID]bool)
	for _, p := range story.Activity {
		if !story.Window.Contains(p.CreatedAt) {
			continue
		}
		if people[p.Source] == nil {
			people[p.Source] = make(map[data.AuthorID]bool)
		}
		posts[p.Source]++
		people[p.Source][p.Author] = true
	}
	return posts, people
}
