package crawler

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"tribu/data"
	"tribu/data/fuzz"
)

// readForum reads one page and tells what it found, a line each.
func readForum(c SourceConfig, address, page string) (string, error) {
	c.Name = "forum"
	f := openForum(c, "https://forum.example", time.Time{})
	var out Out
	t := data.Task{Source: "forum", Key: "topic:x#m", Kind: "page", URL: address, Depth: 2, Due: newClock().at}
	err := f.Parse(t, Response{URL: address, Status: 200, Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}, Body: []byte(page), FetchedAt: newClock().at}, &out)
	b := out.Batch
	names, native := map[data.AuthorID]string{}, map[data.PostID]string{}
	for _, a := range b.Authors {
		names[a.ID] = a.NativeID
	}
	for _, p := range b.Posts {
		native[p.ID] = p.NativeID
	}
	known := func(id data.PostID) string {
		if native[id] == "" && !id.IsZero() {
			return "?"
		}
		return native[id]
	}
	var lines []string
	for _, p := range b.Posts {
		lines = append(lines, fmt.Sprintf("%s by %s at %s %s %s %q in %q: %s", p.NativeID, names[p.Author], p.CreatedAt.Format("2006-01-02 15:04"), p.ParentBy, known(p.Parent), p.Title, p.Place, strings.ReplaceAll(p.Body, "\n", " ")))
	}
	for _, i := range b.Interactions {
		if i.ToHandle != "" || i.Kind == data.Quote && i.ToPost != b.Posts[slices.IndexFunc(b.Posts, func(p data.Post) bool { return p.ID == i.Post })].Parent {
			lines = append(lines, fmt.Sprintf("%s %ss %s%s", native[i.Post], i.Kind, known(i.ToPost), i.ToHandle))
		}
	}
	for _, id := range b.Tombstones {
		if id == data.NewPostID("forum", "7e3a080801") {
			lines = append(lines, "gone 7e3a080801")
		}
	}
	for _, t := range b.Tasks {
		lines = append(lines, "asks "+t.Key+" at "+t.URL)
	}
	for _, failure := range b.Failures {
		lines = append(lines, "fails "+failure.Subject+": "+failure.Reason)
	}
	return strings.Join(lines, "\n"), err
}

func TestSavedForumPages(t *testing.T) {
	for _, c := range []struct{ file, posts, digest string }{
		{"katzen-forum.net-Pepe.html", "18 posts", "50443d81ad25"},
		{"villagersandheroes.com.forums.patchnotes.html", "9 posts", "a514d4725b1b"},
	} {
		b, err := os.ReadFile(captures + "web_pages_html/" + c.file)
		if err != nil {
			t.Skipf("no captures here: %v", err)
		}
		got, err := readForum(SourceConfig{Preset: "xenforo"}, "https://forum.example/threads/x.1/", string(b))
		sum := fmt.Sprintf("%x", sha256.Sum256([]byte(got)))[:12]
		posts := fmt.Sprintf("%d posts", len(regexp.MustCompile(`(?m)^\d+ by .+ at 20\d\d-`).FindAllString(got, -1)))
		if err != nil || posts != c.posts || sum != c.digest {
			t.Errorf("%s: %v\ngot  %s %s %.1800s\nwant %s %s", c.file, err, posts, sum, got, c.posts, c.digest)
		}
	}
}

