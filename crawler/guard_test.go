package crawler

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"tribu/data"
	"tribu/data/fuzz"
)

func serverError(w http.ResponseWriter, _ *http.Request) bool {
	http.Error(w, "down", http.StatusInternalServerError)
	return true
}

func TestPublicAddresses(t *testing.T) {
	for _, c := range []struct {
		addr string
		want bool
	}{
		{"8.8.8.8", true}, {"2606:4700::1111", true}, {"127.0.0.1", false}, {"10.1.2.3", false}, {"192.168.0.1", false}, {"172.16.0.1", false},
		{"169.254.169.254", false}, {"100.64.0.1", false}, {"192.0.0.1", false}, {"198.18.0.1", false}, {"240.0.0.1", false}, {"255.255.255.255", false},
		{"0.0.0.0", false}, {"224.0.0.1", false}, {"::1", false}, {"::", false}, {"fe80::1", false}, {"fd00::1", false}, {"ff02::1", false},
		{"64:ff9b::7f00:1", false}, {"2002:7f00:1::", false}, {"::ffff:8.8.8.8", false}, {"::127.0.0.1", false}, {"2001::1", false},
	} {
		if got := public(netip.MustParseAddr(c.addr)); got != c.want {
			t.Errorf("public(%s) = %v, want %v", c.addr, got, c.want)
		}
	}
}

// guarded fetches path from h through a guard. Addresses of allow may be connected to besides h's own.
func guarded(t *testing.T, h http.Handler, path string, allowed bool, change func(*guard)) (Response, error) {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	u, _ := url.Parse(s.URL)
	var allow []string
	if allowed {
		allow = []string{u.Host}
	}
	c := newClock()
	g := newGuard(SourceConfig{Allow: allow}, "tribu/0.1 (+mailto:us@example.org)", 0, newHosts(newMemory(), c.sleep), c.now)
	t.Cleanup(g.close)
	if change != nil {
		change(g)
	}
	return newFetch(t.Context(), g, c.now)(t.Context(), s.URL+path)
}

func withRobots(robots string, h http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			fmt.Fprint(w, robots)
			return
		}
		h(w, r)
	})
}

func TestHostileAnswers(t *testing.T) {
	private := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { t.Error("a private address was reached") }))
	t.Cleanup(private.Close)
	small := func(g *guard) { g.sent, g.body = 1<<16, 1<<18 }
	for _, c := range []struct {
		name    string
		answer  http.HandlerFunc
		refused bool // the server's own address is not allowed
		change  func(*guard)
		want    error
	}{
		{name: "a private address", refused: true, want: ErrForbiddenAddress},
		{name: "a redirect to a private address", answer: func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, private.URL, 302) }, want: ErrForbiddenAddress},
		{name: "a redirect without end", answer: func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path+"x", 302) }, want: ErrRedirect},
		{name: "a redirect away from the web", answer: func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "file:///etc/passwd")
			w.WriteHeader(302)
		}, want: ErrRedirect},
		{name: "a bomb", change: small, want: ErrTooLarge, answer: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			_, _ = z.Write(make([]byte, 8<<20))
			_ = z.Close()
		}},
		{name: "a body without end", change: small, want: ErrTooLarge, answer: func(w http.ResponseWriter, _ *http.Request) {
			for {
				if _, err := w.Write(make([]byte, 1<<12)); err != nil {
					return
				}
			}
		}},
		{name: "an unknown encoding", want: ErrEncoding, answer: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "br")
			fmt.Fprint(w, "x")
		}},
		{name: "gzip in gzip", want: ErrEncoding, answer: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip, gzip")
			fmt.Fprint(w, "x")
		}},
		{name: "no gzip at all", want: gzip.ErrHeader, answer: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			fmt.Fprint(w, "plain text of some length")
		}},
		{name: "a header that does not come", change: func(g *guard) { g.total = 50 * time.Millisecond }, want: errTimeout, answer: func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }},
	} {
		_, err := guarded(t, withRobots("", func(w http.ResponseWriter, r *http.Request) {
			if c.answer != nil {
				c.answer(w, r)
			}
		}), "/x", !c.refused, c.change)
		if c.want == errTimeout {
			if err == nil || !strings.Contains(err.Error(), "deadline exceeded") {
				t.Errorf("%s: %v, want a deadline", c.name, err)
			}
			continue
		}
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

var errTimeout = errors.New("timeout")

func TestAnswersAreDecompressedOnce(t *testing.T) {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, _ = z.Write([]byte(`{"a":1}`))
	_ = z.Close()
	r, err := guarded(t, withRobots("", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(zipped.Bytes())
	}), "/x", true, nil)
	if err != nil || string(r.Body) != `{"a":1}` {
		t.Errorf("gzip: %q, %v; want {\"a\":1}", r.Body, err)
	}
	r, err = guarded(t, withRobots("", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/x-gzip")
		_, _ = w.Write(zipped.Bytes())
	}), "/x", true, nil)
	if err != nil || !bytes.Equal(r.Body, zipped.Bytes()) {
		t.Errorf("a file that is gzip: %q, %v; want the bytes as they are", r.Body, err)
	}
}

