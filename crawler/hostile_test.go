package crawler

import (
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime/metrics"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

var hostile = flag.Bool("hostile", false, "the hostile server with the real limits")

// An outcome is how a run over a misdeed is to end. The exit code of a crawl follows from it: 0
// where the run was not stopped, 3 where it was.
type outcome string

const (
	complete outcome = "complete" // everything is read, nothing needs to be said
	gap      outcome = "gap"      // a part is given up or refused, and a line says so
	stopped  outcome = "stopped"  // the run of this source ends, and a line says so
	parked   outcome = "parked"   // the same, until a time that is remembered
)

// A misdeed is one thing a server may do.
type misdeed struct {
	name   string
	on     string // start of the URIs it is done at; empty: all but robots.txt
	do     func(s *scene, w http.ResponseWriter, r *http.Request)
	conn   func(s *scene, c net.Conn) // instead of do: before a byte of HTTP
	want   outcome
	says   string // part of the line
	slow   bool   // costs the whole deadline
	tls    func(*scene, *tls.Config)
	wander bool // the source follows links instead of reading a forum
	adds   bool // what the server makes up is kept: nothing may be missing, more may be there
	change func(*Options)
}

// A bound is what one misdeed may cost.
type bound struct {
	time   time.Duration
	memory uint64
}

func (m misdeed) bound() bound {
	switch {
	case !*hostile:
		return bound{30 * time.Second, 96 << 20} // seconds when the machine is idle
	case m.slow:
		return bound{4 * time.Minute, 256 << 20}
	}
	return bound{time.Minute, 256 << 20}
}

// quick are limits for a table that takes seconds.
func quick(g *guard) {
	if *hostile {
		return
	}
	g.sent, g.body, g.header, g.total, g.tries, g.fruitless = 1<<20, 4<<20, 600*time.Millisecond, time.Second, 2, 450
	if testing.Short() { // as under the race detector
		g.header, g.total = 3*g.header, 3*g.total
	}
	g.base.ResponseHeaderTimeout, g.base.TLSHandshakeTimeout = g.header, g.header
}

func misdeeds() []misdeed {
	var all []misdeed
	for _, group := range [][]misdeed{bodies(), contents(), redirects(), robotsTexts(), patience(), paths(), wires(), handshakes()} {
		all = append(all, group...)
	}
	return all
}

// TestHostile plays every misdeed. A misdeed is survived only if the run ends in time, below its
// memory, as the table says and with one clear line; if the source beside it is read; if nothing
// forbidden was reached; and if a run after the server is well again leaves what an undisturbed
// run leaves. It ends with one line, survived/tried.
func TestHostile(t *testing.T) {
	calm := newForum(topic(9, post(901, 1, "cal", "<p>calm</p>"), post(902, 2, "mel", "<p>calm too</p>")))
	calmBase, calmAllow := calm.serve(t)
	beside := SourceConfig{Name: "calm", Kind: "discourse", URL: calmBase, Allow: calmAllow}
	var survived, most atomic.Int64
	play := func(m misdeed) {
		s := newScene(t, m, beside)
		faults, used := s.play()
		for old := most.Load(); used > old && !most.CompareAndSwap(old, used); old = most.Load() {
		}
		if len(faults) == 0 {
			survived.Add(1)
		} else {
			t.Errorf("%s: %s", m.name, strings.Join(faults, "\n\t"))
		}
	}
	all := misdeeds()
	var beginning sync.WaitGroup
	for _, m := range all {
		if m.slow {
			beginning.Go(func() { play(m) })
		}
	}
	beginning.Wait()
	for _, m := range all {
		if !m.slow {
			play(m)
		}
	}
	t.Logf("at most %d MB of memory", most.Load()>>20)
	if *hostile {
		fmt.Printf("%d/%d\n", survived.Load(), len(all))
	}
	if len(all) != 80 {
		t.Errorf("%d misdeeds, want 80", len(all))
	}
}

// A scene is a server that is sick with one misdeed, and everything around it.
type scene struct {
	misdeed
	t      *testing.T
	forum  *forum
	server *httptest.Server
	base   string // of the server
	allow  []string
	beside SourceConfig
	sick   atomic.Bool
	seen   sync.Map     // URIs
	calls  atomic.Int64 // of the misdeed
	sins   atomic.Int64 // things that may not happen: a forbidden address reached, a header told to another host
	trap   string       // HOST:PORT that may not be reached
	friend string       // URL of another host that may be
	pool   *x509.CertPool
}

func newScene(t *testing.T, m misdeed, beside SourceConfig) *scene {
	s := &scene{misdeed: m, t: t, forum: hostileForum(), beside: beside, pool: x509.NewCertPool()}
	s.server = httptest.NewUnstartedServer(s)
	s.server.Listener = rude{s.server.Listener, s}
	s.server.Config.ErrorLog = log.New(io.Discard, "", 0)
	if m.tls != nil {
		s.server.TLS = s.sickTLS()
		s.server.StartTLS()
	} else {
		s.server.Start()
	}
	s.base = s.server.URL
	friend := httptest.NewServer(http.HandlerFunc(s.serveFriend))
	s.friend = friend.URL
	for _, at := range []string{s.base, s.friend} {
		u, _ := url.Parse(at)
		s.allow = append(s.allow, u.Host)
	}
	s.trap = s.setTrap()
	t.Cleanup(func() { s.server.CloseClientConnections(); s.server.Close(); friend.Close() })
	return s
}

// hostileForum has 120 posts in four topics, all young, and one whose parent takes a topic's answer.
func hostileForum() *forum {
	f := newForum()
	for n := range 4 {
		var posts []any
		for i := range 30 {
			id := n*30 + i + 1
			posts = append(posts, post(id, i+1, fmt.Sprintf("u%d", id%7), fmt.Sprintf("<p>post %d: caffè, 日本</p>", id)))
		}
		f.add(topic(n+1, posts...))
	}
	f.posts[70]["reply_to_post_number"] = 29
	delete(f.posts, 89)
	return f
}

func (s *scene) setTrap() string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		s.t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			s.sins.Add(1)
			_ = c.Close()
		}
	}()
	s.t.Cleanup(func() { _ = l.Close(); <-done })
	return l.Addr().String()
}