func TestForumPresets(t *testing.T) {
	for _, c := range []struct{ preset, address, page, want string }{
		{"phpbb", "https://forum.example/viewtopic.php?f=2&t=5", `<h2 class="topic-title"><a>Chains</a></h2>
<div id="p11" class="post bg1"><dl class="postprofile"><dt><a class="username" href="./memberlist.php?mode=viewprofile&u=7">ada</a></dt></dl>
<p class="author"><a href="#"></a>by ada » <time datetime="2021-02-03T10:00:00+00:00">Wed Feb 03, 2021 10:00 am</time></p><div class="content">Mine squeaks</div><div class="signature">sig</div></div>
<div id="p12" class="post bg2"><dl class="postprofile"><dt><span class="username">Guest</span></dt></dl>
<p class="author">by Guest » Wed Feb 03, 2021 11:00 am</p><div class="content"><blockquote><div><cite><a href="./memberlist.php?u=7">ada</a> wrote: <a href="./viewtopic.php?p=11#p11" data-post-id="11">↑</a></cite>Mine squeaks</div></blockquote>oil, @bo</div><div class="notice">Last edited</div></div>
<div class="pagination"><ul><li class="next"><a class="button" rel="next" href="./viewtopic.php?f=2&amp;t=5&amp;sid=0a&amp;start=10">Next</a></li></ul></div>`,
			`11 by ada at 2021-02-03 10:00   "Chains" in "": Mine squeaks
12 by guest:Guest:/viewtopic.php?t=5 at 2021-02-03 11:00 quote 11 "" in "": <blockquote><div>Mine squeaks</div></blockquote>oil, @bo
12 mentions bo
asks topic:https://forum.example/viewtopic.php?f=2&t=5&start=10#m at https://forum.example/viewtopic.php?f=2&t=5&start=10`},
		{"phpbb", "https://forum.example/viewforum.php?f=2", `<ul class="topiclist topics"><li class="row"><dl><dt><a href="./viewtopic.php?f=2&amp;t=5&amp;sid=0a" class="topictitle">Chains</a></dt>
<dd class="posts">3 <dfn>Replies</dfn></dd><dd class="views">99</dd><dd class="lastpost"><span><a>bo</a> <time datetime="2021-02-03T10:00:00+00:00">x</time></span></dd></dl></li></ul><div class="pagination"><ul><li class="next"><a href="./viewforum.php?f=2&amp;start=25">Next</a></li></ul></div>`,
			`asks topic:/viewtopic.php?t=5#3 Replies|2021-02-03T10:00:00+00:00 at https://forum.example/viewtopic.php?f=2&t=5
asks page:https://forum.example/viewforum.php?f=2&start=25 at https://forum.example/viewforum.php?f=2&start=25`},
		{"smf", "https://forum.example/index.php?topic=12.0", `<div id="forumposts"><h3>Topic: Chains (Read 9 times)</h3></div>
<div class="post_wrapper"><div class="poster"><h4><a href="https://forum.example/index.php?action=profile;u=7">ada</a></h4></div><div class="postarea"><div class="keyinfo"><h5 id="subject_11"></h5><div class="smalltext">&#171; <strong>on:</strong> May 05, 2011, 10:12:33 PM &#187;</div></div><div class="post"><div class="inner" id="msg_11">Mine squeaks</div></div></div></div>
<div class="post_wrapper"><div class="poster"><h4><a href="https://forum.example/index.php?action=profile;u=8">bo</a></h4></div><div class="postarea"><div class="keyinfo"><h5 id="subject_12"></h5><div class="smalltext">&#171; <strong>Reply #1 on:</strong> May 06, 2011, 10:12:33 AM &#187;</div></div><div class="post"><div class="inner" id="msg_12"><blockquote class="bbc_standard_quote"><cite><a href="https://forum.example/index.php?topic=12.msg11#msg11">Quote from: ada on May 05, 2011</a></cite>Mine</blockquote>oil</div></div></div></div>`,
			`11 by ada at 2011-05-05 22:12   "Chains" in "": Mine squeaks
12 by bo at 2011-05-06 10:12 quote 11 "" in "": <blockquote>Mine</blockquote>oil`},
		{"vbulletin", "https://forum.example/showthread.php?t=5", `<span class="threadtitle"><a>Chains</a></span><ol><li class="postbitlegacy" id="post_11"><span class="date">12-31-2010, <span class="time">05:20 PM</span></span><a class="username" href="member.php?7-ada">ada</a><blockquote class="postcontent restore">Mine squeaks</blockquote></li>
<li class="postbitlegacy" id="post_12"><span class="postdate"><span class="date">01-13-2011, <span class="time">05:20 PM</span></span></span><a class="username" href="member.php?8-bo">bo</a><blockquote class="postcontent restore"><div class="bbcode_quote"><div class="bbcode_postedby">Originally Posted by <strong>ada</strong> <a href="showthread.php?p=11#post11">x</a></div><div class="message">Mine</div></div>oil</blockquote></li></ol>`,
			`11 by ada at 2026-11-22 08:00   "Chains" in "": Mine squeaks
12 by bo at 2011-01-13 17:20 quote 11 "" in "": <blockquote><div class="message">Mine</div></blockquote>oil
fails https://forum.example/showthread.php#11: time : cannot be read`},
		{"nodebb", "https://forum.example/topic/12/chains", `<h1 component="post/header"><span component="topic/title">Chains</span></h1><ul component="topic"><li component="post" data-pid="11" data-username="ada"><a href="/user/ada">ada</a><span class="timeago" title="2021-02-03T10:00:00.000Z"></span><div component="post/content"><p>Mine squeaks</p></div></li>
<li component="post" data-pid="12" data-username="bo"><a href="/user/bo">bo</a><a component="post/parent" data-topid="11">ada</a><span class="timeago" title="2021-02-03T11:00:00.000Z"></span><div component="post/content"><p>oil</p></div></li></ul>`,
			`11 by ada at 2021-02-03 10:00   "Chains" in "": <p>Mine squeaks</p>
12 by bo at 2021-02-03 11:00 reply 11 "" in "": <p>oil</p>`},
		{"xenforo", "https://forum.example/forums/f.1/", `<div class="structItem structItem--thread"><div class="structItem-title"><a href="/threads/chains.5/">Chains</a></div><div class="structItem-cell--meta"><dl class="pairs"><dt>Replies</dt><dd>3</dd></dl></div><time class="structItem-latestDate" data-time="1612345678"></time></div><a class="pageNav-jump pageNav-jump--next" href="/forums/f.1/page-2">Next</a>`,
			`asks topic:/threads/chains.5#3|1612345678 at https://forum.example/threads/chains.5/
asks page:https://forum.example/forums/f.1/page-2 at https://forum.example/forums/f.1/page-2`},
		{"fossil", "https://forum.example/forumpost/65c47613a1", `<div class="content"><div id='forum9' class='forumTime'><h1>Chains</h1><h3 class='forumPostHdr'>(1.1) By <a href="/timeline?u=ada">ada</a> on 2026-11-20 04:16:14 edited from <a href="/forumpost/2055ff0ecc?hist">1.0</a> <a href="/forumpost/c80eaf07b3103d2d?raw">[source]</a></h3><div class='forumPostBody'><p>Mine squeaks</p></div></div>
<div id='forum12' class='forumTime'><h3 class='forumPostHdr'>(2) By <a href="/timeline?u=bo">bo</a> on 2026-11-20 04:17:25 in reply to <a href="/forumpost/2055ff0ecc">1.0</a> <a href="/forumpost/8503c7001ff5bb44">[link]</a> <a href="/forumpost/8503c7001ff5bb44?raw">[source]</a></h3><div class='forumPostBody'><p>oil</p></div></div>
<div id='forum13' class='forumTime'><h3 class='forumPostHdr'>(3.1) By <a href="/timeline?u=cy">cy</a> on 2026-11-20 04:18:25 edited from <a href="/forumpost/7e3a080801?hist">3.0</a> <a href="/forumpost/d69153d41067787a?raw">[source]</a></h3><i>Deleted</i></div></div>`,
			`2055ff0ecc by ada at 2026-11-20 04:16   "Chains" in "": <p>Mine squeaks</p>
8503c7001f by bo at 2026-11-20 04:17 reply 2055ff0ecc "" in "": <p>oil</p>
gone 7e3a080801
asks look:168:https://forum.example/forumpost/65c47613a1 at https://forum.example/forumpost/65c47613a1`},
	} {
		got, err := readForum(SourceConfig{Preset: c.preset}, c.address, c.page)
		if got != c.want || err != nil {
			t.Errorf("%s: %v\ngot  %s\nwant %s", c.preset, err, got, c.want)
		}
		if unnamed, err := readForum(SourceConfig{}, c.address, c.page); unnamed != c.want || err != nil {
			t.Errorf("%s, not named: %v\ngot  %s\nwant %s", c.preset, err, unnamed, c.want)
		}
	}
}

