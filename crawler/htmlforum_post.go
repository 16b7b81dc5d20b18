package crawler

import (
	"cmp"
	"strings"

	"tribu/data"
)

// A forumPost is a post as a page shows it.
type forumPost struct {
	written
	quoted []forumQuote
}

type forumQuote struct{ author, post string }

// posts keeps the posts of the page and asks for the topic's next page.
func (p *forumPage) posts() []forumPost {
	found := p.picks["post"].all(p.root)
	if len(found) == 0 {
		return nil
	}
	address := topicAddress(p.here)
	title := p.picks["title"].text(p.root)
	place := p.picks["place"].text(p.root)
	numbers := map[string]string{} // ids by the number a page shows, for forums that answer to numbers
	posts := make([]forumPost, 0, len(found))
	for _, e := range found {
		w, ok := p.post(e, address)
		if !ok {
			continue
		}
		w.thread, w.threadURL, w.threadTitle, w.place = address, p.here, title, place
		if len(p.picks["post-was"]) > 0 { // where ids change, so do addresses
			w.thread = w.id
			if len(posts) > 0 {
				w.thread = posts[0].thread
			}
		}
		if number := p.picks["post-number"].text(e); number != "" {
			numbers[number] = w.id
		}
		posts = append(posts, w)
	}
	if len(posts) == 0 {
		return nil
	}
	first := p.state.Topics.known[address].First
	if first == "" {
		first = posts[0].id
	}
	p.makeRoom(len(posts))
	for i := range posts {
		p.relate(posts, i, first, numbers)
	}
	if p.task.Kind == "page" {
		p.nextPage(address, first)
	}
	p.watch(posts, first)
	return posts
}

// nextPage asks for the page after this one and remembers where the topic ends.
func (p *forumPage) nextPage(address, first string) {
	next := p.link(p.picks["next"].text(p.root))
	if topicAddress(next) != address || next == p.here {
		next = ""
	}
	if _, long := p.state.Topics.known[address]; next != "" || long {
		if p.state.Topics.set(address, topicState{p.here, first}) != nil {
			p.note("%q cannot be remembered", address)
		}
	}
	if next != "" {
		w := p.state.Watch[next]
		w.Prev = p.here
		p.state.Watch[next] = w
		p.after(p.ask("page", "topic:"+next+"#"+p.mark, next, 2, p.task.Due))
	}
}

// post reads one post. One without an id or an author is told as a failure.
func (p *forumPage) post(e element, address string) (forumPost, bool) {
	w := forumPost{written: written{id: p.firstID(p.picks["post-id"].text(e), p.picks["post-was"].text(e)), format: data.FormatHTML}}
	name := p.picks["author"].text(e)
	if w.id == "" || name == "" {
		p.fail(w.id, "a post without an id or an author")
		return w, false
	}
	w.author = p.forumAuthor(e, name, address)
	when := p.picks["time"].text(e)
	at, ok := forumTime(when, p.now())
	if !ok {
		p.fail(w.id, "time "+strings.ToValidUTF8(when[:min(len(when), 60)], "")+": cannot be read")
	}
	w.at = at
	w.parent, w.by = p.picks["reply-to"].text(e), data.Reply
	anchor, anchored := e.attribute("id")
	if !anchored {
		anchor = w.id
	}
	w.url = p.here + "#" + anchor
	if body := p.picks["body"].all(e); len(body) > 0 {
		w.quoted = p.quotes(body[0])
		w.body = bodyHTML(body[0], p.picks["drop"], p.picks["quote"])
		w.mentions = atNames(w.body)
	}
	return w, true
}

// firstID returns the id that a post had before its edits.
func (p *forumPage) firstID(id, was string) string {
	if known, ok := p.state.First[id]; ok {
		return known
	}
	if was == "" || id == "" {
		return id
	}
	p.state.First[id] = cmp.Or(p.state.First[was], was)
	return p.state.First[id]
}

func (p *forumPage) forumAuthor(e element, name, address string) data.Author {
	link := p.picks["author-link"].text(e)
	a := data.Author{NativeID: name, Handle: name, Name: name, URL: p.link(link)}
	if nameless(name) {
		a.NativeID = "guest:" + name + ":" + address
	} else if link == "" && len(p.picks["author-link"]) > 0 {
		a.NativeID = "guest:" + name
	}
	return a
}

// nameless reports whether name is what forums call everyone who gives none.
func nameless(name string) bool {
	switch strings.ToLower(name) {
	case "guest", "anonymous", "gast", "ospite", "anonimo", "invité", "invitado", "visitor", "unregistered", "gość", "гость", "deleted user", "deleted member":
		return true
	}
	return false
}

// quotes returns whom a body quotes, leaving out quotes within quotes.
func (p *forumPage) quotes(body element) []forumQuote {
	var out []forumQuote
	var outer element
	for _, e := range p.picks["quote"].all(body) {
		if outer.in != nil && e.within(outer) {
			continue
		}
		outer = e
		q := forumQuote{strings.TrimSuffix(strings.TrimPrefix(p.picks["quote-author"].text(e), "@"), ":"), p.picks["quote-post"].text(e)}
		if (q.author != "" || q.post != "") && len(out) < maxTurns {
			out = append(out, q)
		}
	}
	return out
}

// relate finds what posts[i] answers: the post it says, the first it quotes, or the topic.
func (p *forumPage) relate(posts []forumPost, i int, first string, numbers map[string]string) {
	w := posts[i]
	if id, known := numbers[w.parent]; known {
		w.parent = id
	}
	var names []string
	for _, q := range w.quoted {
		id := q.post
		for back := i - 1; back >= 0 && id == ""; back-- {
			if strings.EqualFold(posts[back].author.Name, q.author) {
				id = posts[back].id
			}
		}
		switch {
		case id == "" && !strings.EqualFold(q.author, w.author.Name):
			names = append(names, q.author)
		case id != "" && id != w.id && w.parent == "":
			w.parent, w.by = id, data.Quote
		case id != "" && id != w.parent:
			w.quotes = append(w.quotes, id)
		}
	}
	if w.parent == "" && w.id != first {
		w.parent, w.by = first, data.Topic
	}
	if w.id == first {
		w.title = w.threadTitle
	}
	kept := len(p.out.Batch.Posts)
	p.keep(w.written)
	if len(p.out.Batch.Posts) > kept {
		p.quoteNames(p.out.Batch.Posts[kept], names)
	}
}

// quoteNames tells of quotes whose post is not known, only its author.
func (p *forumPage) quoteNames(post data.Post, names []string) {
	seen := map[string]bool{"": true}
	for _, name := range names {
		if name = tidy(name); !seen[strings.ToLower(name)] && len(name) <= 200 {
			seen[strings.ToLower(name)] = true
			p.out.Batch.Interactions = append(p.out.Batch.Interactions, data.Interaction{Post: post.ID, Kind: data.Quote, From: post.Author, ToHandle: name, At: post.CreatedAt})
		}
	}
}
