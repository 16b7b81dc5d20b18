package crawler

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"tribu/data/fuzz"
)

// A loudspeaker answers as the preview of a Telegram channel does, four messages to a page.
type loudspeaker struct{ messages map[int]string }

func newLoudspeaker() *loudspeaker {
	l := &loudspeaker{messages: map[int]string{}}
	for id := 1; id <= 9; id++ {
		l.say(id, "", fmt.Sprintf("message %d", id))
	}
	l.say(7, `<a class="tgme_widget_message_reply" href="https://t.me/Bikes/5"><div class="tgme_widget_message_text">message 5</div></a>`, `oil, <a href="https://t.me/ada">@ada</a>`)
	l.say(8, `<a class="tgme_widget_message_reply" href="https://t.me/bikes/7"></a><span class="tgme_widget_message_from_author">Bo</span>`, "wax<br/>twice")
	l.messages[6] = `<div class="tgme_widget_message service_message" data-post="bikes/6"><div class="tgme_widget_message_text">Channel photo updated</div></div>`
	return l
}

func (l *loudspeaker) say(id int, head, text string) {
	l.messages[id] = fmt.Sprintf(`<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="bikes/%d"><a class="tgme_widget_message_owner_name"><span>Bike news</span></a>%s`+
		`<div class="tgme_widget_message_text js-message_text">%s</div><span class="tgme_widget_message_views">1.2K</span><a class="tgme_widget_message_date"><time datetime="%s"></time></a></div></div>`,
		id, head, text, newClock().at.Add(time.Duration(id-40)*time.Hour).Format("2006-01-02T15:04:05-07:00"))
}

func (l *loudspeaker) answer(_ http.ResponseWriter, r *http.Request) any {
	if !strings.EqualFold(r.URL.Path, "/s/bikes") {
		return nil
	}
	before := 1 << 30
	if b := r.URL.Query().Get("before"); b != "" {
		before = atoi(b)
	}
	var ids []int
	for id := range l.messages {
		if id < before {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	page := `<div class="tgme_channel_info"></div><section class="tgme_channel_history">`
	for _, id := range ids[max(0, len(ids)-4):] {
		page += l.messages[id]
	}
	return "<!DOCTYPE html><html><body>" + page + "</section></body></html>"
}

func TestTelegramIsFollowed(t *testing.T) {
	l := newLoudspeaker()
	f := serveFake(t, l.answer)
	c, m, cfg := newClock(), newMemory(), SourceConfig{Kind: "telegram", URL: f.url + "/s/bikes"}
	s := f.crawl(t, cfg, c, m)
	if got := f.asked(); len(got) != 3 || s.Saved.New != 8 || s.Stopped != "" {
		t.Errorf("first crawl: %q, %+v, %q; want 3 pages, 8 new", got, s.Saved, s.Notes)
	}
	expectPosts(t, m, map[string]string{"5": "Bike news in 5", "7": "Bike news in 5, reply 5, mention ada", "8": "Bo in 5, reply 7", "6": "unknown"})
	if p := m.stored("8"); p.Body != "wax<br/>twice" || p.Views != 1200 || p.Place != "bikes" || p.URL != f.url+"/bikes/8" {
		t.Errorf("message: %+v", p)
	}

	l.say(10, "", "new")
	l.say(9, "", "edited")
	c.pass(time.Hour)
	s = f.crawl(t, cfg, c, m)
	if got := f.asked(); len(got) != 1 || s.Saved.New != 1 || s.Saved.Changed != 1 {
		t.Errorf("an hour later: %q, %+v; want one page, 1 new, 1 edited", got, s.Saved)
	}
	delete(l.messages, 3) // amid the second page
	l.say(2, "", "edited too")
	c.pass(24 * time.Hour)
	if s = f.crawl(t, cfg, c, m); s.Saved.Changed != 1 {
		t.Errorf("a day later: %+v; want 1 edited", s.Saved)
	}
	c.pass(2 * time.Hour)
	if s = f.crawl(t, cfg, c, m); s.Saved.Deleted != 1 || m.post("3") != "gone" {
		t.Errorf("and two hours: %+v, %s; want message 3 deleted", s.Saved, m.post("3"))
	}
}

func TestTelegramWithoutPreview(t *testing.T) {
	f := serveFake(t, func(http.ResponseWriter, *http.Request) any { return `<html><div class="tgme_page">contact @x</div>` })
	s := f.crawl(t, SourceConfig{Kind: "telegram", URL: f.url + "/s/hidden"}, newClock(), newMemory())
	if !strings.Contains(s.Stopped, "shows a preview") {
		t.Errorf("got %q", s.Stopped)
	}
	for at, want := range map[string]string{"https://t.me/bikes": "https://t.me/s/bikes", "https://t.me/s/bikes/": "https://t.me/s/bikes", "https://t.me/+secret": "", "https://elsewhere.example/bikes": ""} {
		_, u, err := newSource(SourceConfig{Name: "x", Kind: "telegram", URL: at}, time.Time{})
		if want == "" && err == nil || want != "" && (err != nil || u.String() != want) {
			t.Errorf("%s: %v, %v; want %q", at, u, err, want)
		}
	}
}

func FuzzTelegram(target *testing.F) {
	f := fuzz.Of(target)
	page := newLoudspeaker().answer(nil, httptest.NewRequest(http.MethodGet, "/s/bikes", nil)).(string)
	f.Add("list", []byte(page))
	f.Add("check", []byte(page))
	keys := map[string]string{"list": "messages:0:1", "again": "again:messages", "check": "check:3", "gone": "gone:3"}
	f.Fuzz(func(t *testing.T, task string, body []byte) {
		fuzzOne(t, SourceConfig{Kind: "telegram", URL: "https://t.me/s/bikes"}, task+"#0:1795334400", keys[task], body)
	})
}
