package conduct

import (
	"bytes"
	"cmp"
	"maps"
	"slices"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/signs"
)

// A Push is what makers wrote unasked where a tribe talks, and how that was taken.
type Push struct {
	Tribe    data.TribeID
	Posts    int              // of makers that nobody had asked for
	Rebuffed int              // of them, to which somebody replied with annoyance
	Ignored  int              // of them, to which nobody replied
	Evidence measure.Evidence // the posts
}

// PushesOf returns what b holds unasked by the tribe of most people of each conversation, in the order of the reading's tribes.
// Where most are in none, or as many in several, it counts for none.
func PushesOf(r *measure.Reading, b Balance) []Push {
	at := make(map[data.TribeID]*Push)
	out := make([]Push, len(r.Tribes))
	for i, t := range r.Tribes {
		out[i].Tribe = t.ID
		at[t.ID] = &out[i]
	}
	for _, id := range b.Pushed {
		m, ok := r.Post(id)
		p := at[talking(r, m)]
		if !ok || p == nil {
			continue
		}
		p.Posts++
		p.Evidence = p.Evidence.Add(id)
		switch {
		case !replied(r, m):
			p.Ignored++
		case rebuffed(r, m):
			p.Rebuffed++
		}
	}
	return slices.DeleteFunc(out, func(p Push) bool { return p.Posts == 0 })
}

// An Own is what one maker wrote in the window.
type Own struct {
	Maker    data.AuthorID
	Answers  int              // posts that answer a question, or help who had asked in that conversation
	Unasked  int              // posts that nobody had asked for
	Rebuffed int              // of them, to which somebody replied with annoyance
	Pushed   measure.Evidence // posts counted in Unasked
}

// OwnOf returns what b holds by maker, of those who wrote any of it, by id.
func OwnOf(r *measure.Reading, b Balance) []Own {
	by := make(map[data.AuthorID]*Own)
	of := func(id data.PostID) (*Own, data.PostMeta) {
		m, _ := r.Post(id)
		if by[m.Author] == nil {
			by[m.Author] = &Own{Maker: m.Author}
		}
		return by[m.Author], m
	}
	for _, id := range b.Gave {
		own, _ := of(id)
		own.Answers++
	}
	for _, id := range b.Pushed {
		own, m := of(id)
		own.Unasked++
		own.Pushed = own.Pushed.Add(id)
		if rebuffed(r, m) {
			own.Rebuffed++
		}
	}
	out := make([]Own, 0, len(by))
	for _, id := range slices.SortedFunc(maps.Keys(by), func(x, y data.AuthorID) int { return bytes.Compare(x[:], y[:]) }) {
		out = append(out, *by[id])
	}
	return out
}

// talking returns the tribe of most people in the conversation of m; empty where none is.
func talking(r *measure.Reading, m data.PostMeta) data.TribeID {
	people, count := make(map[data.AuthorID]bool), make(map[data.TribeID]int)
	for _, p := range r.Thread(m.Thread) {
		if !people[p.Author] && !r.Makers[p.Author] {
			people[p.Author] = true
			count[r.Home[p.Author]]++
		}
	}
	most := slices.SortedFunc(maps.Keys(count), func(x, y data.TribeID) int { return cmp.Or(count[y]-count[x], cmp.Compare(x, y)) })
	if len(most) == 0 || len(most) > 1 && count[most[0]] == count[most[1]] {
		return ""
	}
	return most[0]
}

// rebuffed reports whether somebody replied to m with annoyance, or complains there.
func rebuffed(r *measure.Reading, m data.PostMeta) bool {
	return slices.ContainsFunc(r.Thread(m.Thread), func(p data.PostMeta) bool {
		if p.Parent != m.ID || r.Makers[p.Author] {
			return false
		}
		return r.Signs(p.ID).Has(signs.Trouble, signs.Unfair, signs.Anger) ||
			slices.ContainsFunc(r.NeedsOf(p.ID), func(n *data.NeedRow) bool { return n.Type == data.Complaint })
	})
}
