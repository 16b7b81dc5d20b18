package reports

import (
	"cmp"
	"errors"
	"fmt"
	"html"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"tribu/data"
)

// A foundReport is a page in a report folder.
type foundReport struct {
	week, lang, headline string
	lines                []string // the five
	nothing              bool     // it is a project's first, of no posts
}

// An indexPage is the list of all weeks.
type indexPage struct {
	Lang    string
	Others  []langLink
	Project string
	Weeks   []indexWeek
}

type indexWeek struct {
	Name, Dates string
	Reports     []langLink // by their headlines: the index's language first, then those that have no index
}

// reportsIn returns the reports of a folder, newest week first, then by language; a project's
// first of no posts only where there is no other.
func reportsIn(dir string) ([]foundReport, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("list reports: %w", err)
	}
	name := regexp.MustCompile(`^(\d{4}-W\d\d)\.([a-z]{2,3})\.html$`)
	var out []foundReport
	for _, e := range entries {
		parts := name.FindStringSubmatch(e.Name())
		if parts == nil {
			continue
		}
		f := foundReport{week: parts[1], lang: parts[2]}
		if err := f.read(filepath.Join(dir, e.Name())); err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	if slices.ContainsFunc(out, func(f foundReport) bool { return !f.nothing }) {
		out = slices.DeleteFunc(out, func(f foundReport) bool { return f.nothing })
	}
	slices.SortFunc(out, func(a, b foundReport) int {
		if a.week != b.week {
			return strings.Compare(b.week, a.week)
		}
		return strings.Compare(a.lang, b.lang)
	})
	return out, nil
}

// read reads the headline and the five lines that a report carries in its head, and whether it is a
// project's first, of no posts.
func (r *foundReport) read(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read report: %w", err)
	}
	head := make([]byte, 8<<10)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return errors.Join(fmt.Errorf("read report: %w", err), f.Close())
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("close report: %w", err)
	}
	for _, m := range regexp.MustCompile(`<meta name="(description|tribu:line|tribu)" content="([^"]*)">`).FindAllStringSubmatch(string(head[:n]), -1) {
		switch content := clean(html.UnescapeString(m[2])); m[1] {
		case "description":
			r.headline = content
		case "tribu:line":
			r.lines = append(r.lines, content)
		case "tribu":
			r.nothing = r.nothing || content == "no posts"
		}
	}
	return nil
}

// indexFile is the name of the list of all weeks in lang: index.html in the first language, index.LANG.html in the others.
func (o Options) indexFile(lang data.Lang) string {
	if len(o.Langs) == 0 || o.Langs[0] == lang {
		return "index.html"
	}
	return "index." + string(lang) + ".html"
}

// writeIndexes writes the list of all weeks in each language.
func writeIndexes(dir string, o Options) error {
	found, err := reportsIn(dir)
	if err != nil {
		return err
	}
	for _, lang := range o.Langs {
		b, err := indexIn(lang, found, o)
		if err != nil {
			return err
		}
		if err := replace(filepath.Join(dir, o.indexFile(lang)), b); err != nil {
			return err
		}
	}
	return nil
}

func indexIn(lang data.Lang, found []foundReport, o Options) ([]byte, error) {
	p, err := newPrinter(lang, o.Location)
	if err != nil {
		return nil, err
	}
	page := indexPage{Lang: string(lang), Project: clean(o.Project)}
	for _, other := range o.Langs {
		if other != lang {
			page.Others = append(page.Others, langLink{string(other), p.text("language." + string(other)), o.indexFile(other)})
		}
	}
	for i, f := range found {
		if i > 0 && found[i-1].week == f.week {
			continue
		}
		week := p.indexWeek(found, f.week)
		week.Reports = slices.DeleteFunc(week.Reports, func(r langLink) bool {
			return r != week.Reports[0] && slices.Contains(o.Langs, data.Lang(r.Lang)) // which has an index of its own
		})
		page.Weeks = append(page.Weeks, week)
	}
	return p.execute("index", page)
}

func (p *printer) indexWeek(found []foundReport, week string) indexWeek {
	from, to := weekDays(week, p.loc)
	_, number, _ := strings.Cut(week, "-W")
	out := indexWeek{Name: p.text("week", "week", strings.TrimPrefix(number, "0")), Dates: p.dates(from, to)}
	for _, f := range found {
		if f.week != week {
			continue
		}
		one := langLink{f.lang, cmp.Or(f.headline, out.Name), f.week + "." + f.lang + ".html"}
		if f.lang == string(p.lang) {
			out.Reports = slices.Insert(out.Reports, 0, one)
			continue
		}
		out.Reports = append(out.Reports, one)
	}
	return out
}
