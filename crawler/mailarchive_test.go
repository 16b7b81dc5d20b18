package crawler

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"tribu/crawler/mail"
	"tribu/data"
	"tribu/data/fuzz"
)

// letter writes one message as an mbox holds it.
func letter(id, from, date, subject, header, body string) string {
	at, _ := time.Parse(time.DateOnly, date)
	return fmt.Sprintf("From %s at example.org  %s\nFrom: %s at example.org (%s)\nDate: %s\nSubject: [bikes] %s\nMessage-ID: <%s>\n%s\n%s\n\n", from, at.Format(time.ANSIC),
		from, strings.ToUpper(from), at.Format(time.RFC1123Z), subject, id, header, body)
}

func packed(text string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(text))
	_ = z.Close()
	return b.String()
}

// letters tells the messages that were read, a line each, in the order of time.
func (m *memory) letters() string {
	native, threads := map[data.PostID]string{}, map[data.ThreadID]string{}
	for _, id := range []string{"1@a", "2@a", "3@a", "4@a", "5@a"} {
		native[data.NewPostID("forum", mail.Hash(id))] = id
		threads[data.NewThreadID("forum", mail.Hash(id))] = id
	}
	var lines []string
	for id, p := range m.posts {
		lines = append(lines, fmt.Sprintf("%s %s in %s %s by %s %s %s: %s", p.CreatedAt.Format(time.DateOnly), native[id], threads[p.Thread], p.Place, m.authors[p.Author].Name, p.ParentBy, native[p.Parent], p.Body))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func september() string { return letter("1@a", "ada", "2026-09-03", "Chains", "", "squeak") }

func october() string {
	return letter("2@a", "bo", "2026-10-03", "Re: Chains", "In-Reply-To: <1@a>\n", "oil") + letter("3@a", "cy", "2026-10-04", "Re: Chains", "In-Reply-To: <2@a>\n", "wax")
}

func november() string {
	return letter("4@a", "di", "2026-11-05", "Re: Chains", "In-Reply-To: <3@a>\n", "thanks, ask di at example.org")
}

const theLetters = `2026-09-03 1@a in 1@a bikes by ADA  : squeak
2026-10-03 2@a in 1@a bikes by BO reply 1@a: oil
2026-10-04 3@a in 1@a bikes by CY reply 2@a: wax
2026-11-05 4@a in 1@a bikes by DI reply 3@a: thanks, ask [address]`

func TestMailArchives(t *testing.T) {
	news := letter("5@a", "ed", "2026-11-20", "Pumps", "", "air")
	entry := func(id, above, date string) string {
		inReplyTo := ""
		if above != "" {
			inReplyTo = `<thr:in-reply-to ref="urn:x" href="BASE/bikes/` + above + `/"/>`
		}
		return `<entry><author><name>x</name></author><updated>` + date + `T00:00:00Z</updated><link href="BASE/bikes/` + id + `/"/>` + inReplyTo + `<content type="xhtml"><link href="x"/></content></entry>`
	}
	atom := func(entries ...string) string {
		return `<?xml version="1.0" encoding="us-ascii"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"><link href="BASE"/>` + strings.Join(entries, "") + `</feed>`
	}
	for _, c := range []struct {
		name, path           string
		pages, more          map[string]string
		first, second, third string // requests
	}{
		{"pipermail", "/pipermail/bikes", map[string]string{
			"pipermail/bikes/":                      `<a href="2026-November.txt">x</a><a href="2026-October.txt">x</a><a href="2026-October.txt.gz">x</a><a href="2026-September.txt.gz">x</a><a href="2026-November/thread.html">x</a><a href="https://elsewhere.example/2026-August.txt">x</a>`,
			"pipermail/bikes/2026-September.txt.gz": packed(september()),
			"pipermail/bikes/2026-October.txt.gz":   packed(october()),
			"pipermail/bikes/2026-November.txt":     november(),
		}, map[string]string{"pipermail/bikes/2026-November.txt": november() + news},
			"/pipermail/bikes/ /pipermail/bikes/2026-September.txt.gz /pipermail/bikes/2026-October.txt.gz /pipermail/bikes/2026-November.txt",
			"/pipermail/bikes/ /pipermail/bikes/2026-November.txt", "/pipermail/bikes/ /pipermail/bikes/2026-November.txt"},
		{"HyperKitty", "/hk/list/bikes@lists.example", map[string]string{
			"hk/list/bikes@lists.example/": `<a href="/hk/list/bikes@lists.example/2026/11/">x</a><a href="/hk/list/bikes@lists.example/2026/9/">x</a><a href="/hk/list/bikes@lists.example/2026/10/">x</a><a href="/hk/list/bikes@lists.example/latest">x</a><a href="/hk/list/bikes@lists.example/2026/13/">x</a>`,
			"hk/list/bikes@lists.example/export/bikes@lists.example.mbox.gz?end=2026-10-01&start=2026-09-01": packed(september()),
			"hk/list/bikes@lists.example/export/bikes@lists.example.mbox.gz?end=2026-11-01&start=2026-10-01": packed(october()),
			"hk/list/bikes@lists.example/export/bikes@lists.example.mbox.gz?end=2026-12-01&start=2026-11-01": packed(november()),
		}, map[string]string{"hk/list/bikes@lists.example/export/bikes@lists.example.mbox.gz?end=2026-12-01&start=2026-11-01": packed(november() + news)},
			"/hk/list/bikes@lists.example/ …?end=2026-10-01&start=2026-09-01 …?end=2026-11-01&start=2026-10-01 …?end=2026-12-01&start=2026-11-01",
			"/hk/list/bikes@lists.example/ …?end=2026-12-01&start=2026-11-01", "/hk/list/bikes@lists.example/ …?end=2026-12-01&start=2026-11-01"},
		{"public-inbox", "/bikes", map[string]string{
			"bikes/":            `<link rel=alternate href="new.atom" type="application/atom+xml"/>`,
			"bikes/new.atom":    atom(entry("4@a", "3@a", "2026-11-05"), entry("3@a", "2@a", "2026-10-04"), entry("2@a", "1@a", "2026-10-03")),
			"bikes/all.mbox.gz": packed(september() + october() + november()),
		}, map[string]string{
			"bikes/new.atom":      atom(entry("5@a", "", "2026-11-20"), entry("4@a", "3@a", "2026-11-05"), entry("3@a", "2@a", "2026-10-04")),
			"bikes/5@a/t.mbox.gz": packed(news),
		}, "/bikes/ /bikes/all.mbox.gz /bikes/new.atom", "/bikes/ /bikes/new.atom", "/bikes/ /bikes/new.atom /bikes/5@a/t.mbox.gz"},
		{"public-inbox without all.mbox.gz", "/bikes", map[string]string{
			"bikes/":                          `<link rel=alternate href="new.atom" type="application/atom+xml"/>`,
			"bikes/new.atom":                  atom(entry("4@a", "3@a", "2026-11-05"), entry("3@a", "2@a", "2026-10-04")),
			"bikes/new.atom?t=20261004000000": atom(entry("2@a", "1@a", "2026-10-03"), entry("1@a", "", "2026-09-03")),
			"bikes/new.atom?t=20260903000000": atom(),
			"bikes/3@a/t.mbox.gz":             packed(september() + october() + november()),
			"bikes/1@a/t.mbox.gz":             packed(september() + october() + november()),
		}, map[string]string{
			"bikes/new.atom":      atom(entry("5@a", "", "2026-11-20"), entry("4@a", "3@a", "2026-11-05")),
			"bikes/5@a/t.mbox.gz": packed(news),
		}, "/bikes/ /bikes/all.mbox.gz /bikes/new.atom /bikes/3@a/t.mbox.gz /bikes/new.atom?t=20261004000000 /bikes/1@a/t.mbox.gz /bikes/new.atom?t=20260903000000",
			"/bikes/ /bikes/new.atom", "/bikes/ /bikes/new.atom /bikes/5@a/t.mbox.gz"},
	} {
		site, src, show := serveArchive(t, c.path)
		show(c.pages)
		clock, m := newClock(), newMemory()
		for i, asked := range []string{c.first, c.second, c.third} {
			want := theLetters
			if i == 2 {
				show(c.more)
				want += "\n2026-11-20 5@a in 5@a bikes by ED  : air"
			}
			s := crawlSource(t, src, clock, m)
			clock.pass(time.Hour)
			got := strings.ReplaceAll(strings.Join(site.asked(), " "), c.path+"/export/bikes@lists.example.mbox.gz", "…")
			if got != asked || s.Dead != 0 || s.Stopped != "" {
				t.Errorf("%s, run %d: %d dead, %q, asked\ngot  %s\nwant %s", c.name, i+1, s.Dead, s.Notes, got, asked)
			}
			if got := m.letters(); got != want {
				t.Errorf("%s, run %d:\ngot  %s\nwant %s", c.name, i+1, got, want)
			}
		}
		for _, a := range m.authors {
			if strings.Contains(fmt.Sprint(a), "@") || strings.Contains(fmt.Sprint(a), " at ") {
				t.Errorf("%s: an address is stored: %+v", c.name, a)
			}
		}
	}
}

func TestRealPipermail(t *testing.T) {
	const folder = captures + "mbox_pipermail/"
	names := map[string]string{"r-help_1997-April.txt": "1997-April.txt", "r-sig-mac_2005-May.txt": "2005-May.txt", "r-sig-finance_2013q4.txt": "2013q4.txt.gz", "r-sig-geo_2014-March.txt": "2014-March.txt.gz"}
	site := &staticSite{files: os.DirFS(t.TempDir()), changed: map[string]string{}}
	for file, name := range names {
		b, err := os.ReadFile(folder + file)
		if err != nil {
			t.Skipf("no captures here: %v", err)
		}
		site.changed["pipermail/r/"+name] = string(b)
		if strings.HasSuffix(name, ".gz") {
			site.changed["pipermail/r/"+name] = packed(string(b))
		}
		site.changed["pipermail/r/"] += `<a href="` + name + `">x</a>`
	}
	base, allow := serveSite(t, site)
	src := SourceConfig{Name: "forum", Kind: "mailarchive", URL: base + "/pipermail/r/", Allow: allow}
	c, m := newClock(), newMemory()
	s := crawlSource(t, src, c, m)
	got := fmt.Sprintf("%d requests, %d failures, %s", len(site.asked()), len(m.failures), m.tally())
	if want := "5 requests, 0 failures, 667 posts 244 authors 286 threads; 247 first, 419 reply, 0 quote, 1 topic, 0 without time; f10159f56b81"; got != want || s.Dead != 0 {
		t.Errorf("%d dead, %q\ngot  %s\nwant %s", s.Dead, s.Notes, got, want)
	}
	c.pass(24 * time.Hour)
	if s := crawlSource(t, src, c, m); len(site.asked()) != 1 || s.Saved.New+s.Saved.Changed+s.Saved.Unchanged != 0 {
		t.Errorf("months that are over: %+v, want the list of months alone", s)
	}
}

func FuzzMailArchive(target *testing.F) {
	f := fuzz.Of(target)
	f.Add("index", `<a href="2026-November.txt.gz">x</a><a href="/list/x/2026/11/">x</a>`)
	f.Add("index", `<link href="new.atom">`)
	f.Add("month", october())
	f.Add("atom", `<feed><entry><updated>2026-11-05T00:00:00Z</updated><link href="https://lists.example/bikes/1@a/"/></entry></feed>`)
	f.Fuzz(func(t *testing.T, kind, body string) {
		a := openMailArchive(SourceConfig{Name: "forum"}, "https://lists.example/bikes", time.Time{})
		task := data.Task{Source: "forum", Key: kind, Kind: kind, URL: "https://lists.example/bikes/", Due: newClock().at}
		r := Response{URL: task.URL, Status: 200, Header: http.Header{}, Body: []byte(body), FetchedAt: newClock().at}
		var out, again Out
		err := a.Parse(task, r, &out)
		if (a.Parse(task, r, &again) == nil) != (err == nil) || again.Cursor != out.Cursor || len(again.Batch.Tasks) != len(out.Batch.Tasks) {
			t.Errorf("read twice, two results: %q", body)
		}
		for _, ask := range out.Batch.Tasks {
			if u, wrong := url.Parse(webURL(ask.URL)); err == nil && (wrong != nil || u.Host != "lists.example") {
				t.Errorf("leads away from the archive: %s", ask.URL)
			}
		}
		for _, p := range out.Batch.Posts {
			if p.ID == p.Parent || len(p.NativeID) != 32 {
				t.Errorf("makes no sense: %+v", p)
			}
		}
	})
}

// serveArchive serves a mail archive of the pages that show is given, in which BASE stands for its
// address, and returns the site and the source that reads it from path.
func serveArchive(t *testing.T, path string) (site *staticSite, src SourceConfig, show func(pages map[string]string)) {
	t.Helper()
	site = &staticSite{files: os.DirFS(t.TempDir()), changed: map[string]string{}}
	base, allow := serveSite(t, site)
	show = func(pages map[string]string) {
		for name, text := range pages {
			site.changed[name] = strings.ReplaceAll(text, "BASE", base)
		}
	}
	return site, SourceConfig{Name: "forum", Kind: "mailarchive", URL: base + path, Allow: allow}, show
}
