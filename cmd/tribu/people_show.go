package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/reports/export"
	"tribu/reports/figures"
	"tribu/reports/measure"
	"tribu/tribes"
)

// A station is one tribe a person is in.
type station struct {
	Tribe      data.TribeID `json:"tribe"`
	Letter     string       `json:"letter"`
	Name       string       `json:"name"`
	Role       data.Role    `json:"role"`
	Membership float64      `json:"membership"`
	Stability  float64      `json:"stability"`
	Why        string       `json:"why"`
}

// A tie is one person another turned to, or who turned to them.
type tie struct {
	Name     string `json:"name"`
	Letter   string `json:"letter"`
	Answered int    `json:"answered"`    // times this person turned to them
	Answers  int    `json:"answered_by"` // times they turned to this person
}

// A voicedNeed is a need in a person's words.
type voicedNeed struct {
	Topic string        `json:"topic"`
	Type  data.NeedType `json:"type"`
	Quote string        `json:"quote"`
	URL   string        `json:"url"`
	At    time.Time     `json:"at"`
}

// A nearRow is the tribe that somebody in none is nearest to.
type nearRow struct {
	Tribe  data.TribeID `json:"tribe"`
	Letter string       `json:"letter"`
	Name   string       `json:"name"`
}

// A profile is what a run knows of a person.
type profile struct {
	Run      string       `json:"run"`
	MemberID string       `json:"member_id"`
	ID       string       `json:"id"`
	Source   string       `json:"source"`
	Handle   string       `json:"handle"`
	Name     string       `json:"name"`
	URL      string       `json:"url"`
	Posts    int          `json:"posts_28d"`
	Asked    int          `json:"questions_28d"`
	Answered int          `json:"answers_28d"`
	Requests int          `json:"requests"`
	Helped   int          `json:"people_helped"`
	HelpedBy int          `json:"people_helped_by"`
	Topics   []string     `json:"topics"`
	Places   []station    `json:"tribes"`
	Ties     []tie        `json:"ties"`
	Needs    []voicedNeed `json:"needs"`
	Nearest  *nearRow     `json:"nearest,omitempty"`   // of somebody in no tribe
	Reasons  []becauseRow `json:"reasons,omitempty"`   // of people why
	Strip    *stripRow    `json:"own_words,omitempty"` // of people show
}

// profile counts what the run knows of a person; ok is false where they did not write in its window.
func (a *app) profile(ctx context.Context, db *sqlite.DB, run, source, who string) (p profile, ok bool, err error) {
	author, err := a.authorOrNamed(ctx, db, source, who)
	if err != nil {
		return p, false, err
	}
	r, err := a.record(ctx, db, run)
	if err != nil {
		return p, false, err
	}
	from, err := a.telling(ctx, db, false)
	if err != nil {
		return p, false, err
	}
	story, err := from.Story(ctx, r.ID)
	if err != nil {
		return p, false, err
	}
	p = profile{Run: r.ID, ID: author.ID.String(), Source: author.Source, Handle: author.Handle, Name: author.Name, URL: author.URL, Places: []station{}}
	if key, err := a.secret(); err == nil {
		p.MemberID = export.MemberID(key, author.ID)
	}
	loc, err := a.cfg.Location()
	if err != nil {
		return p, false, err
	}
	counted := figures.Count(story, figures.Params{Location: loc, Makers: measure.Makers(story.Authors, a.cfg.Makers)})
	did, ok := counted.People[author.ID]
	p.Posts, p.Asked, p.Answered, p.Requests, p.Helped, p.HelpedBy, p.Topics = did.Posts28, did.Questions28, did.Answers28, did.Asked, did.Helped, did.HelpedBy, did.Needs
	letters := map[data.TribeID]data.Tribe{}
	for _, t := range story.Tribes {
		letters[t.ID] = t
	}
	for _, m := range story.Members {
		if t := letters[m.Tribe]; m.Author == author.ID && m.Tribe != "" {
			p.Places = append(p.Places, station{m.Tribe, t.Letter, t.Name, m.Role, m.Strength, m.Stability, m.Why})
		}
	}
	slices.SortStableFunc(p.Places, func(x, y station) int { return cmp.Compare(y.Membership, x.Membership) })
	if id, near := tribes.Nearest(story.RunRecord, author.ID); near && len(p.Places) == 0 && ok {
		p.Nearest = &nearRow{id, letters[id].Letter, letters[id].Name}
	}
	p.Ties, p.Needs = tiesOf(story, counted, author.ID), needsOf(story, author.ID)
	return p, ok, nil
}

// tiesOf returns whom a person turned to and who turned to them, most often first, at most five.
func tiesOf(story data.Story, f figures.Figures, who data.AuthorID) []tie {
	count := map[data.AuthorID]*tie{}
	var order []data.AuthorID
	at := func(other data.AuthorID) *tie {
		if count[other] == nil {
			o := story.Authors[other]
			count[other] = &tie{Name: cmp.Or(o.Name, o.Handle, "somebody")}
			if t, ok := f.Tribe(other); ok {
				count[other].Letter = t.Letter
			}
			order = append(order, other)
		}
		return count[other]
	}
	for _, in := range story.Interactions {
		switch {
		case in.From == in.To:
		case in.From == who:
			at(in.To).Answered++
		case in.To == who:
			at(in.From).Answers++
		}
	}
	slices.SortStableFunc(order, func(x, y data.AuthorID) int {
		return cmp.Or(count[y].Answered+count[y].Answers-count[x].Answered-count[x].Answers, slices.Compare(x[:], y[:]))
	})
	out := []tie{}
	for _, other := range order[:min(5, len(order))] {
		out = append(out, *count[other])
	}
	return out
}