// longTopic is a topic of two posts a page, as phpBB shows it.
func longTopic(posts, page int) string {
	text := `<h2 class="topic-title">Chains</h2>`
	for n := 2*page + 1; n <= min(2*page+2, posts); n++ {
		text += fmt.Sprintf(`<div class="post" id="p%d"><dl class="postprofile"><dt><a class="username" href="/u/%d">author %d</a></dt></dl><p class="author"><time datetime="2026-11-0%dT10:00:00Z"></time></p><div class="content">post %d</div></div>`, n, n, n, n, n)
	}
	if posts > 2*page+2 {
		text += fmt.Sprintf(`<a rel="next" href="/viewtopic.php?t=5&start=%d">next</a>`, 2*page+2)
	}
	return text
}

func TestOnlyTheLastPageIsReadAgain(t *testing.T) {
	site := &staticSite{files: os.DirFS(t.TempDir()), changed: map[string]string{}}
	show := func(posts int) {
		site.mu.Lock()
		defer site.mu.Unlock()
		site.changed["index.html"] = `<ul class="topiclist forums"><li class="row"><a class="forumtitle" href="/viewforum.php?f=2">Bikes</a></li></ul>`
		for page := range 3 {
			row := fmt.Sprintf(`<li class="row"><a class="topictitle" href="/viewtopic.php?t=%d5">old</a><dd class="posts">0</dd><dd class="lastpost"><time datetime="2026-0%d-01T10:00:00Z"></time></dd></li>`, page+1, 9-page)
			name := "viewforum.php?f=2"
			if page == 0 {
				row += fmt.Sprintf(`<li class="row"><a class="topictitle" href="/viewtopic.php?t=5">Chains</a><dd class="posts">%d</dd><dd class="lastpost"><time datetime="2026-11-0%dT10:00:00Z"></time></dd></li>`, posts-1, posts)
			} else {
				name += fmt.Sprintf("&start=%d", page)
			}
			next := fmt.Sprintf(`<a rel="next" href="/viewforum.php?f=2&start=%d">next</a>`, page+1)
			if page == 2 {
				next = ""
			}
			site.changed[name] = `<ul class="topiclist topics">` + row + "</ul>" + next
		}
		site.changed["viewtopic.php?t=5"] = longTopic(posts, 0)
		for page := 1; 2*page < posts; page++ {
			site.changed[fmt.Sprintf("viewtopic.php?t=5&start=%d", 2*page)] = longTopic(posts, page)
		}
	}
	src := SourceConfig{Name: "forum", Kind: "forum", Preset: "phpbb"}
	src.URL, src.Allow = serveSite(t, site)
	c, m := newClock(), newMemory()
	for _, step := range []struct {
		posts int
		asked string
	}{
		{5, "/ /viewforum.php?f=2 /viewforum.php?f=2&start=1 /viewforum.php?f=2&start=2 /viewtopic.php?t=15 /viewtopic.php?t=25 /viewtopic.php?t=35 /viewtopic.php?t=5 /viewtopic.php?t=5&start=2 /viewtopic.php?t=5&start=4"},
		{5, "/ /viewforum.php?f=2"},
		{7, "/ /viewforum.php?f=2 /viewtopic.php?t=5&start=4 /viewtopic.php?t=5&start=6"},
		{7, "/ /viewforum.php?f=2"},
	} {
		show(step.posts)
		c.pass(time.Hour)
		s := crawlSource(t, src, c, m)
		asked := site.asked()
		slices.Sort(asked)
		if got := strings.Join(asked, " "); got != step.asked || len(m.posts) != step.posts || s.Stopped != "" {
			t.Errorf("%d posts: %d read, asked\ngot  %s\nwant %s", step.posts, len(m.posts), got, step.asked)
		}
	}
	for _, p := range m.posts {
		if first := data.NewPostID("forum", "1"); p.ID != first && p.Parent != first {
			t.Errorf("post %s answers %v, want the first post", p.NativeID, p.Parent)
		}
	}
}

