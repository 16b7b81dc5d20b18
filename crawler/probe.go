package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"tribu/data"
)

// A Report says what one source shows to a visitor today.
type Report struct {
	Name       string        `json:"name"`
	Kind       string        `json:"kind"`
	URL        string        `json:"url"`
	Reachable  bool          `json:"reachable"`
	Robots     string        `json:"robots"`     // allowed, forbidden or unreadable, in plain words
	Recognised bool          `json:"recognised"` // the platform is of the configured kind
	Open       []string      `json:"open"`
	Closed     []string      `json:"closed"`
	Near       bool          `json:"near"`   // the platform is there, but what is to be read has another address
	Beside     []string      `json:"beside"` // what else of the same kind the place lists
	Requests   int           `json:"requests"`
	Problem    string        `json:"problem"` // what stands in the way of a crawl; empty where nothing does
	Posts      []data.Post   `json:"posts"`   // a sample
	Authors    []data.Author `json:"authors"`
	Threads    []data.Thread `json:"threads"`
}

// Test asks a source for what it shows to visitors, as politely as a crawl, and saves nothing.
// An error is a wrong configuration or the end of ctx; what the source does wrong is in the Report.
func Test(ctx context.Context, c SourceConfig, o Options) (Report, error) {
	o.Sources = []SourceConfig{c}
	jobs, err := plan(o)
	if err != nil {
		return Report{}, err
	}
	src := jobs[0].src
	g := newGuard(c, userAgent(o), o.Delay, newHosts(amnesia{}, o.sleep), o.Now)
	defer g.close()
	if o.adjust != nil {
		o.adjust(g)
	}
	r := Report{Name: c.Name, Kind: c.Kind, URL: c.URL, Robots: "allowed"}
	if c.Permission != "" {
		r.Robots = "not asked, by " + c.Permission
	}
	caps, err := src.Probe(ctx, newFetch(ctx, g, o.Now))
	if ctx.Err() != nil {
		return r, ctx.Err()
	}
	r.Requests, _ = g.counts()
	r.conclude(src, caps, err)
	if r.Recognised {
		r.sample(src, caps)
	}
	return r, nil
}

func (r *Report) conclude(src Source, caps Caps, err error) {
	r.Recognised, r.Open, r.Closed = caps.Recognised, caps.Open, caps.Closed
	r.Reachable = caps.Sample.Status != 0 || len(caps.Open) > 0 || errors.Is(err, ErrRobots)
	switch {
	case errors.Is(err, ErrRobots):
		r.Robots = "forbidden"
	case errors.Is(err, ErrRobotsUnreachable):
		r.Robots = "unreadable: nothing is fetched until it can be read"
	case errors.Is(err, ErrForbiddenAddress):
		r.Robots = "not asked: nothing was fetched"
	}
	r.Near = errors.Is(err, errUnlisted) || errors.Is(err, errNobody)
	switch {
	case err != nil:
		r.Problem = plainly(err)
		if u := new(unreadableError); errors.As(err, &u) {
			r.Problem = u.Error()
		}
	case !r.Recognised && r.Kind == "forum" && len(r.Open) > 0:
		r.Problem = "no boards, topics or posts are found on its page: this is no forum of a known make, or it is closed to visitors; a preset or selectors say how to read another"
	case !r.Recognised:
		r.Problem = fmt.Sprintf("this is no %s site, or it is closed to visitors", r.Kind)
	}
	if word := optedOut(caps.Sample); word != "" && !excused(src, caps.SampleTask, word) {
		r.Problem = "the site asks not to be collected: " + word
	}
}

func (r *Report) sample(src Source, caps Caps) {
	var out Out
	if err := parse(src, caps.SampleTask, caps.Sample, &out); err != nil {
		r.Problem = err.Error()
		return
	}
	r.Posts, r.Authors, r.Threads = out.Batch.Posts, out.Batch.Authors, out.Batch.Threads
}

// amnesia is a frontier that knows nothing and remembers nothing.
type amnesia struct{}

// Cursors knows none.
func (amnesia) Cursors(context.Context, ...string) (map[string]data.Cursor, error) { return nil, nil }

// Lease has nothing to do.
func (amnesia) Lease(context.Context, time.Time, int, ...string) (map[string][]data.Task, error) {
	return nil, nil
}

// Release has nothing to give back.
func (amnesia) Release(string) {}

// Host knows no host.
func (amnesia) Host(_ context.Context, name string) (data.Host, error) {
	return data.Host{Name: name}, nil
}

// SaveHosts forgets.
func (amnesia) SaveHosts(context.Context, ...data.Host) error { return nil }

// probe asks for t; the answer is the sample, and recognised judges it.
func (c *Caps) probe(ctx context.Context, fetch Fetch, t data.Task, recognised func(Response) bool) error {
	r, err := fetch(ctx, t.URL)
	if err != nil {
		return err
	}
	path := t.URL
	if u, err := url.Parse(t.URL); err == nil {
		path = u.Path
	}
	if r.Status != http.StatusOK {
		c.Closed = append(c.Closed, fmt.Sprintf("%s: HTTP %d", path, r.Status))
		return nil
	}
	c.Open = append(c.Open, path)
	if recognised(r) {
		c.Recognised, c.Sample, c.SampleTask = true, r, t
	}
	return nil
}
