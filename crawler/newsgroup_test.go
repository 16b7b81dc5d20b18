package crawler

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tribu/crawler/mail"
	"tribu/data"
	"tribu/data/fuzz"
)

// A newsroom answers as a news server with one group does (RFC 3977).
type newsroom struct {
	mu          sync.Mutex
	at          string // HOST:PORT
	articles    map[int]string
	first, last int
	greeting    string
	mute        map[string]string // by verb: answer this instead
	rude        func(command string, c io.Writer) bool
	commands    []string
}

func openNewsroom(t testing.TB) *newsroom {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	n := &newsroom{at: l.Addr().String(), articles: map[int]string{}, first: 1, greeting: "201 welcome", mute: map[string]string{}}
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			wg.Go(func() { n.serve(c) })
		}
	})
	t.Cleanup(func() { _ = l.Close(); wg.Wait() })
	return n
}

func (n *newsroom) serve(c net.Conn) {
	defer c.Close()
	n.mu.Lock()
	greeting := n.greeting
	n.mu.Unlock()
	fmt.Fprintf(c, "%s\r\n", greeting)
	for lines := bufio.NewScanner(c); lines.Scan(); {
		n.mu.Lock()
		verb, rest, _ := strings.Cut(lines.Text(), " ")
		n.commands = append(n.commands, lines.Text())
		answer, muted := n.mute[verb]
		gone := n.rude != nil && n.rude(lines.Text(), c)
		if !muted && !gone {
			answer = n.answer(verb, rest)
		}
		n.mu.Unlock()
		if gone {
			return
		}
		_, _ = io.WriteString(c, answer+"\r\n")
	}
}

func (n *newsroom) answer(verb, rest string) string {
	var from, to int
	switch verb {
	case "MODE":
		return "200 reader"
	case "GROUP":
		if rest != "bikes.it" {
			return "411 no such group"
		}
		return fmt.Sprintf("211 %d %d %d %s", len(n.articles), n.first, n.last, rest)
	case "XOVER":
		_, _ = fmt.Sscanf(rest, "%d-%d", &from, &to)
		out := "224 overview\r\n"
		for _, id := range slices.Sorted(maps.Keys(n.articles)) {
			if m, err := mail.ParseHeader([]byte(n.articles[id])); err == nil && id >= from && id <= to {
				_, name, _ := strings.Cut(n.articles[id], "Message-ID: ")
				name, _, _ = strings.Cut(name, "\n")
				out += fmt.Sprintf("%d\t%s\tx\t%s\t%s\t\t9\t9\r\n", id, m.Subject, m.Date.Format(time.RFC1123Z), name)
			}
		}
		return out + "."
	case "ARTICLE":
		if text, ok := n.articles[atoi(rest)]; ok {
			return "220 " + rest + " <x> article\r\n" + strings.ReplaceAll(strings.ReplaceAll("\n"+text, "\n.", "\n.."), "\n", "\r\n")[2:] + "\r\n."
		}
		return "423 no such article"
	}
	return "500 what?"
}

// write posts an article that answers another (0: none), hours before the clock of the tests.
func (n *newsroom) write(number, answers, hours int, header, body string) {
	h := fmt.Sprintf("From: U%d <u%d@x.example>\nNewsgroups: bikes.it\nSubject: Chains\nMessage-ID: <%d@x>\nDate: %s\n%s", number%3, number%3, number,
		newClock().at.Add(-time.Duration(hours)*time.Hour).Format(time.RFC1123Z), header)
	if answers > 0 {
		h += fmt.Sprintf("References: <%d@x>\n", answers)
	}
	n.articles[number], n.last = h+"\n"+body, max(n.last, number)
}

func (n *newsroom) asked() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	var out []string
	for _, c := range n.commands {
		if !strings.HasPrefix(c, "MODE") && !strings.HasPrefix(c, "GROUP") && !strings.HasPrefix(c, "OVER") && c != "QUIT" {
			out = append(out, c)
		}
	}
	n.commands = nil
	return strings.Join(out, ", ")
}

func (n *newsroom) source() SourceConfig {
	return SourceConfig{Name: "src", Kind: "mailarchive", URL: "nntp://" + n.at + "/bikes.it", Allow: []string{n.at}}
}

func article(number int) string { return mail.Hash(fmt.Sprintf("<%d@x>", number)) }

