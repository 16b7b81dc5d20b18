package crawler

import (
	"fmt"
	"net/http"
	"strings"
)

// A bskyNode is a post in a thread with what answers it.
type bskyNode struct {
	Post    bskyPost   `json:"post"`
	Replies []bskyNode `json:"replies"`
}

// thread reads what answers a post.
func (b *bluesky) thread(h *harvest) error {
	parts := strings.SplitN(h.task.Key, ":", 3)
	uri := parts[len(parts)-1]
	if h.response.Status == http.StatusBadRequest || h.notFound() {
		h.enqueue(h.ask("check", "check:"+uri, b.single(uri), 5, h.task.Due))
		return nil
	}
	var a struct {
		Thread *bskyNode `json:"thread"`
	}
	if err := h.json(&a, bskyPlatform); err != nil {
		return err
	}
	if a.Thread == nil {
		return fmt.Errorf("parse %s: no thread: not %s", plainURL(h.task.URL), bskyPlatform)
	}
	present := map[string]bool{uri: true}
	b.below(h, *a.Thread, present)
	for _, y := range h.trail.Young[bskyBelow] {
		if root, _ := h.trail.thread(y.ID); root == uri && !present[y.ID] { // where uri is the root, all is shown
			h.enqueue(h.ask("check", "check:"+y.ID, b.single(y.ID), 5, h.task.Due))
		}
	}
	return nil
}

// below keeps a part of a thread; parts that are not shown are asked for.
func (b *bluesky) below(h *harvest, n bskyNode, present map[string]bool) {
	if !n.Post.open() {
		return
	}
	known := present[n.Post.URI]
	present[n.Post.URI] = true
	b.keep(h, n.Post)
	if at, _ := h.moment(n.Post.at()); !known {
		h.trail.saw(bskyBelow, n.Post.URI, at)
	}
	if len(n.Replies) == 0 && !known {
		b.askForAnswers(h, n.Post)
	}
	for _, r := range n.Replies {
		b.below(h, r, present)
	}
}

// one reads what became of a post.
func (b *bluesky) one(h *harvest) error {
	var a struct {
		Posts *[]bskyPost `json:"posts"`
	}
	if err := h.json(&a, bskyPlatform); err != nil || a.Posts == nil {
		return err
	}
	return h.whereabouts(len(*a.Posts) == 0, func() error {
		for _, p := range *a.Posts {
			if p.open() {
				b.keep(h, p)
			}
		}
		return nil
	})
}