// needsOf returns what a person lacks in their own words, newest first, at most five.
func needsOf(story data.Story, who data.AuthorID) []voicedNeed {
	out := []voicedNeed{}
	for _, n := range story.Needs {
		if n.Author == who && n.Lacks() {
			out = append(out, voicedNeed{n.Topic(), n.Type, n.Quote, n.URL, n.CreatedAt})
		}
	}
	slices.SortStableFunc(out, func(x, y voicedNeed) int { return y.At.Compare(x.At) })
	return out[:min(5, len(out))]
}

func (a *app) peopleShow(ctx context.Context, db *sqlite.DB, run, source, who string) error {
	p, wrote, err := a.profile(ctx, db, run, source, who)
	if err != nil {
		return err
	}
	id, err := data.ParseAuthorID(p.ID)
	if err != nil {
		return err
	}
	strip, err := a.strip(ctx, db, p.Run, data.Author{ID: id, Source: p.Source, Handle: p.Handle, Name: p.Name})
	if err != nil {
		return err
	}
	p.Strip = &strip
	return a.result("people.show", p, nil, func(w io.Writer) {
		fmt.Fprintf(w, "%s  %s\n", clean(cmp.Or(p.Name, p.Handle, p.ID)), clean(strings.Join(nonEmpty("@"+p.Handle, p.Source, p.URL), "  ")))
		fmt.Fprintf(w, "member_id %s, id %s\n", cmp.Or(p.MemberID, "none without the project's key"), p.ID)
		if !wrote {
			fmt.Fprintf(w, "wrote nothing in the window of run %s\n", p.Run)
			return
		}
		fmt.Fprintf(w, "in the last 28 days: %s, %s, %s\n", count(p.Posts, "post"), count(p.Asked, "request"), count(p.Answered, "answer"))
		fmt.Fprintf(w, "in all of the run's window: %s; helped %s, was helped by %s\n", count(p.Requests, "request"), persons(p.Helped), persons(p.HelpedBy))
		writePlaces(w, p)
		strip.write(w)
	})
}

func writePlaces(w io.Writer, p profile) {
	if len(p.Places) == 0 {
		fmt.Fprintf(w, "in no tribe of run %s\n", p.Run)
	}
	if p.Nearest != nil {
		fmt.Fprintf(w, "nearest is tribe %s, %s: too little of what they said, and with whom, holds them there\n", p.Nearest.Letter, clean(p.Nearest.Name))
	}
	for _, t := range p.Places {
		fmt.Fprintf(w, "tribe %s, %s: %s, membership %.2f, stability %.2f\n", t.Letter, clean(t.Name), t.Role, t.Membership, t.Stability)
	}
}

func (a *app) peopleWhy(ctx context.Context, db *sqlite.DB, run, source, who string) error {
	p, _, err := a.profile(ctx, db, run, source, who)
	if err != nil {
		return err
	}
	id, err := data.ParseAuthorID(p.ID)
	if err != nil {
		return err
	}
	if p.Reasons, err = a.reasons(ctx, db, p.Run, id); err != nil {
		return err
	}
	return a.result("people.why", p, nil, func(w io.Writer) {
		if len(p.Places) == 0 {
			writePlaces(w, p)
		}
		for _, t := range p.Places {
			fmt.Fprintf(w, "tribe %s, %s: %s, membership %.2f, stability %.2f\n  %s\n", t.Letter, clean(t.Name), t.Role, t.Membership, t.Stability, clean(t.Why))
			a.writeReasons(w, p.Reasons, t)
		}
		if len(p.Ties) > 0 {
			fmt.Fprintln(w, "strongest ties:")
		}
		for _, t := range p.Ties {
			fmt.Fprintln(w, "  "+clean(t.words()))
		}
		if len(p.Needs) > 0 {
			fmt.Fprintln(w, "needs, in their words:")
		}
		for _, n := range p.Needs {
			fmt.Fprintln(w, "  "+clean(cut(fmt.Sprintf("%s (%s, %s): %s", cmp.Or(n.Topic, "something"), n.Type, a.local(n.At).Format("2 Jan"), strings.Join(strings.Fields(n.Quote), " ")), 78)))
		}
	})
}

// words says a tie as people would.
func (t tie) words() string {
	name := t.Name
	if t.Letter != "" {
		name += " (tribe " + t.Letter + ")"
	}
	switch {
	case t.Answers == 0:
		return fmt.Sprintf("turned to %s %s", name, times(t.Answered))
	case t.Answered == 0:
		return fmt.Sprintf("%s turned to them %s", name, times(t.Answers))
	}
	return fmt.Sprintf("turned to %s %s, and they turned back %s", name, times(t.Answered), times(t.Answers))
}

func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return thousands(n) + " times"
}

func persons(n int) string {
	if n == 1 {
		return "1 person"
	}
	return thousands(n) + " people"
}

func nonEmpty(all ...string) []string {
	return slices.DeleteFunc(all, func(s string) bool { return s == "" || s == "@" })
}