func TestHeadersStayWithTheirHost(t *testing.T) {
	var leaked []string
	other := httptest.NewServer(withRobots("", func(_ http.ResponseWriter, r *http.Request) {
		for _, key := range []string{"Referer", "Cookie", "Authorization", "X-Secret"} {
			if r.Header.Get(key) != "" {
				leaked = append(leaked, key)
			}
		}
	}))
	t.Cleanup(other.Close)
	u, _ := url.Parse(other.URL)
	_, err := guarded(t, withRobots("", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "id", Value: "1"})
		http.Redirect(w, r, other.URL, 302)
	}), "/x", true, func(g *guard) { g.allow[u.Host] = true })
	if err != nil || len(leaked) > 0 {
		t.Errorf("another host was told %v, %v; want nothing", leaked, err)
	}
}

func TestRobots(t *testing.T) {
	for _, c := range []struct {
		name, robots, path string
		want               bool
	}{
		{"no file", "", "/x", true},
		{"all is forbidden", "User-agent: *\nDisallow: /", "/x", false},
		{"another is forbidden", "User-agent: gptbot\nDisallow: /", "/x", true},
		{"tribu is forbidden", "User-agent: Tribu\nDisallow: /\n\nUser-agent: *\nAllow: /", "/x", false},
		{"a version and no name", "User-agent: *\nUser-agent: / 2.0\nDisallow: /x", "/x", false},
		{"tribu by version", "User-agent: tribu/2.0\nDisallow: /", "/x", false},
		{"a query", "User-agent: *\nDisallow: /*?before=", "/posts.json?before=9", false},
		{"the longer rule wins", "User-agent: *\nDisallow: /t/\nAllow: /t/5.json", "/t/5.json", true},
		{"a rule before any agent", "Disallow: /\nUser-agent: *\nDisallow: /y", "/x", true},
		{"nonsense lines", "hello\n<html>\nUser-agent: *\nCrawl-delay: soon\nDisallow: /x\n", "/x", false},
		{"a mark at the start", "\ufeffUser-agent: *\nDisallow: /x", "/x", false},
		{"a comment", "User-agent: * # all\nDisallow: /x # this", "/x", false},
		{"an empty rule", "User-agent: *\nDisallow:", "/x", true},
		{"equally long, one with a star: Allow wins", "User-agent: *\nDisallow: /p*g\nAllow: /pag", "/page", true},
		{"a longer rule with a star wins", "User-agent: *\nAllow: /p\nDisallow: /*.html", "/page.html", false},
		{"the end of the path", "User-agent: *\nDisallow: /*.json$", "/t/5.json?x=1", true},
		{"the end of the path, reached", "User-agent: *\nDisallow: /*.json$", "/t/5.json", false},
		{"stars in a row", "User-agent: *\nDisallow: /a**b*c", "/axxbxxc", false},
		{"octets, escaped in the file", "User-agent: *\nDisallow: /caff%c3%a8", "/caffè", false},
		{"octets, escaped in the path", "User-agent: *\nDisallow: /caffè", "/caff%C3%A8/1", false},
		{"an escaped letter", "User-agent: *\nDisallow: /%61bc", "/abc", false},
		{"an escaped slash is no slash", "User-agent: *\nDisallow: /a%2Fb", "/a/b", true},
		{"an escaped star is no star", "User-agent: *\nDisallow: /a%2Ab", "/axb", true},
		{"two groups for one name", "User-agent: tribu\nDisallow: /x\n\nUser-agent: other\nDisallow: /\n\nUser-agent: tribu\nDisallow: /y", "/y", false},
		{"one group for two names", "User-agent: other\nUser-agent: tribu\nDisallow: /x", "/x", false},
		{"a longer name is another's", "User-agent: tribunal\nDisallow: /", "/x", true},
	} {
		if got := rules(200, cleanRobots([]byte(c.robots))).allows(c.path); got != c.want {
			t.Errorf("%s: %q allows %s: %v, want %v", c.name, c.robots, c.path, got, c.want)
		}
	}
}

