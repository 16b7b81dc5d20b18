package crawler

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"tribu/crawler/mail"
	"tribu/data"
)

// A newsReading is one conversation being read.
type newsReading struct {
	*mailing
	*newsgroup
	talk        []newsAnswer
	first, last int64 // of the group
	asked       newsQuestion
}

// Parse reads one conversation.
func (g *newsgroup) Parse(t data.Task, r Response, out *Out) error {
	n := &newsReading{mailing: newMailing(g.origin, &g.states, t, r, out), newsgroup: g, talk: readTalk(r.Body)}
	err := n.begin()
	if err != nil {
		return fmt.Errorf("parse %s: %w", plainURL(t.URL), err)
	}
	switch t.Kind {
	case "group":
		n.goOn()
	case "articles":
		n.readArticles()
	case "over":
		n.readYoung()
	case "down":
		n.readDown()
	case "check", "gone":
		n.readOne()
	default:
		return fmt.Errorf("parse %s: unknown kind %q", plainURL(t.URL), t.Kind)
	}
	return n.write()
}

func (n *newsReading) begin() (err error) {
	switch n.response.Status {
	case http.StatusOK:
	case http.StatusNotFound:
		return fmt.Errorf("no such newsgroup: the server says %.200q", n.response.Body)
	default:
		return fmt.Errorf("closed to visitors: the server says %.200q", n.response.Body)
	}
	if n.first, n.last, err = groupBounds(n.talk); err != nil {
		return err
	}
	n.asked, err = newsQuestionOf(n.task.URL)
	return err
}

// goOn asks for what is not read yet, and for what became of young articles.
func (n *newsReading) goOn() {
	if n.state.Number > n.last && n.last >= n.first && n.doubt() {
		return
	}
	if n.state.Number == 0 && !n.since.IsZero() {
		if n.last >= n.first {
			n.enqueue(n.numbers("down", fmt.Sprintf(":%d", n.last+1), max(n.first, n.last-newsAtFirst+1), n.last, 1, n.task.Due))
		}
		return
	}
	n.askFrom(max(n.state.Number+1, n.first))
	n.state.Young = slices.DeleteFunc(n.state.Young, func(a newsArticle) bool {
		return a.Number < n.first || a.At < n.task.Due.Add(-young).Unix()
	})
	for i := 0; i < len(n.state.Young); {
		from, to := n.state.Young[i].Number, int64(0)
		for ; i < len(n.state.Young) && n.state.Young[i].Number < from+newsAgain; i++ {
			to = n.state.Young[i].Number
		}
		n.enqueue(n.numbers("over", "", from, to, 2, n.task.Due))
	}
}

// doubt asks, where a group goes less far than before, for young articles that must still be there:
// either the newest are gone or the numbers begin anew. It reports whether there are any.
func (n *newsReading) doubt() bool {
	from, to := int64(0), int64(0)
	for _, a := range slices.Backward(n.state.Young) {
		if a.Number <= n.last && a.Number >= max(n.first, to-newsAgain) {
			from, to = a.Number, max(to, a.Number)
		}
	}
	if to == 0 {
		n.beginAnew()
		return false
	}
	n.enqueue(n.numbers("over", fmt.Sprintf(":%d", n.last), from, to, 2, n.task.Due))
	return true
}

func (n *newsReading) beginAnew() {
	n.note("the group's numbers begin anew: read from the start")
	n.state.Number, n.state.Young = 0, nil
}

func (n *newsReading) askFrom(from int64) {
	if from <= n.last {
		step := min(max(n.state.Step, newsStep), newsWidest)
		n.enqueue(n.numbers("articles", "", from, min(from+step-1, n.last), 1, n.task.Due))
	}
}

// overview returns what the conversation's overview says; had is false where there is none.
func (n *newsReading) overview() (all []overview, had bool) {
	for _, a := range n.talk {
		if a.verb == "OVER" || a.verb == "XOVER" {
			return readOverview(a.text, n.asked.from, n.asked.to), true
		}
	}
	return nil, false
}

// readArticles keeps what came and goes on after it.
func (n *newsReading) readArticles() {
	read := n.keepArticles()
	all, had := n.overview()
	next := n.asked.to + 1
	for _, o := range all {
		if o.number > read {
			next = read + 1
			break
		}
	}
	if !had && read > 0 {
		next = read + 1
	}
	switch step := n.asked.to - n.asked.from + 1; {
	case next <= n.asked.to:
		n.state.Step = newsStep
	case len(all) < newsArticles/4:
		n.state.Step = min(2*step, newsWidest)
	}
	n.state.Number = max(n.state.Number, next-1)
	n.askFrom(next)
}

