package crawler_test

import (
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gocolly/colly/v2"
	"github.com/gocolly/colly/v2/queue"

	"tribu/crawler"
	"tribu/crawler/archive"
	"tribu/data/sqlite"
)

var (
	figures  = flag.Bool("figures", false, "what crawling costs beside Scrapy and a plain colly queue")
	figureAs = flag.String("figure", "", "the part that a process of its own plays for -figures")
	figureAt = flag.String("figure-at", "", "its address or file")
	figureTo = flag.String("figure-to", "", "its folder")
)

// TestFigures prints what crawling costs in CPU-seconds. Everyone runs in a process of their own,
// on the same pages; a run over a few pages is taken off, so that what it costs to start is not in it.
func TestFigures(t *testing.T) {
	if !*figures {
		t.Skip("make bench runs this")
	}
	const few, many = 20, 2000
	perPage := map[string]float64{}
	for _, who := range []string{"tribu", "colly", "scrapy"} {
		perPage[who] = (cpuOfCrawl(t, who, many) - cpuOfCrawl(t, who, few)) / (many - few) * 1000
	}
	fmt.Printf("%-60s %.3f ms, stored durably\n", "CPU for a forum page of 8 KB with six posts", perPage["tribu"])
	fmt.Printf("%-60s %s\n", "  beside Scrapy (0.10 wanted)", ratio(perPage["tribu"], perPage["scrapy"], "needs Scrapy: apt-get install python3-scrapy"))
	fmt.Printf("%-60s %s\n", "  beside a plain colly queue that writes lines (1.0 wanted)", ratio(perPage["tribu"], perPage["colly"], ""))
	site := httptest.NewServer(feedSite(30))
	defer site.Close()
	dir := t.TempDir()
	first, again := cpuOf(t, "feeds", site.URL, dir), cpuOf(t, "feeds", site.URL, dir)
	fmt.Printf("%-60s %.2f CPU-s (1 wanted)\n%-60s %.2f CPU-s (0.1 wanted)\n", "500 feeds of 30 items", first, "  again, all unchanged (304)", again)
	rows := writeRows(t, 100_000)
	fmt.Printf("%-60s %s\n", "import of 100,000 rows beside sqlite3 .import (2 wanted)", ratio(cpuOf(t, "import", rows, t.TempDir()), cpuOf(t, "sqlite3", rows, t.TempDir()), "needs sqlite3: apt-get install sqlite3"))
}

func ratio(ours, theirs float64, missing string) string {
	if theirs <= 0 {
		return missing
	}
	return fmt.Sprintf("%.2f (%.3g to %.3g)", ours/theirs, ours, theirs)
}

// cpuOfCrawl returns the CPU-seconds of a crawl of a forum with so many topics, 0 where who is not installed.
func cpuOfCrawl(t *testing.T, who string, topics int) float64 {
	site := httptest.NewServer(forumSite(topics))
	defer site.Close()
	return cpuOf(t, who, site.URL, t.TempDir())
}

func cpuOf(t *testing.T, who, at, to string) float64 {
	c := exec.Command(os.Args[0], "-test.run", "^TestFigureOf$", "-figure", who, "-figure-at", at, "-figure-to", to)
	switch who {
	case "scrapy":
		script := filepath.Join(to, "spider.py")
		if err := os.WriteFile(script, []byte(spider), 0o600); err != nil {
			t.Fatal(err)
		}
		c = exec.Command("scrapy", "runspider", script, "-a", "at="+at, "-s", "JOBDIR="+filepath.Join(to, "job"), "-o", filepath.Join(to, "posts.jsonl"), "-s", "LOG_ENABLED=0", "-s", "ROBOTSTXT_OBEY=1", "-s", "TELNETCONSOLE_ENABLED=0")
	case "sqlite3":
		c = exec.Command("sqlite3", filepath.Join(to, "posts.db"), "pragma journal_mode=wal", "pragma synchronous=full",
			"create table post(id text primary key, author text, created_at text, parent_id text, thread_id text, title text, text text) without rowid", "create index by_thread on post(thread_id)", "create index by_time on post(created_at)",
			".mode csv", ".import --skip 1 "+at+" post")
	}
	if _, err := exec.LookPath(c.Path); err != nil {
		return 0
	}
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", who, err, out)
	}
	return (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds()
}