func TestRobotsDenyACrawl(t *testing.T) {
	for _, c := range []struct {
		name    string
		answer  func(w http.ResponseWriter, r *http.Request) bool
		denied  int
		stopped bool
	}{
		{"forbidden", func(w http.ResponseWriter, r *http.Request) bool {
			fmt.Fprint(w, "User-agent: *\nDisallow: /")
			return true
		}, 2, true},
		{"500", serverError, 0, true},
		{"a redirect to a private address", func(w http.ResponseWriter, r *http.Request) bool {
			http.Redirect(w, r, "http://127.0.0.2:1/robots.txt", 301)
			return true
		}, 0, true},
		{"an endless redirect means no file", func(w http.ResponseWriter, r *http.Request) bool {
			http.Redirect(w, r, "/robots.txt", 301)
			return true
		}, 0, false},
	} {
		f := newForum(topic(1, post(1, 1, "ada", "<p>one</p>")))
		f.before = func(w http.ResponseWriter, r *http.Request) bool {
			return r.URL.Path == "/robots.txt" && c.answer(w, r)
		}
		base, allow := f.serve(t)
		s, err := crawl(t, base, allow, newClock(), newMemory())
		if err != nil || s.Denied != c.denied || (s.Stopped != "") != c.stopped || (s.Saved.New > 0) == c.stopped {
			t.Errorf("%s: %+v, %v; want %d denied, stopped %v", c.name, s, err, c.denied, c.stopped)
		}
	}
}

func TestAPermissionIsForOneHost(t *testing.T) {
	f := newForum(topic(1, post(1, 1, "ada", "<p>one</p>")))
	f.robots = "User-agent: *\nDisallow: /\nCrawl-delay: 7"
	base, allow := f.serve(t)
	permitted := SourceConfig{Name: "forum", Kind: "discourse", URL: base, Allow: allow, Permission: "permission of Ada, 2026-11-02"}
	c, m := newClock(), newMemory()
	s, err := Run(t.Context(), Options{Sources: []SourceConfig{permitted}, Now: c.now, sleep: c.sleep}, m)
	if err != nil || s.Sources[0].Saved.New != 1 || s.Sources[0].Denied != 0 || len(c.slept) == 0 || c.slept[0] != 7*time.Second {
		t.Errorf("with a permission: %+v, %v, slept %v; want the post, and the crawl-delay obeyed", s, err, c.slept)
	}
	elsewhere := permitted
	elsewhere.URL = "http://forum.example"
	g := newGuard(elsewhere, "tribu", 0, newHosts(newMemory(), c.sleep), c.now)
	if _, err := newFetch(t.Context(), g, c.now)(t.Context(), base+"/posts.json"); !errors.Is(err, ErrRobots) {
		t.Errorf("a permission for another host: %v, want %v", err, ErrRobots)
	}
}

