package sqlite

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"tribu/data"
)

// activityDays and storyRuns bound what a report looks back on: eight weeks, seven earlier runs.
const (
	activityDays = 56
	storyRuns    = 7
)

// Story returns everything a report on that run tells from, as of one moment: what is written
// meanwhile is not in it. The run may be named by the start of its id, as for Record.
func (db *DB) Story(ctx context.Context, runID string) (s data.Story, err error) {
	err = db.snapshot(ctx, func(q querier) error {
		if s.RunRecord, err = recordLike(ctx, q, runID); err != nil {
			return err
		}
		if err := db.tell(ctx, q, &s); err != nil {
			return fmt.Errorf("read story of %s: %w", s.ID, explain(err))
		}
		return nil
	})
	return s, err
}

func (db *DB) tell(ctx context.Context, q querier, s *data.Story) (err error) {
	r, err := newReader(ctx, q, s.Annotation)
	if err != nil {
		return err
	}
	if s.History, err = history(ctx, q, s.Run); err != nil {
		return err
	}
	if s.Activity, err = r.lookedBack(ctx, s.Window); err != nil {
		return err
	}
	var apart sync.WaitGroup
	var unread error
	apart.Go(func() { s.Interactions, unread = allLinks(ctx, q, s.Window, placesOf(s.Activity)) })
	s.Needs, err = r.needsIn(ctx, s.Activity, s.Window)
	apart.Wait()
	if err := errors.Join(err, unread); err != nil {
		return err
	}
	if err := r.recall(ctx, s); err != nil {
		return err
	}
	if s.Sources, err = sourceStates(ctx, q); err != nil {
		return err
	}
	if err := q.QueryRowContext(ctx, countFailures, s.Annotation).Scan(&s.Rejected, &s.Failed); err != nil {
		return err
	}
	return cast(ctx, q, s)
}

func allLinks(ctx context.Context, q querier, w data.Window, wrote map[data.PostID]place) ([]data.Interaction, error) {
	var pages [][]data.Interaction
	for page, err := range links(ctx, q, w, wrote) {
		if err != nil {
			return nil, err
		}
		pages = append(pages, page)
	}
	return slices.Concat(pages...), nil
}

func placesOf(posts []data.PostMeta) map[data.PostID]place {
	all := make(map[data.PostID]place, len(posts))
	for i := range posts {
		all[posts[i].ID] = place{posts[i].Author, posts[i].Thread}
	}
	return all
}

// history follows the parents of a run back, and returns them oldest first.
func history(ctx context.Context, q querier, run data.Run) (all []data.RunRecord, err error) {
	for len(all) < storyRuns && run.Parent != "" {
		parent, err := record(ctx, q, run.Parent)
		if errors.Is(err, data.ErrNotFound) {
			break
		}
		if err != nil {
			return nil, err
		}
		all = append(all, parent)
		run = parent.Run
	}
	slices.Reverse(all)
	return all, nil
}

// cast reads the authors of the window, the threads of what was written and those in which tribes met.
func cast(ctx context.Context, q querier, s *data.Story) error {
	s.Authors, s.Threads = map[data.AuthorID]data.Author{}, map[data.ThreadID]data.Thread{}
	var authors []data.AuthorID
	wrote := map[data.AuthorID]bool{}
	for i := range s.Activity {
		p := &s.Activity[i]
		if s.Window.Contains(p.CreatedAt) && !wrote[p.Author] {
			wrote[p.Author] = true
			authors = append(authors, p.Author)
		}
	}
	if err := authorsIn(ctx, q, authors, func(a data.Author) { s.Authors[a.ID] = a }); err != nil {
		return err
	}
	var threads []data.ThreadID
	known := map[data.ThreadID]bool{{}: true}
	for i := range s.Activity {
		if id := s.Activity[i].Thread; !known[id] {
			known[id] = true
			threads = append(threads, id)
		}
	}
	for _, t := range s.Tribes {
		if !known[t.Meeting] && t.Met > 0 {
			known[t.Meeting] = true
			threads = append(threads, t.Meeting)
		}
	}
	return threadsIn(ctx, q, threads, s.Threads)
}