// TestFigureOf plays one part of TestFigures.
func TestFigureOf(t *testing.T) {
	switch *figureAs {
	case "tribu":
		u, _ := url.Parse(*figureAt)
		n := figureCrawl(t, []crawler.SourceConfig{{Name: "forum", Kind: "forum", Preset: "phpbb", URL: *figureAt, Allow: []string{u.Host}}})
		if n == 0 || n%6 != 0 {
			t.Fatalf("%d posts", n)
		}
	case "feeds":
		u, _ := url.Parse(*figureAt)
		var all []crawler.SourceConfig
		for i := range 500 {
			all = append(all, crawler.SourceConfig{Name: fmt.Sprintf("feed-%d", i), Kind: "feed", URL: fmt.Sprintf("%s/feed/%d", *figureAt, i), Allow: []string{u.Host}})
		}
		if n := figureCrawl(t, all); n != 0 && n != 500*30 {
			t.Fatalf("%d posts", n)
		}
	case "import":
		defer debug.SetGCPercent(debug.SetGCPercent(300)) // as tribu import does
		db := figureStore(t, 16<<20)
		if r, err := archive.Import(t.Context(), *figureAt, archive.Options{}, db); err != nil || r.Rejected > 0 {
			t.Fatalf("%+v, %v", r, err)
		}
		_ = db.Close()
	case "colly":
		collyQueue(t)
	default:
		t.Skip("TestFigures runs this")
	}
}

func figureStore(t *testing.T, cache int) *sqlite.DB {
	db, err := sqlite.Open(t.Context(), filepath.Join(*figureTo, "tribu.db"), sqlite.Options{Create: true, Now: time.Now, CacheBytes: cache})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// figureCrawl returns how many posts are new.
func figureCrawl(t *testing.T, all []crawler.SourceConfig) int {
	defer debug.SetGCPercent(debug.SetGCPercent(150)) // with little cache, as tribu crawl does
	db := figureStore(t, 4<<20)
	defer db.Close()
	s, err := crawler.Run(t.Context(), crawler.Options{Sources: all, Now: time.Now}, db)
	if err != nil {
		t.Fatal(err)
	}
	posts := 0
	for _, one := range s.Sources {
		if posts += one.Saved.New; one.Stopped != "" || one.Dead > 0 {
			t.Fatalf("%+v", one)
		}
	}
	return posts
}

// collyQueue reads the forum as colly's documentation does it: a queue in memory, callbacks, a line a post.
func collyQueue(t *testing.T) {
	f, err := os.Create(filepath.Join(*figureTo, "posts.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out, posts := json.NewEncoder(f), 0
	q, err := queue.New(1, &queue.InMemoryQueueStorage{MaxSize: 100_000})
	if err != nil {
		t.Fatal(err)
	}
	c, wire := colly.NewCollector(), &http.Transport{}
	defer wire.CloseIdleConnections()
	c.WithTransport(wire)
	c.OnHTML("a.topictitle, a.forumtitle, a[rel=next]", func(e *colly.HTMLElement) { _ = q.AddURL(e.Request.AbsoluteURL(e.Attr("href"))) })
	c.OnHTML("div.post", func(e *colly.HTMLElement) {
		posts++
		_ = out.Encode(map[string]string{"id": e.Attr("id"), "author": e.ChildText(".postprofile .username"), "time": e.ChildAttr(".author time", "datetime"), "text": e.ChildText(".content")})
	})
	if err := q.AddURL(*figureAt + "/"); err != nil {
		t.Fatal(err)
	}
	if err := q.Run(c); err != nil || posts == 0 || posts%6 != 0 {
		t.Fatalf("%d posts, %v", posts, err)
	}
}

const spider = `
import scrapy

class Forum(scrapy.Spider):
    name = "forum"

    def __init__(self, at):
        self.start_urls = [at + "/"]

    def parse(self, response):
        for post in response.css("div.post"):
            yield {"id": post.attrib["id"], "author": post.css(".postprofile .username::text").get(), "time": post.css(".author time").attrib["datetime"], "text": " ".join(post.css(".content ::text").getall())}
        yield from response.follow_all(css="a.topictitle, a.forumtitle, a[rel=next]", callback=self.parse)
`

// forumSite serves a forum as phpBB shows it: 50 topics to a list, six posts of about a kilobyte to a topic.
func forumSite(topics int) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		n, _ := strconv.Atoi(r.URL.Query().Get("t"))
		start, _ := strconv.Atoi(r.URL.Query().Get("start"))
		switch {
		case r.URL.Path == "/robots.txt":
			http.NotFound(w, r)
		case r.URL.Path == "/":
			fmt.Fprint(w, `<html><body id="phpbb"><ul class="topiclist forums"><li class="row"><a class="forumtitle" href="/viewforum.php?f=2">Bikes</a></li></ul></body></html>`)
		case r.URL.Path == "/viewforum.php":
			fmt.Fprint(w, `<html><body id="phpbb"><ul class="topiclist topics">`)
			for i := start; i < min(start+50, topics); i++ {
				fmt.Fprintf(w, `<li class="row"><a class="topictitle" href="/viewtopic.php?t=%d">topic %d</a><dd class="posts">5</dd><dd class="lastpost"><time datetime="%s"></time></dd></li>`, i+1, i+1, pageTime(topics-i))
			}
			fmt.Fprint(w, "</ul>")
			if start+50 < topics {
				fmt.Fprintf(w, `<a rel="next" href="/viewforum.php?f=2&amp;start=%d">next</a>`, start+50)
			}
			fmt.Fprint(w, "</body></html>")
		case n > 0:
			fmt.Fprintf(w, `<html><head><title>topic %d</title></head><body id="phpbb"><h2 class="topic-title">topic %d</h2>`, n, n)
			for i := range 6 {
				id := 6*n + i
				fmt.Fprintf(w, `<div class="post" id="p%d"><dl class="postprofile"><dt><a class="username" href="/u/%d">user %d</a></dt><dd>Posts: %d</dd></dl><p class="author"><time datetime="%s"></time></p><div class="content">%s</div></div>`,
					id, id%997, id%997, id, pageTime(n), strings.Repeat(fmt.Sprintf("The chain of bike %d squeaks when it rains, <b>and</b> oil does not help.<br>", id), 14))
			}
			fmt.Fprint(w, "</body></html>")
		default:
			http.NotFound(w, r)
		}
	})
}