func TestOptOuts(t *testing.T) {
	for _, c := range []struct{ header, value, body, want string }{
		{"X-Robots-Tag", "noindex, nofollow", "", "X-Robots-Tag: noindex"},
		{"X-Robots-Tag", "googlebot: noindex", "", ""},
		{"X-Robots-Tag", "tribu: noai", "", "X-Robots-Tag: noai"},
		{"X-Robots-Tag", "max-snippet: 20", "", ""},
		{"TDM-Reservation", "1", "", "tdm-reservation: 1"},
		{"TDM-Reservation", "0", "", ""},
		{"Content-Type", "text/html", `<html><head><meta name="Robots" content="NOARCHIVE">`, "meta robots: noarchive"},
		{"Content-Type", "text/html", `<head><meta name="tdm-reservation" content="1">`, "meta tdm-reservation: 1"},
		{"Content-Type", "text/html", `<body><meta name="robots" content="noindex">`, ""},
	} {
		r := Response{Header: http.Header{}, Body: []byte(c.body)}
		r.Header.Set(c.header, c.value)
		if got := optedOut(r); got != c.want {
			t.Errorf("%s: %s %q: got %q, want %q", c.header, c.value, c.body, got, c.want)
		}
	}
}

func TestPatience(t *testing.T) {
	for _, c := range []struct {
		name, header, value, body string
		want                      time.Duration // waited in the run; 0: parked
	}{
		{"seconds", "Retry-After", "120", "", 120 * time.Second},
		{"a date", "Retry-After", newClock().at.Add(90 * time.Second).Format(http.TimeFormat), "", 90 * time.Second},
		{"less than a second", "Retry-After", "0.2", "", time.Second},
		{"Discourse's own", "X-Nothing", "1", `{"errors":["slow down"],"extras":{"wait_seconds":33}}`, 33 * time.Second},
		{"a reset in seconds", "X-RateLimit-Reset", "45", "", 45 * time.Second},
		{"more than a quarter of an hour", "Retry-After", "3600", "", 0},
		{"ten years", "Retry-After", "315360000", "", 0},
	} {
		f := newForum(topic(1, post(1, 1, "ada", "<p>one</p>")))
		refusals := 1
		f.before = func(w http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path != "/posts.json" || refusals == 0 {
				return false
			}
			refusals--
			w.Header().Set(c.header, c.value)
			w.WriteHeader(http.StatusTooManyRequests)
			fmt.Fprint(w, c.body)
			return true
		}
		base, allow := f.serve(t)
		k, m := newClock(), newMemory()
		start := k.now()
		s, err := crawl(t, base, allow, k, m)
		waited := k.now().Sub(start)
		if c.want == 0 {
			left := m.hosts[allow[0]].NextAllowed.Sub(start)
			if err != nil || s.Stopped == "" || waited > time.Minute || left < time.Hour || left > 24*time.Hour {
				t.Errorf("%s: %+v, %v, waited %v, host kept for %v; want it parked and remembered", c.name, s, err, waited, left)
			}
			again, err := crawl(t, base, allow, k, m)
			if err != nil || again.Requests != 0 {
				t.Errorf("%s, run again: %+v, %v; want no request", c.name, again, err)
			}
			continue
		}
		if err != nil || s.Saved.New != 1 || waited < c.want || waited > c.want+2*time.Second {
			t.Errorf("%s: %+v, %v, waited %v; want one post after %v", c.name, s, err, waited, c.want)
		}
	}
}

func TestCircuitOpensAfterFiveFailures(t *testing.T) {
	f := newForum(topic(1, post(1, 1, "ada", "<p>one</p>")))
	f.before = func(w http.ResponseWriter, r *http.Request) bool {
		return r.URL.Path != "/robots.txt" && serverError(w, r)
	}
	base, allow := f.serve(t)
	c, m := newClock(), newMemory()
	s, err := crawl(t, base, allow, c, m)
	h := m.hosts[allow[0]]
	if err != nil || h.Fails != 5 || s.Saved.New != 0 || h.NextAllowed.Sub(c.now()) < 50*time.Minute {
		t.Errorf("five times 500: %+v, %v, host %+v; want a pause of an hour", s, err, h)
	}
	f.before = nil
	c.pass(2 * time.Hour)
	if s, err = crawl(t, base, allow, c, m); err != nil || s.Saved.New != 1 || m.hosts[allow[0]].Fails != 0 {
		t.Errorf("two hours later: %+v, %v; want the post", s, err)
	}
}

