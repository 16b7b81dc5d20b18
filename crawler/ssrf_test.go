package crawler

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// special lists an address of every range that is not the public Internet, first and last ones
// among them, and ways to wrap a private IPv4 address in IPv6.
func special() []string {
	return []string{
		"0.0.0.0", "0.255.255.255", // this network
		"10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255", "192.168.0.0", "192.168.255.255", // private
		"100.64.0.0", "100.127.255.255", // between carriers and their customers
		"127.0.0.1", "127.255.255.255", // loopback
		"169.254.0.1", "169.254.169.254", // link-local, where clouds keep keys
		"192.0.0.1", "192.0.0.170", "192.0.2.1", "198.51.100.1", "203.0.113.1", // protocols, documentation
		"192.88.99.1",                  // 6to4 relays
		"198.18.0.0", "198.19.255.255", // benchmarks
		"224.0.0.1", "239.255.255.255", // multicast
		"240.0.0.1", "255.255.255.254", "255.255.255.255", // reserved, broadcast
		"::", "::1", // unspecified, loopback
		"::127.0.0.1", "::10.0.0.1", // IPv4-compatible
		"::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:8.8.8.8", // IPv4-mapped
		"::ffff:0:127.0.0.1",                                        // IPv4-translated
		"64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1", // NAT64
		"100::1", "100:0:0:1::1", // discard, dummy
		"2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1", "2001:10::1", "2001:20::1", // Teredo, benchmarks, ORCHID
		"2001:db8::1", "3fff::1", // documentation
		"2002:7f00:1::", "2002:a00:1::1", "2002:a9fe:a9fe::1", // 6to4
		"5f00::1", "4000::1", // segment routing, not given out
		"fc00::1", "fdff::1", "fe80::1", "febf::1", "fec0::1", // unique local, link-local, site-local
		"ff02::1", "ff0e::1", // multicast
	}
}

func authority(address string) string {
	if strings.Contains(address, ":") {
		return "[" + address + "]"
	}
	return address
}

func TestSpecialAddressesAreNotPublic(t *testing.T) {
	for _, a := range special() {
		if public(netip.MustParseAddr(a)) {
			t.Errorf("public(%s): got true, want false", a)
		}
	}
	for _, a := range []string{"1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.255.255", "172.32.0.1", "192.0.1.1", "198.17.255.255",
		"198.20.0.1", "223.255.255.255", "2606:4700::1111", "2a00:1450:4002::1", "2001:200::1", "2003::1"} {
		if !public(netip.MustParseAddr(a)) {
			t.Errorf("public(%s): got false, want true", a)
		}
	}
}

// A way leads from what a source's server says to an address.
type way struct {
	name string
	lead func(s *scene, w http.ResponseWriter, to string) // what the server answers
	on   string                                           // start of the URIs it does so at
}

func ways() []way {
	moved := func(_ *scene, w http.ResponseWriter, to string) {
		w.Header().Set("Location", to)
		w.WriteHeader(http.StatusMovedPermanently)
	}
	return []way{
		{"a redirect", moved, "/page"},
		{"a redirect of robots.txt", moved, "/robots.txt"},
		{"a link", func(_ *scene, w http.ResponseWriter, to string) { fmt.Fprintln(w, to) }, "/page"},
	}
}

// TestSpecialAddressesAreRefused leads a crawl to every special address on every way. Refused is
// what the guard refused itself, before a packet was sent.
func TestSpecialAddressesAreRefused(t *testing.T) {
	for _, a := range special() {
		to := "http://" + authority(a) + ":8080/latest/meta-data/"
		if _, err := lonely(t, SourceConfig{}, to); !errors.Is(err, ErrForbiddenAddress) {
			t.Errorf("%s asked for itself: got %v, want %v", a, err, ErrForbiddenAddress)
		}
		c := SourceConfig{Resolve: map[string]string{"innocent.example:80": net.JoinHostPort(a, "80")}}
		if _, err := lonely(t, c, "http://innocent.example/"); !errors.Is(err, ErrForbiddenAddress) {
			t.Errorf("%s behind a name: got %v, want %v", a, err, ErrForbiddenAddress)
		}
		for _, w := range ways() {
			if said := led(t, w, to); !strings.Contains(said, "private or reserved") {
				t.Errorf("%s by %s: got %q, want it refused", a, w.name, said)
			}
		}
	}
}

