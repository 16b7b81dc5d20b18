package crawler

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

var (
	// ErrForbiddenAddress says that a name led to a private, loopback or reserved address that the
	// source does not allow.
	ErrForbiddenAddress = errors.New("address is private or reserved and not allowed for this source")
	// ErrRobots says that the host's robots.txt forbids a URL.
	ErrRobots = errors.New("robots.txt forbids it")
	// ErrRobotsUnreachable says that robots.txt could not be read; the host is left alone until the next run.
	ErrRobotsUnreachable = errors.New("robots.txt cannot be read; retried at the next run")
	// ErrTooLarge says that an answer is larger than tribu reads.
	ErrTooLarge = errors.New("answer is too large")
	// ErrEncoding says that an answer is compressed in a way that was not asked for.
	ErrEncoding = errors.New("unknown Content-Encoding")
	// ErrRedirect says that a redirect leads in circles or away from the web.
	ErrRedirect = errors.New("redirect refused")
)

// errTimeIsUp says that a host may be asked again only when the time of this run is over.
var errTimeIsUp = errors.New("the time of this run is over")

// limits bound what one request and one run may cost.
type limits struct {
	sent, body    int64 // bytes as sent, and decompressed
	robots        int64
	header, total time.Duration
	hops          int
	tries         int // of one task in one run
	fruitless     int // answers in a row without anything new before a run gives in
}

func defaultLimits() limits {
	return limits{sent: 16 << 20, body: 48 << 20, robots: 500 << 10, header: 10 * time.Second, total: 30 * time.Second, hops: 5, tries: 5, fruitless: 2000}
}

// A guard is the transport that every byte of one source goes through, robots.txt included.
// It checks addresses at every connect, obeys robots.txt and Retry-After, and bounds every answer.
type guard struct {
	limits
	*wire
	agent string
	delay time.Duration
	hosts *hosts
	now   func() time.Time
	ends  time.Time // of the run; zero: never
	proof credential

	answer bytes.Buffer // the latest; who asked has copied it before the next is asked for

	excepted string // HOST:PORT whose robots.txt forbids nothing: there is a permission

	counting sync.Mutex
	requests int
	denied   int
}

func newGuard(c SourceConfig, agent string, delay time.Duration, h *hosts, now func() time.Time) *guard {
	g := &guard{limits: defaultLimits(), wire: h.wireFor(c), agent: agent, delay: delay, hosts: h, now: now}
	if c.Token == "" && c.Permission == "" {
		return g
	}
	if _, at, err := newSource(c, time.Time{}); err == nil {
		g.proof, _ = credentialOf(c, at) // newSource has asked it
		if c.Permission != "" {
			g.excepted = hostPort(at)
		}
	}
	return g
}

// RoundTrip makes one request if robots.txt allows it, when the host's pause is over.
func (g *guard) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := webOnly(req); err != nil {
		return nil, err
	}
	h, err := g.hosts.acquire(req.Context(), hostPort(req.URL))
	if err != nil {
		return nil, err
	}
	defer h.release()
	if err := g.obeyRobots(req, h); err != nil {
		return nil, err
	}
	return g.exchange(req, h)
}

func webOnly(req *http.Request) error {
	if s := req.URL.Scheme; s != "http" && s != "https" {
		return fmt.Errorf("%w: %q is not the web", ErrRedirect, s)
	}
	return nil
}

// awaitTurn waits until h may be asked again, unless that is after the end of the run.
func (g *guard) awaitTurn(ctx context.Context, h *host) error {
	if !g.ends.IsZero() && h.NextAllowed.After(g.ends) && h.NextAllowed.Sub(g.now()) <= longestWait {
		return errTimeIsUp
	}
	return g.hosts.wait(ctx, h, g.now())
}

// exchange waits for h's turn, sends req and reads the whole answer within the limits.
func (g *guard) exchange(req *http.Request, h *host) (*http.Response, error) {
	if err := g.awaitTurn(req.Context(), h); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(req.Context(), g.total)
	defer cancel()
	req = req.Clone(ctx)
	req.Header.Set("User-Agent", g.agent)
	req.Header.Set("Accept-Encoding", "gzip")
	g.proof.show(req)
	g.count(&g.requests)
	start := g.now()
	resp, err := g.base.RoundTrip(req)
	if err == nil {
		err = g.readAll(resp)
	}
	if !notTheHosts(err) && (err == nil || req.Context().Err() == nil || ctx.Err() == context.DeadlineExceeded) {
		g.note(req.Context(), h, start, resp, err)
	}
	if err != nil {
		return nil, err
	}
	return resp, nil
}

// notTheHosts reports whether err was decided here, before the host was asked.
func notTheHosts(err error) bool {
	var parked *parkedError
	return errors.As(err, &parked) || errors.Is(err, ErrForbiddenAddress) || errors.Is(err, errTimeIsUp)
}

func (g *guard) count(n *int) {
	g.counting.Lock()
	defer g.counting.Unlock()
	*n++
}

// unhurried reports whether requests to a host need not wait for each other, for all that is known.
func (g *guard) unhurried(name string) bool {
	return g.delay == 0 && g.isNear(name)
}

// counts returns how many requests were made and how many were refused by robots.txt.
func (g *guard) counts() (requests, denied int) {
	g.counting.Lock()
	defer g.counting.Unlock()
	return g.requests, g.denied
}

// readAll replaces resp.Body with the decompressed bytes. More than the limits is an error,
// never a shorter body.
func (g *guard) readAll(resp *http.Response) error {
	defer resp.Body.Close()
	body, err := g.decoded(resp)
	if err != nil {
		return err
	}
	resp.Body, resp.ContentLength, resp.Uncompressed = io.NopCloser(bytes.NewReader(body)), int64(len(body)), true
	resp.Header.Del("Content-Encoding")
	resp.Header.Del("Content-Length")
	return nil
}

// followRedirect is the redirect rule of every request: few hops, the web only, and nothing that
// one host was told reaches another.
func (g *guard) followRedirect(req *http.Request, via []*http.Request) error {
	if len(via) > g.hops {
		return fmt.Errorf("%w: more than %d hops", ErrRedirect, g.hops)
	}
	if err := webOnly(req); err != nil {
		return err
	}
	if req.URL.User != nil {
		return fmt.Errorf("%w: it carries a password", ErrRedirect)
	}
	req.Header.Del("Referer")
	if req.URL.Host != via[len(via)-1].URL.Host {
		for key := range req.Header {
			if key != "User-Agent" && key != "Accept" {
				req.Header.Del(key)
			}
		}
	}
	return nil
}
