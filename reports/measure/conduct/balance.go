package conduct

import (
	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/stats"
)

// A Balance is what makers gave people who had asked, against what they wrote unasked.
type Balance struct {
	Given   int // posts of makers to somebody who had asked in that conversation
	Unasked int // their other posts
	State   stats.State
}

// fewestOwn is how many posts makers must write for a balance.
const fewestOwn = 10

// BalanceOf counts the posts of makers in the window. Posts to other makers count for neither side.
func BalanceOf(r *measure.Reading) Balance {
	var b Balance
	if len(r.Makers) == 0 {
		b.State = NoMakers
		return b
	}
	for _, m := range r.Posts {
		if !r.Makers[m.Author] || !r.Window.Contains(m.CreatedAt) {
			continue
		}
		to, ok := turnedTo(r, m)
		switch {
		case ok && r.Makers[to]:
		case ok && hadAsked(r, to, m):
			b.Given++
		default:
			b.Unasked++
		}
	}
	if b.Given+b.Unasked < fewestOwn {
		b.State = stats.Insufficient
	}
	return b
}

// turnedTo returns whom m answers: the author of its parent, else who began the conversation.
func turnedTo(r *measure.Reading, m data.PostMeta) (data.AuthorID, bool) {
	if parent, ok := r.Post(m.Parent); ok {
		return parent.Author, true
	}
	thread := r.Thread(m.Thread)
	if len(thread) == 0 || thread[0].ID == m.ID {
		return data.AuthorID{}, false
	}
	return thread[0].Author, thread[0].Author != m.Author
}

// hadAsked reports whether author voiced a wanting need in the conversation of m before it.
func hadAsked(r *measure.Reading, author data.AuthorID, m data.PostMeta) bool {
	for _, p := range r.Thread(m.Thread) {
		if p.Author == author && p.CreatedAt.Before(m.CreatedAt) && wants(r, p.ID) {
			return true
		}
	}
	return false
}