func pageTime(n int) string {
	return time.Date(2024, 1, 1, 0, n, 0, 0, time.UTC).Format(time.RFC3339)
}

// feedSite serves any feed, with a validator.
func feedSite(items int) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case !strings.HasPrefix(r.URL.Path, "/feed/"):
			http.NotFound(w, r)
		case r.Header.Get("If-None-Match") == `"1"`:
			w.WriteHeader(http.StatusNotModified)
		default:
			w.Header().Set("ETag", `"1"`)
			fmt.Fprint(w, `<rss version="2.0"><channel><title>Bikes</title>`)
			for i := range items {
				fmt.Fprintf(w, `<item><title>Item %d</title><guid>%s-%d</guid><author>ada</author><pubDate>%s</pubDate><description>%s</description></item>`, i, r.URL.Path, i,
					time.Date(2025, 1, 1, i, 0, 0, 0, time.UTC).Format(time.RFC1123), strings.Repeat("Chains squeak when it rains. ", 12))
			}
			fmt.Fprint(w, `</channel></rss>`)
		}
	})
}

// writeRows writes a file of posts as import and sqlite3 read it.
func writeRows(t *testing.T, rows int) string {
	path := filepath.Join(t.TempDir(), "posts.csv")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := csv.NewWriter(f)
	_ = w.Write([]string{"id", "author", "created_at", "parent_id", "thread_id", "title", "text"})
	for i := range rows {
		parent := ""
		if i%6 > 0 {
			parent = strconv.Itoa(i - 1)
		}
		_ = w.Write([]string{strconv.Itoa(i), fmt.Sprintf("user %d", i%997), pageTime(i), parent, strconv.Itoa(i - i%6), "topic " + strconv.Itoa(i/6), strings.Repeat("Chains squeak when it rains. ", 8)})
	}
	if w.Flush(); w.Error() != nil || f.Close() != nil {
		t.Fatal("write rows", w.Error())
	}
	return path
}
