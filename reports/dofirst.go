package reports

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"tribu/reports/figures"
)

const (
	askedFirst = 3                   // questions that somebody can answer today
	freshFor   = 14 * 24 * time.Hour // how long a question is worth an answer
	wordsAsked = 4                   // in a question that says what it is about
)

// doFirst points at the tribe that left most fresh requests open about the need voiced most, else at
// the one that left most fresh questions open; where there are none, at that need.
func (b *builder) doFirst() lineView {
	n, i := b.topUnmet()
	if i >= 0 {
		if at, open := b.leftOpen(n.Key); at >= 0 {
			key, topic := b.subject(n, "line.do.need.open")
			return b.answerFirst(at, b.rich(key, b.asking(at, open, "topic", topic)...))
		}
	}
	if at, open := b.leftOpen(""); at >= 0 {
		return b.answerFirst(at, append(b.rich("line.do", b.asking(at, open)...), b.titled(at)...))
	}
	return b.helpFirst()
}

// leftOpen returns the tribe with most fresh requests open about a need, or most questions about any
// where key is empty, and how many; -1 where there is none. As many as can be answered first are enough:
// of tribes with those it is the one that leaves the largest share of its requests without a reply, then
// that of the newest.
func (b *builder) leftOpen(key string) (at, open int) {
	at = -1
	if !b.Figures.Threads || b.Options.Anonymise {
		return at, 0
	}
	var newest time.Time
	most := 0.0
	for i, t := range b.Figures.Tribes {
		all := b.openAbout(t, key)
		if !figures.IsTribe(t.Tribe) || len(all) == 0 {
			continue
		}
		first, share := all[0].Post.CreatedAt, float64(t.Asked-t.ByTribe-t.ByOthers)/float64(max(t.Asked, 1))
		if cmp.Or(cmp.Compare(min(len(all), askedFirst), min(open, askedFirst)), cmp.Compare(share, most), first.Compare(newest)) > 0 {
			at, open, newest, most = i, len(all), first, share
		}
	}
	return at, open
}

// openAbout returns the fresh requests that a tribe left open about a need, or, where key is empty, those
// that open a conversation with a question; newest first.
func (b *builder) openAbout(t figures.Tribe, key string) []figures.Quote {
	return slices.DeleteFunc(slices.Clone(t.Open), func(q figures.Quote) bool {
		about := q.Key == key || key == "" && q.Post.Parent.IsZero() && asksSomething(q.Text)
		return !about || !b.fresh(q)
	})
}

// fresh reports whether an open request is of the last days and long enough to say what it is about.
func (b *builder) fresh(q figures.Quote) bool {
	return len(strings.Fields(q.Text)) >= wordsAsked && b.Story.AsOf.Sub(q.Post.CreatedAt) <= freshFor
}

// titled names the conversations of the questions that a tribe has to be answered first; nothing where
// one has no title.
func (b *builder) titled(at int) []span {
	var titles []string
	for _, q := range b.openAbout(b.Figures.Tribes[at], "") {
		title := clean(b.Story.Threads[q.Post.Thread].Title)
		if title == "" {
			return nil
		}
		if len(titles) < askedFirst {
			titles = append(titles, "“"+cut(title, 60)+"”")
		}
	}
	return b.rich("line.do.titles", "titles", collected(strings.Join(titles, ", ")))
}

func asksSomething(text string) bool { return strings.Contains(text, "?") }

// openFirst returns the open requests of a tribe, those to answer first before others: fresh ones
// about the need voiced most, questions before the rest, then fresh questions about other needs.
func (b *builder) openFirst(t figures.Tribe) []figures.Quote {
	top, _ := b.topUnmet()
	rank := func(q figures.Quote) int {
		about, asks := q.Key == top.Key && top.Key != "", asksSomething(q.Text)
		switch {
		case !b.fresh(q) || !about && !asks:
			return 3
		case !about:
			return 2
		case !asks:
			return 1
		}
		return 0
	}
	out := slices.Clone(t.Open)
	slices.SortStableFunc(out, func(a, b figures.Quote) int { return cmp.Compare(rank(a), rank(b)) })
	return out
}

func (b *builder) asking(at, open int, more ...any) []any {
	t := b.Figures.Tribes[at]
	return append([]any{"n", min(open, askedFirst), "name", b.called(t.Tribe), "href", b.openHref(at)}, more...)
}

func (b *builder) answerFirst(at int, parts []span) lineView {
	return lineView{Parts: append(parts, b.whereWhen(b.Figures.Tribes[at])...), Action: true}
}

// helpFirst points at the need voiced most and the tribe that voices it most, where no fresh question
// is left open.
func (b *builder) helpFirst() lineView {
	n, i := b.topUnmet()
	if i < 0 || len(n.ByTribe) == 0 || n.ByTribe[0].Tribe == figures.None {
		return lineView{Action: true}
	}
	t := b.Figures.Tribes[n.ByTribe[0].Tribe]
	key, topic := b.subject(n, "line.do.need")
	parts := b.rich(key, "topic", topic, "n", n.People, "in", n.ByTribe[0].People, "name", b.called(t.Tribe), "href", "#"+needID(i))
	return lineView{Parts: append(parts, b.whereWhen(t)...), Action: true}
}

// whereWhen says where a tribe writes most, and when replies come there.
func (b *builder) whereWhen(t figures.Tribe) []span {
	key, args := "line.do", []any{}
	if len(t.Places) > 0 && !b.onePlace {
		key, args = key+".where", append(args, "place", collected(b.placeName(t.Places[0])))
	}
	if h := t.Busiest(); b.Figures.Hours && t.Replies >= figures.EnoughReplies && h.Share >= busyHours {
		key, args = key+".when", append(args, "from", clock(h.From), "to", clock(h.To), "share", b.percent(h.Share))
	}
	if len(args) == 0 {
		key = "line.do.end"
	}
	return b.rich(key, args...)
}