// lonely asks for u as a source that allows what c allows.
func lonely(t *testing.T, c SourceConfig, u string) (Response, error) {
	t.Helper()
	k := newClock()
	g := newGuard(c, "tribu/0.1", 0, newHosts(newMemory(), k.sleep), k.now)
	defer g.close()
	return newFetch(t.Context(), g, k.now)(t.Context(), u)
}

// led crawls a server that leads to an address and returns everything that was said.
func led(t *testing.T, way way, to string) string {
	t.Helper()
	m := misdeed{name: way.name, wander: true, on: way.on, do: func(s *scene, w http.ResponseWriter, _ *http.Request) { way.lead(s, w, to) }}
	s := &scene{misdeed: m, t: t}
	s.sick.Store(true)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasPrefix(r.URL.Path, way.on):
			s.do(s, w, r)
		case r.URL.Path == "/":
			fmt.Fprintln(w, "/page")
		}
	}))
	defer server.Close()
	u, _ := url.Parse(server.URL)
	c := newClock()
	jobs, err := plan(Options{Now: c.now, Sources: []SourceConfig{{Name: "forum", Kind: "discourse", URL: server.URL, Allow: []string{u.Host}}}})
	if err != nil {
		t.Fatal(err)
	}
	jobs[0].src = wanderer{newOrigin("forum", server.URL, time.Time{})}
	sum, err := runAll(t.Context(), Options{Now: c.now, sleep: c.sleep}, jobs, newMemory())
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(append(sum.Sources[0].Notes, sum.Sources[0].Stopped), "\n")
}

// TestEveryKindRefuses points a source of every kind at an address that is not allowed.
func TestEveryKindRefuses(t *testing.T) {
	var hits atomic.Int32
	private := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits.Add(1) }))
	t.Cleanup(private.Close)
	u, _ := url.Parse(private.URL)
	for _, kind := range Kinds() {
		c := newClock()
		cfg := SourceConfig{Name: "s", Kind: kind, URL: private.URL + "/s/place", API: private.URL, Tags: []string{"a"}, Query: []string{"a"}, Accounts: []string{"a.example"}}
		if kind == "youtube" { // the interface alone may be elsewhere
			cfg.URL, cfg.Token = videoOfTests, "key"
		}
		s, err := Run(t.Context(), Options{Now: c.now, sleep: c.sleep, Contact: "mailto:us@example.org", Sources: []SourceConfig{cfg}}, newMemory())
		if err != nil || len(s.Sources) == 1 && !strings.Contains(s.Sources[0].Stopped, "private or reserved") {
			t.Errorf("%s at %s: got %+v, %v; want it refused", kind, u.Host, s.Sources, err)
		}
	}
	if n := hits.Load(); n > 0 {
		t.Errorf("a private address was reached %d times", n)
	}
}

// TestFeedsThatLeadAway: neither the older pages nor the comments of a feed open a way in.
func TestFeedsThatLeadAway(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			return
		}
		w.Header().Set("Content-Type", "application/rss+xml")
		fmt.Fprint(w, `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:wfw="http://wellformedweb.org/CommentAPI/"
xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel><title>t</title><atom:link rel="next" href="http://10.0.0.1/older"/><item><guid>1</guid><title>one</title>
<author>ada@example.org (ada)</author><description>one</description><slash:comments>3</slash:comments><wfw:commentRss>http://169.254.169.254/comments</wfw:commentRss></item></channel></rss>`)
	}))
	t.Cleanup(server.Close)
	u, _ := url.Parse(server.URL)
	c := newClock()
	s, err := Run(t.Context(), Options{Now: c.now, sleep: c.sleep, Sources: []SourceConfig{{Name: "feed", Kind: "feed", URL: server.URL + "/feed", Allow: []string{u.Host}}}}, newMemory())
	if err != nil {
		t.Fatal(err)
	}
	said := strings.Join(s.Sources[0].Notes, "\n")
	for _, want := range []string{"10.0.0.1", "169.254.169.254"} {
		if !strings.Contains(said, want) || !strings.Contains(said, "private or reserved") || s.Sources[0].Saved.New != 1 {
			t.Errorf("got %+v, want one post and %s refused", s.Sources[0], want)
		}
	}
}