func TestANewsgroupIsFollowed(t *testing.T) {
	n := openNewsroom(t)
	n.write(3, 0, 900, "", "squeak\n.config\n..")
	n.write(4, 3, 40, "", "> squeak\noil")
	n.write(5, 4, 30, "X-No-Archive: yes\n", "not to be kept")
	n.write(9, 4, 20, "", "wax")
	n.first = 3
	c, m := newClock(), newMemory()
	s := crawlSource(t, n.source(), c, m)
	if got, want := n.asked(), "XOVER 3-9, ARTICLE 3, ARTICLE 4, ARTICLE 5, ARTICLE 9"; got != want || s.Saved.New != 3 || s.Stopped != "" {
		t.Errorf("first crawl: %+v, %q, asked %q; want 3 new, %q", s.Saved, s.Stopped, got, want)
	}
	expectPosts(t, m, map[string]string{article(3): "U0 in " + article(3), article(4): "U1 in " + article(3) + ", reply " + article(3), article(9): "U0 in " + article(3) + ", reply " + article(4)})
	if p := m.stored(article(3)); p.Body != "squeak\n.config\n.." || p.Title != "Chains" || p.Place != "bikes.it" || p.Format != data.FormatText {
		t.Errorf("article 3: %+v", p)
	}

	n.write(12, 9, 1, "Supersedes: <4@x>\n", "better oil")
	delete(n.articles, 4) // superseded
	delete(n.articles, 9) // cancelled
	n.first, n.articles[3] = 4, ""
	delete(n.articles, 3) // expired
	c.pass(time.Hour)
	s = crawlSource(t, n.source(), c, m)
	if got, want := n.asked(), "XOVER 10-12, ARTICLE 12, XOVER 4-9, XOVER 4-4, XOVER 9-9"; got != want || s.Saved.New != 1 || s.Saved.Deleted != 0 {
		t.Errorf("an hour later: %+v, asked %q; want 1 new, %q", s.Saved, got, want)
	}
	c.pass(time.Hour)
	if s = crawlSource(t, n.source(), c, m); s.Saved.Deleted != 2 || m.post(article(4)) != "gone" || m.post(article(9)) != "gone" || m.post(article(3)) == "gone" {
		t.Errorf("and another: %+v; want the two that are gone twice deleted, not the one that expired", s.Saved)
	}
	n.asked()
	c.pass(time.Hour)
	if s = crawlSource(t, n.source(), c, m); n.asked() != "XOVER 12-12" {
		t.Errorf("nothing new: %+v; want the young looked at alone", s.Saved)
	}
	n.articles, n.last, n.first = map[int]string{}, 0, 1
	n.write(1, 12, 0, "Message-ID: <77@x>\n", "moved")
	c.pass(time.Hour)
	if s = crawlSource(t, n.source(), c, m); s.Saved.New != 1 || len(s.Notes) != 1 || s.Saved.Deleted != 0 {
		t.Errorf("numbers that begin anew: %+v, %q; want 1 new and a note", s.Saved, s.Notes)
	}
}

// TestTheNewestArticleIsCancelled: where the last number falls, what is gone is deleted if the rest
// is what it was; numbers that others have now begin anew.
func TestTheNewestArticleIsCancelled(t *testing.T) {
	for _, c := range []struct {
		name    string
		then    func(*newsroom)
		deleted int
		fresh   int
		notes   int
	}{
		{"the newest is gone", func(n *newsroom) { delete(n.articles, 4); n.last = 3 }, 1, 0, 0},
		{"the newest two are gone", func(n *newsroom) { delete(n.articles, 4); delete(n.articles, 3); n.last = 2 }, 2, 0, 0},
		{"and one in between", func(n *newsroom) { delete(n.articles, 4); delete(n.articles, 2); n.last = 3 }, 2, 0, 0},
		{"other articles have the numbers", func(n *newsroom) {
			n.articles = map[int]string{}
			n.write(77, 0, 1, "", "another")
			n.write(78, 0, 1, "", "another")
			n.articles, n.last = map[int]string{2: n.articles[77], 3: n.articles[78]}, 3
		}, 0, 2, 1},
		{"only the old is left", func(n *newsroom) {
			n.articles, n.last = map[int]string{}, 0
			n.write(1, 0, 900, "", "old")
		}, 0, 0, 1},
	} {
		n := openNewsroom(t)
		n.write(1, 0, 900, "", "old")
		for number := 2; number <= 4; number++ {
			n.write(number, 1, 9-number, "", "oil")
		}
		clock, m := newClock(), newMemory()
		crawlSource(t, n.source(), clock, m)
		c.then(n)
		deleted, fresh, notes := 0, 0, 0
		for range 3 {
			clock.pass(time.Hour)
			s := crawlSource(t, n.source(), clock, m)
			deleted, fresh, notes = deleted+s.Saved.Deleted, fresh+s.Saved.New, notes+len(s.Notes)
		}
		if deleted != c.deleted || fresh != c.fresh || notes != c.notes {
			t.Errorf("%s: %d deleted, %d new, %d notes; want %d, %d, %d", c.name, deleted, fresh, notes, c.deleted, c.fresh, c.notes)
		}
	}
}

