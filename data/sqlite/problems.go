package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"tribu/data"
)

const (
	sumAllAnnotations = `SELECT count(*), coalesce(sum(hash & 4294967295), 0), coalesce(sum((hash >> 32) & 4294967295), 0)
FROM annotation WHERE version = (SELECT num FROM version WHERE name = ?)`
	countVoiced     = `SELECT count(*) FROM voiced`
	selectDecisions = `SELECT problem, into_id, name FROM problem_decision ORDER BY num`
	insertDecision  = `INSERT INTO problem_decision (problem, into_id, name) VALUES (?, ?, ?)`
	selectTraces    = `SELECT id, anchors FROM problem_trace ORDER BY id`
	deleteTraces    = `DELETE FROM problem_trace`
	deleteVoiced    = `DELETE FROM voiced`
	deleteProblems  = `DELETE FROM problem`
	insertTrace     = `INSERT INTO problem_trace (id, anchors) VALUES (?, ?)`
	insertProblem   = `INSERT INTO problem (id, wanting, head, facet, phrases, people, needs, area, version, post, ord) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	insertVoiced    = `INSERT INTO voiced (post, version, ord, problem) VALUES (?, ?, ?, ?)`
	selectProblems  = `SELECT p.id, p.wanting, p.head, p.facet, p.phrases, p.people, p.needs, p.area, p.post, p.ord,
coalesce((SELECT n.quote FROM need AS n WHERE n.post = p.post AND n.version = p.version AND n.ord = p.ord), ''),
coalesce((SELECT d.name FROM problem_decision AS d WHERE d.problem = p.id AND d.into_id = '' ORDER BY d.num DESC LIMIT 1), '')
FROM problem AS p ORDER BY p.people DESC, p.needs DESC, p.id`
	selectVoicedBy = `SELECT ` + metaColumns + `, coalesce(a.lang, 'und'), n.ord, ` + needColumns + `
FROM voiced AS x CROSS JOIN need AS n ON n.post = x.post AND n.version = x.version AND n.ord = x.ord
CROSS JOIN post AS p ON p.id = x.post LEFT JOIN annotation AS a ON a.post = x.post AND a.version = x.version
WHERE x.problem = ?1 ORDER BY p.created_at, p.id, n.ord`
)

// groupedKey is the meta value that says what the stored problems were made from, and how many needs are in them.
const groupedKey = "problems.state"

// NeedState returns a hash of all that version heard and of the problems
// that people merged, and the state of which the stored problems were made; empty where there are none.
func (db *DB) NeedState(ctx context.Context, version string) (now, grouped string, err error) {
	var n, low, high int64
	if err := db.pool.QueryRowContext(ctx, sumAllAnnotations, version).Scan(&n, &low, &high); err != nil {
		return "", "", fmt.Errorf("sum up needs: %w", explain(err))
	}
	mergers, err := db.Decisions(ctx)
	if err != nil {
		return "", "", err
	}
	mergers = slices.DeleteFunc(mergers, func(d data.ProblemDecision) bool { return d.Into == "" })
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d %d %d %q", version, n, low, high, mergers))
	grouped, err = db.grouped(ctx)
	return hex.EncodeToString(sum[:8]), grouped, err
}

// grouped returns the state of which the stored problems were made; empty where there are none, or
// where members are gone since.
func (db *DB) grouped(ctx context.Context) (string, error) {
	value, err := db.Meta(ctx, groupedKey)
	if errors.Is(err, data.ErrNotFound) {
		return "", nil
	} else if err != nil {
		return "", err
	}
	var members int
	if err := db.pool.QueryRowContext(ctx, countVoiced).Scan(&members); err != nil {
		return "", fmt.Errorf("count needs in problems: %w", explain(err))
	}
	state, whole := strings.CutSuffix(value, fmt.Sprintf(" of %d", members))
	if !whole {
		return "", nil
	}
	return state, nil
}

// Decisions returns what people decided about problems, oldest first.
func (db *DB) Decisions(ctx context.Context) (all []data.ProblemDecision, err error) {
	err = query(ctx, db.pool, selectDecisions, func(r scanner) error {
		var d data.ProblemDecision
		err := r.Scan((*string)(&d.Problem), (*string)(&d.Into), &d.Name)
		all = append(all, d)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read decisions: %w", explain(err))
	}
	return all, nil
}

// Decide keeps what people decided about a problem; the next grouping follows it.
func (db *DB) Decide(ctx context.Context, d data.ProblemDecision) error {
	if _, err := db.pool.ExecContext(ctx, insertDecision, string(d.Problem), string(d.Into), d.Name); err != nil {
		return fmt.Errorf("keep decision on %s: %w", d.Problem, explain(err))
	}
	return nil
}

// Traces returns by what the problems of the last grouping are known again, by id.
func (db *DB) Traces(ctx context.Context) (all []data.ProblemTrace, err error) {
	err = query(ctx, db.pool, selectTraces, func(r scanner) error {
		var t data.ProblemTrace
		var b []byte
		err := r.Scan((*string)(&t.ID), &b)
		for ; len(b) >= 8; b = b[8:] {
			t.Anchors = append(t.Anchors, binary.LittleEndian.Uint64(b))
		}
		all = append(all, t)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read traces of problems: %w", explain(err))
	}
	return all, nil
}

// SaveProblems replaces the problems of the needs of version by all, made from state. A member
// that is gone meanwhile is an error.
func (db *DB) SaveProblems(ctx context.Context, version, state string, all []data.SharedProblem, traces []data.ProblemTrace) error {
	err := db.write(ctx, func(ctx context.Context, tx *sql.Conn) error {
		num, err := versionNum(ctx, tx, version)
		if err != nil {
			return err
		}
		for _, text := range []string{deleteTraces, deleteVoiced, deleteProblems} {
			if _, err := tx.ExecContext(ctx, text); err != nil {
				return err
			}
		}
		if err := saveProblems(ctx, tx, num, all); err != nil {
			return err
		}
		if err := saveTraces(ctx, tx, traces); err != nil {
			return err
		}
		members := 0
		for i := range all {
			members += len(all[i].Members)
		}
		if _, err := tx.ExecContext(ctx, deleteMeta, inputKey); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, upsertMeta, groupedKey, fmt.Sprintf("%s of %d", state, members))
		return err
	})
	if err != nil {
		return fmt.Errorf("save problems: %w", err)
	}
	db.forgetNotes()
	return nil
}

func saveProblems(ctx context.Context, tx *sql.Conn, version int64, all []data.SharedProblem) error {
	rows, voiced := newMulti(tx, insertProblem), newMulti(tx, insertVoiced)
	for i := range all {
		p := &all[i]
		phrases, err := json.Marshal(p.Phrases)
		if err != nil {
			return err
		}
		err = rows.add(ctx, string(p.ID), toInt(p.Wanting), p.Head, p.Facet, string(phrases), int64(p.People), int64(len(p.Members)), int64(p.Area),
			version, p.Spoken.Post[:], int64(p.Spoken.Ord))
		if err != nil {
			return err
		}
	}
	if err := rows.flush(ctx); err != nil {
		return err
	}
	for i := range all {
		for _, m := range all[i].Members {
			if err := voiced.add(ctx, m.Post[:], version, int64(m.Ord), string(all[i].ID)); err != nil {
				return err
			}
		}
	}
	return voiced.flush(ctx)
}

func saveTraces(ctx context.Context, tx *sql.Conn, traces []data.ProblemTrace) error {
	rows := newMulti(tx, insertTrace)
	for _, t := range traces {
		b := make([]byte, 0, 8*len(t.Anchors))
		for _, a := range t.Anchors {
			b = binary.LittleEndian.AppendUint64(b, a)
		}
		if err := rows.add(ctx, string(t.ID), b); err != nil {
			return err
		}
	}
	return rows.flush(ctx)
}

// Problems returns the canonical problems, most people first.
func (db *DB) Problems(ctx context.Context) ([]data.SharedProblem, error) {
	all, err := problems(ctx, db.pool)
	if err != nil {
		return nil, fmt.Errorf("read problems: %w", explain(err))
	}
	return all, nil
}

func problems(ctx context.Context, q querier) (all []data.SharedProblem, err error) {
	err = query(ctx, q, selectProblems, func(r scanner) error {
		var p data.SharedProblem
		var phrases []byte
		err := r.Scan((*string)(&p.ID), &p.Wanting, &p.Head, &p.Facet, &phrases, &p.People, &p.Needs, &p.Area,
			(*idColumn)(&p.Spoken.Post), &p.Spoken.Ord, &p.Label, &p.Name)
		if err != nil {
			return err
		}
		all = append(all, p)
		return json.Unmarshal(phrases, &all[len(all)-1].Phrases)
	})
	return all, err
}

// NeedsOf returns the needs that belong to a problem, oldest first.
func (db *DB) NeedsOf(ctx context.Context, id data.ProblemID) (all []data.NeedRow, err error) {
	r, err := newReader(ctx, db.pool, "")
	if err != nil {
		return nil, fmt.Errorf("read needs of problem %s: %w", id, explain(err))
	}
	err = query(ctx, db.pool, selectVoicedBy, func(row scanner) error {
		n, err := r.scanNeedRow(row)
		if err != nil {
			return err
		}
		err = r.assign(&n.Need, string(id), data.NeedRef{Post: n.ID, Ord: n.Ord})
		all = append(all, n)
		return err
	}, string(id))
	if err != nil {
		return nil, fmt.Errorf("read needs of problem %s: %w", id, explain(err))
	}
	return all, nil
}
