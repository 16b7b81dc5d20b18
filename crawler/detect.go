package crawler

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// detectTime bounds how long a place may take to say what it is.
const detectTime = 3 * time.Minute

// Detect asks the place at c.URL what it is: the probe of every kind, or of c.Kind, is tried, best
// match first in the result; the one whose own address it is alone, if it answers. Where none fits,
// the mailing lists, forums and feeds that its page points to are tried; the URL of the result is
// then theirs. All share one guard, and no address is asked twice. Kinds whose interface is on
// another host are asked only where the place itself is of no kind and is a public one. Nothing is
// saved. An error is a wrong configuration or the end of ctx.
func Detect(ctx context.Context, c SourceConfig, o Options) ([]Report, error) {
	d := &detective{c: c, o: o, known: map[string]testimony{}}
	o.Sources = nil
	if _, err := plan(o); err != nil {
		return nil, err
	}
	if err := d.meet(); err != nil {
		return nil, err
	}
	defer d.guard.close()
	if err := errors.Join(d.askAll(ctx, c.URL, owned), d.askAll(ctx, c.URL, here), d.askLists(ctx, c.URL)); err != nil {
		return nil, err
	}
	for _, door := range d.doors() {
		if err := errors.Join(d.askAll(ctx, door, here), d.askLists(ctx, door)); err != nil {
			return nil, err
		}
	}
	if len(c.Allow) == 0 {
		if err := d.askAll(ctx, c.URL, elsewhere); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(d.all, func(a, b Report) int { return cmp.Compare(a.rank(), b.rank()) })
	return d.all, nil
}

// rank puts first what can be crawled: interfaces before pages, and pages before feeds.
func (r Report) rank() int {
	switch {
	case r.Problem == "":
		return 1 + slices.Index([]string{"forum", "feed"}, r.Kind)
	case r.Recognised:
		return 3
	case r.Near:
		return 4
	}
	return 5
}

// A testimony is what one address answered.
type testimony struct {
	response Response
	err      error
}

// A whereabouts is where the interface of a kind is.
type whereabouts int

const (
	here      whereabouts = iota // on the host of the address
	elsewhere                    // on another
	owned                        // wherever: the address is the platform's own
)

// whereIs tells which of them the interface at an address is to a place of that kind.
func (d *detective) whereIs(kind string, at *url.URL) whereabouts {
	switch {
	case ownedBy(strings.TrimPrefix(d.host, "www.")) == kind:
		return owned
	case at.Host != d.host:
		return elsewhere
	}
	return here
}

// ownedBy returns the kind that a host is known to be of.
func ownedBy(host string) string {
	switch host = strings.ToLower(host); {
	case ofYoutube(host):
		return "youtube"
	case host == "news.ycombinator.com":
		return "hackernews"
	case host == "bsky.app":
		return "bluesky"
	case host == ghHost:
		return "github"
	case host == "t.me":
		return "telegram"
	}
	return ""
}

// A detective goes through the kinds.
type detective struct {
	c     SourceConfig
	o     Options
	host  string
	guard *guard
	known map[string]testimony
	all   []Report
	found bool
	mute  bool // the host does not answer at all
}

// meet prepares the one guard.
func (d *detective) meet() error {
	u, err := url.Parse(d.c.URL)
	if err != nil || webURL(d.c.URL) == "" && (!isNews(u.Scheme) || u.Host == "" || u.User != nil) {
		return errors.New("detect: the url must be http(s)://HOST/… or nntp(s)://HOST/GROUP, without a password")
	}
	if strings.TrimSpace(d.o.Contact) == "" && !loopback(u) {
		return ErrNoContact
	}
	d.host = u.Host
	d.guard = newGuard(d.c, userAgent(d.o), d.o.Delay, newHosts(amnesia{}, d.o.sleep), d.o.Now)
	d.guard.ends = d.o.Now().Add(detectTime)
	if d.o.adjust != nil {
		d.o.adjust(d.guard)
	}
	return nil
}

// askAll tries every kind whose interface is there at the address at, unless something was found already.
func (d *detective) askAll(ctx context.Context, at string, there whereabouts) error {
	if d.found {
		return nil
	}
	for _, s := range d.suspects(at) {
		if err := d.ask(ctx, s, there); err != nil {
			return err
		}
	}
	return nil
}

// doors returns up to three addresses on the same host that the page at the address points to as
// its forum, archive or feed.
func (d *detective) doors() (all []string) {
	page, err := url.Parse(d.c.URL)
	home := d.known[rooted(d.c.URL)]
	if err != nil || home.err != nil || d.found {
		return nil
	}
	if landed, err := url.Parse(home.response.URL); err == nil && landed.Host == page.Host {
		page = landed
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(home.response.Body))
	if err != nil {
		return nil
	}
	for _, way := range []string{"a[href]", "link[rel~=alternate][type*=rss], link[rel~=alternate][type*=atom]"} { // a forum tells more than its feed
		doc.Find(way).EachWithBreak(func(_ int, s *goquery.Selection) bool {
			at, err := page.Parse(s.AttrOr("href", ""))
			if err != nil || at.Host != page.Host || webURL(at.String()) == "" || way == "a[href]" && !isDoor(at.Path) {
				return true
			}
			at.Fragment = ""
			if to := at.String(); rooted(to) != rooted(d.c.URL) && !slices.Contains(all, to) {
				all = append(all, to)
			}
			return len(all) < 3
		})
	}
	return all
}

func isDoor(path string) bool {
	return slices.Contains([]string{"forum", "forums", "community", "board", "boards", "discuss", "phpbb", "smf", "archives", "hyperkitty", "pipermail"}, strings.ToLower(strings.Trim(path, "/")))
}

// rooted is u with a path.
func rooted(u string) string {
	if parsed, err := url.Parse(u); err == nil && parsed.Path == "" {
		return parsed.JoinPath("/").String()
	}
	return u
}

// suspects returns the configurations of the address at that are worth a try.
func (d *detective) suspects(at string) (all []SourceConfig) {
	for _, name := range Kinds() {
		if d.c.Kind != "" && d.c.Kind != name {
			continue
		}
		c := d.c
		c.Name, c.Kind, c.URL = cmp.Or(c.Name, at), name, at
		all = append(all, c)
	}
	return all
}

// ask tries c, if its interface is there.
func (d *detective) ask(ctx context.Context, c SourceConfig, there whereabouts) error {
	src, at, err := newSource(c, time.Time{})
	if errors.Is(err, errNobody) { // its probe tells whether that is the place
		err = nil
	}
	r := Report{Name: c.Name, Kind: c.Kind, URL: c.URL, Robots: "allowed"}
	switch {
	case err != nil && there == here:
		r.Problem = strings.TrimPrefix(err.Error(), "open source "+c.Name+": ")
	case err != nil || d.mute || d.whereIs(c.Kind, at) != there:
		return nil
	default:
		before, _ := d.guard.counts()
		caps, err := src.Probe(ctx, d.fetch(ctx))
		if ctx.Err() != nil {
			return ctx.Err()
		}
		after, _ := d.guard.counts()
		r.Requests = after - before
		r.conclude(src, caps, err)
		if r.Recognised {
			r.sample(src, caps)
		}
		d.mute = there == here && d.silent()
	}
	d.found = d.found || r.Recognised
	d.all = append(d.all, r)
	return nil
}

// silent reports whether nothing at all was answered: the next kind would hear the same.
func (d *detective) silent() bool {
	for _, a := range d.known {
		if a.err == nil || errors.Is(a.err, ErrRobots) {
			return false
		}
	}
	return len(d.known) > 0
}

// fetch asks the guard for what is not known yet.
func (d *detective) fetch(ctx context.Context) Fetch {
	ask := newFetch(ctx, d.guard, d.o.Now)
	return func(ctx context.Context, u string) (Response, error) {
		key := rooted(u)
		a, known := d.known[key]
		if !known {
			a.response, a.err = ask(ctx, u)
			d.known[key] = a
		}
		r := a.response
		r.Header = r.Header.Clone()
		return r, a.err
	}
}
