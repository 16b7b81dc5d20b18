package crawler

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"tribu/data"
)

const (
	politeDelay   = time.Second // between two requests to a public host
	longestWait   = 15 * time.Minute
	longestPark   = 24 * time.Hour
	firstBackoff  = 2 * time.Second
	circuitFails  = 5
	circuitPause  = time.Hour
	persistBeyond = 2 * time.Second
)

// A parkedError says that a host asked for more patience than a run has.
type parkedError struct {
	host  string
	until time.Time
}

// Error names the host and the time.
func (e *parkedError) Error() string {
	return fmt.Sprintf("%s is left alone until %s, after what it answered last; the next crawl after that goes on", e.host, e.until.UTC().Format(time.RFC3339))
}

// A host is the state of one HOST:PORT, held by one request at a time.
type host struct {
	data.Host
	turn       chan struct{}
	loaded     bool
	rules      *ruleset // nil: not read yet
	unreadable bool     // robots.txt could not be read in this run
	crawlDelay time.Duration
	latency    time.Duration // smoothed
}

func (h *host) release() { <-h.turn }

// hosts shares politeness between the sources of a run and keeps it between runs.
type hosts struct {
	store Frontier
	sleep func(context.Context, time.Duration) error
	mu    sync.Mutex
	known map[string]*host
	wires map[string]*wire // by what they reach
}

func newHosts(store Frontier, sleep func(context.Context, time.Duration) error) *hosts {
	if sleep == nil {
		sleep = pause
	}
	return &hosts{store: store, sleep: sleep, known: map[string]*host{}, wires: map[string]*wire{}}
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443", "nntp": "119", "nntps": "563"}[u.Scheme]
	}
	name := strings.ToLower(u.Hostname())
	if strings.Contains(name, ":") {
		name = "[" + name + "]"
	}
	return name + ":" + port
}

// acquire waits for the host's turn and returns it with what the store knows about it.
func (hs *hosts) acquire(ctx context.Context, name string) (*host, error) {
	hs.mu.Lock()
	h := hs.known[name]
	if h == nil {
		h = &host{Host: data.Host{Name: name}, turn: make(chan struct{}, 1)}
		hs.known[name] = h
	}
	hs.mu.Unlock()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case h.turn <- struct{}{}:
	}
	if h.loaded {
		return h, nil
	}
	stored, err := hs.store.Host(ctx, name)
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		h.release()
		return nil, fmt.Errorf("load host %s: %w", name, err)
	}
	if err == nil {
		h.Host = stored
	}
	h.Name, h.loaded = name, true
	return h, nil
}

// wait pauses until h may be asked again, or says that this is too far off.
func (hs *hosts) wait(ctx context.Context, h *host, now time.Time) error {
	d := h.NextAllowed.Sub(now)
	if d > longestWait {
		return &parkedError{h.Name, h.NextAllowed}
	}
	if d <= 0 {
		return ctx.Err()
	}
	return hs.sleep(ctx, d)
}

func (hs *hosts) persist(ctx context.Context, all ...data.Host) error {
	if err := hs.store.SaveHosts(ctx, all...); err != nil {
		return fmt.Errorf("save hosts: %w", err)
	}
	return nil
}

// persistAll saves every host, in the order of their names.
func (hs *hosts) persistAll(ctx context.Context) error {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	var all []data.Host
	for _, name := range slices.Sorted(maps.Keys(hs.known)) {
		if h := hs.known[name]; h.loaded {
			all = append(all, h.Host)
		}
	}
	return hs.persist(ctx, all...)
}

// note draws the conclusions of one exchange: when h may be asked again.
func (g *guard) note(ctx context.Context, h *host, start time.Time, resp *http.Response, err error) {
	now := g.now()
	if err == nil && resp.StatusCode < 500 && resp.StatusCode != http.StatusTooManyRequests {
		h.Fails = 0
		h.latency = (3*h.latency + now.Sub(start)) / 4
		h.Delay = g.spacing(h)
		h.NextAllowed = now.Add(h.Delay)
		return
	}
	h.Fails++
	h.NextAllowed = now.Add(max(g.spacing(h), backoff(h, resp, now)))
	if h.NextAllowed.Sub(now) > persistBeyond {
		// The error is not lost: the end of the run saves every host again and reports it.
		_ = g.hosts.persist(context.WithoutCancel(ctx), h.Host)
	}
}