// serveFriend answers as the forum does, and counts what the first host's answers must not carry here.
func (s *scene) serveFriend(w http.ResponseWriter, r *http.Request) {
	for _, key := range []string{"Cookie", "Referer", "Authorization"} {
		if r.Header.Get(key) != "" {
			s.sins.Add(1)
		}
	}
	switch {
	case r.URL.Path == "/robots.txt" && s.sick.Load() && strings.Contains(s.name, "friend is down"):
		w.WriteHeader(http.StatusBadGateway)
	case strings.HasPrefix(r.URL.Path, "/back"):
		http.Redirect(w, r, s.base+r.URL.RequestURI(), http.StatusFound)
	default:
		s.well(w, r)
	}
}

// well answers as a server without misdeeds.
func (s *scene) well(w http.ResponseWriter, r *http.Request) {
	if s.wander && r.URL.Path != "/robots.txt" {
		fmt.Fprintln(w, "#1")
		return
	}
	s.forum.ServeHTTP(w, r)
}

// ServeHTTP does the misdeed where it applies and answers as a forum where not.
func (s *scene) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	here := s.on == "" && r.URL.Path != "/robots.txt" || s.on != "" && strings.HasPrefix(r.URL.RequestURI(), s.on)
	if s.sick.Load() && s.do != nil && here {
		s.calls.Add(1)
		s.do(s, w, r)
		return
	}
	s.well(w, r)
}

// A rude listener does a misdeed to connections.
type rude struct {
	net.Listener
	s *scene
}

// Accept returns connections that HTTP is to be spoken on.
func (l rude) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil || l.s.conn == nil || !l.s.sick.Load() {
			return c, err
		}
		l.s.calls.Add(1)
		go func() {
			defer c.Close()
			l.s.conn(l.s, c)
		}()
	}
}

// crawl runs the source and the one beside it.
func (s *scene) crawl(c *clock, m *memory) (SourceSummary, SourceSummary, error) {
	o := Options{Version: "0.1", Contact: "mailto:us@example.org", Now: c.now, sleep: c.sleep, adjust: func(g *guard) {
		quick(g)
		g.base.TLSClientConfig = &tls.Config{RootCAs: s.pool}
	}}
	if !*hostile {
		o.MaxPages = 150
	}
	if s.change != nil && s.sick.Load() {
		s.change(&o)
	}
	cfg := SourceConfig{Name: "forum", Kind: "discourse", URL: s.base, Allow: s.allow}
	if s.wander {
		return s.stroll(o, cfg, m)
	}
	o.Sources = []SourceConfig{cfg, s.beside}
	sum, err := Run(s.t.Context(), o, m)
	if err != nil {
		return SourceSummary{}, SourceSummary{}, err
	}
	return sum.Sources[0], sum.Sources[1], nil
}

