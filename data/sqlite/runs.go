package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"tribu/data"
)

const (
	newestFirst     = `ORDER BY as_of DESC, json_extract(doc, '$.TooFew'), num DESC`
	tellingFirst    = `ORDER BY json_extract(doc, '$.TooFew'), as_of DESC, num DESC`
	deleteRun       = `DELETE FROM run WHERE id = ?`
	insertRun       = `INSERT INTO run (id, main, week, as_of, doc) VALUES (?, ?, ?, ?, ?) RETURNING num`
	insertTribe     = `INSERT INTO tribe (run, ord, id, doc) VALUES (?, ?, ?, ?)`
	insertMember    = `INSERT INTO member (run, author, rank, tribe, strength, stability, role, placed, area, posts, why) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	insertLineage   = `INSERT INTO lineage (run, ord, event, from_tribe, to_tribe, shared, before, after, jaccard) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
	selectRun       = `SELECT num, doc FROM run WHERE id = ?`
	selectRunLike   = `SELECT id FROM run WHERE id >= ?1 AND id < ?1 || x'ff' ORDER BY id LIMIT 3`
	selectTelling   = `SELECT id FROM run WHERE main = 1 AND as_of < ? AND json_extract(doc, '$.Posts') > 0 ` + tellingFirst + ` LIMIT 1`
	selectOutside   = `SELECT id FROM run WHERE main = 1 AND as_of < ? AND week <> ? AND json_extract(doc, '$.Posts') > 0 ` + tellingFirst + ` LIMIT 1`
	selectNewestRun = `SELECT id FROM run WHERE main = 1
ORDER BY json_extract(doc, '$.Posts') = 0 AND json_extract(doc, '$.Parent') = '', as_of DESC, json_extract(doc, '$.TooFew'), num DESC LIMIT 1`
	selectWeek    = `SELECT id FROM run WHERE week = ? AND main = 1 ` + tellingFirst + ` LIMIT 1`
	selectRuns    = `SELECT doc FROM run ` + newestFirst
	selectTribes  = `SELECT doc FROM tribe WHERE run = ? ORDER BY ord`
	selectMembers = `SELECT author, rank, tribe, strength, stability, role, placed, area, posts, why FROM member WHERE run = ? ORDER BY author, rank`
	selectLineage = `SELECT event, from_tribe, to_tribe, shared, before, after, jaccard FROM lineage WHERE run = ? ORDER BY ord`
)

// SaveRun stores a run with all it found, in one transaction; it replaces a run of the same id.
func (db *DB) SaveRun(ctx context.Context, r data.RunRecord) error {
	named, err := db.namingsFor(ctx, &r.Run)
	if err != nil {
		return fmt.Errorf("save run %s: %w", r.ID, explain(err))
	}
	err = db.write(ctx, func(ctx context.Context, tx *sql.Conn) error {
		if _, err := tx.ExecContext(ctx, deleteRun, r.ID); err != nil {
			return err
		}
		doc, err := json.Marshal(r.Run)
		if err != nil {
			return err
		}
		var num int64
		if err := tx.QueryRowContext(ctx, insertRun, r.ID, toInt(r.Main), r.Week, r.AsOf.Unix(), string(doc)).Scan(&num); err != nil {
			return err
		}
		if err := saveNeeds(ctx, tx, num, named); err != nil {
			return err
		}
		if err := saveTribes(ctx, tx, num, r.Tribes); err != nil {
			return err
		}
		if err := saveMembers(ctx, tx, num, r.Members); err != nil {
			return err
		}
		return saveLineage(ctx, tx, num, r.Lineage)
	})
	if err != nil {
		return fmt.Errorf("save run %s: %w", r.ID, err)
	}
	return nil
}

func saveTribes(ctx context.Context, tx *sql.Conn, run int64, all []data.Tribe) error {
	rows := newMulti(tx, insertTribe)
	for i := range all {
		doc, err := json.Marshal(&all[i])
		if err != nil {
			return err
		}
		if err := rows.add(ctx, run, int64(i), string(all[i].ID), string(doc)); err != nil {
			return err
		}
	}
	return rows.flush(ctx)
}

func saveMembers(ctx context.Context, tx *sql.Conn, run int64, all []data.Member) error {
	rows := newMulti(tx, insertMember)
	for i := range all {
		m := &all[i]
		err := rows.add(ctx, run, m.Author[:], int64(m.Rank), string(m.Tribe), m.Strength, m.Stability, string(m.Role), int64(m.Placed),
			int64(m.Area), int64(m.Posts), m.Why)
		if err != nil {
			return err
		}
	}
	return rows.flush(ctx)
}

func saveLineage(ctx context.Context, tx *sql.Conn, run int64, all []data.Lineage) error {
	rows := newMulti(tx, insertLineage)
	for i, l := range all {
		err := rows.add(ctx, run, int64(i), string(l.Event), string(l.From), string(l.To), int64(l.Shared), int64(l.Before), int64(l.After), l.Jaccard)
		if err != nil {
			return err
		}
	}
	return rows.flush(ctx)
}

// Record returns the run of that id, or the one run whose id begins with it; data.ErrNotFound
// where there is none, an error that names them where there are several.
func (db *DB) Record(ctx context.Context, id string) (data.RunRecord, error) {
	return recordLike(ctx, db.pool, id)
}