// keepArticles keeps the articles of a conversation and returns the last number that was asked for.
func (n *newsReading) keepArticles() (read int64) {
	threads := mail.NewThreads()
	var letters []mail.Message
	for _, a := range n.talk {
		if a.verb != "ARTICLE" {
			continue
		}
		read = max(read, a.number)
		letter, err := mail.Message{}, error(nil)
		if a.code == 220 {
			letter, err = mail.Parse(a.text)
		} else if a.code != 423 && a.code != 430 {
			err = fmt.Errorf("not to be had: %s", a.line)
		}
		switch {
		case err != nil:
			n.fail(strconv.FormatInt(a.number, 10), err.Error())
		case a.code == 220 && !letter.Private:
			threads.Add(letter)
			letters = append(letters, letter)
			n.watch(a.number, letter)
		}
	}
	for _, letter := range letters {
		n.take(letter, threads)
	}
	return read
}

// watch remembers a young article, and has the one looked for that it supersedes.
func (n *newsReading) watch(number int64, letter mail.Message) {
	a := newsArticle{number, letter.ID, letter.Date.Unix()}
	i, known := slices.BinarySearchFunc(n.state.Young, a, func(a, b newsArticle) int { return cmp.Compare(a.Number, b.Number) })
	if at, guessed := n.moment(letter.Date); !known && !guessed && !at.Before(n.task.Due.Add(-young)) {
		n.state.Young = slices.Insert(n.state.Young, i, a)
		n.state.Young = slices.Delete(n.state.Young, 0, max(0, len(n.state.Young)-keepYoung))
	}
	for _, old := range n.state.Young {
		if old.ID == letter.Supersedes {
			n.check("check", old, n.task.Due)
		}
	}
}

func (n *newsReading) check(kind string, a newsArticle, due time.Time) {
	n.enqueue(n.numbers(kind, ":"+a.ID, a.Number, a.Number, 5, due))
}

// readYoung looks for young articles that an overview lacks.
func (n *newsReading) readYoung() {
	all, had := n.overview()
	end := n.asked.to
	if n.state.Number > n.last {
		if !slices.ContainsFunc(all, n.isYoung) {
			n.beginAnew()
			n.askFrom(n.first)
			return
		}
		n.state.Number, end = n.last, n.state.Number
	}
	for _, a := range n.state.Young {
		_, there := slices.BinarySearchFunc(all, a.Number, func(o overview, number int64) int { return cmp.Compare(o.number, number) })
		if had && !there && a.Number >= max(n.asked.from, n.first) && (a.Number <= n.asked.to || a.Number > n.last && a.Number <= end) {
			n.check("check", a, n.task.Due)
		}
	}
}

// isYoung reports whether an article has the number that it had.
func (n *newsReading) isYoung(o overview) bool {
	return slices.ContainsFunc(n.state.Young, func(a newsArticle) bool { return a.Number == o.number && a.ID == o.id })
}

// readOne reads what became of an article.
func (n *newsReading) readOne() {
	parts := strings.Split(n.task.Key, ":")
	a := newsArticle{Number: n.asked.from, ID: parts[len(parts)-1]}
	n.state.Young = slices.DeleteFunc(n.state.Young, func(y newsArticle) bool { return y.Number == a.Number })
	there := slices.ContainsFunc(n.talk, func(t newsAnswer) bool { return t.verb == "ARTICLE" && t.code == 220 })
	switch {
	case there:
		n.keepArticles()
	case a.Number < n.first: // expired
	case n.task.Kind == "gone":
		n.bury(a.ID)
	default:
		n.check("gone", a, n.now().Add(goneAgain))
	}
}

// readDown looks for the first article that is wanted.
func (n *newsReading) readDown() {
	parts := strings.Split(n.task.Key, ":")
	start, _ := strconv.ParseInt(parts[len(parts)-1], 10, 64)
	all, had := n.overview()
	wanted := len(all) == 0
	for _, o := range slices.Backward(all) {
		if at, ok := mail.ParseDate(o.date); !ok || !at.Before(n.since) {
			start, wanted = o.number, true
		}
	}
	if !had {
		start = n.first
	} else if n.asked.from > n.first && wanted {
		to := n.asked.from - 1
		width := min(2*(n.asked.to-n.asked.from+1), newsWidest)
		n.enqueue(n.numbers("down", fmt.Sprintf(":%d", start), max(n.first, to-width+1), to, 1, n.task.Due))
		return
	}
	n.state.Number = start - 1
	n.askFrom(start)
}
