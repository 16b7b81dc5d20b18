package crawler

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// TestLongWaitsAreTold: before a source that fails is asked again after a while, progress says what is
// waited for, without the words of the network.
func TestLongWaitsAreTold(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Retry-After", "60")
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	t.Cleanup(s.Close)
	var told []string
	sum, err := crawl(t, s.URL, []string{strings.TrimPrefix(s.URL, "http://")}, newClock(), newMemory(), func(o *Options) {
		o.Progress = func(p Progress) { told = append(told, p.Waiting) }
	})
	if err != nil || sum.Saved.New != 0 {
		t.Fatalf("crawl: %v, %+v", err, sum)
	}
	if !slices.ContainsFunc(told, func(s string) bool { return strings.HasSuffix(s, ": HTTP 503") }) {
		t.Errorf("progress told %q; want what is waited for: %+v", told, sum)
	}
}
