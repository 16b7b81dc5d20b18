package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"

	"tribu/data"
)

const (
	insertRunNeeds = `INSERT INTO run_needs (run, doc) VALUES (?, ?)`
	selectRunNeeds = `SELECT s.doc FROM run AS r CROSS JOIN run_needs AS s ON s.run = r.num WHERE r.id = ?`
)

// An AsClustered is the database with needs in the groups they were in when a run was made, and with
// what was heard in its posts until then.
type AsClustered struct {
	*DB
	needs map[data.NeedRef]naming
	then  *earlier
}

// AsClustered returns the database as the run of that full id read it; data.ErrNotFound where it is
// not known any more which need belonged to which problem then.
func (db *DB) AsClustered(ctx context.Context, run string) (*AsClustered, error) {
	needs, err := namingsOf(ctx, db.pool, run)
	if err != nil {
		return nil, fmt.Errorf("read needs of run %s: %w", run, explain(err))
	}
	r, err := record(ctx, db.pool, run)
	if err != nil {
		return nil, err
	}
	then, err := db.heardBy(ctx, run, r.Annotation, r.Window)
	if err != nil {
		return nil, fmt.Errorf("read posts of run %s: %w", run, explain(err))
	}
	return &AsClustered{DB: db, needs: needs, then: then}, nil
}

// namingsOf returns which need belonged to which problem when the run of that full id was made.
func namingsOf(ctx context.Context, q querier, run string) (map[data.NeedRef]naming, error) {
	var doc []byte
	err := q.QueryRowContext(ctx, selectRunNeeds, run).Scan(&doc)
	if errors.Is(err, sql.ErrNoRows) {
		err = data.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	text, err := decompress(doc)
	if err != nil {
		return nil, err
	}
	return decodeNamings(text)
}

func decodeNamings(text []byte) (map[data.NeedRef]naming, error) {
	in := bytes.NewReader(text)
	size, err := binary.ReadUvarint(in)
	if err != nil || size > uint64(in.Len()) {
		return nil, errors.Join(err, io.ErrUnexpectedEOF)
	}
	head := make([]byte, size)
	if _, err := io.ReadFull(in, head); err != nil {
		return nil, err
	}
	var names []naming
	if err := json.Unmarshal(head, &names); err != nil {
		return nil, err
	}
	needs := map[data.NeedRef]naming{}
	for in.Len() > 0 {
		var ref data.NeedRef
		_, lost := io.ReadFull(in, ref.Post[:])
		ord, noOrd := binary.ReadUvarint(in)
		i, noName := binary.ReadUvarint(in)
		if err := errors.Join(lost, noOrd, noName); err != nil || i >= uint64(len(names)) {
			return nil, errors.Join(err, io.ErrUnexpectedEOF)
		}
		ref.Ord = int(ord)
		needs[ref] = names[i]
	}
	return needs, nil
}

// recall puts the needs of a story into the problems of when its run was made, where none is in
// one any more: problems are made of what the newest version of the analysis heard.
func (r *reader) recall(ctx context.Context, s *data.Story) error {
	if slices.ContainsFunc(s.Needs, func(n data.NeedRow) bool { return n.Problem != "" }) {
		return nil
	}
	then, err := namingsOf(ctx, r.q, s.ID)
	if errors.Is(err, data.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("needs of then: %w", err)
	}
	given, err := r.givenNames(ctx)
	if err != nil {
		return fmt.Errorf("names of needs: %w", err)
	}
	for i := range s.Needs {
		n := &s.Needs[i]
		was := then[data.NeedRef{Post: n.ID, Ord: n.Ord}]
		n.Problem, n.Called = was.Problem, was.Called
		if name := given[was.Problem]; name != "" {
			n.Called, n.Given = name, true
		}
	}
	return nil
}

// givenNames returns the names people gave to problems, those that are gone included.
func (r *reader) givenNames(ctx context.Context) (map[data.ProblemID]string, error) {
	names := map[data.ProblemID]string{}
	return names, query(ctx, r.q, selectDecisions, func(row scanner) error {
		var d data.ProblemDecision
		err := row.Scan((*string)(&d.Problem), (*string)(&d.Into), &d.Name)
		if d.Into == "" {
			names[d.Problem] = d.Name
		}
		return err
	})
}

// Analyzed is that of the database, with the groups and words of then.
func (c *AsClustered) Analyzed(ctx context.Context, version string, w data.Window) iter.Seq2[data.AnalyzedPost, error] {
	return func(yield func(data.AnalyzedPost, error) bool) {
		for p, err := range c.DB.analyzed(ctx, version, w, c.then, markCopies) {
			for i := range p.Needs {
				was := c.needs[data.NeedRef{Post: p.ID, Ord: i}]
				p.Needs[i].Problem, p.Needs[i].Called, p.Needs[i].Speaks = was.Problem, was.Called, false
			}
			if !yield(p, err) {
				return
			}
		}
	}
}

// InputDigest is that of the database, with the groups and words of then; it is never kept.
func (c *AsClustered) InputDigest(ctx context.Context, version string, w data.Window) (string, error) {
	n, err := c.notesOn(ctx, version, w)
	if err != nil || !n.read() {
		return "", err
	}
	var sums hashSums
	for ref, was := range c.needs {
		sums.add(hashVoiced(ref, was))
	}
	heard := *n.heard
	heard.low, heard.high = heard.low+c.then.sums.low, heard.high+c.then.sums.high
	n.heard = &heard
	return c.digestOf(ctx, n, sums)
}