// spacing returns the time between two requests: a second at least, an allowed private address has
// none but what the operator or the host asks for.
func (g *guard) spacing(h *host) time.Duration {
	if g.isNear(h.Name) {
		return max(g.delay, min(h.crawlDelay, maxDelay))
	}
	return max(g.delay, min(max(politeDelay, h.crawlDelay, 2*h.latency), maxDelay))
}

// backoff returns how long a host that failed is left alone: as long as it asks for, else twice
// as long after every failure, and an hour and more after five in a row.
func backoff(h *host, resp *http.Response, now time.Time) time.Duration {
	if d := asked(resp, now); d > 0 {
		return min(max(d, time.Second), longestPark)
	}
	if h.Fails >= circuitFails {
		return jitter(h, min(circuitPause<<min(h.Fails-circuitFails, 5), longestPark))
	}
	return jitter(h, firstBackoff<<(h.Fails-1))
}

// jitter spreads d by up to a tenth either way, from a hash: the same host and failure, the same d.
func jitter(h *host, d time.Duration) time.Duration {
	sum := fnv.New32a()
	fmt.Fprintf(sum, "%s %d", h.Name, h.Fails)
	return d + d/10*time.Duration(int(sum.Sum32()%201)-100)/100
}

// asked returns the pause that an answer of 429 or 5xx asks for; 0 where it asks for none.
func asked(resp *http.Response, now time.Time) time.Duration {
	if resp == nil {
		return 0
	}
	if d := retryAfter(resp.Header.Get("Retry-After"), now); d > 0 {
		return d
	}
	if d := rateLimitReset(resp.Header.Get("X-RateLimit-Reset"), now); d > 0 {
		return d
	}
	return waitSeconds(resp)
}

func retryAfter(value string, now time.Time) time.Duration {
	if s, err := strconv.ParseFloat(strings.TrimSpace(value), 64); s > 0 && (err == nil || errors.Is(err, strconv.ErrRange)) {
		return time.Duration(min(s, longestPark.Seconds()+1) * float64(time.Second))
	}
	if at, err := http.ParseTime(value); err == nil {
		return at.Sub(now)
	}
	return 0
}

// rateLimitReset reads seconds from now, seconds since 1970, or a date.
func rateLimitReset(value string, now time.Time) time.Duration {
	if n, err := strconv.ParseInt(value, 10, 64); err == nil && n > 1e9 {
		return time.Unix(n, 0).Sub(now)
	}
	if at, err := time.Parse(time.RFC3339, value); err == nil {
		return at.Sub(now)
	}
	return retryAfter(value, now)
}

// waitSeconds reads Discourse's {"extras": {"wait_seconds": N}} and leaves the body readable.
func waitSeconds(resp *http.Response) time.Duration {
	body, err := io.ReadAll(resp.Body)
	resp.Body = io.NopCloser(strings.NewReader(string(body)))
	var answer struct {
		Extras struct {
			WaitSeconds float64 `json:"wait_seconds"`
		} `json:"extras"`
	}
	if err != nil || json.Unmarshal(body, &answer) != nil || answer.Extras.WaitSeconds <= 0 {
		return 0
	}
	return retryAfter(strconv.FormatFloat(answer.Extras.WaitSeconds, 'f', 0, 64), time.Time{})
}

// peek returns what is known about the host of u without waiting for its turn.
func (hs *hosts) peek(ctx context.Context, u string) data.Host {
	parsed, err := url.Parse(u)
	if err != nil {
		return data.Host{}
	}
	hs.mu.Lock()
	h := hs.known[hostPort(parsed)]
	hs.mu.Unlock()
	if h == nil {
		return data.Host{}
	}
	select {
	case <-ctx.Done():
		return data.Host{}
	case h.turn <- struct{}{}:
	}
	defer h.release()
	return h.Host
}

// postpone keeps requests from the host of u until at.
func (hs *hosts) postpone(ctx context.Context, u string, at time.Time) {
	parsed, err := url.Parse(u)
	if err != nil {
		return
	}
	h, err := hs.acquire(ctx, hostPort(parsed))
	if err != nil {
		return
	}
	defer h.release()
	if at.After(h.NextAllowed) {
		h.NextAllowed = at
		_ = hs.persist(context.WithoutCancel(ctx), h.Host) // saved again at the end of the run, which reports an error
	}
}
