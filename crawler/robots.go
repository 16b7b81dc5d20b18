package crawler

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const (
	robotsAgent = "tribu"
	robotsFresh = 24 * time.Hour
	maxDelay    = 60 * time.Second
)

// An unreadableError is ErrRobotsUnreachable with the host and what happened.
type unreadableError struct {
	host  string
	cause error
}

// Error names the host and the reason.
func (e *unreadableError) Error() string {
	if unknownHost(e.cause) {
		return plainly(e.cause)
	}
	return fmt.Sprintf("%s: %v (%s)", e.host, ErrRobotsUnreachable, plainly(e.cause))
}

// Unwrap returns ErrRobotsUnreachable and the reason.
func (e *unreadableError) Unwrap() []error { return []error{ErrRobotsUnreachable, e.cause} }

// obeyRobots returns ErrRobots where h's robots.txt forbids req, after RFC 9309: no file (4xx)
// allows everything, a file that cannot be read (5xx, no answer) forbids everything for this run.
func (g *guard) obeyRobots(req *http.Request, h *host) error {
	if h.unreadable {
		return &unreadableError{h.Name, errors.New("asked before in this run")}
	}
	if !g.now().Before(h.RobotsExpires) {
		if err := g.readRobots(req, h); err != nil {
			return err
		}
	}
	if h.rules == nil {
		h.rules = rules(h.RobotsStatus, h.RobotsBody)
	}
	h.crawlDelay = h.rules.delay
	if req.URL.Path == "/robots.txt" || h.Name == g.excepted || h.rules.allows(req.URL.RequestURI()) {
		return nil
	}
	h.Denied++
	g.count(&g.denied)
	return fmt.Errorf("%s: %w", h.Name, ErrRobots)
}

func (g *guard) readRobots(req *http.Request, h *host) error {
	status, body, err := g.fetchRobots(req, h)
	if ctxErr := req.Context().Err(); ctxErr != nil {
		return ctxErr
	}
	if notTheHosts(err) {
		return err
	}
	if err != nil || status >= 500 || status == http.StatusTooManyRequests {
		h.unreadable = true
		if err == nil {
			err = fmt.Errorf("HTTP %d", status)
		}
		return &unreadableError{h.Name, err}
	}
	h.rules = nil
	h.RobotsStatus, h.RobotsBody, h.RobotsExpires = status, cleanRobots(body), g.now().Add(robotsFresh)
	return nil
}

// fetchRobots reads robots.txt over up to g.hops redirects. A redirect to another host is
// followed without asking that host's own robots.txt, as the standard says.
func (g *guard) fetchRobots(req *http.Request, h *host) (int, []byte, error) {
	at := &url.URL{Scheme: req.URL.Scheme, Host: req.URL.Host, Path: "/robots.txt"}
	for hop := range g.hops + 1 {
		r, err := http.NewRequestWithContext(req.Context(), http.MethodGet, at.String(), nil)
		if err != nil {
			return 0, nil, err
		}
		if err := webOnly(r); err != nil {
			return 0, nil, err
		}
		resp, err := g.exchange(r, h)
		if err != nil && hop > 0 {
			return 0, nil, fmt.Errorf("after a redirect: %v", err) // what is elsewhere says nothing about this host's own address
		}
		if err != nil {
			return 0, nil, err
		}
		if resp.StatusCode < 300 || resp.StatusCode >= 400 {
			body, _ := io.ReadAll(io.LimitReader(resp.Body, g.robots+1))
			return resp.StatusCode, wholeLines(body, g.robots), nil
		}
		if at, err = at.Parse(resp.Header.Get("Location")); err != nil {
			return 0, nil, fmt.Errorf("%w: %q", ErrRedirect, resp.Header.Get("Location"))
		}
	}
	return http.StatusNotFound, nil, nil
}

// wholeLines cuts what is longer than most after its last whole line: half a rule is another rule.
func wholeLines(body []byte, most int64) []byte {
	if int64(len(body)) <= most {
		return body
	}
	return body[:bytes.LastIndexByte(body[:most], '\n')+1]
}

// cleanRobots keeps the lines of a robots.txt that rules reads, in a form no parser stumbles on.
func cleanRobots(body []byte) string {
	var out strings.Builder
	agents := 0
	for line := range bytes.Lines(bytes.TrimPrefix(body, []byte("\ufeff"))) {
		text, _, _ := strings.Cut(strings.ToValidUTF8(string(line), ""), "#")
		key, value, found := strings.Cut(text, ":")
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		switch {
		case !found || strings.ContainsAny(value, "\x00\r"):
			continue
		case key == "user-agent":
			value, _, _ = strings.Cut(value, "/")
			if value = strings.TrimSpace(value); value == "" {
				continue
			}
			agents++
		case key == "allow" || key == "disallow":
		case key == "crawl-delay" && seconds(value) > 0:
		default:
			continue
		}
		if agents > 0 {
			fmt.Fprintf(&out, "%s: %s\n", key, value)
		}
	}
	return out.String()
}

func seconds(s string) float64 {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f < 0 || f > 1e9 {
		return 0
	}
	return f
}