func FuzzForumPage(target *testing.F) {
	f := fuzz.Of(target)
	f.Add("phpbb", longTopic(5, 0))
	for name := range presets() {
		f.Add(name, `<div class="post" id="p1"><h3>(1) By ada on 2026-01-01 10:00</h3><blockquote>x</blockquote></div>`)
	}
	f.Fuzz(func(t *testing.T, preset, page string) {
		if _, known := presets()[preset]; !known {
			return
		}
		got, err := readForum(SourceConfig{Preset: preset}, "https://forum.example/viewtopic.php?t=5", page)
		again, _ := readForum(SourceConfig{Preset: preset}, "https://forum.example/viewtopic.php?t=5", page)
		if got != again {
			t.Errorf("read twice, two results: %q", page)
		}
		if err == nil && !utf8.ValidString(got) {
			t.Errorf("invalid UTF-8 of %q: %q", page, got)
		}
		for line := range strings.Lines(got) {
			if strings.HasPrefix(line, "asks ") && !strings.Contains(line, " at https://forum.example/") {
				t.Errorf("leads away from the forum: %s", line)
			}
		}
	})
}

func TestFossilsOlderThreadsFollow(t *testing.T) {
	site := &staticSite{files: os.DirFS(t.TempDir()), changed: map[string]string{}}
	for page := range 4 {
		rows, name := "", "forum/"
		if page > 0 {
			name = fmt.Sprintf("forum?x=%d&n=1", page)
			rows = fmt.Sprintf(`<tr><td colspan="3"><a href="/forum?x=%d&amp;n=1">&uarr; Newer...</a></td></tr>`, max(page-1, 0))
		}
		rows += fmt.Sprintf(`<tr><td>now</td><td><a href="/forumpost/%010d">thread %d</a></td><td>no replies</td></tr>`, page, page)
		if page < 3 {
			rows += fmt.Sprintf(`<tr><td colspan="3"><a href="/forum?x=%d&amp;n=1">&darr; Older...</a></td></tr>`, page+1)
		}
		site.changed[name] = `<div class="content"><div class="forumPosts"><table>` + rows + `</table></div></div>`
		site.changed[fmt.Sprintf("forumpost/%010d", page)] = fmt.Sprintf(`<div class="content"><h1>x</h1><div class='forumTime'><h3 class='forumPostHdr'>(1) By <a href="/timeline?u=ada">ada</a> on 2026-11-20 04:16:14 <a href="/forumpost/%010d?raw">[source]</a></h3><div class='forumPostBody'><p>%d</p></div></div></div>`, page, page)
	}
	src := SourceConfig{Name: "forum", Kind: "forum", Preset: "fossil"}
	src.URL, src.Allow = serveSite(t, site)
	src.URL += "/forum"
	m := newMemory()
	if s := crawlSource(t, src, newClock(), m); len(m.posts) != 4 {
		t.Errorf("%d posts, asked for %q, %+v; want the threads of all four pages", len(m.posts), site.asked(), s)
	}
}
