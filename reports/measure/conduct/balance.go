package conduct

import (
	"slices"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/stats"
)

// A Balance is what makers gave people who had asked, against what they wrote unasked.
type Balance struct {
	Given   int              // posts of makers to somebody who had asked in that conversation
	Unasked int              // their other posts
	Ignored int              // of Unasked, to which nobody else replied
	Gave    measure.Evidence // posts counted in Given
	Pushed  measure.Evidence // posts counted in Unasked
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
			b.Gave = b.Gave.Add(m.ID)
		default:
			b.Unasked++
			b.Pushed = b.Pushed.Add(m.ID)
			if !replied(r, m) {
				b.Ignored++
			}
		}
	}
	if b.Given+b.Unasked < fewestOwn {
		b.State = stats.Insufficient
	}
	return b
}

// replied reports whether somebody else answers m, or writes in the conversation it opens.
func replied(r *measure.Reading, m data.PostMeta) bool {
	thread := r.Thread(m.Thread)
	opens := len(thread) > 0 && thread[0].ID == m.ID
	return slices.ContainsFunc(thread, func(p data.PostMeta) bool { return p.Author != m.Author && (opens || p.Parent == m.ID) })
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
