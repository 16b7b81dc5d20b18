// Package crawler collects public posts: politely, incrementally, and so that no crash loses or
// doubles one. A Source knows one platform; the frontier of tasks and the cursors live in the
// store, and every answer is saved with the tasks and the cursor that follow from it at once.
package crawler

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"

	"tribu/data"
)

// A Sink stores what a crawl reads. Each batch is saved in one transaction or not at all.
type Sink interface {
	Save(ctx context.Context, b data.Batch) (data.Saved, error)
}

// A Frontier remembers what is to be fetched and how hosts want to be treated. Cursors tells
// nothing of sources that are new, Host returns a zero value or data.ErrNotFound for what it does
// not know. Lease hands out at most n ready tasks of each source that are due at now, oldest due
// first, and none twice unless Release gave back those that are not finished.
type Frontier interface {
	Cursors(ctx context.Context, sources ...string) (map[string]data.Cursor, error)
	Lease(ctx context.Context, now time.Time, n int, sources ...string) (map[string][]data.Task, error)
	Release(source string)
	Host(ctx context.Context, name string) (data.Host, error)
	SaveHosts(ctx context.Context, all ...data.Host) error
}

// A Store is both.
type Store interface {
	Sink
	Frontier
}

// ErrNoContact says that public hosts would be crawled without telling them by whom.
var ErrNoContact = errors.New("a contact is needed to crawl public hosts")

// Options say what to crawl and how far. Now is required.
type Options struct {
	Sources  []SourceConfig
	Contact  string        // URL or mailto: that operators of a host can turn to
	Version  string        // of tribu, for the User-Agent
	Since    time.Time     // older posts are not wanted; zero: all
	MaxTime  time.Duration // per source; 0: no limit
	MaxPosts int           // new posts per source; 0: no limit
	MaxPages int           // requests per source; 0: 20,000
	Delay    time.Duration // between two requests to a host, at least; 0: a second, nothing at allowed private addresses
	DryRun   bool          // only say what would be fetched first
	Now      func() time.Time
	Progress func(Progress) // called after every saved answer and before long waits, never by two goroutines at once

	// Free tells how many bytes the disk of the store has left; below 500 MB a crawl stops. Nil: not asked.
	Free func() (uint64, error)

	sleep  func(context.Context, time.Duration) error
	adjust func(*guard)
}

// Progress tells how far one source is.
type Progress struct {
	Source   string
	Requests int
	Saved    data.Saved
	Waiting  string // what went wrong, while the source is left in peace before it is asked again; else empty
}

// A Summary counts what a crawl did, by source in the order of Options.
type Summary struct {
	Sources []SourceSummary `json:"sources"`
}

// A SourceSummary counts what happened at one source. Stopped says in plain words why its crawl
// ended before everything was read; it is empty when all is read.
type SourceSummary struct {
	Name     string     `json:"name"`
	Kind     string     `json:"kind"`
	Requests int        `json:"requests"` // robots.txt included
	Answers  int        `json:"answers"`  // parsed and saved
	Same     int        `json:"same"`     // that told nothing new
	Saved    data.Saved `json:"saved"`
	Denied   int        `json:"denied"` // requests that robots.txt, headers or metas asked not to make or keep
	Dead     int        `json:"dead"`   // tasks given up
	Stopped  string     `json:"stopped"`
	Enough   bool       `json:"enough"`    // stopped by MaxTime or MaxPosts, so as it was asked to
	ParkedTo time.Time  `json:"parked_to"` // the host asked for a pause until then
	NoHost   bool       `json:"no_host"`   // there is no host of the name that the source gives
	Notes    []string   `json:"notes"`
	Planned  []string   `json:"planned"` // with DryRun: URLs that would be fetched first
}

// Run crawls all sources side by side and returns when each is read, has used up its budget, or
// cannot go on. Trouble at a source is told in its summary; an error is a wrong configuration, a
// failing store, or the end of ctx. Everything counted as saved is stored, whatever happens.
func Run(ctx context.Context, o Options, store Store) (Summary, error) {
	jobs, err := plan(o)
	if err != nil {
		return Summary{}, err
	}
	return runAll(ctx, o, jobs, store)
}

// Check returns what Run would find wrong with the settings, before anything is fetched.
func Check(o Options) error {
	_, err := plan(o)
	return err
}

func runAll(ctx context.Context, o Options, jobs []*job, store Store) (Summary, error) {
	if err := load(ctx, jobs, store); err != nil {
		return Summary{}, err
	}
	shared := newLocked(store, len(jobs))
	hs := newHosts(shared, o.sleep)
	defer hs.hangUp()
	errs := make([]error, len(jobs))
	var wg sync.WaitGroup
	for i, j := range jobs {
		wg.Go(func() {
			defer shared.leave()
			errs[i] = j.run(ctx, o, shared, hs)
		})
	}
	wg.Wait()
	var s Summary
	for _, j := range jobs {
		s.Sources = append(s.Sources, j.sum)
	}
	if !o.DryRun {
		errs = append(errs, hs.persistAll(context.WithoutCancel(ctx)))
	}
	return s, errors.Join(errs...)
}

// load reads how far each source was read.
func load(ctx context.Context, jobs []*job, store Store) error {
	var names []string
	for _, j := range jobs {
		names = append(names, j.cfg.Name)
	}
	all, err := store.Cursors(ctx, names...)
	if err != nil {
		return fmt.Errorf("crawl: %w", err)
	}
	for _, j := range jobs {
		j.at = all[j.cfg.Name]
		j.at.Source = j.cfg.Name
	}
	return nil
}

// A WrongSource is a source that its settings do not let be crawled.
type WrongSource struct {
	Name string
	Err  error
}

// Error says what is wrong with the settings.
func (w *WrongSource) Error() string { return w.Err.Error() }

// Unwrap returns what is wrong with the settings.
func (w *WrongSource) Unwrap() error { return w.Err }

// plan checks the configuration before anything is fetched.
func plan(o Options) ([]*job, error) {
	if o.Now == nil {
		return nil, errors.New("crawl: Options.Now is missing")
	}
	var jobs []*job
	seen := map[string]bool{}
	for _, c := range o.Sources {
		src, u, err := newSource(c, o.Since)
		if err != nil {
			return nil, &WrongSource{c.Name, err}
		}
		if c.Name == "" || seen[c.Name] {
			return nil, fmt.Errorf("crawl: source name %q is empty or taken", c.Name)
		}
		seen[c.Name] = true
		if strings.TrimSpace(o.Contact) == "" && !loopback(u) {
			return nil, fmt.Errorf("crawl %s: %w", c.Name, ErrNoContact)
		}
		jobs = append(jobs, &job{cfg: c, src: src, home: hostPort(u), sum: SourceSummary{Name: c.Name, Kind: c.Kind}})
	}
	return jobs, nil
}

func loopback(u *url.URL) bool {
	if a, err := netip.ParseAddr(u.Hostname()); err == nil {
		return a.IsLoopback()
	}
	return u.Hostname() == "localhost" || net.ParseIP(u.Hostname()).IsLoopback()
}

// userAgent starts with the product token that robots.txt files name.
func userAgent(o Options) string {
	agent := robotsAgent + "/" + cmp.Or(o.Version, "dev")
	if contact := strings.TrimSpace(strings.Map(printable, o.Contact)); contact != "" {
		agent += " (+" + contact + ")"
	}
	return agent
}

func printable(r rune) rune {
	if r < ' ' || r > '~' {
		return -1
	}
	return r
}
