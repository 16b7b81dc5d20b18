package crawler

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gocolly/colly/v2"
)

// A conditionalFetch makes one guarded, polite GET request with further headers.
type conditionalFetch func(ctx context.Context, url string, more http.Header) (Response, error)

// newFetch returns a Fetch that asks for everything unconditionally.
func newFetch(ctx context.Context, g *guard, now func() time.Time) Fetch {
	fetch := newConditionalFetch(ctx, g, now)
	return func(ctx context.Context, u string) (Response, error) { return fetch(ctx, u, nil) }
}

// newConditionalFetch returns a fetch on one fresh colly collector: one request at a time, every byte through
// g. It lives as long as ctx.
//
// Fields are set after construction because COLLY_* variables override constructor options. What
// colly would do itself is off: robots.txt (it takes a 5xx for an allowance), visited URLs (a URL
// that failed once would be taken for read), cookies, truncation, its cache and its limits.
func newConditionalFetch(ctx context.Context, g *guard, now func() time.Time) conditionalFetch {
	c := colly.NewCollector()
	c.Context = ctx
	c.UserAgent = g.agent
	c.Async, c.AllowURLRevisit, c.IgnoreRobotsTxt, c.ParseHTTPErrorResponse = false, true, true, true
	c.MaxBodySize, c.MaxDepth, c.MaxRequests = 0, 0, 0
	c.CacheDir, c.DetectCharset, c.TraceHTTP, c.CheckHead = "", false, false, false
	c.AllowedDomains, c.DisallowedDomains, c.URLFilters, c.DisallowedURLFilters = nil, nil, nil, nil
	c.DisableCookies()
	c.WithTransport(g)
	c.SetRequestTimeout(0) // g bounds every hop; waiting for a polite moment is not the server's fault
	c.SetRedirectHandler(g.followRedirect)
	var got *Response
	c.OnResponse(func(r *colly.Response) {
		got = &Response{URL: r.Request.URL.String(), Status: r.StatusCode, Header: r.Headers.Clone(), Body: r.Body, FetchedAt: now().UTC().Truncate(time.Second)}
	})
	return func(ctx context.Context, u string, more http.Header) (resp Response, err error) {
		if err := ctx.Err(); err != nil {
			return Response{}, err
		}
		if scheme, _, _ := strings.Cut(u, "://"); isNews(scheme) {
			return g.news(ctx, u)
		}
		got = nil
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("fetch %s: panic: %v", plainURL(u), p)
			}
		}()
		header := http.Header{"Accept": {"application/json, */*;q=0.5"}, "User-Agent": {g.agent}}
		maps.Copy(header, more)
		if err := c.Request(http.MethodGet, u, nil, nil, header); err != nil {
			return Response{}, fmt.Errorf("fetch %s: %w", plainURL(u), withoutURL(err))
		}
		if got == nil {
			return Response{}, fmt.Errorf("fetch %s: no answer", plainURL(u))
		}
		return *got, nil
	}
}

// withoutURL drops the URL that net/http puts into its errors: a query may hold a secret.
func withoutURL(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}

func plainURL(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return "a malformed URL"
	}
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
}
