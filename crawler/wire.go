package crawler

import (
	"context"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

// A wire connects to the addresses that some sources may connect to, and to no other. Sources that
// may connect to the same share its connections.
type wire struct {
	allow map[string]bool // HOST:PORT
	base  *http.Transport

	mu      sync.Mutex
	near    map[string]bool   // HOST:PORT that is private and allowed: no politeness floor of a second
	resolve map[string]string // HOST:PORT → the address to connect to instead of asking the name service
}

func newWire(c SourceConfig, header time.Duration) *wire {
	w := &wire{allow: map[string]bool{}, near: map[string]bool{}, resolve: c.Resolve}
	for _, a := range c.Allow {
		w.allow[strings.ToLower(strings.TrimSpace(a))] = true
	}
	w.base = &http.Transport{
		DialContext: w.dial, Proxy: nil, DisableCompression: true, TLSHandshakeTimeout: header, ResponseHeaderTimeout: header,
		MaxResponseHeaderBytes: 256 << 10, MaxIdleConnsPerHost: 1, MaxIdleConns: 64, IdleConnTimeout: time.Minute,
	}
	return w
}

// reaches says where a wire for c may connect to.
func reaches(c SourceConfig) string {
	var b strings.Builder
	for _, a := range slices.Sorted(slices.Values(c.Allow)) {
		fmt.Fprintf(&b, "%q ", strings.ToLower(strings.TrimSpace(a)))
	}
	for _, name := range slices.Sorted(maps.Keys(c.Resolve)) {
		fmt.Fprintf(&b, "%q=%q ", name, c.Resolve[name])
	}
	return b.String()
}

// wireFor returns the wire that c shares with sources like it.
func (hs *hosts) wireFor(c SourceConfig) *wire {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	to := reaches(c)
	if hs.wires[to] == nil {
		hs.wires[to] = newWire(c, defaultLimits().header)
	}
	return hs.wires[to]
}

// hangUp closes the connections that wait for another request.
func (hs *hosts) hangUp() {
	for _, w := range hs.wires {
		w.close()
	}
}

func (w *wire) close() { w.base.CloseIdleConnections() }

func (w *wire) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	d := net.Dialer{Timeout: w.base.TLSHandshakeTimeout, Control: func(_, resolved string, _ syscall.RawConn) error { return w.permit(addr, resolved) }}
	to := addr
	if known, ok := w.resolve[addr]; ok {
		to = known
	}
	if ap, err := netip.ParseAddrPort(to); err == nil && ap.Addr().Is4In6() { // the dialler would unwrap it
		return nil, fmt.Errorf("connect to %s: %w", to, ErrForbiddenAddress)
	}
	return d.DialContext(ctx, network, to)
}

// permit decides on a connection to resolved, an IP:PORT that addr led to.
func (w *wire) permit(addr, resolved string) error {
	ap, err := netip.ParseAddrPort(resolved)
	if err != nil {
		return fmt.Errorf("connect to %s: %w", resolved, ErrForbiddenAddress)
	}
	if public(ap.Addr()) {
		return nil
	}
	addr = strings.ToLower(addr)
	if byName := w.allow[addr] && (ap.Addr().IsLoopback() || ap.Addr().IsPrivate()); !byName && !w.allow[resolved] {
		if host, _, _ := net.SplitHostPort(addr); host != ap.Addr().String() {
			addr += " (" + ap.Addr().String() + ")"
		}
		return fmt.Errorf("connect to %s: %w", addr, ErrForbiddenAddress)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.near[addr] = true
	return nil
}

// isNear reports whether a host is known to be private and allowed.
func (w *wire) isNear(name string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.near[name]
}

// reserved lists what a.IsGlobalUnicast and its kin let pass. In IPv6 only 2000::/3 is given out;
// what wraps an IPv4 address (mapped, translated, NAT64, 6to4, Teredo) is no way around the rest.
func reserved() []netip.Prefix {
	var out []netip.Prefix
	for _, s := range []string{"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24",
		"203.0.113.0/24", "240.0.0.0/4", "::/3", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "4000::/2", "8000::/1"} {
		out = append(out, netip.MustParsePrefix(s))
	}
	return out
}

func public(a netip.Addr) bool {
	if a.Is4In6() || a.Zone() != "" || !a.IsGlobalUnicast() || a.IsPrivate() || a.IsLoopback() {
		return false
	}
	for _, p := range reserved() {
		if p.Contains(a) {
			return false
		}
	}
	return true
}
