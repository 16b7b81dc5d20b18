package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tribu/cmd/tribu/config"
	"tribu/crawler"
	"tribu/data"
	"tribu/data/sqlite"
)

// crawlOptions are the choices of one crawl; the zero value crawls every source without limits.
type crawlOptions struct {
	source   string
	due      bool // only sources whose next visit is due
	since    config.Span
	maxTime  config.Span
	maxPosts int
	resolve  map[string]string // "host:port" → address to connect to instead
}

func newCrawl(a *app) *cobra.Command {
	var o crawlOptions
	c := &cobra.Command{Use: "crawl", Short: "Fetch new public posts", Args: cobra.NoArgs, Long: crawlHelp, RunE: func(c *cobra.Command, _ []string) error {
		if o.maxPosts < 0 {
			return usage("--max-posts %d: want no less than 0, which is no limit", o.maxPosts)
		}
		o.due, a.cache = o.source == "", 4<<20 // what is read is hardly ever read again
		return a.write(c.Context(), func(db *sqlite.DB) error {
			s, err := a.crawl(c.Context(), db, o)
			if err != nil {
				return err
			}
			if err := a.result("crawl", s, a.measure(saved(s).New), a.unlessQuiet(func(w io.Writer) { writeCrawl(w, s) })); err != nil {
				return err
			}
			if saved(s).New+saved(s).Changed > 0 {
				a.hint("tribu analyse")
			}
			return crawlGaps(s)
		})
	}}
	c.Flags().StringVar(&o.source, "source", "", "only this source, whether it is due or not")
	c.Flags().Var(&o.since, "since", "how far back a first crawl reads (8w; default everything)")
	c.Flags().Var(&o.maxTime, "max-time", "stop after this long; the next crawl goes on from there")
	c.Flags().IntVar(&o.maxPosts, "max-posts", 0, "stop after this many new posts")
	return c
}

const crawlHelp = `Fetches new public posts from every source whose next visit is due.

How often a source is due says every: in tribu.yaml (every: 6h); else its own pace: busy places every
few minutes, quiet ones once a day, never sooner than they ask for. A private address that is
allowed is always due, and so is a crawl that was interrupted. tribu source list shows the next
visit of each. --source NAME visits that source now, and tribu run visits all of them.`

// due returns the sources whose next visit is due, and says of the others when it is.
func (a *app) due(ctx context.Context, db *sqlite.DB, all []crawler.SourceConfig) ([]crawler.SourceConfig, error) {
	visits, err := db.Visits(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(s crawler.SourceConfig) bool {
		v := visits[s.Name]
		if v.Due(a.now()) {
			return false
		}
		a.log("crawl", "%s: due at %s; tribu crawl --source %s visits it now", s.Name, a.clock(v.Next), s.Name)
		return true
	}), nil
}

// sources returns the configured sources, or the one that is named.
func (a *app) sources(name string) ([]crawler.SourceConfig, error) {
	var all []crawler.SourceConfig
	for _, s := range a.cfg.Sources {
		if name == "" && !s.Paused || s.Name == name {
			token, err := s.Token.Reveal(a.env, a.path)
			if err != nil {
				return nil, &problem{code: exitUsage, what: "source " + s.Name + ": " + err.Error(), next: "set it, or pause the source: tribu source pause " + s.Name}
			}
			all = append(all, crawler.SourceConfig{
				Name: s.Name, Kind: s.Kind, URL: s.URL, Allow: s.Allow, Every: time.Duration(s.Every), Tags: s.Tags,
				Query: s.Query, Accounts: s.Accounts, Lists: s.Lists, Preset: s.Preset, Selectors: s.Selectors, API: s.API, Token: token,
				Permission: s.Robots,
			})
		}
	}
	if name != "" && len(all) == 0 {
		return nil, a.unknownSource(name)
	}
	return all, nil
}

func (a *app) crawl(ctx context.Context, db *sqlite.DB, o crawlOptions) (crawler.Summary, error) {
	if err := a.expire(ctx, db); err != nil {
		return crawler.Summary{}, err
	}
	sources, err := a.sources(o.source)
	if err != nil || len(sources) == 0 {
		if err == nil {
			a.log("crawl", "nothing to fetch: %s; %s", a.noSource(), a.toBegin())
		}
		return crawler.Summary{}, err
	}
	for i := range sources {
		sources[i].Resolve = o.resolve
	}
	if o.due {
		if sources, err = a.due(ctx, db, sources); err != nil {
			return crawler.Summary{}, err
		}
	}
	options := a.crawlerOptions(sources, o)
	b := a.progress("crawl", "posts", -1)
	defer b.done()
	posts := map[string]int64{}
	a.sofar = "every post there was before"
	waits := map[string]bool{}
	options.Progress = func(p crawler.Progress) {
		if p.Waiting != "" && !waits[p.Source] {
			waits[p.Source] = true
			a.passed("crawl", "%s: %s; it is asked again", p.Source, p.Waiting)
		}
		posts[p.Source] = int64(p.Saved.New)
		total := int64(0)
		for _, n := range posts {
			total += n
		}
		b.set(total, -1)
		a.sofar = count(int(total), "new post")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(70)) // a page at a time: little is alive, much is thrown away
	s, err := crawler.Run(ctx, options, db)
	if err != nil {
		return s, configured(err)
	}
	var states []data.SourceState
	for _, one := range s.Sources {
		if len(one.Planned) > 0 {
			continue
		}
		a.passed("crawl", "%s: %s new, %s%s", one.Name, thousands(one.Saved.New), count(one.Requests, "request"), because(one.Stopped))
		states = append(states, data.SourceState{Name: one.Name, Kind: one.Kind, Denied: one.Denied + one.Saved.OptedOut, ParkedTo: one.ParkedTo, LastError: one.Stopped})
	}
	return s, db.SaveSources(ctx, states...)
}

