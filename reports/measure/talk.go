package measure

import (
	"slices"
	"strings"
	"time"

	"tribu/data"
	"tribu/reports/measure/signs"
)

// A Request is somebody opening a thread with a need and asking others, and what came of it.
type Request struct {
	Post     data.PostMeta
	Needs    []*data.NeedRow
	Answers  []data.PostMeta // by others who do not ask for the same, by time
	Thanked  data.PostID     // the asker's thanks after an answer; zero where none
	Solved   data.PostID     // the asker's word that it works, after an answer; zero where none
	Repeated data.PostID     // the asker voicing the same need again after an answer, within a week; zero where none
}

// Requests returns the threads of window that open with a request, by time.
func (r *Reading) Requests(window data.Window, repeat time.Duration) []Request {
	return Within(r.AllRequests(repeat), window)
}

// Within returns the requests made in window.
func Within(requests []Request, window data.Window) []Request {
	var out []Request
	for _, q := range requests {
		if window.Contains(q.Post.CreatedAt) {
			out = append(out, q)
		}
	}
	return out
}

// AllRequests returns all threads that open with a request, by time. A need voiced again
// within repeat of the first answer counts as repeated.
func (r *Reading) AllRequests(repeat time.Duration) []Request {
	out, known := r.asked[repeat]
	if !known {
		out = r.readRequests(repeat)
		r.asked[repeat] = out
	}
	return out
}

func (r *Reading) readRequests(repeat time.Duration) []Request {
	var out []Request
	voiced := r.wants()
	for _, id := range r.Threads() {
		thread := r.Thread(id)
		first := thread[0]
		if !first.Parent.IsZero() || r.Makers[first.Author] {
			continue
		}
		q := Request{Post: first}
		for _, n := range r.NeedsOf(first.ID) {
			if n.Lacks() {
				q.Needs = append(q.Needs, n)
			}
		}
		if len(q.Needs) > 0 && r.Remark(first).Asks() {
			r.follow(&q, thread[1:], voiced[first.Author], repeat)
			out = append(out, q)
		}
	}
	return out
}

// wants returns the wanting needs of each author, by time.
func (r *Reading) wants() map[data.AuthorID][]*data.NeedRow {
	out := make(map[data.AuthorID][]*data.NeedRow)
	for i := range r.Needs {
		if n := &r.Needs[i]; n.Lacks() {
			out[n.Author] = append(out[n.Author], n)
		}
	}
	return out
}

func (r *Reading) follow(q *Request, rest []data.PostMeta, voiced []*data.NeedRow, repeat time.Duration) {
	asked := r.asksIn(q.Post)
	for _, p := range rest {
		switch {
		case p.Author != q.Post.Author && data.Joins(p.Acts, r.asksIn(p), asked):
		case p.Author != q.Post.Author:
			q.Answers = append(q.Answers, p)
		case len(q.Answers) > 0:
			if q.Thanked.IsZero() && r.Thanks(p.ID) {
				q.Thanked = p.ID
			}
			if q.Solved.IsZero() && r.Solves(p.ID) {
				q.Solved = p.ID
			}
		}
	}
	if len(q.Answers) == 0 {
		return
	}
	answered := q.Answers[0].CreatedAt
	for _, n := range voiced {
		if n.ID != q.Post.ID && n.CreatedAt.After(answered) && n.CreatedAt.Sub(answered) <= repeat && sameTopic(q.Needs, n) {
			q.Repeated = n.ID
			return
		}
	}
}

// asksIn returns the problem in which a post asks; empty where it asks in none.
func (r *Reading) asksIn(p data.PostMeta) data.ProblemID {
	if !r.Remark(p).Asks() {
		return ""
	}
	for _, n := range r.NeedsOf(p.ID) {
		if n.Ord == p.Acts.Ord() {
			return n.Problem
		}
	}
	return ""
}

func sameTopic(needs []*data.NeedRow, n *data.NeedRow) bool {
	for _, m := range needs {
		if n.Topic() != "" && n.Topic() == m.Topic() {
			return true
		}
	}
	return false
}

// opening is how many words from its start a post may say thanks for what came before.
const opening = 12

// Thanks reports whether a post says that an answer helped: in those words, or by opening with
// thanks and asking nothing.
func (r *Reading) Thanks(id data.PostID) bool {
	said := r.Signs(id)
	if said.Has(signs.Thanks) {
		return true
	}
	return r.Polite(id) && !strings.Contains(r.Said(id), "?")
}

// Solves reports whether a post says that something works now, or was what its author needed, and takes
// nothing of that back: neither in the same sentence nor at the start of the next.
func (r *Reading) Solves(id data.PostID) bool {
	said := signs.Sentences(r.Said(id))
	for i, s := range said {
		shows := r.Answers().Read(s)
		if !shows.Has(signs.Success) || shows.Has(signs.Reservation) || strings.Contains(s, "?") {
			continue
		}
		if i+1 == len(said) || !slices.ContainsFunc(r.Answers().Read(said[i+1]).Found, func(f signs.Found) bool { return f.Sign == signs.Reservation && f.At < 2 }) {
			return true
		}
	}
	return false
}

// Polite reports whether a post opens with a courtesy.
func (r *Reading) Polite(id data.PostID) bool {
	return slices.ContainsFunc(r.Signs(id).Found, func(f signs.Found) bool { return f.Sign == signs.Courtesy && f.At < opening })
}

// Accepted returns the answer that word, a post of the asker's, gives thanks for or says of that it helped: the
// post it replies to where that is an answer, else the last answer before it.
func (r *Reading) Accepted(q Request, word data.PostID) (data.PostMeta, bool) {
	thanks, ok := r.Post(word)
	if !ok {
		return data.PostMeta{}, false
	}
	var last data.PostMeta
	for _, a := range q.Answers {
		if a.ID == thanks.Parent {
			return a, true
		}
		if !a.CreatedAt.After(thanks.CreatedAt) {
			last = a
		}
	}
	return last, !last.ID.IsZero()
}
