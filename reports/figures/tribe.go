package figures

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"tribu/data"
)

// A Tribe is a tribe of the run with what was counted about its people.
type Tribe struct {
	data.Tribe
	Members     []data.Member
	AtHome      []data.Member // of these, who belong to it most, strongest first
	Size        Size          // against the parent run
	Weekly      []int         // members who wrote, by week
	Asked       int           // requests of members, old enough to have got a reply
	ByTribe     int           // of Asked, first answered by another member
	ByOthers    int           // of Asked, first answered by somebody else
	ByMakers    int           // of ByOthers, by somebody who speaks for a company
	Open        []Quote       // requests of the last weeks that still wait for a reply, newest first
	Replied     []data.PostID // requests with a reply
	ByDay       [7]Answered   // of Asked, by the day of the request, Monday first, project time
	Helped      int           // members whose request got a reply
	HelpedSince int           // of Helped, who replied to somebody else's request
	Helpers     []Voice       // members by people helped
	Hours       [7][24]int    // replies to members, Monday first, project time
	Replies     int           // sum of Hours
	Busy        []data.PostID // replies in its busiest hours, newest first
	Released    bool          // somebody lets its people's posts pass: their hours are not the people's
	Places      []PlaceShare
	Quotes      []Quote // members' own words, the tribe's exemplars first
	New         int     // members first seen in the last four weeks of eight
}

// A Size is how many people a tribe has and had.
type Size struct {
	Before int               // 0 where there is nothing to compare with
	Known  bool              // the parent run had this tribe
	Then   data.Tribe        // what the parent run told of it; zero where it did not have it
	Change float64           // relative
	Usual  float64           // root mean square of its earlier weekly changes; 0 where too few are known
	Real   bool              // Change is larger than usual, from the last four weeks too, and no split, move or merger explains it
	Moved  int               // people who came at a move; below 0, who went
	With   data.TribeID      // from or to which tribe
	After  data.LineageEvent // the split, move or merger it comes from, if any
}

// A PlaceShare is how many of a tribe's posts stand in one place.
type PlaceShare struct {
	Source, Place string
	Posts         int
}

// Stands returns the share that the tribe's place i has of all posts told by place.
func (t Tribe) Stands(i int) float64 {
	all := 0
	for _, p := range t.Places {
		all += p.Posts
	}
	return float64(t.Places[i].Posts) / float64(all)
}

// EnoughAsked is the least number of requests that makes a share of them worth telling.
const EnoughAsked = 8

// EnoughReplies is the least number of replies that makes an hour map worth drawing.
const EnoughReplies = 40

func (f *Figures) fillTribes(story data.Story, t talk) {
	f.countPosts(story, t)
	f.fillBusy(t)
	f.countRequests(story, t)
	f.countHelp()
	for i := range f.Tribes {
		tr := &f.Tribes[i]
		tr.Size = sizeOf(tr.Tribe, story)
		tr.Helpers = helpers(tr.Members, f.People, f.Typed)
		for _, m := range tr.Members {
			if p := f.People[m.Author]; !p.First.IsZero() && p.First.After(story.AsOf.Add(-28*24*time.Hour)) {
				tr.New++
			}
		}
	}
}

func (f *Figures) countPosts(story data.Story, t talk) {
	weekly := make([]map[data.AuthorID]bool, len(f.Tribes)*Weeks)
	places, minutes := make([]map[[2]string]int, len(f.Tribes)), make([]minute, len(f.Tribes))
	for i := range places {
		places[i] = make(map[[2]string]int)
	}
	for i := range story.Activity {
		p := &story.Activity[i]
		for _, of := range f.in[p.Author] { // as people and posts are counted
			minutes[of].add(p)
			if w := weekOf(f.Weeks, p.CreatedAt); w >= 0 {
				set := &weekly[of*Weeks+w]
				if *set == nil {
					*set = make(map[data.AuthorID]bool)
				}
				(*set)[p.Author] = true
			}
			if story.Window.Contains(p.CreatedAt) {
				places[of][[2]string{p.Source, p.Place}]++
			}
		}
		f.countHour(i, t)
	}
	for i := range f.Tribes {
		for w := range Weeks {
			f.Tribes[i].Weekly = append(f.Tribes[i].Weekly, len(weekly[i*Weeks+w]))
		}
		f.Tribes[i].Places, f.Tribes[i].Released = placeShares(places[i]), minutes[i].released()
	}
}

// fillBusy keeps the newest replies of each tribe's busiest hours.
func (f *Figures) fillBusy(t talk) {
	busiest := make([]Hour, len(f.Tribes))
	for i := range f.Tribes {
		busiest[i] = f.Tribes[i].Busiest()
	}
	for i := range slices.Backward(t.activity) {
		p := &t.activity[i]
		home := f.repliedTo(i, t)
		if home == None {
			continue
		}
		if h := p.CreatedAt.In(f.Params.Location).Hour(); (h-busiest[home].From+24)%24 < 3 {
			f.Tribes[home].Busy = append(f.Tribes[home].Busy, p.ID)
		}
	}
}

// countHour counts post i in the hours of the tribe of the person it answers.
func (f *Figures) countHour(i int, t talk) {
	p := &t.activity[i]
	if home := f.repliedTo(i, t); home != None {
		at := p.CreatedAt.In(f.Params.Location)
		f.Tribes[home].Hours[(int(at.Weekday())+6)%7][at.Hour()]++
		f.Tribes[home].Replies++
	}
}

