package reports

import (
	"time"

	"tribu/data"
)

// An earlyView is what is told when there is too little for tribes.
type earlyView struct {
	Headline []span
	Lead     []span
	Gates    []gate
	Pace     []span // how long it may take; nothing where nobody came of late
	Note     []span // what is not told yet
	Missing  string // what the gates stand under
	Commands []string
}

// A gate is one thing that tribes need before they can be named.
type gate struct {
	Name, Have string
	Width      int // of 1000
	Done       bool
	Bar        bool // there is a threshold
}

func (b *builder) earlyView() *earlyView {
	s := b.Story
	clear := 0
	for _, n := range b.Figures.Needs {
		if n.People >= b.Options.MinNeed {
			clear++
		}
	}
	enough := s.People >= b.Options.MinPeople
	v := &earlyView{
		Headline: b.rich("early.head"), Missing: b.text("early.missing"),
		Lead:     b.rich("early.lead", "n", s.People, "posts", b.text("posts", "n", s.Posts), "places", b.text("places", "n", max(s.Places, 1))),
		Commands: []string{"tribu source add https://…", "tribu crawl --since 8w", "tribu import posts.jsonl"},
	}
	if s.Posts == 0 {
		v.Headline, v.Lead = b.rich("early.head.none"), b.rich("early.lead.none", "window", b.dates(s.Window.From.Add(time.Second), s.Window.To))
		if s.Parent != "" {
			v.Headline = b.rich("early.head.silent")
		}
	} else if enough {
		v.Headline, v.Missing, v.Commands = b.rich("early.head.apart"), b.text("early.sought"), append([]string{"tribu runs show " + s.ID}, v.Commands...)
		v.Lead = b.rich("early.lead.apart", "n", s.People, "posts", b.text("posts", "n", s.Posts), "places", b.text("places", "n", max(s.Places, 1)))
	}
	if s.Posts > 0 && clear > 0 {
		v.Headline = append(v.Headline, b.rich("early.tail", "n", clear)...)
	}
	if outside := collectedPosts(s.Sources) - s.Posts; outside > s.Posts {
		v.Lead = append(v.Lead, b.rich("early.outside", "n", outside, "window", b.dates(s.Window.From.Add(time.Second), s.Window.To))...)
		v.Commands = append([]string{"tribu cluster --window 520w"}, v.Commands...)
	}
	answering := 0
	for _, src := range s.Sources {
		if src.LastError == "" {
			answering++
		}
	}
	v.Gates = []gate{b.gate("gate.people", s.People, b.Options.MinPeople), {Name: b.text("gate.pairs"), Have: b.number(s.Pairs)}}
	if enough {
		v.Gates = append(v.Gates, b.gate("gate.tribes", 0, 1))
	}
	if n := len(s.Sources); n > 0 {
		v.Gates = append(v.Gates, b.gate("gate.sources", answering, n))
	}
	v.Pace = b.paceOfPeople()
	if s.Posts > 0 {
		v.Note = b.rich("early.note", "n", b.Options.MinNeed)
	}
	return v
}

// collectedPosts returns how many posts there are, in the window and outside.
func collectedPosts(sources []data.SourceState) (n int) {
	for _, s := range sources {
		n += s.Posts
	}
	return n
}

// paceOfPeople says in how many weeks there will be enough people, as many as came in the last four.
func (b *builder) paceOfPeople() []span {
	const weeks = 4
	came, missing := 0, b.Options.MinPeople-b.Story.People
	for _, p := range b.Figures.People {
		if !p.First.IsZero() && p.First.After(b.Story.AsOf.AddDate(0, 0, -7*weeks)) {
			came++
		}
	}
	if came == 0 || missing <= 0 {
		return nil
	}
	return b.rich("early.pace", "n", (missing*weeks+came-1)/came, "came", b.text("people", "n", came))
}

func (b *builder) gate(key string, have, need int) gate {
	return gate{b.text(key), b.number(have) + " / " + b.number(need), min(have*1000/max(need, 1), 1000), have >= need, true}
}
