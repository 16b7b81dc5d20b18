package sqlite

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"tribu/data"
)

// activityDays and storyRuns bound what a report looks back on: eight weeks, seven earlier runs.
const (
	activityDays = 56
	storyRuns    = 7
)

const (
	countActivity  = `SELECT count(*) FROM post WHERE created_at > ? AND created_at <= ?`
	selectActivity = `SELECT ` + metaColumns + `, coalesce(a.lang, 'und'), coalesce(a.needs, 0)
FROM (SELECT num, id FROM post WHERE created_at > ?1 AND created_at <= ?2 ORDER BY id LIMIT -1) AS w CROSS JOIN post AS p ON p.num = w.num
LEFT JOIN annotation AS a ON a.post = w.id AND a.version = ?3`
	selectNeeds = `SELECT n.post, n.ord, coalesce(x.problem, ''), ` + needColumns + `
FROM (SELECT id FROM post WHERE created_at > ?1 AND created_at <= ?2 ORDER BY id LIMIT -1) AS p
CROSS JOIN need AS n ON n.post = p.id AND n.version = ?3
LEFT JOIN voiced AS x ON x.post = n.post AND x.version = n.version AND x.ord = n.ord`
)

// Story returns everything a report on that run tells from. The run may be named by the start of
// its id, as for Record.
func (db *DB) Story(ctx context.Context, runID string) (data.Story, error) {
	run, err := db.Record(ctx, runID)
	if err != nil {
		return data.Story{}, err
	}
	s := data.Story{RunRecord: run}
	if err := db.tell(ctx, &s); err != nil {
		return data.Story{}, fmt.Errorf("read story of %s: %w", run.ID, explain(err))
	}
	return s, nil
}

func (db *DB) tell(ctx context.Context, s *data.Story) (err error) {
	r, err := newReader(ctx, db.pool, s.Annotation)
	if err != nil {
		return err
	}
	if s.History, err = db.history(ctx, s.Run); err != nil {
		return err
	}
	voiced, err := r.activity(ctx, s)
	if err != nil {
		return err
	}
	if err := r.needs(ctx, s, voiced); err != nil {
		return err
	}
	slices.SortFunc(s.Activity, func(a, b data.PostMeta) int {
		return cmp.Or(a.CreatedAt.Compare(b.CreatedAt), bytes.Compare(a.ID[:], b.ID[:]))
	})
	for page, err := range db.links(ctx, db.pool, s.Window) {
		if err != nil {
			return err
		}
		s.Interactions = append(s.Interactions, page...)
	}
	if s.Sources, err = sourceStates(ctx, db.pool); err != nil {
		return err
	}
	if err := db.pool.QueryRowContext(ctx, countFailures, s.Annotation).Scan(&s.Rejected, &s.Failed); err != nil {
		return err
	}
	return db.cast(ctx, s)
}

// history follows the parents of a run back, and returns them oldest first.
func (db *DB) history(ctx context.Context, run data.Run) (all []data.RunRecord, err error) {
	for len(all) < storyRuns && run.Parent != "" {
		parent, err := record(ctx, db.pool, run.Parent)
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

// activity reads the posts that the story counts, in id order, and returns how many needs those in
// the window voice.
func (r *reader) activity(ctx context.Context, s *data.Story) (voiced int, err error) {
	from := s.Window.To.AddDate(0, 0, -activityDays)
	if s.Window.From.Before(from) {
		from = s.Window.From
	}
	var n int
	if err := r.q.QueryRowContext(ctx, countActivity, from.Unix(), s.Window.To.Unix()).Scan(&n); err != nil {
		return 0, err
	}
	s.Activity = make([]data.PostMeta, 0, n)
	err = query(ctx, r.q, selectActivity, func(row scanner) error {
		var p data.PostMeta
		var lang string
		var needs int
		err := r.scanMeta(row, &p, &lang, &needs)
		p.Lang = data.Lang(r.words.one(lang))
		s.Activity = append(s.Activity, p)
		if s.Window.Contains(p.CreatedAt) {
			voiced += needs
		}
		return err
	}, from.Unix(), s.Window.To.Unix(), r.version)
	return voiced, err
}

// needs reads the needs voiced in the window; s.Activity is still in id order, as they are.
func (r *reader) needs(ctx context.Context, s *data.Story, voiced int) error {
	s.Needs = make([]data.NeedRow, 0, voiced)
	at := 0
	return query(ctx, r.q, selectNeeds, func(row scanner) error {
		var id data.PostID
		var ord int
		var problem string
		n, err := r.scanNeed(row, (*idColumn)(&id), &ord, &problem)
		r.assign(&n, problem, data.NeedRef{Post: id, Ord: ord})
		for at < len(s.Activity) && s.Activity[at].ID != id {
			at++
		}
		if at == len(s.Activity) {
			return errors.Join(err, fmt.Errorf("need of post %s out of order", id))
		}
		s.Needs = append(s.Needs, data.NeedRow{PostMeta: s.Activity[at], Need: n, Ord: ord})
		return err
	}, s.Window.From.Unix(), s.Window.To.Unix(), r.version)
}

// cast reads the authors of the window and the threads of its needs.
func (db *DB) cast(ctx context.Context, s *data.Story) error {
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
	if err := authorsIn(ctx, db.pool, authors, func(a data.Author) { s.Authors[a.ID] = a }); err != nil {
		return err
	}
	var threads []data.ThreadID
	voiced := map[data.ThreadID]bool{}
	for i := range s.Needs {
		if id := s.Needs[i].Thread; !voiced[id] {
			voiced[id] = true
			threads = append(threads, id)
		}
	}
	return threadsIn(ctx, db.pool, threads, s.Threads)
}