func recordLike(ctx context.Context, q querier, id string) (data.RunRecord, error) {
	found, err := texts(ctx, q, selectRunLike, id)
	switch {
	case err != nil:
		return data.RunRecord{}, fmt.Errorf("find run %s: %w", id, explain(err))
	case len(found) == 0 || id == "":
		return data.RunRecord{}, fmt.Errorf("find run %q: %w", id, data.ErrNotFound)
	case len(found) > 1 && found[0] != id:
		return data.RunRecord{}, fmt.Errorf("find run %s: %w: %s, %s", id, data.ErrSeveral, found[0], found[1])
	}
	return record(ctx, q, found[0])
}

// Latest returns the newest main-line run with an as-of before that time which has tribes, or had posts
// where none has, so that tribes outlive weeks of silence; data.ErrNotFound where there is none. Where
// before is zero it is the one that tells the newest week: a week in which nothing was found counts too,
// unless it is a project's first. Of runs with one as-of the one saved last counts.
func (db *DB) Latest(ctx context.Context, before time.Time) (data.RunRecord, error) {
	if !before.IsZero() {
		return db.oneRun(ctx, "find latest run", selectTelling, before.Unix())
	}
	r, err := db.oneRun(ctx, "find newest run", selectNewestRun)
	if err == nil && r.TooFew {
		return db.Week(ctx, r.Week)
	}
	return r, err
}

// LatestOutside is Latest of the runs of other weeks than week; before must be set.
func (db *DB) LatestOutside(ctx context.Context, before time.Time, week string) (data.RunRecord, error) {
	return db.oneRun(ctx, "find latest run of another week", selectOutside, before.Unix(), week)
}

// Week returns the main-line run that tells an ISO week such as 2026-W47: the newest that has tribes, or
// of all where none has; data.ErrNotFound where there is none.
func (db *DB) Week(ctx context.Context, week string) (data.RunRecord, error) {
	return db.oneRun(ctx, "find run of week "+week, selectWeek, week)
}

func (db *DB) oneRun(ctx context.Context, what, text string, args ...any) (data.RunRecord, error) {
	var id string
	err := db.pool.QueryRowContext(ctx, text, args...).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		err = data.ErrNotFound
	}
	if err != nil {
		return data.RunRecord{}, fmt.Errorf("%s: %w", what, explain(err))
	}
	return record(ctx, db.pool, id)
}

// Runs returns all runs without what they found, newest as-of first, of one as-of as Latest counts.
func (db *DB) Runs(ctx context.Context) ([]data.Run, error) {
	all, err := documents[data.Run](ctx, db.pool, selectRuns)
	if err != nil {
		return nil, fmt.Errorf("read runs: %w", explain(err))
	}
	return all, nil
}

// RunsByWeek returns the main-line run that tells each ISO week, newest first.
func (db *DB) RunsByWeek(ctx context.Context) ([]data.Run, error) {
	all, err := db.Runs(ctx)
	tell := Telling(all)
	return slices.DeleteFunc(all, func(r data.Run) bool { return !tell[r.ID] }), err
}

// Telling says which of all runs, newest first, tell their weeks, as Week has them.
func Telling(all []data.Run) map[string]bool {
	week := map[string]data.Run{}
	for _, r := range all {
		if now, known := week[r.Week]; r.Main && (!known || now.TooFew && !r.TooFew) {
			week[r.Week] = r
		}
	}
	tell := make(map[string]bool, len(week))
	for _, r := range week {
		tell[r.ID] = true
	}
	return tell
}

// documents returns the JSON documents of the answer's one column.
func documents[T any](ctx context.Context, q querier, text string, args ...any) (all []T, err error) {
	err = query(ctx, q, text, func(r scanner) error {
		var doc []byte
		var one T
		if err := r.Scan(&doc); err != nil {
			return err
		}
		err := json.Unmarshal(doc, &one)
		all = append(all, one)
		return err
	}, args...)
	return all, err
}

func record(ctx context.Context, q querier, id string) (r data.RunRecord, err error) {
	var num int64
	var doc []byte
	err = q.QueryRowContext(ctx, selectRun, id).Scan(&num, &doc)
	if errors.Is(err, sql.ErrNoRows) {
		err = data.ErrNotFound
	}
	if err == nil {
		err = json.Unmarshal(doc, &r.Run)
	}
	if err == nil {
		r.Tribes, err = documents[data.Tribe](ctx, q, selectTribes, num)
	}
	if err == nil {
		r.Members, err = members(ctx, q, num, id)
	}
	if err == nil {
		r.Lineage, err = lineage(ctx, q, num, id)
	}
	if err != nil {
		return data.RunRecord{}, fmt.Errorf("read run %s: %w", id, explain(err))
	}
	return r, nil
}

func members(ctx context.Context, q querier, num int64, id string) (all []data.Member, err error) {
	words := interner{}
	err = query(ctx, q, selectMembers, func(r scanner) error {
		m := data.Member{Run: id}
		var tribe, role string
		err := r.Scan((*idColumn)(&m.Author), &m.Rank, &tribe, &m.Strength, &m.Stability, &role, &m.Placed, &m.Area, &m.Posts, &m.Why)
		m.Tribe, m.Role = data.TribeID(words.one(tribe)), data.Role(words.one(role))
		all = append(all, m)
		return err
	}, num)
	return all, err
}

func lineage(ctx context.Context, q querier, num int64, id string) (all []data.Lineage, err error) {
	err = query(ctx, q, selectLineage, func(r scanner) error {
		l := data.Lineage{Run: id}
		err := r.Scan((*string)(&l.Event), (*string)(&l.From), (*string)(&l.To), &l.Shared, &l.Before, &l.After, &l.Jaccard)
		all = append(all, l)
		return err
	}, num)
	return all, err
}
