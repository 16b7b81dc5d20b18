package sqlite

import (
	"cmp"
	"context"
	"fmt"

	"tribu/data"
)

const (
	selectSourceStates = `SELECT num, name, kind, denied, parked_to, last_error FROM source ORDER BY name`
	countPosts         = `SELECT source, count(*), max(created_at) FROM post GROUP BY source`
	countTasks         = `SELECT source, sum(state IN ('ready', 'leased')), sum(state = 'dead') FROM task GROUP BY source`
)

// SourceStates returns the state of every source, by name.
func (db *DB) SourceStates(ctx context.Context) ([]data.SourceState, error) {
	all, err := sourceStates(ctx, db.pool)
	if err != nil {
		return nil, fmt.Errorf("read source states: %w", explain(err))
	}
	return all, nil
}

func sourceStates(ctx context.Context, q querier) ([]data.SourceState, error) {
	var all []data.SourceState
	at := map[int64]int{}
	err := query(ctx, q, selectSourceStates, func(r scanner) error {
		var s data.SourceState
		var num, parked int64
		err := r.Scan(&num, &s.Name, &s.Kind, &s.Denied, &parked, &s.LastError)
		s.Kind, s.ParkedTo = cmp.Or(s.Kind, "import"), seconds(parked)
		at[num] = len(all)
		all = append(all, s)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = query(ctx, q, countPosts, func(r scanner) error {
		var num, posts, newest int64
		err := r.Scan(&num, &posts, &newest)
		all[at[num]].Posts, all[at[num]].Newest = int(posts), seconds(newest)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = query(ctx, q, countTasks, func(r scanner) error {
		var num int64
		var pending, dead int
		err := r.Scan(&num, &pending, &dead)
		all[at[num]].Pending, all[at[num]].Dead = pending, dead
		return err
	})
	return all, err
}
