package reports

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/conduct"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/customer"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/soft"
	"tribu/reports/measure/stats"
)

// MostPosts is how many posts a story may look back on for their words to be read again. With more,
// a report measures a draw of them, and Listen reads only what needs quote.
const MostPosts = 50_000

// lookBack is how many days of needs the weeks before are told from.
const lookBack = 56

// A Customer is what customers told about themselves, in files of their own. The zero value told nothing.
type Customer struct {
	Makers      []string // accounts that speak for companies
	Names       []string // the customer's own, and of what they sell
	WantedImage []string // adjectives they want to be known by
	Goals       []customer.Goal
	Adopted     []cpi.AdoptedCPI
	Books       cpi.Books              // what their files say of those who buy
	Consent     []customer.Person      // who agreed to be named
	Precision   map[signs.Sign]float64 // of each motive on labelled posts
	Mood        float64                // how often polarity is read right on labelled posts; 0: no mood is measured
}

// Listen lays out story for measuring: with the needs of the eight weeks before its end and, where
// those hold at most MostPosts posts, with what people wrote in them.
func Listen(ctx context.Context, from Source, story data.Story, makers []string) (*measure.Reading, error) {
	return listen(ctx, from, story, makers, Draw{})
}

// listen lays out a story of which only what d drew is left.
func listen(ctx context.Context, from Source, story data.Story, makers []string, d Draw) (*measure.Reading, error) {
	needs, err := needsOf(ctx, from, story)
	if err != nil {
		return nil, err
	}
	var words map[data.PostID]string
	if len(story.Activity) <= MostPosts {
		if words, err = wordsOf(ctx, from, story.Activity); err != nil {
			return nil, err
		}
	}
	in := measure.FromStory(story, words, makers, 1)
	in.Needs, in.Review = conduct.Sort(d.needs(needs))
	return measure.Read(in), nil
}

// needsOf returns the needs of the story and of the eight weeks before its end.
func needsOf(ctx context.Context, from Source, story data.Story) ([]data.NeedRow, error) {
	first := story.Window.To.AddDate(0, 0, -lookBack)
	if !story.Window.From.After(first) {
		return story.Needs, nil
	}
	needs, err := from.NeedsIn(ctx, story.Annotation, data.Window{From: first, To: story.Window.To})
	if err != nil {
		return nil, fmt.Errorf("read needs before run %s: %w", story.ID, err)
	}
	return needs, nil
}

// wordsOf reads what people wrote in posts, in the order of the posts' ids: that of the store.
func wordsOf(ctx context.Context, from Source, posts []data.PostMeta) (map[data.PostID]string, error) {
	ids := make([]data.PostID, len(posts))
	for i := range posts {
		ids[i] = posts[i].ID
	}
	slices.SortFunc(ids, func(a, b data.PostID) int { return bytes.Compare(a[:], b[:]) })
	words := make(map[data.PostID]string, len(posts))
	for part := range slices.Chunk(ids, 1000) {
		found, err := from.Posts(ctx, part)
		if err != nil {
			return nil, fmt.Errorf("read words of posts: %w", err)
		}
		for id, p := range found {
			words[id] = measure.OwnWords(p)
		}
	}
	return words, nil
}

// Measures is what is measured beyond counting: how well people are served, and what moves them.
type Measures struct {
	Outcomes []cpi.Outcome
	Served   []cpi.Performance // of Outcomes, in their order
	Actions  []cpi.Action      // what is worth working on this week, at most five
	Threads  []cpi.Performance // whatever the outcome
	Kept     []Observed        // adopted CPIs, as the firm saw them
	Motives  []soft.Panel
	Paces    []soft.Pace // how early each tribe takes things up
	Unspoken soft.Unspoken
	Heard    Articulators
	Image    *soft.Image       // nil where no name or no wanted image is given
	Moods    []conduct.Mood    // of everybody, then of each tribe; none where the reading's accuracy is not known
	Felt     []conduct.Emotion // by week, of everybody and of each tribe
	Power    conduct.Power
	Makers   *Conduct         // nil where no account is named as a maker
	Review   conduct.Gate     // what is set apart for a person to look at
	Needs    int              // that were kept
	People   int              // who wrote in the window
	Feeds    []soft.Feed      // how much of each source is worth reading
	Worths   []cpi.Worth      // what each customer got; none where their files tell nothing
	ByTribe  []cpi.Worth      // the same of tribes
	Ground   []cpi.Series     // hard figures by week, against which motives are figures
	Alarms   []cpi.Divergence // customers do more while they get less
}

// An Observed is how often an adopted CPI met what people expect, as the firm saw it.
type Observed struct {
	Name string
	Met  stats.Share
}

// Articulators are those of whom several say that they put it into words: named where they agreed,
// else counted.
type Articulators struct {
	Named  []soft.Articulator
	Hidden int
}

