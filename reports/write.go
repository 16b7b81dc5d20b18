package reports

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure"
)

// A Result says what Write wrote and what a reader should know about it.
type Result struct {
	Paths    []string // pages first, in the order of the languages
	Warnings []string
}

// heavy is the size of a page above which Write warns.
const heavy = 2 << 20

// Write writes the report of a run below dir: 2026-W47.LANG.html per language, the posts behind its
// numbers in 2026-W47.posts.LANG.html, the CSV behind its figures in data/2026-W47, index.html and feed.xml
// (index.LANG.html and feed.LANG.xml in languages but the first), and last latest.LANG.html where the run is its
// week's and no later week is there. Every file appears whole or not at all; the same run gives the same bytes.
func Write(ctx context.Context, from Source, runID, dir string, o Options) (Result, error) {
	o = o.filled()
	if o.Anonymise {
		from = reserved{from}
	}
	other, err := otherRun(func(id string) (data.Story, error) { return from.Story(ctx, id) }, o)
	if err != nil {
		return Result{}, err
	}
	v, reading, err := tellRun(ctx, from, runID, o)
	if err != nil {
		return Result{}, err
	}
	v.Other, o.Project = other, v.Options.Project
	if reading != nil {
		v.Scene = Surround(reading, v)
	}
	var r Result
	week := v.Story.Week
	said := func(data.PostID) string { return "" }
	if reading != nil {
		said = reading.Said
	}
	pages, err := renderAll(v, o.Langs, said, filepath.Join(dir, "data", week))
	if err != nil {
		return Result{}, err
	}
	for i, lang := range o.Langs {
		if size := len(pages[i].page); size > heavy {
			r.Warnings = append(r.Warnings, fmt.Sprintf("%s.%s.html has %d KiB: it will open slowly", week, lang, size>>10))
		}
	}
	for i, lang := range o.Langs {
		path := filepath.Join(dir, fmt.Sprintf("%s.%s.html", week, lang))
		if err := replace(path, pages[i].page); err != nil {
			return Result{}, err
		}
		r.Paths = append(r.Paths, path)
		if err := replaceOrRemove(filepath.Join(dir, postsFile(week, lang)), pages[i].posts); err != nil {
			return Result{}, err
		}
	}
	if err := writeIndexes(dir, o); err != nil {
		return Result{}, err
	}
	if err := writeFeeds(dir, o); err != nil {
		return Result{}, err
	}
	return r, writeLatest(dir, week, o.Langs)
}

// tellRun tells a stored run and measures it: the reading is nil where there is too little to measure.
func tellRun(ctx context.Context, from Source, runID string, o Options) (View, *measure.Reading, error) {
	story, err := from.Story(ctx, runID)
	if err != nil {
		return View{}, nil, fmt.Errorf("read run %s: %w", runID, err)
	}
	story = figures.WithoutSmall(story, o.MinTribe)
	part, draw := drawn(story)
	var measured *Measures
	var reading *measure.Reading
	var things Things
	var failed error
	var apart sync.WaitGroup
	if !(View{Story: story, Options: o}).early() {
		apart.Go(func() {
			if reading, failed = listen(ctx, from, part, o.Customer.Makers, draw); failed == nil {
				measured = Measure(reading, o.Customer, story.Authors)
				things = thingsOf(reading, o.Acts)
			}
		})
	}
	posts, err := from.Posts(ctx, Wanted(story))
	if err != nil {
		err = fmt.Errorf("read posts of run %s: %w", runID, err)
	}
	v := Tell(story, posts, o)
	apart.Wait()
	if err := errors.Join(err, failed); err != nil {
		return View{}, nil, err
	}
	v.Measures, v.Draw, v.Things = measured, draw, things
	return v, reading, nil
}

// renderAll renders the page of v in each language with the posts behind its numbers, and writes the
// figures behind them to dir.
func renderAll(v View, langs []data.Lang, said func(data.PostID) string, dir string) ([]rendering, error) {
	pages, failed := make([]rendering, len(langs)), make([]error, len(langs)+1)
	var figures []string
	var apart sync.WaitGroup
	apart.Go(func() { figures, failed[len(langs)] = writeFigures(v, dir) })
	for i, lang := range langs {
		apart.Go(func() { pages[i], failed[i] = renderWith(v, lang, said) })
	}
	apart.Wait()
	if err := errors.Join(failed...); err != nil || len(langs) == 0 {
		return pages, err
	}
	if pages[0].posts != nil {
		if err := writeFigure(citedTable(v, pages[0].cited), dir); err != nil {
			return pages, err
		}
		figures = append(figures, postsTable)
	}
	return pages, removeOthers(dir, figures)
}

// removeOthers takes away the tables of dir but those named: an earlier report of the week, told of
// more or of people by name, left them.
func removeOthers(dir string, named []string) error {
	found, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("read figures: %w", err)
	}
	for _, f := range found {
		if filepath.Ext(f.Name()) == ".csv" && !slices.Contains(named, f.Name()) {
			if err := os.Remove(filepath.Join(dir, f.Name())); err != nil {
				return fmt.Errorf("remove old figures: %w", err)
			}
		}
	}
	return nil
}

// writeLatest copies the newest week of each language to latest.LANG.html.
func writeLatest(dir, written string, langs []data.Lang) error {
	found, err := reportsIn(dir)
	if err != nil {
		return err
	}
	for _, lang := range langs {
		week := ""
		for _, f := range found {
			if f.lang == string(lang) && f.week > week {
				week = f.week
			}
		}
		page, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("%s.%s.html", cmp.Or(week, written), lang)))
		if err != nil {
			return fmt.Errorf("read newest report: %w", err)
		}
		if err := replace(filepath.Join(dir, fmt.Sprintf("latest.%s.html", lang)), page); err != nil {
			return err
		}
	}
	return nil
}

// replaceOrRemove writes content in the place of path, or takes path away where there is none.
func replaceOrRemove(path string, content []byte) error {
	if content != nil {
		return replace(path, content)
	}
	if err := ignoreMissing(os.Remove(path)); err != nil {
		return fmt.Errorf("remove old posts: %w", err)
	}
	return nil
}

// replace writes a file beside path, syncs it and gives it the name at once.
func replace(path string, content []byte) (err error) {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make report folder: %w", err)
	}
	f, err := os.CreateTemp(dir, "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, ignoreMissing(os.Remove(f.Name())))
		}
	}()
	if _, err = f.Write(content); err != nil {
		return errors.Join(fmt.Errorf("write report: %w", err), f.Close())
	}
	if err = f.Sync(); err != nil {
		return errors.Join(fmt.Errorf("sync report: %w", err), f.Close())
	}
	if err = f.Close(); err != nil {
		return fmt.Errorf("close report: %w", err)
	}
	if err = os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("name report: %w", err)
	}
	return syncDir(dir)
}

func ignoreMissing(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("sync report folder: %w", err)
	}
	if err := d.Sync(); err != nil {
		return errors.Join(fmt.Errorf("sync report folder: %w", err), d.Close())
	}
	if err := d.Close(); err != nil {
		return fmt.Errorf("close report folder: %w", err)
	}
	return nil
}
