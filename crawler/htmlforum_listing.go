package crawler

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
	if known := p.state.Topics.known[address]; known.Page != "" {
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