// A Conduct is how the makers behave in public.
type Conduct struct {
	Own      []conduct.Own      // what each of them wrote
	Answered conduct.Response   // to everybody
	Tribes   []conduct.Response // to each tribe
	Kept     stats.Share        // of their promises
	Trust    conduct.Trust
	Balance  conduct.Balance
	Pushes   []conduct.Push // of what is unasked in it, by tribe
}

// actionsTold is how many actions a week has.
const actionsTold = 5

// moodWeeks is how many weeks a mood is told over.
const moodWeeks = 8

// Measure measures a reading, for c. authors are those of the story that was laid out.
func Measure(r *measure.Reading, c Customer, authors map[data.AuthorID]data.Author) *Measures {
	consent := agreed(c.Consent, authors)
	m := &Measures{Outcomes: cpi.Mine(r, cpi.Params{}), Threads: cpi.Threads(r, cpi.Params{}), Power: conduct.PowerOf(r, conduct.Params{}),
		Motives: soft.Read(r, soft.Params{Precision: c.Precision, Consent: consent}), Unspoken: soft.ImplicitNeeds(r), Needs: len(r.Needs), Feeds: soft.Feeds(r)}
	m.Review = conduct.Gate{Review: r.Review, Unread: conduct.Unread(r)}
	m.Served = cpi.Perform(r, m.Outcomes, cpi.Params{})
	m.Actions = cpi.Actions(r, m.Outcomes, cpi.Params{}, actionsTold, Owners(c))
	m.Kept = observed(c, m.Outcomes)
	m.Heard.Named, m.Heard.Hidden = soft.Articulators(r, consent)
	m.Paces = soft.Paces(r)
	if len(c.Names) > 0 && len(c.WantedImage) > 0 {
		image := soft.ImageOf(r, c.Names, c.WantedImage)
		m.Image = &image
	}
	if c.Mood > 0 {
		m.Moods = conduct.Moods(r, moodWeeks, c.Mood)
		m.Felt = conduct.Emotions(r, moodWeeks)
	}
	m.weigh(r, c.Books, authors)
	people := make(map[data.AuthorID]bool)
	for _, p := range r.Posts {
		if r.Window.Contains(p.CreatedAt) {
			people[p.Author] = true
		}
	}
	m.People = len(people)
	if len(r.Makers) > 0 {
		answers := conduct.Responses(r, conduct.Params{})
		c := &Conduct{Answered: answers[0], Tribes: answers[1:], Trust: conduct.TrustOf(r, conduct.Params{}), Balance: conduct.BalanceOf(r)}
		c.Pushes, c.Own = conduct.PushesOf(r, c.Balance), conduct.OwnOf(r, c.Balance)
		c.Kept = conduct.PromisesKept(r, conduct.Params{})
		m.Makers = c
	}
	return m
}

// weigh sets what customers do beside what they get.
func (m *Measures) weigh(r *measure.Reading, books cpi.Books, authors map[data.AuthorID]data.Author) {
	books.Known = cpi.Clients(books.Clients, authors)
	m.Ground = cpi.Sold(r, books, r.Weeks(moodWeeks))
	m.Worths = cpi.Worths(books.Delivered, books.Sales)
	m.ByTribe = cpi.WorthByTribe(r, m.Worths, books.Known)
	m.Alarms = cpi.Divergences(r, books, m.Served, m.Moods, cpi.Params{})
}

// agreed returns who of authors agreed to be named.
func agreed(people []customer.Person, authors map[data.AuthorID]data.Author) map[data.AuthorID]bool {
	var names []string
	for _, p := range people {
		if p.Consent {
			names = append(names, p.Handle)
		}
	}
	return measure.Makers(authors, names)
}

// Owners returns who answers for each outcome: by the goal that names it as its metric, else by its adoption.
func Owners(c Customer) map[string]string {
	out := make(map[string]string)
	for _, a := range c.Adopted {
		if a.Retired.IsZero() {
			out[a.Outcome] = a.Owner
		}
	}
	for _, g := range c.Goals {
		if g.Owner != "" {
			out[g.Metric] = g.Owner
		}
	}
	return out
}

// observed returns how often the adopted CPIs with observations met what was expected: as marked,
// else against the median of what people state, in the unit of their outcome.
func observed(c Customer, outcomes []cpi.Outcome) []Observed {
	var out []Observed
	for _, a := range c.Adopted {
		seen := slices.ContainsFunc(c.Books.Scores, func(s customer.Score) bool { return s.CPI == a.Outcome })
		if !a.Retired.IsZero() || !seen {
			continue
		}
		limit := -1.0
		if i := slices.IndexFunc(outcomes, func(o cpi.Outcome) bool { return o.String() == a.Outcome }); i >= 0 {
			limit = outcomes[i].Limit()
		}
		out = append(out, Observed{a.Name, cpi.Within(c.Books.Scores, a.Outcome, limit)})
	}
	return out
}