// play returns everything that went wrong, and the memory it took.
func (s *scene) play() (faults []string, memory int64) {
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	undisturbed := newMemory()
	if _, _, err := s.crawl(newClock(), undisturbed); err != nil {
		fault("undisturbed: %v", err)
	}
	c, m := newClock(), newMemory()
	s.sick.Store(true)
	peak := watchMemory()
	start := time.Now()
	sum, calm, err := s.crawl(c, m)
	took, used := time.Since(start), peak()
	s.sick.Store(false)
	if b := s.bound(); took > b.time || used > b.memory {
		fault("took %v and %d MB, want at most %v and %d MB", took, used>>20, b.time, b.memory>>20)
	}
	if err != nil || calm.Stopped != "" || calm.Saved.New != 2 {
		fault("the source beside it: %+v, %v", calm, err)
	}
	if s.calls.Load() == 0 {
		fault("the misdeed was not met")
	}
	faults = append(faults, s.judge(sum, m, undisturbed)...)
	if n := s.sins.Load(); n > 0 {
		fault("%d times something forbidden was reached or told", n)
	}
	for n := 0; n < 3 || n < 8 && len(lost(m, undisturbed)) > 0; n++ {
		c.pass(49 * time.Hour)
		if sum, _, err = s.crawl(c, m); err != nil {
			fault("well again: %v", err)
		}
	}
	if missing := lost(m, undisturbed); sum.Stopped != "" && !s.adds || len(missing) > 0 {
		fault("well again: stopped %q, lost %q", sum.Stopped, missing)
	} else if got, want := m.content(), undisturbed.content(); got != want && !s.adds {
		fault("well again: %s", firstDifference(got, want))
	}
	return faults, int64(used)
}

// judge compares how the run ended with what the table says.
func (s *scene) judge(sum SourceSummary, m, undisturbed *memory) (faults []string) {
	lines := sum.Notes
	if sum.Stopped != "" {
		lines = append(lines, sum.Stopped)
	}
	for _, f := range m.failures {
		lines = append(lines, f.Reason)
	}
	got := complete
	switch {
	case !sum.ParkedTo.IsZero():
		got = parked
	case sum.Stopped != "":
		got = stopped
	case len(lines) > 0 || len(lost(m, undisturbed)) > 0:
		got = gap
	}
	if got != s.want {
		faults = append(faults, fmt.Sprintf("got %s (%d of %d posts), want %s; lines %q", got, len(m.posts), len(undisturbed.posts), s.want, lines))
	}
	clear := s.want == complete
	for _, l := range lines {
		clear = clear || strings.Contains(l, s.says) && s.says != ""
		if strings.Contains(l, "SECRET") || strings.ContainsAny(l, "\n\r\x00\x1b") || len([]rune(l)) > 301 {
			faults = append(faults, fmt.Sprintf("%.400q is no clear line", l))
		}
	}
	if !clear {
		faults = append(faults, fmt.Sprintf("got lines %q, want one that says %q", lines, s.says))
	}
	return faults
}

// lost returns posts of want that m does not hold.
func lost(m, want *memory) (ids []string) {
	for id, p := range want.posts {
		if _, ok := m.posts[id]; !ok || m.gone[id] != want.gone[id] {
			ids = append(ids, cmp.Or(p.NativeID, "?"))
		}
	}
	return ids
}

// watchMemory returns a function that stops watching and tells by how much the heap had grown.
func watchMemory() func() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	now := func() uint64 { metrics.Read(sample); return sample[0].Value.Uint64() }
	base := now()
	peak, end, done := base, make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(2 * time.Millisecond)
		defer tick.Stop()
		for {
			peak = max(peak, now())
			select {
			case <-end:
				return
			case <-tick.C:
			}
		}
	}()
	return func() uint64 { close(end); <-done; return peak - base }
}
