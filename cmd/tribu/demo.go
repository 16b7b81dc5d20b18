package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"tribu/cmd/tribu/config"
	"tribu/data"
	"tribu/data/sample"
	"tribu/data/sqlite"
)

const (
	demoHost = "terra-minima.example"
	demoYAML = `project: Terra Minima
about:
  en: "Growing food where there is little room. An invented community: links to its posts lead nowhere."
  it: "Coltivare dove c’è poco spazio. Una comunità inventata: i link ai messaggi non portano a nulla."
languages: [en, it]
timezone: Europe/Rome

# The forum is invented: tribu demo serves it on this machine while it runs. tribu crawl and doctor
# find no such site; tribu source add URL adds a real one, tribu source pause terra-minima silences this one.
sources:
  - {name: terra-minima, kind: discourse, url: "http://` + demoHost + `", every: 6h, allow: ["` + demoHost + `:80"]}

crawl:  {contact: "mailto:demo@terra-minima.example"}
makers: [gocciola_official, vermia_bins, ortobox_shop]
brand: {scope: [bean, fagiolo, potato, patata, lettuce, insalata, basilico, bokashi, bin, bucket, secchio, litro, rame, copper, balcone, balcony, fiore, flower, radice, root, nematode, semina, sow, pomodoro, tomato, orto, plot, seme, seed, acqua, water, annaffi, compost, vaso, pot, pianta, plant, foglia, leaf, leaves, slug, luce, worm, terra, soil, blight, peronospora, weevil, tonchio, sottovaso, saucer, bran, crusca]}
`
)

func newDemo(a *app) *cobra.Command {
	return &cobra.Command{Use: "demo [DIR]", Short: "A whole run on the bundled community, offline, in seconds", Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			a.dir = "tribu-demo"
			if len(args) == 1 {
				a.dir = args[0]
			}
			if a.dryRun {
				a.log("demo", "would make the project %s and its reports", a.dir)
				return a.result("demo", map[string]any{"written": false}, nil, nil)
			}
			posts, err := a.demo(c.Context())
			if err != nil {
				return err
			}
			path, err := filepath.Abs(a.path(filepath.Join(a.cfg.Report.Dir, "latest."+a.cfg.Languages[0]+".html")))
			if err != nil {
				return fmt.Errorf("name report: %w", err)
			}
			a.hint("open the report in a browser; tribu tribe list")
			return a.result("demo", map[string]string{"report": path}, a.measure(posts), func(w io.Writer) { verbatim(w, path) })
		}}
}

// demo lets the eight weeks of the bundled community pass: every week is crawled from a forum on
// this machine, analysed, clustered and reported as a scheduled run would do it.
func (a *app) demo(ctx context.Context) (posts int, err error) {
	community, err := sample.Load()
	if err != nil {
		return 0, err
	}
	forum, err := openForum(community)
	if err != nil {
		return 0, err
	}
	defer forum.close()
	if err := a.demoProject(ctx); err != nil {
		return 0, err
	}
	told, err := a.demoTold(ctx)
	if err != nil {
		return 0, err
	}
	week := *a
	week.now, week.wall, week.quiet, week.json = forum.now, a.now, true, false // one object is the answer
	for _, end := range sundays(community) {
		if !end.After(told) {
			continue
		}
		forum.clock.Store(end.Add(6 * time.Hour).Unix())
		if err := week.demoWeek(ctx, forum.addr, end); err != nil {
			return 0, fmt.Errorf("week of %s: %w", end.Format("2 January 2006"), err)
		}
		a.log("demo", "week to Sunday %s crawled, analysed, clustered, reported", end.Format("2 January"))
	}
	return len(community.Posts), nil
}

// demoProject makes the demo's project where it is not made yet; the project of somebody else is left alone.
func (a *app) demoProject(ctx context.Context) error {
	if err := os.MkdirAll(a.dir, 0o700); err != nil {
		return a.folderProblem(err)
	}
	if _, err := os.Stat(a.configPath()); err != nil {
		if err := os.WriteFile(a.configPath(), []byte(demoYAML), 0o600); err != nil {
			return a.folderProblem(err)
		}
	}
	if err := a.loadConfig(); err != nil {
		return err
	}
	if !slices.ContainsFunc(a.cfg.Sources, func(s config.Source) bool { return s.URL == "http://"+demoHost }) {
		return &problem{code: exitUsage, what: show(a.dir) + " holds another project", kept: "that project, as it was", next: "tribu demo DIR, with the name of a new folder"}
	}
	return a.initProject(ctx, "")
}

// demoTold is the end of the last week that is told already: of a demo that is there, or was interrupted.
func (a *app) demoTold(ctx context.Context) (end time.Time, err error) {
	err = a.read(ctx, func(db *sqlite.DB) error {
		r, err := db.Latest(ctx, time.Time{})
		if errors.Is(err, data.ErrNotFound) {
			return nil
		}
		if end = r.AsOf; err == nil {
			_, err = a.report(ctx, db, r.ID, reportOptions{})
		}
		return err
	})
	return end, err
}

func (a *app) demoWeek(ctx context.Context, forum string, end time.Time) error {
	return a.write(ctx, func(db *sqlite.DB) error {
		return a.pipeline(ctx, db, runOptions{asOf: end, resolve: map[string]string{demoHost + ":80": forum}})
	})
}

// sundays returns the last second of every week of the community.
func sundays(c sample.Community) []time.Time {
	loc, _ := sample.Location()
	first, last := c.Posts[0].At.In(loc), c.Posts[len(c.Posts)-1].At
	monday := time.Date(first.Year(), first.Month(), first.Day()-(int(first.Weekday())+6)%7, 0, 0, 0, 0, loc)
	var ends []time.Time
	for end := monday.AddDate(0, 0, 7); ; end = end.AddDate(0, 0, 7) {
		ends = append(ends, end.Add(-time.Second))
		if end.After(last) {
			return ends
		}
	}
}

// A localForum serves the community on a free port of this machine, as of a clock that is set.
type localForum struct {
	addr   string
	clock  atomic.Int64
	server http.Server
}

func openForum(c sample.Community) (*localForum, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("open the demo's forum: %w", err)
	}
	f := &localForum{addr: l.Addr().String()}
	f.server.Handler = c.Forum(f.now)
	go func() {
		if err := f.server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			panic(err)
		}
	}()
	return f, nil
}

func (f *localForum) now() time.Time { return time.Unix(f.clock.Load(), 0).UTC() }

func (f *localForum) close() { _ = f.server.Close() }
