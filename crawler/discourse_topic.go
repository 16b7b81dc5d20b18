package crawler

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"tribu/data"
)

// absorb takes a page that shows every visible post with an id in (from, to].
func (p *reading) absorb(posts []wirePost, from, to int) {
	st := p.state
	present := map[int]bool{}
	slices.SortStableFunc(posts, func(a, b wirePost) int { return a.ID - b.ID })
	for _, w := range posts {
		present[w.ID] = true
		st.Max = max(st.Max, w.ID)
		p.note(w)
	}
	for _, w := range posts {
		if w.ID > from && w.ID <= to {
			p.takeFromPage(w)
		}
	}
	missing := map[int]bool{}
	for _, k := range st.Known {
		if k.ID > from && k.ID <= to && k.Watched && !present[k.ID] && !missing[k.Topic] {
			missing[k.Topic] = true
			p.enqueueTopic(k.Topic, "missing", k.ID)
		}
	}
	st.At = to
}

// note remembers w's number, or that it is gone.
func (p *reading) note(w wirePost) {
	if w.gone() {
		return
	}
	at, guessed := p.when(w)
	k := known{ID: w.ID, Topic: w.Topic, Number: w.Number, At: max(at.Unix(), 1), Watched: w.Type == typeRegular}
	if guessed {
		k.At = 1
	}
	p.state.remember(k)
}

// takeFromPage keeps w. Where its parent is not known, its topic is asked for and w comes again.
func (p *reading) takeFromPage(w wirePost) {
	if at, _ := p.when(w); at.Before(p.since) && !w.gone() {
		return
	}
	p.take(w, func(number int) {
		p.state.wait(waiting{w.Topic, w.ID, w.Number, number, w.Category})
		p.enqueueTopic(w.Topic, "parent", w.ID)
	})
}

// enqueueTopic asks for a topic, once per answer. The key tells why, so that another reason asks again.
func (p *reading) enqueueTopic(topic int, why string, post int) {
	t := p.topic(topic, p.task.Due)
	if !slices.ContainsFunc(p.out.Batch.Tasks, func(o data.Task) bool { return o.URL == t.URL }) {
		t.Key = fmt.Sprintf("%s:%s:%d", t.Key, why, post)
		p.enqueue(t)
	}
}

// take keeps w or marks it as deleted; unknown is told the number of a parent that is not known.
func (p *reading) take(w wirePost, unknown func(number int)) {
	switch {
	case w.gone():
		p.out.Batch.Tombstones = append(p.out.Batch.Tombstones, p.id(w.ID))
		p.state.forget(w.ID)
		p.state.resolved(w.ID)
		return
	case w.Type != typeRegular || w.Username == "" || strings.TrimSpace(w.Cooked) == "":
		p.state.resolved(w.ID)
		return
	}
	if w.Hidden {
		w.Cooked = ""
	}
	parent, by, number := p.parent(w)
	if parent == 0 && number != 0 {
		unknown(number)
	} else if p.state.waits(w.ID) {
		p.state.resolved(w.ID)
		p.state.tell(w.ID, parent, by)
	}
	p.keep(w, parent, by)
}

// parent returns what w answers: the post it names, or else the topic's first post. Where that
// is not known, number says which post of the topic to look for.
func (p *reading) parent(w wirePost) (id int, by data.InteractionKind, number int) {
	number, by = w.ReplyTo, data.Reply
	if number <= 0 || number == w.Number {
		number, by = 1, data.Topic
	}
	if w.Number == 1 {
		return 0, by, 0
	}
	if id = p.state.post(w.Topic, number); id == 0 {
		if told, toldBy := p.state.told(w.ID); told != 0 {
			return told, toldBy, number
		}
	}
	return id, by, number
}

type topicAnswer struct {
	ID       int    `json:"id"`
	Title    string `json:"title"`
	Slug     string `json:"slug"`
	Category int    `json:"category_id"`
	Stream   struct {
		Posts []json.RawMessage `json:"posts"`
		IDs   []int             `json:"stream"`
	} `json:"post_stream"`
}

func (p *reading) topicAnswer() (topicAnswer, []wirePost, error) {
	var a topicAnswer
	if err := json.Unmarshal(p.response.Body, &a); err != nil {
		return a, nil, fmt.Errorf("parse %s: %w", plainURL(p.task.URL), err)
	}
	posts := p.wirePosts(a.Stream.Posts)
	slices.SortStableFunc(posts, func(a, b wirePost) int { return a.Number - b.Number })
	for i := range posts {
		posts[i].TopicTitle, posts[i].Category = a.Title, a.Category
		p.note(posts[i])
	}
	return a, posts, nil
}

