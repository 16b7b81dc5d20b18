package crawler

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/temoto/robotstxt"
)

const (
	robotsAgent = "tribu"
	robotsFresh = 24 * time.Hour
	maxDelay    = 60 * time.Second
)

// obeyRobots returns ErrRobots where h's robots.txt forbids req, after RFC 9309: no file (4xx)
// allows everything, a file that cannot be read (5xx, no answer) forbids everything for this run.
func (g *guard) obeyRobots(req *http.Request, h *host) error {
	if h.unreadable {
		return fmt.Errorf("%s: %w", h.Name, ErrRobotsUnreachable)
	}
	if !g.now().Before(h.RobotsExpires) {
		if err := g.readRobots(req, h); err != nil {
			return err
		}
	}
	group := rules(h.RobotsStatus, h.RobotsBody)
	h.crawlDelay = min(group.CrawlDelay, maxDelay)
	if req.URL.Path == "/robots.txt" || group.Test(req.URL.RequestURI()) {
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
	if err != nil || status >= 500 || status == http.StatusTooManyRequests {
		h.unreadable = true
		reason := fmt.Sprintf("HTTP %d", status)
		if err != nil {
			reason = err.Error()
		}
		return fmt.Errorf("%s: %w (%s)", h.Name, ErrRobotsUnreachable, reason)
	}
	h.RobotsStatus, h.RobotsBody, h.RobotsExpires = status, cleanRobots(body), g.now().Add(robotsFresh)
	return g.hosts.persist(req.Context(), h)
}

// fetchRobots reads robots.txt over up to g.hops redirects. A redirect to another host is
// followed without asking that host's own robots.txt, as the standard says.
func (g *guard) fetchRobots(req *http.Request, h *host) (int, []byte, error) {
	at := &url.URL{Scheme: req.URL.Scheme, Host: req.URL.Host, Path: "/robots.txt"}
	for range g.hops + 1 {
		r, err := http.NewRequestWithContext(req.Context(), http.MethodGet, at.String(), nil)
		if err != nil {
			return 0, nil, err
		}
		if err := webOnly(r); err != nil {
			return 0, nil, err
		}
		resp, err := g.exchange(r, h)
		if err != nil {
			return 0, nil, err
		}
		if resp.StatusCode < 300 || resp.StatusCode >= 400 {
			body, _ := io.ReadAll(io.LimitReader(resp.Body, g.robots))
			return resp.StatusCode, body, nil
		}
		if at, err = at.Parse(resp.Header.Get("Location")); err != nil {
			return 0, nil, fmt.Errorf("%w: %q", ErrRedirect, resp.Header.Get("Location"))
		}
	}
	return http.StatusNotFound, nil, nil
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
		case key == "user-agent" && value != "":
			agents++
			value, _, _ = strings.Cut(value, "/")
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

// rules returns the group that speaks to tribu. What cannot be parsed forbids everything.
func rules(status int, body string) *robotstxt.Group {
	if status >= 400 {
		body = ""
	}
	parsed, err := robotstxt.FromString(body)
	if err != nil {
		parsed, _ = robotstxt.FromString("User-agent: *\nDisallow: /")
	}
	return parsed.FindGroup(robotsAgent)
}