// repliedTo returns the tribe of the person whom post i answers; None where that is nobody else.
func (f *Figures) repliedTo(i int, t talk) int {
	parent := t.parents[i]
	if parent == noPost || t.by[parent] == t.by[i] {
		return None
	}
	if home, ok := f.Home[t.activity[parent].Author]; ok {
		return home
	}
	return None
}

func placeShares(count map[[2]string]int) []PlaceShare {
	out := make([]PlaceShare, 0, len(count))
	for k, n := range count {
		out = append(out, PlaceShare{k[0], k[1], n})
	}
	slices.SortFunc(out, func(a, b PlaceShare) int {
		return cmp.Or(b.Posts-a.Posts, cmp.Compare(a.Source, b.Source), cmp.Compare(a.Place, b.Place))
	})
	return out
}

func (f *Figures) countRequests(story data.Story, t talk) {
	voiced := make([][]int32, len(f.Tribes)) // places in story.Needs
	var last data.PostID                     // the needs of one post follow each other
	for i := range story.Needs {
		row := &story.Needs[i]
		home := f.seat(row.Author)
		apart := home == len(f.Tribes)
		if !apart {
			voiced[home] = append(voiced[home], int32(i))
		}
		if row.ID == last || !t.asking[i] {
			continue
		}
		last = row.ID
		switch {
		case story.AsOf.Sub(row.CreatedAt) < f.Params.ReplyWithin || t.settledBy(t.voiced[i], f.Params.ReplyWithin):
		case !apart:
			f.countRequest(home, row, t.voiced[i], t, story.AsOf)
		case !f.Params.Makers[row.Author] && t.waits(t.voiced[i], row, story.AsOf):
			f.Open = append(f.Open, openOf(row))
		}
	}
	newest(f.Open)
	for i := range f.Tribes {
		newest(f.Tribes[i].Open)
		f.Tribes[i].Quotes = tribeQuotes(f.Tribes[i].Tribe, story.Needs, voiced[i], *f, t)
	}
}

func (f *Figures) countRequest(home int, row *data.NeedRow, post int32, t talk, asOf time.Time) {
	tr := &f.Tribes[home]
	tr.Asked++
	day := &tr.ByDay[(int(row.CreatedAt.In(f.Params.Location).Weekday())+6)%7]
	day.Asked++
	if t.waits(post, row, asOf) {
		tr.Open = append(tr.Open, openOf(row))
	}
	r, ok := t.answered(post, f.Params.ReplyWithin)
	switch {
	case !ok:
	case f.Home[r.Author] == home:
		tr.ByTribe++
	default:
		tr.ByOthers++
		if f.Params.Makers[r.Author] {
			tr.ByMakers++
		}
	}
	if ok {
		day.Replied++
		tr.Replied = append(tr.Replied, row.ID)
	}
}

// openOf returns what is quoted of a request that still waits.
func openOf(row *data.NeedRow) Quote {
	key, _ := row.Subject()
	return Quote{Post: row.PostMeta, Text: row.Quote, Lang: row.Need.Lang, Type: row.Type, Key: key, Own: OwnVoice(row.Quote), Outright: outright(row)}
}

// newest puts quotes in the order of their posts, newest first.
func newest(quotes []Quote) {
	slices.SortStableFunc(quotes, func(a, b Quote) int {
		return cmp.Or(b.Post.CreatedAt.Compare(a.Post.CreatedAt), compareID(a.Post.ID, b.Post.ID))
	})
}

// mostVoiced is how many needs of a tribe are read for its words, beside those it is known by.
const mostVoiced = 4000

// tribeQuotes returns what members wrote, of the needs that voiced holds, one per author: those first
// that say the tribe's own words, its exemplars and the needs it shares before others.
func tribeQuotes(tr data.Tribe, needs []data.NeedRow, voiced []int32, f Figures, t talk) []Quote {
	rank := make(map[data.PostID]int)
	for _, id := range tr.Exemplars {
		rank[id] = 2
	}
	for _, n := range tr.Needs {
		rank[n.Evidence] = 1
	}
	var rows []int32
	for _, i := range voiced {
		if len(rows) < mostVoiced || rank[needs[i].ID] > 0 {
			rows = append(rows, i)
		}
	}
	var own strings.Builder
	for _, w := range tr.Words {
		own.WriteString(w.Form + " ")
	}
	for _, w := range tr.Themes {
		own.WriteString(w.Form + " ")
	}
	own.WriteString(strings.Join(tr.Names(), " "))
	out, _ := quotes(needs, rows, namingOf([]string{own.String()}), f, t)
	slices.SortStableFunc(out, func(a, b Quote) int {
		return cmp.Compare(b.score+0.2*float64(rank[b.Post.ID]), a.score+0.2*float64(rank[a.Post.ID]))
	})
	return out
}

// Voice returns who helps most people of those who are members in earnest, not at its edge, and
// false where nobody helps.
func (t Tribe) Voice() (Voice, bool) {
	for _, v := range t.Helpers {
		if !v.Edge {
			return v, true
		}
	}
	return Voice{}, false
}
