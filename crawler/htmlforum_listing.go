package crawler

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// A forumState is the cursor.
type forumState struct {
	Boards map[string]boardState `json:"boards,omitempty"`
	Topics map[string]topicState `json:"topics,omitempty"` // those of more than one page, by address
	First  map[string]string     `json:"was,omitempty"`    // first ids of posts that have got another at an edit

	Watch map[string]watchedPage `json:"watch,omitempty"` // pages with young posts, by address
}

// A boardState holds times of last posts.
type boardState struct {
	Done int64 `json:"done,omitempty"` // newest when the board was last read to its end
	Top  int64 `json:"top,omitempty"`  // newest in the reading that is under way
}

// A topicState is the last page that was read, and the first post.
type topicState struct {
	Page  string `json:"page"`
	First string `json:"first"`
}

const keepForumTopics = 20000

func readForumState(cursor string) forumState {
	var st forumState
	if json.Unmarshal([]byte(cursor), &st) != nil {
		st = forumState{}
	}
	if st.Boards == nil {
		st.Boards = map[string]boardState{}
	}
	if st.First == nil {
		st.First = map[string]string{}
	}
	if st.Watch == nil {
		st.Watch = map[string]watchedPage{}
	}
	if st.Topics == nil {
		st.Topics = map[string]topicState{}
	}
	return st
}

func (st forumState) write() (string, error) {
	prune(st.First, keepForumTopics)
	prune(st.Topics, keepForumTopics)
	prune(st.Watch, keepWatched)
	b, err := json.Marshal(st)
	if err != nil {
		return "", fmt.Errorf("write cursor: %w", err)
	}
	return string(b), nil
}

// prune keeps the last entries of a map, by their keys.
func prune[T any](m map[string]T, most int) {
	if extra := len(m) - most; extra > 0 {
		for _, key := range slices.Sorted(maps.Keys(m))[:extra] {
			delete(m, key)
		}
	}
}

// boards asks for the boards that the page lists.
func (p *forumPage) boards() int {
	n := 0
	for _, e := range p.picks["board"].all(p.root) {
		link := p.link(p.picks["board-link"].text(e))
		if link == "" {
			continue
		}
		n++
		due, key := p.task.Due, "page:"+link
		if mark := p.picks["board-mark"].text(e); mark != "" {
			due, key = fixedDue(), key+"#"+mark
		}
		p.after(p.ask("page", key, link, 1, due))
	}
	return n
}

// topics asks for the topics that the page lists, and for the next page while it may hold changed ones.
func (p *forumPage) topics() int {
	n, undated := 0, false
	var newest, oldest int64
	for _, e := range p.picks["topic"].all(p.root) {
		link := p.link(p.picks["topic-link"].text(e))
		if link == "" {
			continue
		}
		n++
		last := p.picks["topic-last"].text(e)
		if at, ok := forumTime(last, p.now()); ok {
			newest = max(newest, at.Unix())
			if oldest == 0 || at.Unix() < oldest {
				oldest = at.Unix()
			}
			if at.Before(p.since) {
				continue
			}
		} else {
			undated = true
		}
		p.askTopic(link, p.picks["topic-mark"].text(e)+"|"+last)
	}
	if n > 0 {
		p.nextListing(newest, oldest, undated)
	}
	return n
}

func (p *forumPage) askTopic(link, mark string) {
	address := topicAddress(link)
	if known := p.state.Topics[address]; known.Page != "" {
		link = known.Page
	}
	due, key := fixedDue(), "topic:"+address+"#"+mark
	if mark == "|" {
		due = p.task.Due // no mark at all: read at every run
	}
	p.after(p.ask("page", key, link, 2, due))
}

func (p *forumPage) nextListing(newest, oldest int64, undated bool) {
	board := topicAddress(p.here)
	b := p.state.Boards[board]
	b.Top = max(b.Top, newest)
	next := p.link(p.picks["next"].text(p.root))
	known := !undated && (oldest < b.Done || oldest < p.since.Unix())
	if next == "" || next == p.here || known {
		b = boardState{Done: max(b.Top, b.Done)}
		next = ""
	}
	p.state.Boards[board] = b
	if next != "" {
		p.after(p.ask("page", "page:"+next, next, 1, p.task.Due))
	}
}
