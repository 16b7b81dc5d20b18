package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"tribu/data"
)

const (
	insertTribeDecision  = `INSERT INTO tribe_decision (kind, run, tribe, into_id, text, undoes) VALUES (?, ?, ?, ?, ?, ?) RETURNING num`
	insertDecided        = `INSERT INTO tribe_decision_author (num, author) VALUES (?, ?)`
	selectTribeDecisions = `SELECT num, kind, run, tribe, into_id, text, undoes FROM tribe_decision ORDER BY num`
	selectDecided        = `SELECT num, author FROM tribe_decision_author ORDER BY num, author`
	forgetDecided        = `DELETE FROM tribe_decision_author WHERE author = ?`
	digestTribeDecisions = `SELECT num, kind, run, tribe, into_id, text, undoes FROM tribe_decision`
	digestDecided        = `SELECT num, author FROM tribe_decision_author`
	digestPins           = `SELECT run FROM run_pin`
)

// DecideTribe keeps a decision and returns its number.
func (db *DB) DecideTribe(ctx context.Context, d data.TribeDecision) (num int, err error) {
	err = db.write(ctx, func(ctx context.Context, tx *sql.Conn) error {
		err := tx.QueryRowContext(ctx, insertTribeDecision, string(d.Kind), d.Run, string(d.Tribe), string(d.Into), d.Text, d.Undoes).Scan(&num)
		if err != nil {
			return err
		}
		rows := newMulti(tx, insertDecided)
		for _, author := range d.Authors {
			if err := rows.add(ctx, int64(num), author[:]); err != nil {
				return err
			}
		}
		return rows.flush(ctx)
	})
	if err != nil {
		return 0, fmt.Errorf("keep decision on tribe %s: %w", d.Tribe, err)
	}
	return num, nil
}

// TribeDecisions returns every decision that was ever made, undone ones included, oldest first.
func (db *DB) TribeDecisions(ctx context.Context) (all []data.TribeDecision, err error) {
	err = query(ctx, db.pool, selectTribeDecisions, func(r scanner) error {
		var d data.TribeDecision
		err := r.Scan(&d.Num, (*string)(&d.Kind), &d.Run, (*string)(&d.Tribe), (*string)(&d.Into), &d.Text, &d.Undoes)
		all = append(all, d)
		return err
	})
	at := 0
	if err == nil {
		err = query(ctx, db.pool, selectDecided, func(r scanner) error {
			var num int
			var author data.AuthorID
			err := r.Scan(&num, (*idColumn)(&author))
			for at < len(all) && all[at].Num < num {
				at++
			}
			if at < len(all) {
				all[at].Authors = append(all[at].Authors, author)
			}
			return err
		})
	}
	if err != nil {
		return nil, fmt.Errorf("read decisions on tribes: %w", explain(err))
	}
	return all, nil
}
