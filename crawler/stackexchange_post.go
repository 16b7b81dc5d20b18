package crawler

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"tribu/data"
)

// A sePost is a question, answer or comment as Stack Exchange sends it.
type sePost struct {
	Question int      `json:"question_id"`
	Answer   int      `json:"answer_id"`
	Comment  int      `json:"comment_id"`
	Post     int      `json:"post_id"` // comments: what they are on
	Created  int64    `json:"creation_date"`
	Active   int64    `json:"last_activity_date"`
	Title    string   `json:"title"`
	Body     string   `json:"body"`
	Link     string   `json:"link"`
	Tags     []string `json:"tags"`
	Score    int      `json:"score"`
	Views    int      `json:"view_count"`
	Owner    seOwner  `json:"owner"`
	ReplyTo  *seOwner `json:"reply_to_user"`
}

type seOwner struct {
	ID   int    `json:"user_id"`
	Name string `json:"display_name"`
	Link string `json:"link"`
}

// author is an account, or the name that is left of one.
func (o seOwner) author() data.Author {
	name := tidy(plainText(o.Name))
	a := data.Author{NativeID: strconv.Itoa(o.ID), Handle: strings.ReplaceAll(name, " ", ""), Name: name, URL: o.Link}
	if o.ID == 0 {
		a.NativeID = "n:" + name
	}
	return a
}

func (p sePost) native() string {
	switch {
	case p.Comment > 0:
		return "c" + strconv.Itoa(p.Comment)
	case p.Answer > 0:
		return strconv.Itoa(p.Answer)
	case p.Question > 0:
		return strconv.Itoa(p.Question)
	}
	return ""
}

// keep adds p and reports whether its thread is known for sure.
func (s *stackexchange) keep(h *harvest, p sePost) (sure bool) {
	w := written{id: p.native(), author: p.Owner.author(), at: time.Unix(p.Created, 0), title: plainText(p.Title), body: p.Body, format: data.FormatHTML, score: p.Score, views: p.Views, url: p.Link}
	sure = true
	switch {
	case p.Comment > 0:
		on := strconv.Itoa(p.Post)
		if w.thread, sure = h.trail.thread(on); !sure {
			w.thread = on
		}
		w.parent, w.by, w.title = on, data.Reply, ""
		w.url = fmt.Sprintf("%s/q/%d#comment%d_%d", s.web, p.Post, p.Comment, p.Post)
		if p.ReplyTo != nil {
			w.to = []data.Author{p.ReplyTo.author()}
		} else {
			w.mentions = atNames(p.Body)
		}
	case p.Answer > 0:
		w.thread, w.title = strconv.Itoa(p.Question), ""
		w.parent, w.by, w.url = w.thread, data.Reply, fmt.Sprintf("%s/a/%d", s.web, p.Answer)
	default:
		w.thread, w.threadTitle, w.threadURL = w.id, w.title, w.url
		if len(p.Tags) > 0 {
			w.place = p.Tags[0]
		}
	}
	h.keep(w)
	return sure
}

// keepAll keeps posts and asks for what hangs on them, where that is not a list of its own, and
// for the answers that comments of unknown threads are on.
func (s *stackexchange) keepAll(h *harvest, posts []sePost, below bool) {
	var questions, answers, unknown, comments []string
	for _, p := range posts {
		sure := s.keep(h, p)
		switch {
		case p.Comment > 0 && !sure:
			unknown, comments = append(unknown, strconv.Itoa(p.Post)), append(comments, strconv.Itoa(p.Comment))
		case p.Comment > 0:
		case p.Answer > 0:
			answers = append(answers, p.native())
		default:
			questions = append(questions, p.native())
		}
	}
	if below {
		s.askBelow(h, "questions", questions, "answers", 2)
		s.askBelow(h, "questions", questions, "comments", 3)
		s.askBelow(h, "answers", answers, "comments", 4)
	}
	if len(unknown) > 0 {
		slices.Sort(unknown)
		h.enqueue(s.ask("owners", "owners:"+strings.Join(comments, ";"), "answers/"+strings.Join(slices.Compact(unknown), ";"), url.Values{}, 4, h.task.Due))
	}
}

func (s *stackexchange) askBelow(h *harvest, of string, ids []string, what string, depth int) {
	if len(ids) > 0 {
		h.enqueue(s.belowPage(of, strings.Join(ids, ";"), what, 1, depth, h.task.Due))
	}
}

func (s *stackexchange) belowPage(of, ids, what string, page, depth int, due time.Time) data.Task {
	q := url.Values{"order": {"asc"}, "sort": {"creation"}, "page": {strconv.Itoa(page)}}
	return s.ask("below", fmt.Sprintf("b:%s:%s:%d:%s", of, what, page, ids), of+"/"+ids+"/"+what, q, depth, due)
}

// below reads answers or comments on some posts: all there are.
func (s *stackexchange) below(h *harvest) error {
	parts := strings.Split(h.task.Key, ":")
	if len(parts) != 5 {
		return fmt.Errorf("parse %s: task key %q", plainURL(h.task.URL), h.task.Key)
	}
	of, what, ids := parts[1], parts[2], parts[4]
	posts, more, again, err := s.answer(h)
	if err != nil || again {
		return err
	}
	present, stream := map[string]bool{}, what+" below"
	for _, p := range posts {
		at, _ := h.moment(time.Unix(p.Created, 0))
		present[p.native()] = true
		h.trail.saw(stream, p.native(), at)
		if p.Comment > 0 {
			h.trail.Facts["c:"+p.native()] = strconv.Itoa(p.Post)
		}
	}
	s.keepAll(h, posts, of == "questions" && what == "answers")
	page, _ := strconv.Atoi(parts[3])
	if more && page > 0 && page < 25 {
		h.after(s.belowPage(of, ids, what, page+1, h.task.Depth, h.task.Due))
	}
	if more || page != 1 {
		return nil
	}
	asked := strings.Split(ids, ";")
	for _, y := range h.trail.Young[stream] {
		on := h.trail.Facts["c:"+y.ID]
		if on == "" {
			on, _ = h.trail.thread(y.ID)
		}
		if !present[y.ID] && slices.Contains(asked, on) {
			h.enqueue(h.ask("check", "check:"+y.ID, s.single(what, y.ID), 5, h.task.Due))
		}
	}
	return nil
}

// owners reads the answers that comments are on, and asks for these comments again.
func (s *stackexchange) owners(h *harvest) error {
	posts, _, again, err := s.answer(h)
	if err != nil || again {
		return err
	}
	for _, p := range posts {
		s.keep(h, p)
	}
	if comments := strings.TrimPrefix(h.task.Key, "owners:"); len(posts) > 0 {
		h.enqueue(s.ask("some", "some:"+comments, "comments/"+comments, url.Values{}, 5, h.task.Due))
	}
	return nil
}

// some reads posts and asks for nothing more.
func (s *stackexchange) some(h *harvest) error {
	posts, _, _, err := s.answer(h)
	for _, p := range posts {
		s.keep(h, p)
	}
	return err
}

// one reads what became of a post.
func (s *stackexchange) one(h *harvest) error {
	posts, _, again, err := s.answer(h)
	if err != nil || again {
		return err
	}
	return h.whereabouts(len(posts) == 0, func() error {
		s.keep(h, posts[0])
		return nil
	})
}
