// Package figures counts what a weekly report and an export say: who asked, who replied, what
// changed. It is pure: a story goes in, numbers with the posts behind them come out, and equal
// stories give equal numbers in equal order.
package figures

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"tribu/data"
)

// Weeks is how many weeks a trend covers.
const Weeks = 8

// None is the index of no tribe.
const None = -1

// Params says how to count. The zero value works.
type Params struct {
	Location    *time.Location // of hours and days; UTC where nil
	ReplyWithin time.Duration  // a request without a reply for that long is unanswered; 48 h where 0
	Lang        data.Lang      // in which needs are named where they have a name there; else, and where empty, by their most frequent name

	// Makers are accounts that speak for companies. What they answer is not help of people: their
	// balance tells it.
	Makers map[data.AuthorID]bool
}

func (p Params) filled() Params {
	if p.Location == nil {
		p.Location = time.UTC
	}
	if p.ReplyWithin <= 0 {
		p.ReplyWithin = 48 * time.Hour
	}
	return p
}

// Figures is what was counted in one story.
type Figures struct {
	Params  Params
	Weeks   []data.Window            // the eight weeks up to the as-of, oldest first
	Tribes  []Tribe                  // tribes first, then crowds and cliques, each by size
	Home    map[data.AuthorID]int    // index of the tribe an author belongs to most
	in      map[data.AuthorID][]int  // indexes of all tribes an author belongs to
	None    int                      // people in no group
	Open    []Quote                  // requests of people in no group that still wait for a reply, newest first
	Loose   int                      // people in groups that are no tribes alone
	Several int                      // people in more than one tribe, who count in each
	People  map[data.AuthorID]Person // everyone in the window
	Needs   []Need                   // most people first
	Unnamed int                      // people whose need is about nothing that was found
	Alone   int                      // people none of whose needs anybody shares
	Links   []Link                   // pairs of tribes that talk, most pairs of people first
	Free    []PersonPair             // one in no group, one in a group, who turned to each other
	Inside  int                      // pairs of people of one tribe who turned to each other
	Changes []Change                 // of tribes since the parent, weightiest first
	First   bool                     // no run before this one found tribes
	Pace    Pace                     // how long a first reply takes
	Threads bool                     // the sources show who answers whom
	Parts   Parts                    // how much of the conversations is there
	Crowded int                      // conversations that do not: very many answers, none to a post
	Typed   map[data.AuthorID]bool   // names of one word in sources where everybody types their own: perhaps several people's
	Hours   bool                     // the sources give the time of day
	hands   hands                    // names that are typed by hand
}

// Count counts story.
func Count(story data.Story, params Params) Figures {
	p := params.filled()
	f := Figures{Params: p, Weeks: weeksTo(story.AsOf)}
	f.Hours = hasHours(story.Activity)
	talk := newTalk(story)
	f.Parts = parts(story)
	f.Crowded = len(talk.crowded)
	story.Interactions = talk.addressed(story.Interactions)
	f.Threads = len(story.Interactions) > 0
	f.place(story)
	f.Typed, f.hands = typed(story.Authors), handsOf(story.Authors)
	var apart sync.WaitGroup
	lacking, placed := Figures{}, f
	apart.Go(func() { lacking.Needs, lacking.Unnamed, lacking.Alone = needs(story, placed, talk.fresh()) })
	f.People = people(story, f, talk)
	f.Links, f.Free, f.Inside = links(story.Interactions, f)
	f.Pace = pace(talk, f.Weeks, story.Window, story.AsOf, p.ReplyWithin)
	f.fillTribes(story, talk)
	f.Changes, f.First = grown(f.explain(changes(story)), f.Tribes, story), first(story)
	apart.Wait()
	f.Needs, f.Unnamed, f.Alone = lacking.Needs, lacking.Unnamed, lacking.Alone
	f.nameNeeds()
	return f
}

// Tribe returns the tribe an author belongs to most, and false for people in none.
func (f Figures) Tribe(a data.AuthorID) (Tribe, bool) {
	i, ok := f.Home[a]
	if !ok || i == None {
		return Tribe{}, false
	}
	return f.Tribes[i], true
}

// TribeCount returns how many groups are tribes.
func (f Figures) TribeCount() int {
	n := 0
	for _, t := range f.Tribes {
		if t.IsTribe() {
			n++
		}
	}
	return n
}

func (f *Figures) place(story data.Story) {
	ordered := slices.Clone(story.Tribes)
	slices.SortStableFunc(ordered, func(a, b data.Tribe) int {
		if a.IsTribe() != b.IsTribe() {
			if a.IsTribe() {
				return -1
			}
			return 1
		}
		return b.People - a.People
	})
	index := make(map[data.TribeID]int, len(ordered))
	f.Tribes = make([]Tribe, len(ordered))
	for i, t := range ordered {
		index[t.ID] = i
		f.Tribes[i].Tribe = t
	}
	f.Home, f.in = make(map[data.AuthorID]int, len(story.Members)), make(map[data.AuthorID][]int, len(story.Members))
	for _, m := range story.Members {
		i, ok := index[m.Tribe]
		if !ok {
			i = None
		} else {
			f.Tribes[i].Members, f.in[m.Author] = append(f.Tribes[i].Members, m), append(f.in[m.Author], i)
		}
		if m.Rank == 0 {
			f.Home[m.Author] = i
			if i == None {
				f.None++
			} else {
				f.Tribes[i].AtHome = append(f.Tribes[i].AtHome, m)
			}
		}
	}
	for i := range f.Tribes {
		slices.SortFunc(f.Tribes[i].AtHome, func(a, b data.Member) int {
			return cmp.Or(cmp.Compare(b.Strength, a.Strength), slices.Compare(a.Author[:], b.Author[:]))
		})
	}
	for _, groups := range f.in {
		tribes := 0
		for _, i := range groups {
			if f.Tribes[i].IsTribe() {
				tribes++
			}
		}
		switch {
		case tribes == 0:
			f.Loose++
		case tribes > 1:
			f.Several++
		}
	}
}

func weeksTo(asOf time.Time) []data.Window {
	const week = 7 * 24 * time.Hour
	out := make([]data.Window, Weeks)
	for i := range out {
		to := asOf.Add(-time.Duration(Weeks-1-i) * week)
		out[i] = data.Window{From: to.Add(-week), To: to}
	}
	return out
}

// weekOf returns the index of the week that contains t, or -1.
func weekOf(weeks []data.Window, t time.Time) int {
	first := weeks[0].From
	if !t.After(first) || t.After(weeks[len(weeks)-1].To) {
		return -1
	}
	const week = 7 * 24 * time.Hour
	return int((t.Sub(first) - 1) / week)
}

// hasHours reports whether fewer than half of the posts share one time of day.
func hasHours(posts []data.PostMeta) bool {
	if len(posts) < 20 {
		return false
	}
	seen := make(map[int]int)
	most := 0
	for _, p := range posts {
		h, m, s := p.CreatedAt.UTC().Clock()
		key := h*3600 + m*60 + s
		seen[key]++
		most = max(most, seen[key])
	}
	return 2*most < len(posts)
}

func compareID(a, b [16]byte) int { return slices.Compare(a[:], b[:]) }
