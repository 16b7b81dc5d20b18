package reports

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"tribu/data"
	"tribu/reports/figures"
)

// weekName writes "week 47" of "2026-W47".
func (b *builder) weekName(week string) string {
	_, number, _ := strings.Cut(week, "-W")
	return b.text("week", "week", strings.TrimPrefix(number, "0"))
}

// weekDays returns the first and last day of an ISO week such as 2026-W47.
func weekDays(week string, loc *time.Location) (from, to time.Time) {
	year, number, _ := strings.Cut(week, "-W")
	y, errYear := strconv.Atoi(year)
	w, errWeek := strconv.Atoi(number)
	if errYear != nil || errWeek != nil {
		return time.Time{}, time.Time{}
	}
	fourth := time.Date(y, time.January, 4, 0, 0, 0, 0, loc)
	monday := fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7)
	from = monday.AddDate(0, 0, 7*(w-1))
	return from, from.AddDate(0, 0, 6)
}

func (b *builder) lead() []span {
	s := b.Story
	key := "lead.people"
	if s.Places <= 1 { // which the head names
		key = "lead.people.one"
	}
	first := b.rich(key, "n", s.People, "posts", b.text("posts", "n", s.Posts), "places", b.text("places", "n", s.Places),
		"window", b.dates(s.Window.From.Add(time.Second), s.Window.To))
	n := b.Figures.TribeCount()
	tribes := "lead.tribes"
	if b.tentative() {
		tribes = "lead.tribes.tentative"
	}
	out := append(first, b.rich(tribes, "n", n, "href", "#tribes")...)
	out = append(out, b.rich("lead.none", "n", b.Figures.None+b.Figures.Loose)...)
	if rest := len(b.Figures.Tribes) - n; rest > 0 {
		out = append(out, b.rich("lead.rest", "n", rest, "people", b.Figures.Loose)...)
	}
	if b.Figures.Several > 0 {
		out = append(out, b.rich("lead.several", "n", b.Figures.Several, "sum", b.number(b.seats()))...)
	}
	if gone := b.gone(); gone > 0 {
		out = append(out, b.rich("lead.gone", "n", gone)...)
	}
	if b.Figures.First {
		out = append(out, b.rich("lead.first")...)
	}
	return out
}

// seats adds up how many people the tribes have: who is in several counts in each.
func (b *builder) seats() (n int) {
	for _, t := range b.Figures.Tribes {
		if t.IsTribe() {
			n += t.People
		}
	}
	return n
}

// gone returns how many people of the run opted out or were forgotten since it was made.
func (b *builder) gone() int {
	here := make(map[data.AuthorID]bool, len(b.Story.Members))
	for _, m := range b.Story.Members {
		here[m.Author] = true
	}
	if len(here) == 0 {
		return 0
	}
	return b.Story.People - len(here)
}

func (b *builder) notices() [][]span {
	var out [][]span
	if b.tentative() {
		out = append(out, b.rich("notice.tentative"))
	}
	if len(b.Figures.Tribes) == 1 {
		out = append(out, b.rich("notice.one"))
	}
	for _, s := range b.Story.Sources {
		if s.LastError != "" || !s.ParkedTo.IsZero() && s.ParkedTo.After(b.Story.AsOf) {
			out = append(out, b.rich("notice.source", "source", collected(s.Name), "letters", b.readers(s.Name), "href", "#sources"))
		}
	}
	return out
}

// tentative reports whether no tribe is even likely.
func (b *builder) tentative() bool {
	return !slices.ContainsFunc(b.Figures.Tribes, func(t figures.Tribe) bool { return t.IsTribe() && b.level(t.Stability, t.People) > 1 })
}

// readers names the tribes that write most in a source.
func (b *builder) readers(source string) string {
	var names []string
	for _, t := range b.Figures.Tribes {
		total, here := 0, 0
		for _, p := range t.Places {
			total += p.Posts
			if p.Source == source {
				here += p.Posts
			}
		}
		if 4*here >= total && here > 0 {
			names = append(names, t.Letter)
		}
	}
	if len(names) == 0 {
		return "–"
	}
	return b.letters(names)
}
