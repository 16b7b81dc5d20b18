package problem

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"tribu/data"
)

// A Corpus is where needs come from and problems go to.
type Corpus interface {
	// NeedState names all that Run reads, and the state of which the stored problems were made.
	NeedState(ctx context.Context, version string) (now, grouped string, err error)
	CountVoiced(ctx context.Context, version string) (int, error)
	Voiced(ctx context.Context, version string) iter.Seq2[data.NeedRow, error]
	Traces(ctx context.Context) ([]data.ProblemTrace, error)
	Decisions(ctx context.Context) ([]data.ProblemDecision, error)
	SaveProblems(ctx context.Context, version, state string, all []data.SharedProblem, traces []data.ProblemTrace) error
}

// A Summary counts what Run did; Fresh says that there was nothing to do.
type Summary struct {
	Fresh    bool
	Needs    int
	Problems int
	Grouped  int // needs that belong to a problem
}

// Run groups the needs that version heard into canonical problems, gives those known from before
// their ids, follows what people decided, and stores them. Where nothing has changed since, it does
// nothing.
func Run(ctx context.Context, c Config, version string, corpus Corpus) (Summary, error) {
	now, grouped, err := corpus.NeedState(ctx, version)
	if err != nil {
		return Summary{}, fmt.Errorf("read state of needs: %w", err)
	}
	now = Version + " " + now
	if now == grouped {
		return Summary{Fresh: true}, nil
	}
	needs, err := voiced(ctx, version, corpus)
	if err != nil {
		return Summary{}, fmt.Errorf("read needs: %w", err)
	}
	before, err := corpus.Traces(ctx)
	if err != nil {
		return Summary{}, fmt.Errorf("read problems of before: %w", err)
	}
	decisions, err := corpus.Decisions(ctx)
	if err != nil {
		return Summary{}, fmt.Errorf("read decisions: %w", err)
	}
	found := Group(needs, c)
	ids, traces := Match(found, needs, before)
	all := Decided(shared(found, ids, needs), decisions, needs)
	if err := corpus.SaveProblems(ctx, version, now, all, traces); err != nil {
		return Summary{}, fmt.Errorf("save problems: %w", err)
	}
	s := Summary{Needs: len(needs), Problems: len(all)}
	for _, p := range all {
		s.Grouped += p.Needs
	}
	return s, nil
}

// voiced returns the needs that version heard.
func voiced(ctx context.Context, version string, corpus Corpus) ([]Need, error) {
	count, err := corpus.CountVoiced(ctx, version)
	if err != nil {
		return nil, err
	}
	needs, same := make([]Need, 0, count), newSharer()
	for n, err := range corpus.Voiced(ctx, version) {
		if err != nil {
			return nil, err
		}
		needs = append(needs, same.need(n))
	}
	return needs, nil
}

// shared puts what was found under its ids.
func shared(found []Problem, ids []data.ProblemID, needs []Need) []data.SharedProblem {
	all := make([]data.SharedProblem, len(found))
	for i, p := range found {
		out := data.SharedProblem{ID: ids[i], Wanting: p.Wanting, Head: p.Head, Facet: p.Facet, Phrases: p.Phrases, People: p.People,
			Needs: len(p.Members), Area: p.Area, Spoken: needs[p.Spoken].ref()}
		for _, m := range p.Members {
			out.Members = append(out.Members, needs[m].ref())
		}
		all[i] = out
	}
	return all
}

// Decided returns problems with those merged that people merged; what they were called stays with
// the one merged into. A merger into a problem that is not there gives its id to the one that is.
func Decided(all []data.SharedProblem, decisions []data.ProblemDecision, needs []Need) []data.SharedProblem {
	into := map[data.ProblemID]data.ProblemID{}
	for _, d := range decisions {
		switch {
		case d.Into == d.Problem:
			delete(into, d.Problem)
		case d.Into != "" && end(into, d.Into) != d.Problem:
			into[d.Problem] = d.Into
		}
	}
	if len(into) == 0 {
		return all
	}
	authors := map[data.PostID]data.AuthorID{}
	for i := range needs {
		authors[needs[i].ID] = needs[i].Author
	}
	at := map[data.ProblemID]int{}
	var out []data.SharedProblem
	for _, own := range [...]bool{true, false} { // those merged into come first, so that theirs are the words
		for _, p := range all {
			id := end(into, p.ID)
			if (id == p.ID) != own {
				continue
			}
			i, ok := at[id]
			if !ok {
				p.ID, at[id] = id, len(out)
				out = append(out, p)
				continue
			}
			out[i].Members = slices.Concat(out[i].Members, p.Members)
			out[i].Needs = len(out[i].Members)
			out[i].People = people(out[i].Members, authors)
			for lang, phrase := range p.Phrases {
				if out[i].Phrases[lang] == "" {
					out[i].Phrases[lang] = phrase
				}
			}
		}
	}
	return out
}

func people(members []data.NeedRef, authors map[data.PostID]data.AuthorID) int {
	seen := map[data.AuthorID]bool{}
	for _, m := range members {
		seen[authors[m.Post]] = true
	}
	return len(seen)
}

// end follows mergers from id to the problem that is left.
func end(into map[data.ProblemID]data.ProblemID, id data.ProblemID) data.ProblemID {
	for into[id] != "" {
		id = into[id]
	}
	return id
}
