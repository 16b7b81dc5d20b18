package reports

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure"
	"tribu/reports/measure/signs"
)

const (
	leastSaid = 3 // people must say the same in a conversation to tell what is said there,
	partSaid  = 3 // and one in so many of those who wrote
	firmRunes = 40
)

// firmIn returns the maker that a title names; empty where it names none, or several.
func (b *builder) firmIn(title string) collected {
	said := " " + lettersOf(title) + " "
	named := make(map[collected]bool)
	note := func(shown string, names ...string) {
		for _, n := range names {
			if n = lettersOf(n); strings.ContainsFunc(n, unicode.IsLetter) && strings.Contains(said, " "+n+" ") { // some accounts are numbers
				named[collected(cut(clean(shown), firmRunes))] = true
			}
		}
	}
	known := make(map[string]bool) // by what the configuration calls them
	for id := range b.Figures.Params.Makers {
		a := b.Story.Authors[id]
		note(cmp.Or(a.Name, a.Handle, a.NativeID), a.Name, a.Handle, a.NativeID)
		for _, n := range []string{a.Name, a.Handle, a.NativeID} {
			known[measure.Handle(n)] = true
		}
	}
	for _, n := range b.Options.Customer.Makers { // who wrote nothing of late
		if !known[measure.Handle(n)] {
			note(n, n)
		}
	}
	if len(named) != 1 {
		return ""
	}
	for n := range named {
		return n
	}
	return ""
}

// lettersOf returns the words of text in small letters, without marks, a space between them.
func lettersOf(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// A saying is what most people say in the conversation in which those who left met.
type saying struct {
	firm   collected // that the title of the conversation names; empty where it names none, or several
	key    string    // of its message: cause.…; empty where nothing is told
	people int
	voices []span // what they need, where it is a need
}

// down says whether it is that a firm is not what they expected.
func (s saying) down() bool { return s.key == "cause.down" }

// saidThere returns what most of those who left say in the conversation in which they met: that a firm, which its title names, is
// not what they expected, where enough do to tell a motive; else a need that a list tells, or that something is wrong.
func (b *builder) saidThere(why figures.Cause) saying {
	said := saying{firm: b.firmIn(b.Story.Threads[why.Thread].Title)}
	down, wrong := make(map[data.AuthorID]bool), make(map[data.AuthorID]bool)
	needs := make(map[string]map[data.AuthorID]bool)
	for i := range b.Story.Needs {
		n := &b.Story.Needs[i]
		if !slices.Contains(why.Posts, n.ID) {
			continue
		}
		if n.Polarity < 0 && slices.Contains(n.Motives, string(signs.Image)) {
			down[n.Author] = true
		}
		if n.Type == data.Complaint || n.Type == data.Problem {
			wrong[n.Author] = true
		}
		if key, _ := n.Subject(); key != "" && n.Lacks() {
			if needs[key] == nil {
				needs[key] = make(map[data.AuthorID]bool)
			}
			needs[key][n.Author] = true
		}
	}
	enough := func(n int) bool { return n >= leastSaid && partSaid*n >= why.Met }
	if said.firm != "" && len(down) >= measure.Privacy && enough(len(down)) {
		said.key, said.people = "cause.down", len(down)
		return said
	}
	for i, n := range b.Figures.Needs {
		if p := len(needs[n.Key]); enough(p) && p > said.people && b.inList(i) && !n.Mixed {
			said.key, said.people, said.voices = "cause.need", p, b.wanting(n, p, ".short")
		}
	}
	if enough(len(wrong)) && len(wrong) > said.people {
		said.key, said.people, said.voices = "cause.wrong", len(wrong), nil
	}
	return said
}

// toldThere tells that in a sentence; nothing where the conversation does not set them apart from those who stayed.
func (b *builder) toldThere(why figures.Cause) []span {
	if why.MetLeast <= 0 {
		return nil
	}
	s := b.saidThere(why)
	if s.key == "" {
		return nil
	}
	return b.rich(s.key, "n", s.people, "voices", s.voices)
}

// talkOf names the conversation in which those who left met by what it is about: a firm, else by its title. full names both.
func (b *builder) talkOf(why figures.Cause, full bool) []span {
	title := clean(b.Story.Threads[why.Thread].Title)
	firm := b.firmIn(title)
	args := []any{"title", collected(cut(title, 80)), "firm", firm}
	switch {
	case firm == "":
		return b.rich("cause.title", args...)
	case full:
		return b.rich("cause.firm.title", args...)
	}
	return b.rich("cause.firm", args...)
}

// begun says since when that conversation runs, where it began since the report before; short by its weekday alone, of a week.
func (b *builder) begun(why figures.Cause, short bool) string {
	if why.Began.IsZero() {
		return ""
	}
	at := why.Began.In(b.loc)
	day, weekday := strconv.Itoa(at.Day()), b.list("days", (int(at.Weekday())+6)%7)
	if at.Day() == 1 {
		day = b.plain("day.first")
	}
	if short && why.Since.To.Sub(why.Began) < 7*24*time.Hour {
		return b.text("cause.begun.short", "weekday", weekday)
	}
	return b.text("cause.begun", "weekday", weekday, "day", day, "month", b.month(at))
}

// disappointing returns the posts of conversations of which the page tells that people say a firm is not what they expected: a
// motive is told of many, and who finds those that do not show it by name in the same conversation finds those who do.
func (b *builder) disappointing() map[data.PostID]bool {
	out := make(map[data.PostID]bool)
	for _, c := range b.Figures.Changes {
		why, met := b.metIn(c)
		if !met || !b.saidThere(why).down() {
			continue
		}
		for _, id := range why.Posts {
			out[id] = true
		}
	}
	return out
}