// readTopic keeps the posts of a topic's first page, notices deletions, and asks for posts that
// wait for a parent together with where that parent must be.
func (p *reading) readTopic() error {
	id := 0
	if _, err := fmt.Sscanf(p.task.Key, "t:%d", &id); err != nil {
		return fmt.Errorf("parse %s: task key %q: %w", plainURL(p.task.URL), p.task.Key, err)
	}
	switch {
	case p.response.Status == http.StatusNotFound || p.response.Status == http.StatusGone:
		p.topicGone(id)
		return nil
	case p.response.Status != http.StatusOK:
		p.giveUpWaiting(id)
		p.out.Notes = append(p.out.Notes, fmt.Sprintf("%s: HTTP %d", plainURL(p.task.URL), p.response.Status))
		return nil
	}
	a, posts, err := p.topicAnswer()
	if err != nil {
		return err
	}
	p.missingFrom(id, a.Stream.IDs)
	for _, w := range posts {
		p.take(w, func(number int) { p.state.wait(waiting{w.Topic, w.ID, w.Number, number, w.Category}) })
	}
	p.askForWaiting(id, a.Stream.IDs)
	return nil
}

// missingFrom marks known posts of a topic that its stream no longer lists as deleted. One that
// it does list is visible somewhere else than in /posts.json: not watched any longer.
func (p *reading) missingFrom(topic int, stream []int) {
	listed := map[int]bool{}
	for _, id := range stream {
		listed[id] = true
	}
	for _, k := range p.state.inTopic(topic) {
		if !listed[k.ID] {
			p.out.Batch.Tombstones = append(p.out.Batch.Tombstones, p.id(k.ID))
			p.state.forget(k.ID)
			p.state.resolved(k.ID)
		}
	}
}

// askForWaiting asks for every post of the topic that waits, with the ids its parent may have:
// a post's place in the stream is its number less the deleted posts before it.
func (p *reading) askForWaiting(topic int, stream []int) {
	var ids []int
	for _, w := range slices.Clone(p.state.Waiting) {
		if w.Topic != topic {
			continue
		}
		own := slices.Index(stream, w.Post)
		if own < 0 {
			p.state.resolved(w.Post)
			continue
		}
		need := []int{w.Post}
		if p.state.post(topic, w.Parent) == 0 {
			lo, hi := max(0, w.Parent-w.Number+own), min(w.Parent, len(stream))
			lo = max(lo, hi-maxTopicTask+1)
			need = append(need, stream[min(lo, hi):hi]...)
		}
		if len(ids)+len(need) > maxTopicTask && len(ids) > 0 {
			p.enqueue(p.posts(topic, unique(ids), p.task.Due))
			ids = nil
		}
		ids = append(ids, need...)
	}
	if len(ids) > 0 {
		p.enqueue(p.posts(topic, unique(ids), p.task.Due))
	}
}

func unique(ids []int) []int {
	slices.Sort(ids)
	return slices.Compact(ids)
}

// readPosts keeps the posts that were asked for. A parent that is not among them is gone: its
// answer then turns to the topic.
func (p *reading) readPosts() error {
	topic := 0
	if _, err := fmt.Sscanf(p.task.Key, "p:%d", &topic); err != nil {
		return fmt.Errorf("parse %s: task key %q: %w", plainURL(p.task.URL), p.task.Key, err)
	}
	if p.response.Status != http.StatusOK {
		p.giveUpWaiting(topic)
		return nil
	}
	category := p.state.category(topic)
	_, posts, err := p.topicAnswer()
	if err != nil {
		return err
	}
	for _, w := range posts {
		if w.Number == 1 {
			continue // the topic's own answer has it, with its title
		}
		w.Category = category
		if parent, _, number := p.parent(w); parent == 0 && number > 1 {
			w.ReplyTo = 0
		}
		p.take(w, func(int) {})
		p.state.resolved(w.ID)
	}
	return nil
}

// topicGone waits for a second 404, later: only that means that the topic's posts are deleted.
func (p *reading) topicGone(id int) {
	if p.task.Kind == "gone" {
		p.missingFrom(id, nil)
		p.giveUpWaiting(id)
		return
	}
	t := p.topic(id, p.now().Add(goneAgain))
	t.Kind, t.Key = "gone", t.Key+":gone"
	p.enqueue(t)
}

func (p *reading) giveUpWaiting(topic int) {
	p.state.Waiting = slices.DeleteFunc(p.state.Waiting, func(w waiting) bool { return w.Topic == topic })
}
