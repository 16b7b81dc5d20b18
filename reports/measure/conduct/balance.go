package conduct

import (
	"cmp"
	"slices"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/stats"
)

// A Balance is what makers gave people who had asked, against what they wrote unasked.
type Balance struct {
	Given   int              // posts of makers that answer a question, or help who had asked in that conversation
	Held    int              // posts to those who had asked, or want something, that only say that an answer will come
	Talk    int              // other posts to those who had asked: neither given nor unasked
	Unasked int              // their other posts
	Ignored int              // of Unasked, to which nobody else replied
	Gave    measure.Evidence // posts counted in Given
	Put     measure.Evidence // posts counted in Held
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
		said := r.Remark(m)
		switch {
		case ok && r.Makers[to.Author]:
			b.Talk++
		case ok && r.Signs(m.ID).Has(signs.Promise, signs.Holding) && (asks(r, to) || hadAsked(r, to.Author, m)):
			b.Held++
			b.Put = b.Put.Add(m.ID)
		case ok && !said.Advert && (asks(r, to) || said.Acts.Has(data.Offering) && hadAsked(r, to.Author, m)):
			b.Given++
			b.Gave = b.Gave.Add(m.ID)
		case ok && !said.Advert && hadAsked(r, to.Author, m):
			b.Talk++
		default:
			b.Unasked++
			b.Pushed = b.Pushed.Add(m.ID)
			if !replied(r, m) {
				b.Ignored++
			}
		}
	}
	if b.all() < fewestOwn {
		b.State = stats.Insufficient
	}
	return b
}

// replied reports whether somebody else answers m, or writes in the conversation it opens without answering
// another.
func replied(r *measure.Reading, m data.PostMeta) bool {
	thread := r.Thread(m.Thread)
	opens := len(thread) > 0 && thread[0].ID == m.ID
	return slices.ContainsFunc(thread, func(p data.PostMeta) bool {
		return p.Author != m.Author && (opens && p.Parent.IsZero() || p.Parent == m.ID)
	})
}

// turnedTo returns what m answers: its parent, else what began the conversation.
func turnedTo(r *measure.Reading, m data.PostMeta) (data.PostMeta, bool) {
	if parent, ok := r.Post(m.Parent); ok {
		return parent, true
	}
	thread := r.Thread(m.Thread)
	if len(thread) == 0 || thread[0].ID == m.ID {
		return data.PostMeta{}, false
	}
	return thread[0], thread[0].Author != m.Author
}

// Alone returns the share of the posts of b that nobody had asked for.
func (b Balance) Alone() stats.Share { return b.share(b.Unasked) }

// Useful returns the share of the posts of b that help somebody who had asked.
func (b Balance) Useful() stats.Share { return b.share(b.Given) }

// Late returns the share of the posts of b that put off somebody who had asked.
func (b Balance) Late() stats.Share { return b.share(b.Held) }

func (b Balance) all() int { return b.Given + b.Held + b.Unasked }

func (b Balance) share(k int) stats.Share {
	s := stats.ShareOf(k, b.all())
	s.State = cmp.Or(b.State, s.State)
	return s
}

// asks reports whether p wants something of whoever answers it: it puts a question, be it to the one
// whom it answers, or tells what its author lacks.
func asks(r *measure.Reading, p data.PostMeta) bool {
	return r.Remark(p).Acts.Has(data.Wondering|data.Asking|data.Pleading) ||
		slices.ContainsFunc(r.NeedsOf(p.ID), func(n *data.NeedRow) bool { return n.Lacks() })
}

// hadAsked reports whether author asked in the conversation of m before it.
func hadAsked(r *measure.Reading, author data.AuthorID, m data.PostMeta) bool {
	for _, p := range r.Thread(m.Thread) {
		if p.Author == author && p.CreatedAt.Before(m.CreatedAt) && asks(r, p) {
			return true
		}
	}
	return false
}
