package figures

import (
	"strings"
	"time"

	"tribu/data"
)

// asks reports whether post i is a request.
func (t talk) asks(i int32) bool { return i != noPost && t.remark(i).Asks() }

// asksIn reports whether post i is a request, and row the need in which it asks.
func (t talk) asksIn(i int32, row *data.NeedRow) bool {
	return i != noPost && row.Ord == t.activity[i].Acts.Ord() && t.asks(i)
}

// actable is how old a request may be that somebody can still answer to some purpose.
const actable = 28 * 24 * time.Hour

// waits reports whether post i, a request that voices row, still waits for a reply that somebody could
// give: nobody replied by asOf, however late, nor did its author say that it is solved; it offers nothing instead of asking; its sentence asks; and
// it is no question by which somebody looks into another's trouble.
func (t talk) waits(i int32, row *data.NeedRow, asOf time.Time) bool {
	post, question := &t.activity[i], strings.Contains(row.Quote, "?")
	switch {
	case t.first(i) != nil || asOf.Sub(post.CreatedAt) > actable || t.settled(i) != noPost:
		return false
	case post.Acts.Has(data.Offering) && !post.Acts.Has(data.Pleading):
		return false
	case t.opens(i):
		return question || row.Type.Wanting()
	case t.opener(i) == t.by[i] || row.Problem != "":
		return question || OwnVoice(row.Quote)
	}
	return question && OwnVoice(row.Quote)
}

// outrightAt is the confidence from which a request asks in so many words, and not by its mark alone.
const outrightAt = 0.7

// outright reports whether row is a request that asks somebody, outside the title, in a whole sentence.
func outright(row *data.NeedRow) bool {
	return row.Confidence >= outrightAt && !row.Evidence.InTitle && Whole(row.Quote)
}

// opener returns the author of the first post of the conversation of post i.
func (t talk) opener(i int32) int32 {
	if in := t.threads.of(t.thread[i]); len(in) > 0 {
		return t.by[in[0]]
	}
	return t.by[i]
}

// remark returns what post i says where people ask and help each other. Where nobody can tell who
// answers whom, and where a paper is quoted, nobody is asked.
func (t talk) remark(i int32) data.Remark {
	p := &t.activity[i]
	r := data.Remark{Author: p.Author, Answers: t.replies(i), Acts: p.Acts}
	if t.papers[t.by[i]] || t.crowded[p.Thread] {
		r.Acts = 0
	}
	return r
}

const (
	fewestRelayed = 3 // posts that a broadcaster has passed on
	mostlyRelayed = 2 // one in so many of its posts is passed on, at least
)

// broadcasters marks those who mostly pass on what concerns others, and answer nobody.
func (t talk) broadcasters() []bool {
	posts, relayed, answered := make([]int, len(t.authors)), make([]int, len(t.authors)), make([]bool, len(t.authors))
	for i := range t.activity {
		who := t.by[i]
		posts[who]++
		if t.activity[i].Acts.Has(data.Relaying) {
			relayed[who]++
		}
		if parent := t.parents[i]; parent != noPost && t.by[parent] != who {
			answered[who] = true
		}
	}
	out := make([]bool, len(t.authors))
	for who := range out {
		out[who] = relayed[who] >= fewestRelayed && mostlyRelayed*relayed[who] >= posts[who] && !answered[who]
	}
	return out
}

// crowds returns the conversations of a story that do not show who answers whom.
func crowds(story data.Story) map[data.ThreadID]bool {
	return data.Guestbooks(func(yield func(*data.PostMeta) bool) {
		for i := range story.Activity {
			if !yield(&story.Activity[i]) {
				return
			}
		}
	}, story.Interactions)
}

// addressed returns the interactions that tell whom somebody turned to: in a crowded conversation, only
// where they say so.
func (t talk) addressed(all []data.Interaction) []data.Interaction {
	if len(t.crowded) == 0 {
		return all
	}
	out := make([]data.Interaction, 0, len(all))
	for i := range all {
		if at := t.post(all[i].Post); all[i].Kind != data.Topic || at == noPost || !t.crowded[t.activity[at].Thread] {
			out = append(out, all[i])
		}
	}
	return out
}

// remarks returns what each post says where people help each other.
func (t talk) remarks(makers map[data.AuthorID]bool) []data.Remark {
	out := make([]data.Remark, len(t.activity))
	for i := range out {
		out[i] = t.remark(int32(i))
		out[i].Advert = makers[out[i].Author]
	}
	return out
}

// An Answered is how many requests there were, and how many of them got a reply in time.
type Answered struct{ Asked, Replied int }

// Share returns the part that got a reply; 0 where nobody asked.
func (a Answered) Share() float64 { return float64(a.Replied) / float64(max(a.Asked, 1)) }

// Unanswered returns how many of Asked got no reply in time.
func (t Tribe) Unanswered() int { return t.Asked - t.ByTribe - t.ByOthers }
