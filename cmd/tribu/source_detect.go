package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"io/fs"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tribu/cmd/tribu/config"
	"tribu/crawler"
	"tribu/data"
)

// A placeFlags is what detect and add are told about a place.
type placeFlags struct {
	kind, name, preset string
	allow              []string
	every              config.Span
	yes                bool
}

func (p *placeFlags) register(c *cobra.Command) {
	f, every := c.Flags(), "how often to look (6h)"
	if c.Name() != "add" {
		every += "; only source add keeps it"
	}
	f.StringVar(&p.kind, "kind", "", "platform: "+strings.Join(crawler.Kinds(), ", "))
	f.StringVar(&p.name, "name", "", "what to call it (default its host)")
	f.StringVar(&p.preset, "preset", "", "forum: whose pages these are, such as phpbb")
	f.StringArrayVar(&p.allow, "allow", nil, "`HOST:PORT` of a private or loopback address that may be connected to")
	f.Var(&p.every, "every", every)
	f.BoolVar(&p.yes, "yes", false, "ask nothing")
}

func newSourceDetect(a *app) *cobra.Command {
	var p placeFlags
	c := &cobra.Command{Use: "detect URL", Short: "Find out what platform a place is and what visitors may see; nothing is kept", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			at, err := address(args[0])
			if err != nil {
				return err
			}
			if err := a.loadConfig(); err != nil {
				if !errors.Is(err, fs.ErrNotExist) {
					return err
				}
				a.cfg = config.Defaults() // outside of a project
			}
			found, err := a.detect(c.Context(), at, p)
			if err != nil {
				return err
			}
			if err := a.result("source.detect", found, nil, func(w io.Writer) { a.writePlace(w, found) }); err != nil {
				return err
			}
			if err := found.problem(); err != nil {
				return err
			}
			a.hint("tribu source add %s%s", allowFlags(p.allow), at)
			return nil
		}}
	p.register(c)
	return c
}

// address completes what people type to an URL.
func address(s string) (string, error) {
	if !strings.Contains(s, "://") {
		s = "https://" + s
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || !slices.Contains([]string{"http", "https", "nntp", "nntps"}, u.Scheme) || u.User != nil {
		return "", usage("%q is no address of a place on the web: want http(s)://HOST/… or nntp(s)://HOST/GROUP, without a password", s)
	}
	if strings.HasPrefix(u.Scheme, "nntp") && strings.Trim(u.Path, "/") == "" {
		return "", usage("%q names no newsgroup: want %s://%s/GROUP", s, u.Scheme, u.Host)
	}
	return strings.TrimSuffix(u.String(), "/"), nil
}

// A place is what was found out about an URL.
type place struct {
	URL      string          `json:"url"`
	Kind     string          `json:"kind"` // empty: no platform that tribu knows
	Name     string          `json:"name"`
	Robots   string          `json:"robots"`
	Open     []string        `json:"open"`
	Closed   []string        `json:"closed"`
	Problem  string          `json:"problem,omitempty"`
	Requests int             `json:"requests"`
	Sample   []samplePost    `json:"sample"`
	Also     []string        `json:"also"`   // other kinds it can be read as
	Beside   []string        `json:"beside"` // what else of this kind is there
	Tried    []triedPlatform `json:"tried"`
	allow    []string
}

type samplePost struct {
	At     time.Time `json:"at"`
	Author string    `json:"author"`
	Thread string    `json:"thread,omitempty"`
	Text   string    `json:"text"`
}

type triedPlatform struct {
	Kind    string `json:"kind"`
	Problem string `json:"problem,omitempty"`
}

// detect asks the place at the URL at what it is.
func (a *app) detect(ctx context.Context, at string, p placeFlags) (place, error) {
	found := place{URL: at, Name: nameOf(at, p.name), Open: []string{}, Closed: []string{}, Sample: []samplePost{}, Also: []string{}, Beside: []string{}, allow: p.allow}
	all, err := crawler.Detect(ctx, crawler.SourceConfig{Name: found.Name, Kind: p.kind, Preset: p.preset, URL: at, Allow: p.allow}, a.crawlerOptions(nil, crawlOptions{}))
	if err != nil {
		return found, configured(err)
	}
	for _, d := range all {
		found.Requests += d.Requests
		found.Tried = append(found.Tried, triedPlatform{d.Kind, d.Problem})
	}
	if all[0].Recognised || len(all) == 1 {
		found.tell(all[0])
	} else {
		found.giveUp(all)
	}
	for _, d := range all[1:] {
		if d.Problem == "" {
			found.Also = append(found.Also, d.Kind)
		}
	}
	return found, nil
}

// giveUp says why no kind fits: the place does not answer, forbids it, or is something else.
func (f *place) giveUp(all []crawler.Report) {
	f.Robots, f.Problem = "allowed", "no platform that tribu knows answers there"
	var forbidden []string
	for _, d := range all {
		switch {
		case d.Near:
			f.Robots, f.Problem = d.Robots, d.Problem
			return
		case d.Robots == "forbidden" && !slices.Contains(forbidden, d.Kind):
			forbidden = append(forbidden, d.Kind)
		case d.Requests > 0 && !d.Reachable && len(d.Closed) == 0:
			f.Robots, f.Problem = d.Robots, d.Problem
			return
		}
	}
	if len(forbidden) > 0 {
		f.Robots = "forbidden: what is asked of " + strings.Join(forbidden, ", ")
		f.Problem = "robots.txt forbids what would tell what it is"
	}
}

// tell takes over what was found out by the best match.
func (f *place) tell(d crawler.Report) {
	if d.Recognised {
		f.Kind, f.URL = d.Kind, d.URL
	}
	f.Robots, f.Problem = d.Robots, d.Problem
	f.Open, f.Closed, f.Beside = append(f.Open, d.Open...), append(f.Closed, d.Closed...), append(f.Beside, d.Beside...)
	titles, names := map[data.ThreadID]string{}, map[data.AuthorID]string{}
	for _, t := range d.Threads {
		titles[t.ID] = t.Title
	}
	for _, one := range d.Authors {
		names[one.ID] = one.Handle
	}
	for _, p := range d.Posts[:min(5, len(d.Posts))] {
		f.Sample = append(f.Sample, samplePost{p.CreatedAt, names[p.Author], titles[p.Thread], glance(p)})
	}
}

// glance is the beginning of what p says, without marks.
func glance(p data.Post) string {
	text := p.Body
	if p.Format == data.FormatHTML {
		text = html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(text, " "))
	}
	return cut(strings.Join(strings.Fields(cmp.Or(strings.TrimSpace(text), p.Title)), " "), 200)
}

