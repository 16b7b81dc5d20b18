package crawler

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"tribu/data"
)

func (p *reading) readSite() {
	var site struct {
		Categories []struct {
			ID   int    `json:"id"`
			Name string `json:"name"`
		} `json:"categories"`
	}
	if p.response.Status == 200 && json.Unmarshal(p.response.Body, &site) == nil {
		for _, c := range site.Categories {
			p.state.Places[c.ID] = tidy(c.Name)
		}
	}
}

type latest struct {
	Posts *[]json.RawMessage `json:"latest_posts"`
}

func (p *reading) latestPosts() ([]wirePost, error) {
	if err := p.wantOK(); err != nil {
		return nil, err
	}
	var l latest
	if err := json.Unmarshal(p.response.Body, &l); err != nil {
		return nil, fmt.Errorf("parse %s: %w", plainURL(p.task.URL), err)
	}
	if l.Posts == nil {
		return nil, fmt.Errorf("parse %s: no latest_posts: not a Discourse forum", plainURL(p.task.URL))
	}
	return p.wirePosts(*l.Posts), nil
}

// readNewest learns the highest id and starts the way up to it, or makes it in one step.
func (p *reading) readNewest() error {
	posts, err := p.latestPosts()
	if err != nil {
		return err
	}
	lowest, highest := span(posts)
	st := p.state
	if highest == 0 && st.Max == 0 {
		p.out.Notes = append(p.out.Notes, "the forum shows no post to visitors")
		return nil
	}
	if highest == 0 { // the newest ids are all hidden from visitors
		highest = st.Max + pageIDs
	}
	if highest+idsBack < st.Max {
		p.out.Notes = append(p.out.Notes, fmt.Sprintf("%s: the newest post has id %d, where it was %d: read again from the start", plainURL(p.task.URL), highest, st.Max))
		p.state = &state{Places: st.Places, First: map[int]int{}}
		st = p.state
	}
	fresh := st.Top == 0
	if fresh {
		st.start()
	}
	st.Top = highest
	p.enqueue(p.young())
	if st.Seek != nil || st.Max == 0 && st.At == 0 && !p.since.IsZero() {
		st.Seek = &[2]int{0, (highest + pageIDs - 1) / pageIDs * pageIDs}
		p.seekOn()
		return nil
	}
	if fresh && lowest > 0 && lowest <= st.At {
		p.absorb(posts, st.At, max(highest, st.At))
		st.Empty = 0
	}
	p.goOn()
	return nil
}

// young is the task that, a day from now, has young posts read again.
func (p *reading) young() data.Task {
	return p.discourse.task("young", "young", "/posts.json", 1, p.now().Add(readAgain))
}

// readYoung marks the posts that were young when it was asked for, a day before it was due: the
// next way up starts below them.
func (p *reading) readYoung() {
	p.state.again(p.task.Due.Add(-readAgain - young))
	p.enqueue(p.young())
}

// readPage reads posts with ids in (before-50, before].
func (p *reading) readPage() error {
	before, err := strconv.Atoi(strings.TrimPrefix(p.task.Key, "page:"))
	if err != nil {
		return fmt.Errorf("parse %s: task key %q: %w", plainURL(p.task.URL), p.task.Key, err)
	}
	posts, err := p.latestPosts()
	if err != nil {
		return err
	}
	st := p.state
	if before != st.At+pageIDs || st.Top == 0 {
		return nil // left over from a way that was already gone
	}
	if lowest, highest := span(posts); len(posts) > 0 && (highest > before || highest <= before-pageIDs) {
		return fmt.Errorf("parse %s: asked for posts up to id %d, got %d to %d", plainURL(p.task.URL), before, lowest, highest)
	}
	if st.Empty++; len(posts) > 0 {
		st.Empty = 0
	}
	p.absorb(posts, st.At, before)
	p.goOn()
	return nil
}

// goOn asks for the next page, or ends the way up.
func (p *reading) goOn() {
	st := p.state
	switch {
	case st.At >= st.Top:
		st.Top, st.At, st.Empty = 0, 0, 0
	case st.Empty >= seenEmpty:
		st.Empty = 0
		p.out.Notes = append(p.out.Notes, fmt.Sprintf("%d pages in a row without a visible post: stopped at id %d; the next crawl goes on from there", seenEmpty, st.At))
	default:
		p.enqueue(p.page(st.At+pageIDs, p.task.Due))
	}
}

// seekOn asks for the page in the middle of what may hold the first wanted post.
func (p *reading) seekOn() {
	lo, hi := p.state.Seek[0], p.state.Seek[1]
	if hi-lo > pageIDs {
		t := p.page((lo+hi)/2/pageIDs*pageIDs, p.task.Due)
		t.Kind, t.Key = "seek", "seek"+strings.TrimPrefix(t.Key, "page")
		p.enqueue(t)
		return
	}
	p.state.Seek = nil
	p.state.At = lo
	p.enqueue(p.page(lo+pageIDs, p.task.Due))
}

// readSeek narrows the search: a page whose posts are all too old lies below the first wanted
// one. A page without a post says nothing, so the search goes on below it.
func (p *reading) readSeek() error {
	before, err := strconv.Atoi(strings.TrimPrefix(p.task.Key, "seek:"))
	if err != nil {
		return fmt.Errorf("parse %s: task key %q: %w", plainURL(p.task.URL), p.task.Key, err)
	}
	posts, err := p.latestPosts()
	s := p.state.Seek
	if err != nil || s == nil || before <= s[0] || before >= s[1] {
		return err
	}
	old := len(posts) > 0
	for _, w := range posts {
		at, _ := p.when(w)
		old = old && at.Before(p.since)
	}
	if old {
		s[0] = before
	} else {
		s[1] = before
	}
	p.seekOn()
	return nil
}

func span(posts []wirePost) (lowest, highest int) {
	for i, w := range posts {
		if i == 0 || w.ID < lowest {
			lowest = w.ID
		}
		highest = max(highest, w.ID)
	}
	return lowest, highest
}