func TestPolitenessFloor(t *testing.T) {
	h := &host{Host: data.Host{Name: "a:80"}}
	g := newGuard(SourceConfig{}, "tribu", 0, newHosts(newMemory(), nil), newClock().now)
	for _, c := range []struct {
		near           bool
		delay, crawled time.Duration
		want           time.Duration
	}{
		{false, 0, 0, time.Second}, {false, 3 * time.Second, 0, 3 * time.Second}, {false, 0, 7 * time.Second, 7 * time.Second},
		{false, 0, time.Hour, time.Minute}, {false, 10 * time.Minute, time.Hour, 10 * time.Minute}, {false, time.Millisecond, 0, time.Second},
		{true, 0, 0, 0}, {true, 3 * time.Second, 0, 3 * time.Second}, {true, 0, 2 * time.Second, 2 * time.Second},
	} {
		g.near[h.Name], g.delay, h.crawlDelay = c.near, c.delay, c.crawled
		if got := g.spacing(h); got != c.want {
			t.Errorf("%+v: got %v, want %v", c, got, c.want)
		}
	}
}

func TestContactIsNeeded(t *testing.T) {
	for _, c := range []struct {
		url, contact string
		want         error
	}{
		{"https://forum.example.org", "", ErrNoContact}, {"http://10.0.0.5:8080", " ", ErrNoContact}, {"http://127.0.0.1:1", "", nil}, {"http://localhost:1", "", nil},
	} {
		_, err := plan(Options{Sources: []SourceConfig{{Name: "f", Kind: "discourse", URL: c.url}}, Contact: c.contact, Now: newClock().now})
		if !errors.Is(err, c.want) {
			t.Errorf("%s by %q: %v, want %v", c.url, c.contact, err, c.want)
		}
	}
	if got, want := userAgent(Options{Version: "1.2", Contact: "mailto:us@example.org\r\nX: y"}), "tribu/1.2 (+mailto:us@example.orgX: y)"; got != want {
		t.Errorf("user agent %q, want %q", got, want)
	}
}

func TestSourceTest(t *testing.T) {
	f := newForum(topic(1, post(1, 1, "ada", "<p>one</p>"), post(2, 2, "bo", "<p>two</p>")))
	base, allow := f.serve(t)
	c := newClock()
	o := Options{Now: c.now, sleep: c.sleep}
	cfg := SourceConfig{Name: "forum", Kind: "discourse", URL: base, Allow: allow}
	r, err := Test(t.Context(), cfg, o)
	if err != nil || !r.Reachable || !r.Recognised || r.Robots != "allowed" || len(r.Posts) != 2 || r.Problem != "" {
		t.Errorf("an open forum: %+v, %v", r, err)
	}
	f.robots = "User-agent: *\nDisallow: /"
	if r, err = Test(t.Context(), cfg, o); err != nil || r.Robots != "forbidden" || r.Problem == "" || len(r.Posts) != 0 {
		t.Errorf("a forbidding forum: %+v, %v", r, err)
	}
	cfg.Allow = nil
	if r, err = Test(t.Context(), cfg, o); err != nil || r.Reachable || r.Problem == "" {
		t.Errorf("an address that is not allowed: %+v, %v", r, err)
	}
}

// FuzzRobots: no file brings the rules down, an empty one forbids nothing, and cleaning twice is cleaning once.
func FuzzRobots(target *testing.F) {
	f := fuzz.Of(target)
	f.Add([]byte("User-agent: *\nDisallow: /a*b$\nAllow: /%61\nCrawl-delay: 7"), "/axb?c=%2f")
	f.Add([]byte("\ufeffUser-agent: tribu/2\nDisallow: *****"), "/")
	f.Fuzz(func(t *testing.T, body []byte, uri string) {
		once := cleanRobots(body)
		if twice := cleanRobots([]byte(once)); twice != once {
			t.Errorf("clean %q: got %q, then %q", body, once, twice)
		}
		r := rules(http.StatusOK, once)
		if got, want := r.allows(uri), r.allows(octets(uri)); got != want && octets(octets(uri)) == octets(uri) {
			t.Errorf("%q: allows(%q) = %v, written otherwise %v", body, uri, got, want)
		}
		if r.delay < 0 || r.delay > maxDelay || len(r.rules) == 0 && !r.allows(uri) {
			t.Errorf("%q: delay %v, %d rules, allows %v", body, r.delay, len(r.rules), r.allows(uri))
		}
	})
}
