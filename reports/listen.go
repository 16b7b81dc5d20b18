package reports

import (
	"context"
	"fmt"
	"slices"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/conduct"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/customer"
	"tribu/reports/measure/soft"
	"tribu/reports/measure/stats"
)

// MostPosts is how many posts a story may look back on for their words to be read again. With more,
// a report leaves its measures out, and Listen reads only what needs quote.
const MostPosts = 50_000

// lookBack is how many days of needs the weeks before are told from.
const lookBack = 56

// A Customer is what customers told about themselves, in files of their own. The zero value told nothing.
type Customer struct {
	Makers  []string // accounts that speak for companies
	Goals   []customer.Goal
	Adopted []cpi.AdoptedCPI
}

// Listen lays out story for measuring: with the needs of the eight weeks before its end and, where
// those hold at most MostPosts posts, with what people wrote in them.
func Listen(ctx context.Context, from Source, story data.Story, makers []string) (*measure.Reading, error) {
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
	in.Needs = needs
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

func wordsOf(ctx context.Context, from Source, posts []data.PostMeta) (map[data.PostID]string, error) {
	words := make(map[data.PostID]string, len(posts))
	for part := range slices.Chunk(posts, 1000) {
		ids := make([]data.PostID, len(part))
		for i, p := range part {
			ids[i] = p.ID
		}
		found, err := from.Posts(ctx, ids)
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
	Threads  []cpi.Performance // whatever the outcome
	Motives  []soft.Panel
	Makers   *Conduct // nil where no account is named as a maker
	People   int      // who wrote in the window
}

// A Conduct is how the makers behave in public.
type Conduct struct {
	Answered conduct.Response
	Kept     stats.Share // of their promises
	Trust    conduct.Trust
}

// Measure measures a reading.
func Measure(r *measure.Reading) *Measures {
	m := &Measures{Outcomes: cpi.Mine(r, cpi.Params{}), Threads: cpi.Threads(r, cpi.Params{}), Motives: soft.Read(r, soft.Params{})}
	m.Served = cpi.Perform(r, m.Outcomes, cpi.Params{})
	people := make(map[data.AuthorID]bool)
	for _, p := range r.Posts {
		if r.Window.Contains(p.CreatedAt) {
			people[p.Author] = true
		}
	}
	m.People = len(people)
	if len(r.Makers) > 0 {
		c := &Conduct{Answered: conduct.Responses(r, conduct.Params{})[0], Trust: conduct.TrustOf(r, conduct.Params{})}
		_, c.Kept = conduct.Promises(r, conduct.Params{})
		m.Makers = c
	}
	return m
}