func TestALongNewsgroup(t *testing.T) {
	n := openNewsroom(t)
	for number := 1; number <= 450; number++ {
		n.write(10*number, 10*number-10, 5000-number*10, "", "text")
	}
	for _, c := range []struct {
		name  string
		mute  string
		since time.Time
		posts int
	}{
		{"whole", "", time.Time{}, 450},
		{"without overviews", "XOVER", time.Time{}, 450},
		{"of the last weeks", "", newClock().at.Add(-800 * time.Hour), 31},
	} {
		n.mu.Lock()
		n.mute = map[string]string{c.mute: "503 no overview"}
		n.mu.Unlock()
		m := newMemory()
		k := newClock()
		s, err := Run(t.Context(), Options{Sources: []SourceConfig{n.source()}, Now: k.now, sleep: k.sleep, Since: c.since}, m)
		if err != nil || len(m.posts) != c.posts || s.Sources[0].Stopped != "" || s.Sources[0].Requests > 60 {
			t.Errorf("%s: %d posts in %d requests, %q, %v; want %d", c.name, len(m.posts), s.Sources[0].Requests, s.Sources[0].Stopped, err, c.posts)
		}
		if _, none := m.post(article(4500)), m.post(article(10)) == "unknown"; none == (c.since.IsZero()) {
			t.Errorf("%s: the first article is unknown: %v", c.name, none)
		}
		if len(m.posts) == 450 && m.threadOf(m.stored(article(4500)).Thread) != article(10) {
			t.Errorf("%s: the last article is in thread %s, want that of the first", c.name, m.threadOf(m.stored(article(4500)).Thread))
		}
	}
	r, err := Test(t.Context(), n.source(), Options{Now: newClock().now})
	if err != nil || !r.Recognised || len(r.Posts) != 2 || r.Problem != "" {
		t.Errorf("probe: %+v, %v", r, err)
	}
}

func FuzzNewsgroup(target *testing.F) {
	f := fuzz.Of(target)
	over := "GROUP bikes.it\r\n211 3 1 300 x\r\nXOVER 1-2\r\n224 x\r\n1\ta\tb\tc\td\r\n2\ta\tb\tc\td\r\n.\r\n"
	f.Add("group", []byte("GROUP bikes.it\r\n211 3 1 300 x\r\n"))
	f.Add("over", []byte(over))
	f.Add("down", []byte(over))
	f.Add("articles", []byte(over+"ARTICLE 1\r\n220 1 <x>\r\nFrom: a@b.example\r\nDate: Tue, 1 Apr 1997 20:35:48 +1200\r\nSupersedes: <x>\r\n\r\n..x\r\n.\r\nARTICLE 2\r\n999 long\r\n"))
	f.Add("gone", []byte(over+"ARTICLE 2\r\n423 x\r\n"))
	f.Fuzz(func(t *testing.T, kind string, body []byte) {
		g := openMailArchive(SourceConfig{Name: "src"}, "nntp://news.example/bikes.it", newClock().at.Add(-time.Hour))
		task := data.Task{Source: "src", Key: kind + ":1-2:9", Kind: kind, URL: "nntp://news.example/bikes.it/1-2", Due: newClock().at}
		r := Response{URL: task.URL, Status: http.StatusOK, Header: http.Header{}, Body: body, FetchedAt: newClock().at}
		out, again := Out{Cursor: `{"number":1,"young":[[1,"9",1795334300]]}`}, Out{Cursor: `{"number":1,"young":[[1,"9",1795334300]]}`}
		err := g.Parse(task, r, &out)
		if (g.Parse(task, r, &again) == nil) != (err == nil) || again.Cursor != out.Cursor || len(again.Batch.Tasks) != len(out.Batch.Tasks) {
			t.Errorf("read twice, two results: %q", body)
		}
		for _, ask := range out.Batch.Tasks {
			if q, wrong := newsQuestionOf(ask.URL); wrong != nil || q.group != "bikes.it" || !strings.HasPrefix(ask.URL, "nntp://news.example/") {
				t.Errorf("a question that makes no sense: %s", ask.URL)
			}
		}
		for _, p := range out.Batch.Posts {
			if p.ID == p.Parent || len(p.NativeID) != 32 {
				t.Errorf("makes no sense: %+v", p)
			}
		}
	})
}

func TestAKilledCrawlOfANewsgroupGoesOn(t *testing.T) {
	n := openNewsroom(t)
	for number := 1; number <= 350; number++ {
		n.write(number, number-1, 400-number, "", "text")
	}
	whole := newMemory()
	crawlSource(t, n.source(), newClock(), whole)
	for _, stopAt := range []int{1, 2, 3, 4} {
		m, c := newMemory(), newClock()
		for killed := 0; ; killed++ {
			m.saves, m.stopAt = 0, stopAt+killed
			_, err := Run(t.Context(), Options{Sources: []SourceConfig{n.source()}, Now: c.now, sleep: c.sleep}, m)
			if err == nil {
				break
			}
			if !errors.Is(err, errKilled) {
				t.Fatal(err)
			}
			m.reopen()
		}
		if got, want := m.content(), whole.content(); got != want {
			t.Errorf("killed at save %d, %d, …: %s", stopAt, stopAt+1, firstDifference(got, want))
		}
	}
}