// problem is what stands in the way of adding the place; nil where nothing does.
func (f place) problem() error {
	if f.Problem == "" {
		return nil
	}
	p := &problem{code: exitGaps, what: f.URL + ": " + f.Problem, next: "see what was tried with --json, or name the platform with --kind: --kind forum and then selectors in tribu.yaml read any forum's pages"}
	if f.Kind == "" {
		p.code = exitFailed
	}
	u, err := url.Parse(f.URL)
	if err == nil && strings.HasPrefix(f.Problem, u.Host+": ") {
		p.what = f.Problem
	}
	if strings.Contains(f.Problem, crawler.ErrForbiddenAddress.Error()) && err == nil {
		p.next = "if you mean this private address, allow it: --allow " + hostPort(u)
	}
	if strings.Contains(f.Problem, "there is no site called") {
		p.next = "correct the address"
	}
	if strings.HasPrefix(f.Robots, "forbidden") {
		p.next = "ask its operator; tribu obeys"
	}
	return p
}

func hostPort(u *url.URL) string {
	if u.Port() != "" {
		return u.Host
	}
	return u.Host + map[string]string{"http": ":80", "https": ":443", "nntp": ":119", "nntps": ":563"}[u.Scheme]
}

// nameOf returns name, or one made of the host of the URL at.
func nameOf(at, name string) string {
	u, err := url.Parse(at)
	if name != "" || err != nil {
		return name
	}
	if strings.HasPrefix(u.Scheme, "nntp") && len(u.Path) > 1 {
		return strings.Trim(u.Path, "/")
	}
	name = strings.TrimPrefix(u.Hostname(), "www.")
	if u.Port() != "" {
		name += "-" + u.Port()
	}
	return name
}

func allowFlags(allow []string) string {
	var b strings.Builder
	for _, a := range allow {
		b.WriteString("--allow " + a + " ")
	}
	return b.String()
}

func (a *app) writePlace(w io.Writer, f place) {
	kind := cmp.Or(f.Kind, "not recognised")
	fmt.Fprintf(w, "%s: %s\n  robots: %s\n", clean(f.URL), kind, clean(f.Robots))
	for _, list := range []struct {
		title string
		lines []string
	}{{"open to visitors", f.Open}, {"closed", f.Closed}, {"also readable as", f.Also}, {"also there", f.Beside}} {
		if len(list.lines) > 0 {
			fmt.Fprintf(w, "  %s: %s\n", list.title, clean(strings.Join(list.lines, ", ")))
		}
	}
	for _, p := range f.Sample {
		fmt.Fprintf(w, "  %s  %s: %s\n", a.local(p.At).Format("2006-01-02 15:04"), cut(clean(p.Author), 20), cut(clean(p.Text), 60))
	}
}
