package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"tribu/data"
)

const (
	insertVersion    = `INSERT INTO version (name) VALUES (?) RETURNING num`
	deleteAnnotation = `DELETE FROM annotation WHERE (post, version) IN (SELECT unhex(j.value), ?2 FROM json_each(?1) AS j)`
	insertAnnotation = `INSERT INTO annotation (post, version, lang, lent, words, fingerprint, copy, needs, acts, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	insertHeard      = `INSERT INTO heard (post, version, terms) VALUES (?, ?, ?)`
	insertNeed       = `INSERT INTO need (post, version, ord, type, kind, object, aspect, action, concept, facets, polarity, negated, hypothetical,
step_kind, step_value, step_unit, expectation, in_title, start, end, quote, lang, rule, confidence, motives, voice)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	dropFailures = `DELETE FROM failure WHERE stage = 'analyse' AND version = ?`
)

// SaveAnnotations stores what was heard, and what could not be, in one transaction. An annotation
// replaces one of the same post and version; one of a post that is gone meanwhile is dropped.
func (db *DB) SaveAnnotations(ctx context.Context, all []data.Annotation, failed []data.Failure) error {
	all = lastOf(all, func(a *data.Annotation) [2]string { return [2]string{string(a.Post[:]), a.Version} })
	err := db.write(ctx, func(ctx context.Context, tx *sql.Conn) error {
		for version, group := range byVersion(all) {
			if err := saveAnnotations(ctx, tx, version, group); err != nil {
				return err
			}
		}
		return saveFailures(ctx, tx, failed)
	})
	if err != nil {
		return fmt.Errorf("save annotations: %w", err)
	}
	return nil
}

func byVersion(all []data.Annotation) map[string][]*data.Annotation {
	groups := map[string][]*data.Annotation{}
	for i := range all {
		groups[all[i].Version] = append(groups[all[i].Version], &all[i])
	}
	return groups
}

func saveAnnotations(ctx context.Context, tx *sql.Conn, version string, group []*data.Annotation) error {
	num, err := versionNum(ctx, tx, version)
	if err != nil {
		return err
	}
	group, again, err := keepReplaced(ctx, tx, version, num, group)
	if err != nil {
		return err
	}
	if len(again) > 0 {
		if _, err := tx.ExecContext(ctx, deleteAnnotation, hexList(again), num); err != nil {
			return err
		}
	}
	ids := make([]data.PostID, len(group))
	for i, a := range group {
		ids[i] = a.Post
	}
	stored, err := knownPosts(ctx, tx, ids)
	if err != nil {
		return err
	}
	said := 0
	for _, a := range group {
		said += len(a.Needs)
	}
	rows, heard, needs := newMulti(tx, insertAnnotation).room(len(group)), newMulti(tx, insertHeard).room(len(group)), newMulti(tx, insertNeed).room(said)
	for _, a := range group {
		if !stored[a.Post] {
			continue
		}
		if err := addAnnotation(ctx, rows, heard, num, a); err != nil {
			return err
		}
	}
	// Terms and needs refer to the annotations.
	if err := rows.flush(ctx); err != nil {
		return err
	}
	for _, a := range group {
		for i := range a.Needs {
			if !stored[a.Post] {
				break
			}
			if err := addNeed(ctx, needs, a.Post, num, i, &a.Needs[i]); err != nil {
				return err
			}
		}
	}
	return errors.Join(heard.flush(ctx), needs.flush(ctx))
}

// versionNum returns the number of a version, which it makes known where it is new.
func versionNum(ctx context.Context, tx *sql.Conn, version string) (num int64, err error) {
	err = tx.QueryRowContext(ctx, selectVersion, version).Scan(&num)
	if errors.Is(err, sql.ErrNoRows) {
		err = tx.QueryRowContext(ctx, insertVersion, version).Scan(&num)
	}
	return num, err
}

func addAnnotation(ctx context.Context, rows, heard *multi, version int64, a *data.Annotation) error {
	terms := encodeTerms(a.Terms, a.Topics)
	err := rows.add(ctx, a.Post[:], version, string(a.Lang), string(a.Lent), int64(a.Words), int64(a.Fingerprint), toInt(a.Copy), int64(len(a.Needs)),
		int64(a.Acts), hashAnnotation(a, terms))
	if err != nil {
		return err
	}
	return heard.add(ctx, a.Post[:], version, terms)
}

const selectKnown = `SELECT coalesce(group_concat(p.id, ''), '') FROM json_each(?) AS j CROSS JOIN post AS p ON p.id = unhex(j.value)
WHERE NOT EXISTS (SELECT 1 FROM tombstone AS d WHERE d.post = p.id)`

// knownPosts tells which of ids are stored and were not deleted upstream.
func knownPosts(ctx context.Context, q querier, ids []data.PostID) (map[data.PostID]bool, error) {
	rows, err := packedRows(ctx, q, selectKnown, hexList(ids))
	if err != nil {
		return nil, err
	}
	known := make(map[data.PostID]bool, len(ids))
	for rows.more() {
		known[rows.id()] = true
	}
	return known, rows.err()
}

func addNeed(ctx context.Context, rows *multi, post data.PostID, version int64, ord int, n *data.Need) error {
	var kind, value, unit any
	if n.Increment != nil {
		kind, value, unit = n.Increment.Kind, n.Increment.Value, n.Increment.Unit
	}
	facets, err := encodeFacets(n.Facets)
	if err != nil {
		return err
	}
	return rows.add(ctx, post[:], version, int64(ord), string(n.Type), string(n.Kind), n.Object, n.Aspect, n.Action, n.Concept, facets,
		int64(n.Polarity), toInt(n.Negated), toInt(n.Hypothetical), kind, value, unit, int64(n.Expectation), toInt(n.Evidence.InTitle),
		int64(n.Evidence.Start), int64(n.Evidence.End), n.Quote, string(n.Lang), n.Rule, n.Confidence, strings.Join(n.Motives, ","), n.Voice)
}

func encodeFacets(all []data.Facet) (string, error) {
	var b strings.Builder
	for i, f := range all {
		if strings.ContainsAny(f.Name, ":,") {
			return "", fmt.Errorf("facet %q: its name holds a separator", f.Name)
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(f.Name)
		b.WriteByte(':')
		b.WriteString(strconv.Itoa(f.Direction))
	}
	return b.String(), nil
}

func decodeFacets(s string) (all []data.Facet, err error) {
	for part := range strings.SplitSeq(s, ",") {
		name, direction, found := strings.Cut(part, ":")
		if !found {
			continue
		}
		n, err := strconv.Atoi(direction)
		if err != nil {
			return nil, fmt.Errorf("read facet %q: %w", part, err)
		}
		all = append(all, data.Facet{Name: name, Direction: n})
	}
	return all, nil
}

// RetryFailures forgets which posts version gave up: they are unanalysed again.
func (db *DB) RetryFailures(ctx context.Context, version string) error {
	if _, err := db.pool.ExecContext(ctx, dropFailures, version); err != nil {
		return fmt.Errorf("drop failures of %s: %w", version, explain(err))
	}
	return nil
}
