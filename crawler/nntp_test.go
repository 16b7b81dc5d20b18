package crawler

import (
	"io"
	"strings"
	"testing"
	"time"
)

// A newsMisdeed is one thing a news server may do wrong.
type newsMisdeed struct {
	name  string
	spoil func(n *newsroom)
	posts int    // that are kept all the same
	says  string // part of a line
}

func newsMisdeeds() []newsMisdeed {
	endless := strings.Repeat("x", 64<<10)
	flood := func(c io.Writer) bool {
		for {
			if _, err := io.WriteString(c, endless); err != nil {
				return true
			}
		}
	}
	at := func(command string, do func(c io.Writer) bool) func(string, io.Writer) bool {
		return func(got string, c io.Writer) bool { return got == command && do(c) }
	}
	say := func(text string) func(io.Writer) bool {
		return func(c io.Writer) bool { _, _ = io.WriteString(c, text); return true }
	}
	return []newsMisdeed{
		{"an endless line for an answer", func(n *newsroom) { n.rude = at("GROUP bikes.it", flood) }, 0, "line of more than"},
		{"an endless article", func(n *newsroom) {
			n.rude = at("ARTICLE 2", func(c io.Writer) bool { _, _ = io.WriteString(c, "220 2 <x>\r\n"); return flood(c) })
		}, 2, ""},
		{"an endless overview", func(n *newsroom) {
			n.rude = at("XOVER 1-3", func(c io.Writer) bool { _, _ = io.WriteString(c, "224 x\r\n"); return flood(c) })
		}, 0, "too large"},
		{"a hang-up amid an article", func(n *newsroom) { n.rude = at("ARTICLE 2", say("220 2 <x>\r\nFrom: half\r\n")) }, 1, "unexpected EOF"},
		{"a hang-up at once", func(n *newsroom) { n.rude = at("MODE READER", say("")) }, 0, "unexpected EOF"},
		{"half an answer", func(n *newsroom) { n.mute["GROUP"] = "211" }, 0, ""},
		{"dots that are not doubled", func(n *newsroom) {
			n.rude = at("ARTICLE 2", say("220 2 <x>\r\nFrom: a@b.example\r\nDate: "+newClock().at.Format(time.RFC1123Z)+"\r\n\r\n.dot\r\n.\r\nand more\r\n.\r\n"))
		}, 3, ""},
		{"another article", func(n *newsroom) { n.mute["ARTICLE"] = "220 7 <x>\r\n." }, 0, "asked for article 1"},
		{"no numbers", func(n *newsroom) { n.mute["GROUP"] = "211 many" }, 0, "does not keep"},
		{"numbers beyond all", func(n *newsroom) { n.mute["GROUP"] = "211 3 1 99999999999999999999 x" }, 0, "does not keep"},
		{"first after last", func(n *newsroom) { n.mute["GROUP"] = "211 0 4 3 x" }, 0, ""},
		{"an overview of elsewhere", func(n *newsroom) { n.mute["XOVER"] = "224 x\r\n-1\tx\tx\tx\tx\r\n99\tx\tx\tx\tx\r\nx\r\n." }, 0, ""},
		{"no such group", func(n *newsroom) { n.mute["GROUP"] = "411 no" }, 0, "no such newsgroup"},
		{"a password", func(n *newsroom) { n.mute["GROUP"] = "480 who are you?" }, 0, "closed to visitors"},
		{"closed for now", func(n *newsroom) { n.greeting = "400 later" }, 0, "HTTP 503"},
		{"closed for good", func(n *newsroom) { n.greeting = "502 never" }, 0, "closed to visitors"},
		{"a web server", func(n *newsroom) { n.greeting = "HTTP/1.1 400 Bad Request" }, 0, "does not keep"},
		{"one that cannot be had", func(n *newsroom) { n.rude = func(s string, c io.Writer) bool { return false }; n.articles[2] = "" }, 2, ""},
	}
}

// TestHostileNews: what a news server may do wrong. Each ends in time with a line that says so, and
// what was read whole before is kept.
func TestHostileNews(t *testing.T) {
	for _, c := range newsMisdeeds() {
		t.Run(c.name, func(t *testing.T) {
			n := openNewsroom(t)
			for number := 1; number <= 3; number++ {
				n.write(number, number-1, 30-number, "", "text")
			}
			n.mu.Lock()
			c.spoil(n)
			n.mu.Unlock()
			k, m := newClock(), newMemory()
			o := Options{Sources: []SourceConfig{n.source()}, Now: k.now, sleep: k.sleep, adjust: func(g *guard) { g.total, g.tries, g.sent = 5*time.Second, 2, 2<<20 }}
			s, err := Run(t.Context(), o, m)
			said := strings.Join(append(s.Sources[0].Notes, s.Sources[0].Stopped), " ")
			for _, f := range m.failures {
				said += " " + f.Reason
			}
			if err != nil || len(m.posts) != c.posts || !strings.Contains(said, c.says) || c.says != "" && strings.TrimSpace(said) == "" {
				t.Errorf("%d posts, said %q, %v; want %d and %q", len(m.posts), said, err, c.posts, c.says)
			}
		})
	}
	n := openNewsroom(t)
	src := n.source()
	src.Allow = nil
	if s, err := Run(t.Context(), Options{Sources: []SourceConfig{src}, Now: newClock().now}, newMemory()); err != nil || !strings.Contains(s.Sources[0].Stopped, ErrForbiddenAddress.Error()) || len(n.commands) > 0 {
		t.Errorf("a private address: %q, %v; want it refused", s.Sources[0].Stopped, err)
	}
}