// noSource says why there is no source to crawl.
func (a *app) noSource() string {
	if len(a.cfg.Sources) > 0 {
		return "every source is paused"
	}
	return "there is no source"
}

// toFetch says how posts come into a project that has none: from its sources, where it has any.
func (a *app) toFetch() string {
	if slices.ContainsFunc(a.cfg.Sources, func(s config.Source) bool { return !s.Paused }) {
		return "tribu crawl, or tribu import FILE"
	}
	return a.toBegin()
}

// toBegin says how posts come into a project in which nothing can be crawled.
func (a *app) toBegin() string {
	if len(a.cfg.Sources) > 0 {
		return "tribu source resume NAME, or tribu import FILE"
	}
	return "tribu source add URL, or tribu import FILE"
}

func (a *app) crawlerOptions(sources []crawler.SourceConfig, o crawlOptions) crawler.Options {
	options := crawler.Options{
		Sources: sources, Contact: a.cfg.Crawl.Contact, Version: version, MaxTime: max(0, time.Duration(o.maxTime)), MaxPosts: o.maxPosts, Delay: a.cfg.Crawl.Rate.Pause(),
		Now: a.now, DryRun: a.dryRun, Free: a.freeSpace,
	}
	if o.since > 0 {
		options.Since = a.now().Add(-time.Duration(o.since))
	}
	return options
}

// saved is what all sources of a crawl brought together.
func saved(s crawler.Summary) (all data.Saved) {
	for _, one := range s.Sources {
		all = all.Add(one.Saved)
	}
	return all
}

// configured makes a missing contact and a source that cannot be crawled as it is written the matters
// of usage they are.
func configured(err error) error {
	if errors.Is(err, crawler.ErrNoContact) {
		return &problem{code: exitUsage, what: plain(err), kept: "nothing was fetched", next: `set crawl: {contact: "mailto:you@example.org"} in tribu.yaml`, cause: err}
	}
	var wrong *crawler.WrongSource
	if errors.As(err, &wrong) {
		return &problem{code: exitUsage, what: strings.TrimPrefix(plain(err), "open "), kept: "nothing was fetched, from no source",
			next: "correct it in tribu.yaml, or leave it out: tribu source pause " + wrong.Name, cause: err}
	}
	return err
}

func because(reason string) string {
	if reason == "" {
		return ""
	}
	return ": " + reason
}

func writeCrawl(w io.Writer, s crawler.Summary) {
	for _, one := range s.Sources {
		if n := len(one.Planned); n > 0 { // a dry run
			fmt.Fprintf(w, "%s: begins with %s%s\n", one.Name, clean(one.Planned[0]), andMore(n-1))
			continue
		}
		fmt.Fprintf(w, "%s: %s, %s changed, %s%s\n", one.Name, count(one.Saved.New, "new post"), thousands(one.Saved.Changed), deleted(one.Saved.Deleted), count(one.Requests, "request"))
	}
}

func andMore(n int) string {
	if n == 0 {
		return ""
	}
	return " and " + thousands(n) + " more"
}

func deleted(n int) string {
	if n == 0 {
		return ""
	}
	return thousands(n) + " deleted, "
}

// crawlGaps is the problem of a crawl in which a source failed.
func crawlGaps(s crawler.Summary) error {
	for _, one := range s.Sources {
		if one.Stopped != "" && !one.Enough {
			next := "nothing to do: the next crawl goes on from there"
			switch {
			case one.Denied > 0 && one.Answers+one.Same == 0:
				next = fmt.Sprintf("respect it, and leave the source out: tribu source pause %s", one.Name)
			case strings.Contains(one.Stopped, "with these selectors"):
				next = fmt.Sprintf("give %s the preset of its forum, or selectors of its own, in tribu.yaml", one.Name)
			case strings.Contains(one.Stopped, crawler.ErrForbiddenAddress.Error()):
				next = fmt.Sprintf("if you mean this address, name its HOST:PORT in allow: of %s in tribu.yaml", one.Name)
			case one.NoHost:
				next = fmt.Sprintf("correct its url in tribu.yaml, or leave it out: tribu source pause %s", one.Name)
			}
			return &problem{code: exitGaps, what: fmt.Sprintf("%s: %s", one.Name, one.Stopped), kept: count(saved(s).New, "new post"), next: next}
		}
	}
	return nil
}
