package reports

import "time"

// An earlyView is what is told when there is too little for tribes.
type earlyView struct {
	Headline []span
	Lead     []span
	Gates    []gate
	Pace     []span // how long it may take; nothing where nobody came of late
	Note     []span // what is not told yet
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
	v := &earlyView{
		Headline: b.rich("early.head"),
		Lead:     b.rich("early.lead", "n", s.People, "posts", b.text("posts", "n", s.Posts), "places", b.text("places", "n", max(s.Places, 1))),
		Commands: []string{"tribu source add https://…", "tribu crawl --since 8w", "tribu import posts.jsonl"},
	}
	if s.Posts == 0 {
		v.Headline, v.Lead = b.rich("early.head.none"), b.rich("early.lead.none", "window", b.dates(s.Window.From.Add(time.Second), s.Window.To))
		if s.Parent != "" {
			v.Headline = b.rich("early.head.silent")
		}
	} else if clear > 0 {
		v.Headline = append(v.Headline, b.rich("early.tail", "n", clear)...)
	}
	answering := 0
	for _, src := range s.Sources {
		if src.LastError == "" {
			answering++
		}
	}
	v.Gates = []gate{b.gate("gate.people", s.People, b.Options.MinPeople), {Name: b.text("gate.pairs"), Have: b.number(s.Pairs)}}
	if n := len(s.Sources); n > 0 {
		v.Gates = append(v.Gates, b.gate("gate.sources", answering, n))
	}
	v.Pace = b.paceOfPeople()
	if s.Posts > 0 {
		v.Note = b.rich("early.note", "n", b.Options.MinNeed)
	}
	return v
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
