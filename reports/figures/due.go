package figures

import (
	"tribu/data"
	"tribu/reports/measure/stats"
)

// dueFrom is the part of what requests have grown by, or those of them without a reply, from where it is due to one need.
const dueFrom = 1.0 / 3

// A Request is one that is old enough to judge.
type Request struct {
	ID   data.PostID
	Week int
	Open bool // without a reply in time
}

// A Due is what of the requests of the last week is about one need.
type Due struct {
	Need int // of needs
	WeekPace
}

// DueTo returns the one of needs to which a part of what has grown is due: surely more requests than in a usual week, at
// least so many, are about it, and it makes a third of what all requests have grown by, or those without a reply; false
// where there is none.
func (p Pace) DueTo(needs []Need, least int) (most Due, found bool) {
	best := 0.0
	for i := range needs {
		if needs[i].Mixed {
			continue
		}
		now, before := p.about(needs[i].Posts)
		if now.Asked < least || !stats.SurelyMore(now.Asked, p.Asked, before.Asked, p.Before.Asked) {
			continue
		}
		part := max(p.part(now.Unanswered, before.Unanswered, p.Unanswered, p.Before.Unanswered), p.part(now.Asked, before.Asked, p.Asked, p.Before.Asked))
		if part >= dueFrom && part > best {
			best, most, found = part, Due{i, now}, true
		}
	}
	return most, found
}

// part returns which part of what all have grown by, from a usual week to the last, some have.
func (p Pace) part(now, before, all, allBefore int) float64 {
	weeks := float64(max(p.Weeks, 1))
	grown := float64(all) - float64(allBefore)/weeks
	if grown <= 0 {
		return 0
	}
	return (float64(now) - float64(before)/weeks) / grown
}

// about counts the requests among posts: those of the last week, and those of the weeks that tell what is usual.
func (p Pace) about(posts []data.PostID) (now, before WeekPace) {
	in := make(map[data.PostID]bool, len(posts))
	for _, id := range posts {
		in[id] = true
	}
	for _, r := range p.Requests {
		at := &before
		switch {
		case !in[r.ID]:
			continue
		case r.Week == len(p.Weekly)-1:
			at = &now
		case r.Week < p.Until-p.Weeks || r.Week >= p.Until:
			continue
		}
		at.Asked++
		if r.Open {
			at.Unanswered++
		}
	}
	return now, before
}
