package crawler

import (
	"cmp"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

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
	if found.Length() == 0 {
		return nil
	}
	address := topicAddress(p.base.String())
	title := p.picks["title"].text(p.root)
	place := p.picks["place"].text(p.root)
	numbers := map[string]string{} // ids by the number a page shows, for forums that answer to numbers
	var posts []forumPost
	found.Each(func(i int, s *goquery.Selection) {
		w, ok := p.post(s, address)
		if !ok {
			return
		}
		w.thread, w.threadURL, w.threadTitle, w.place = address, p.link(p.base.String()), title, place
		if len(p.picks["post-was"]) > 0 { // where ids change, so do addresses
			w.thread = w.id
			if len(posts) > 0 {
				w.thread = posts[0].thread
			}
		}
		if number := p.picks["post-number"].text(s); number != "" {
			numbers[number] = w.id
		}
		posts = append(posts, w)
	})
	if len(posts) == 0 {
		return nil
	}
	first := p.state.Topics[address].First
	if first == "" {
		first = posts[0].id
	}
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
	if topicAddress(next) != address || next == p.link(p.base.String()) {
		next = ""
	}
	if _, long := p.state.Topics[address]; next != "" || long {
		p.state.Topics[address] = topicState{p.link(p.base.String()), first}
	}
	if next != "" {
		w := p.state.Watch[next]
		w.Prev = p.link(p.base.String())
		p.state.Watch[next] = w
		p.after(p.ask("page", "topic:"+next+"#"+p.mark, next, 2, p.task.Due))
	}
}

// post reads one post. One without an id or an author is told as a failure.
func (p *forumPage) post(s *goquery.Selection, address string) (forumPost, bool) {
	w := forumPost{written: written{id: p.firstID(p.picks["post-id"].text(s), p.picks["post-was"].text(s)), format: data.FormatHTML}}
	name := p.picks["author"].text(s)
	if w.id == "" || name == "" {
		p.fail(w.id, "a post without an id or an author")
		return w, false
	}
	w.author = p.forumAuthor(s, name, address)
	when := p.picks["time"].text(s)
	at, ok := forumTime(when, p.now())
	if !ok {
		p.fail(w.id, "time "+strings.ToValidUTF8(when[:min(len(when), 60)], "")+": cannot be read")
	}
	w.at = at
	w.parent, w.by = p.picks["reply-to"].text(s), data.Reply
	w.url = p.link(p.base.String()) + "#" + s.AttrOr("id", w.id)
	body := p.picks["body"].all(s).First()
	w.quoted = p.quotes(body)
	w.body = bodyHTML(body, p.picks["drop"], p.picks["quote"])
	w.mentions = atNames(w.body)
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

func (p *forumPage) forumAuthor(s *goquery.Selection, name, address string) data.Author {
	link := p.picks["author-link"].text(s)
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
func (p *forumPage) quotes(body *goquery.Selection) []forumQuote {
	var out []forumQuote
	all := p.picks["quote"].all(body)
	all.Each(func(_ int, s *goquery.Selection) {
		inner := false
		for _, up := range s.Parents().Nodes {
			inner = inner || all.IsNodes(up) && up != s.Nodes[0]
		}
		q := forumQuote{strings.TrimSuffix(strings.TrimPrefix(p.picks["quote-author"].text(s), "@"), ":"), p.picks["quote-post"].text(s)}
		if !inner && (q.author != "" || q.post != "") && len(out) < maxTurns {
			out = append(out, q)
		}
	})
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

// bodyHTML returns a post's own markup: without signatures, notes on edits and what drop names,
// and with every quote as a blockquote.
func bodyHTML(body *goquery.Selection, drop, quote picker) string {
	body = body.Clone()
	for _, o := range drop {
		if o.match != nil {
			body.FindMatcher(o.match).Remove()
		}
	}
	quotes := quote.all(body)
	for _, n := range quotes.Nodes {
		n.Data, n.DataAtom, n.Attr = "blockquote", 0, nil
	}
	body.Find("*").Contents().Each(func(_ int, s *goquery.Selection) {
		if n := s.Nodes[0]; n.Type == html.TextNode && strings.TrimSpace(n.Data) != "" && strings.Trim(n.Data, "_ \n\r\t") == "" && len(strings.TrimSpace(n.Data)) > 10 {
			for next := n.NextSibling; next != nil; next = n.NextSibling {
				next.Parent.RemoveChild(next)
			}
			n.Data = ""
		}
	})
	text, err := body.Html()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(text)
}
