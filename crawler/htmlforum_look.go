package crawler

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A page that holds young posts is looked at again an hour, a day and a week after its newest: that
// shows edits. A post that a page lacks is looked for on the page before, where it moves to when an
// earlier one is deleted; it is deleted when neither page has it, twice, an hour apart. A page that
// answers 404 or 410 twice takes its posts along.

// A watchedPage is a page with young posts: its posts, and the page before it in the topic.
type watchedPage struct {
	Prev string   `json:"prev,omitempty"`
	IDs  []string `json:"ids,omitempty"`
}

const keepWatched = 5000 // pages

// looks returns how long after its newest post a page is looked at again.
func looks() []time.Duration { return []time.Duration{time.Hour, 24 * time.Hour, young} }

// watch compares the posts of a page with those it had, and has it looked at again while they are
// young.
func (p *forumPage) watch(posts []forumPost, first string) {
	page := p.here
	var newest time.Time
	var ids []string
	for _, w := range posts {
		ids = append(ids, w.id)
		if at, guessed := p.moment(w.at); !guessed && at.After(newest) {
			newest = at
		}
	}
	before := p.state.Watch[page]
	for _, id := range before.IDs {
		if !slices.Contains(ids, id) {
			p.miss(id, page, ids[0] == first)
		}
	}
	if p.now().Sub(newest) > young {
		delete(p.state.Watch, page)
		return
	}
	p.state.Watch[page] = watchedPage{before.Prev, ids}
	for _, after := range looks() {
		if due := newest.Add(after); due.After(p.now()) {
			p.enqueue(p.ask("look", fmt.Sprintf("look:%d:%s", int(after.Hours()), page), page, 3, due))
		}
	}
}

// miss looks for a post on the page before the one that lacks it. Where that is not known, the
// post may be anywhere.
func (p *forumPage) miss(id, page string, firstPage bool) {
	switch prev := p.state.Watch[page].Prev; {
	case p.task.Kind == "seek": // under way already
	case prev != "":
		p.seek(1, id, page, prev, p.task.Due)
	case firstPage:
		p.seek(2, id, page, page, p.now().Add(goneAgain))
	}
}

func (p *forumPage) seek(step int, id, page, at string, due time.Time) {
	p.enqueue(p.ask("seek", fmt.Sprintf("seek:%d:%s %s", step, id, page), at, 4, due))
}

// sought goes on looking for a post that was not on the page where it might be: on the page before
// at once, on its own page an hour later, once more on the page before.
func (p *forumPage) sought(found []forumPost) error {
	key := strings.TrimPrefix(p.task.Key, "seek:")
	number, rest, _ := strings.Cut(key, ":")
	id, page, ok := strings.Cut(rest, " ")
	step, err := strconv.Atoi(number)
	if err != nil || !ok {
		return fmt.Errorf("parse %s: task key %q", plainURL(p.task.URL), p.task.Key)
	}
	if slices.ContainsFunc(found, func(w forumPost) bool { return w.id == id }) {
		return nil
	}
	switch prev := p.state.Watch[page].Prev; {
	case step == 1:
		p.seek(2, id, page, page, p.now().Add(goneAgain))
	case step == 2 && prev != "":
		p.seek(3, id, page, prev, p.task.Due)
	default:
		p.bury(id)
	}
	return nil
}

// lost reads an answer of 404 or 410 about a page that was there.
func (p *forumPage) lost() (handled bool, err error) {
	if !p.notFound() {
		return false, nil
	}
	switch p.task.Kind {
	case "look":
		p.enqueue(p.ask("lost", "lost:"+p.task.URL, p.task.URL, 3, p.now().Add(goneAgain)))
	case "lost":
		for _, id := range p.state.Watch[p.task.URL].IDs {
			p.bury(id)
		}
		delete(p.state.Watch, p.task.URL)
	case "seek":
		err = p.sought(nil)
	default:
		return false, nil
	}
	return true, err
}

// look reads a page that was read before, for what became of its posts.
func (p *forumPage) look() error {
	found := p.posts()
	if p.task.Kind == "seek" {
		return p.sought(found)
	}
	return nil
}

// follow reads whatever a page holds.
func (p *forumPage) follow() error {
	boards, topics := p.boards(), p.topics()
	posts := p.posts()
	if boards+topics+len(posts) == 0 && !p.refreshed() && p.task.Key == "index" {
		return fmt.Errorf("parse %s: no boards, topics or posts are found with these selectors", plainURL(p.task.URL))
	}
	return nil
}

// missingPage is an answer that is no page.
func (p *forumPage) missingPage() error {
	if handled, err := p.lost(); handled || err != nil {
		return err
	}
	switch status := p.response.Status; {
	case p.task.Depth > 0 && (p.notFound() || status == http.StatusForbidden || status == http.StatusUnauthorized):
		p.note("HTTP %d", status)
		return nil
	default:
		return fmt.Errorf("parse %s: HTTP %d", plainURL(p.task.URL), status)
	}
}