// TestNamesThatChangeTheirAddress: every connect is judged anew.
func TestNamesThatChangeTheirAddress(t *testing.T) {
	private := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the private address was reached") }))
	t.Cleanup(private.Close)
	u, _ := url.Parse(private.URL)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Connection", "close") }))
	t.Cleanup(server.Close)
	at, _ := url.Parse(server.URL)
	k := newClock()
	g := newGuard(SourceConfig{Allow: []string{at.Host}, Resolve: map[string]string{"rebind.example:80": at.Host}}, "tribu", 0, newHosts(newMemory(), k.sleep), k.now)
	defer g.close()
	fetch := newFetch(t.Context(), g, k.now)
	if _, err := fetch(t.Context(), "http://rebind.example/1"); err != nil {
		t.Fatalf("the allowed address: %v", err)
	}
	g.resolve["rebind.example:80"] = u.Host
	if _, err := fetch(t.Context(), "http://rebind.example/2"); !errors.Is(err, ErrForbiddenAddress) {
		t.Errorf("the same name, another address: got %v, want %v", err, ErrForbiddenAddress)
	}
}

// TestNamesInTheAllowList: a name may lead to a private address, not to where clouds keep their keys.
func TestNamesInTheAllowList(t *testing.T) {
	for _, c := range []struct {
		allow, addr, resolved string
		want                  bool
	}{
		{"forum.lan:80", "forum.lan:80", "192.168.1.5:80", true},
		{"Forum.lan:80", "forum.LAN:80", "10.1.2.3:80", true},
		{"forum.lan:80", "forum.lan:81", "192.168.1.5:81", false},
		{"forum.lan:80", "other.lan:80", "192.168.1.5:80", false},
		{"forum.lan:80", "forum.lan:80", "169.254.169.254:80", false},
		{"forum.lan:80", "forum.lan:80", "[fe80::1%eth0]:80", false},
		{"192.168.1.5:80", "forum.lan:80", "192.168.1.5:80", true},
		{"192.168.1.5:80", "192.168.1.5:8080", "192.168.1.5:8080", false},
		{"169.254.169.254:80", "169.254.169.254:80", "169.254.169.254:80", true},
		{"", "example.org:443", "93.184.216.34:443", true},
	} {
		g := newGuard(SourceConfig{Allow: []string{c.allow}}, "tribu", 0, newHosts(newMemory(), nil), newClock().now)
		if err := g.permit(c.addr, c.resolved); (err == nil) != c.want {
			t.Errorf("allow %q, %s at %s: got %v, want allowed %v", c.allow, c.addr, c.resolved, err, c.want)
		}
	}
}

// TestOneAddressForOneSource runs two sources at the same private server, of which one may go
// there: it reads everything, whichever comes first, and the other nothing.
func TestOneAddressForOneSource(t *testing.T) {
	f := newForum(topic(1, post(1, 1, "ada", "<p>one</p>"), post(2, 2, "bo", "<p>two</p>")))
	base, allow := f.serve(t)
	for _, order := range [][]string{{"may", "may not"}, {"may not", "may"}} {
		var sources []SourceConfig
		for _, name := range order {
			c := SourceConfig{Name: name, Kind: "discourse", URL: base}
			if name == "may" {
				c.Allow = allow
			}
			sources = append(sources, c)
		}
		c, m := newClock(), newMemory()
		sum, err := Run(t.Context(), Options{Sources: sources, Now: c.now, sleep: c.sleep}, m)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range sum.Sources {
			if s.Name == "may" && (s.Saved.New != 2 || s.Stopped != "") || s.Name == "may not" && (s.Saved.New != 0 || !strings.Contains(s.Stopped, "not allowed for this source")) {
				t.Errorf("order %q: %+v", order, s)
			}
		}
		if h := m.hosts[allow[0]]; h.Fails != 0 {
			t.Errorf("order %q: what one source may not do counts as %d failures of the host", order, h.Fails)
		}
	}
}
