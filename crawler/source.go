package crawler

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"tribu/data"
)

// A Source turns one platform's answers into posts. Parse does no I/O: it can be replayed from
// captures. What a source must remember between answers is a JSON document of its own, the cursor.
type Source interface {
	// Probe finds out what the platform at the source's URL shows to visitors.
	Probe(ctx context.Context, fetch Fetch) (Caps, error)
	// Seeds returns the requests a run starts from.
	Seeds(cursor string, now time.Time) []data.Task
	// Parse reads the answer to t into out. out.Cursor is the cursor so far and may be replaced.
	// An error means that the answer is of no use; nothing of out is kept then.
	Parse(t data.Task, r Response, out *Out) error
}

// A Fetch makes one guarded, polite GET request.
type Fetch func(ctx context.Context, url string) (Response, error)

// A Response is what a server answered, decompressed.
type Response struct {
	URL       string // after redirects
	Status    int
	Header    http.Header
	Body      []byte
	FetchedAt time.Time
}

// An Out collects what Parse found.
type Out struct {
	Batch  data.Batch // Finished, Pages and Cursor are the crawler's to fill
	Cursor string
	Notes  []string      // what the operator should know
	Pause  time.Duration // how long the host asked to be left alone, in an answer that is of use
}

// Caps say what a platform shows to visitors.
type Caps struct {
	Recognised bool
	Open       []string  // endpoints that answered
	Closed     []string  // endpoints that did not, with the reason
	SampleTask data.Task // with Sample: a request and its answer that Parse understands
	Sample     Response
}

// A SourceConfig names one place to read.
type SourceConfig struct {
	Name  string   // unique; posts carry it
	Kind  string   // one of Kinds
	URL   string   // absolute, http or https
	Allow []string // HOST:PORT of private or loopback addresses this source may connect to
	// Permission is by whom and when the operator was allowed to read the host of URL past its
	// robots.txt. Its Crawl-delay is obeyed, and so is what asks not to be collected. Empty: none.
	Permission string

	Every time.Duration // for whoever schedules; Run crawls whenever it is called

	// Resolve maps HOST:PORT to the address to connect to, past the name service. The guard judges
	// the address and Allow names HOST:PORT, as ever.
	Resolve map[string]string

	Tags      []string          // mastodon, stackexchange: read what carries one of these tags, not everything
	Query     []string          // hackernews: read what matches one of these searches, not everything
	Accounts  []string          // bluesky: handles or DIDs whose posts and threads are read
	Lists     []string          // bluesky: at:// URIs of lists and feeds
	Preset    string            // forum: whose pages these are: phpbb, smf, vbulletin, xenforo, nodebb or fossil; empty: what suits a page
	Selectors map[string]string // forum: where things are on a page, by name; they replace those of Preset

	API   string // where the platform's interface is, if not at its usual place
	Token string // github, youtube: what the operator may ask with; it is told to the interface's host alone
}

// A kind is a platform: its name in the configuration and how its sources are made. The URL given
// to open has no slash at its end, no query and no fragment.
type kind struct {
	name string
	open func(c SourceConfig, at string, since time.Time) Source
}

// kinds lists every platform, in alphabetical order.
func kinds() []kind {
	return []kind{
		{"bluesky", openBluesky},
		{"discourse", func(c SourceConfig, at string, since time.Time) Source {
			return &discourse{source: c.Name, at: at, since: since}
		}},
		{"feed", openFeed},
		{"forum", openForum},
		{"flarum", openFlarum},
		{"github", openGithub},
		{"hackernews", openHackerNews},
		{"lemmy", openLemmy},
		{"mailarchive", openMailArchive},
		{"mastodon", openMastodon},
		{"nodebb", openNodebb},
		{"stackexchange", openStackExchange},
		{"telegram", openTelegram},
		{"wordpress", openWordpress},
		{"youtube", openYoutube},
	}
}

// Kinds returns the kinds of source that can be crawled, in alphabetical order.
func Kinds() []string {
	var names []string
	for _, k := range kinds() {
		names = append(names, k.name)
	}
	return names
}

// newSource returns the source for c. Posts before since are not wanted.
func newSource(c SourceConfig, since time.Time) (Source, *url.URL, error) {
	u, err := url.Parse(strings.TrimSuffix(c.URL, "/"))
	news := err == nil && isNews(u.Scheme) && c.Kind == "mailarchive"
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" && !news || u.User != nil {
		return nil, nil, fmt.Errorf("open source %s: the url must be http(s)://HOST/…, without a password", c.Name)
	}
	u.RawQuery, u.Fragment = "", ""
	if c.API != "" && webURL(c.API) == "" {
		return nil, nil, fmt.Errorf("open source %s: the api must be http(s)://HOST/…", c.Name)
	}
	for _, k := range kinds() {
		if k.name == c.Kind {
			src := k.open(c, u.String(), since)
			if o, ok := src.(interface{ address() string }); ok { // the host that the requests go to
				u, err = url.Parse(o.address())
			}
			if v, ok := src.(interface{ valid() error }); ok && err == nil {
				err = v.valid()
			}
			if err == nil {
				_, err = credentialOf(c, u)
			}
			return src, u, err
		}
	}
	return nil, nil, fmt.Errorf("open source %s: unknown kind %q: want one of %s", c.Name, c.Kind, strings.Join(Kinds(), ", "))
}
