package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"
)

// A querier is what reads: the pool, a connection or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// A scanner is a row that can be read once.
type scanner interface{ Scan(dest ...any) error }

// An idColumn reads a BLOB of 16 bytes, or NULL as the zero id.
type idColumn [16]byte

// Scan implements sql.Scanner.
func (id *idColumn) Scan(src any) error {
	b, ok := src.([]byte)
	switch {
	case src == nil:
		*id = idColumn{}
	case !ok || len(b) != len(id):
		return fmt.Errorf("read id: %T of %d bytes", src, len(b))
	default:
		copy(id[:], b)
	}
	return nil
}

// orNull is the column of an id that may name nothing.
func orNull[T ~[16]byte](id T) any {
	if id == (T{}) {
		return nil
	}
	return id[:]
}

func textOrNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func seconds(unix int64) time.Time { return time.Unix(unix, 0).UTC() }

func milliseconds(unix int64) time.Time { return time.UnixMilli(unix).UTC() }

// hexList is the JSON list of ids that `SELECT unhex(value) FROM json_each(?)` reads.
func hexList[T ~[16]byte](ids []T) string {
	b := make([]byte, 0, len(ids)*35+2)
	b = append(b, '[')
	for i, id := range ids {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '"')
		b = hex.AppendEncode(b, id[:])
		b = append(b, '"')
	}
	return string(append(b, ']'))
}

// textList is the JSON list of texts that json_each reads.
func textList(all []string) string {
	list, _ := json.Marshal(all) // texts alone never fail
	return string(list)
}

// query calls row for every row of the answer.
func query(ctx context.Context, q querier, text string, row func(scanner) error, args ...any) error {
	rows, err := q.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// texts returns the one column of the answer.
func texts(ctx context.Context, q querier, text string, args ...any) (all []string, err error) {
	err = query(ctx, q, text, func(s scanner) error {
		var one string
		err := s.Scan(&one)
		all = append(all, one)
		return err
	}, args...)
	return all, err
}

// inPages yields what read returns, page after page, until a page is empty. No connection is held
// between pages.
func inPages[T any](what string, read func(after *T) ([]T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var last *T
		for {
			page, err := read(last)
			if err != nil {
				var zero T
				yield(zero, fmt.Errorf("%s: %w", what, explain(err)))
				return
			}
			for i := range page {
				if !yield(page[i], nil) {
					return
				}
			}
			if len(page) == 0 {
				return
			}
			last = &page[len(page)-1]
		}
	}
}

// An interner keeps one copy of strings that repeat.
type interner map[string]string

func (in interner) one(s string) string {
	if kept, ok := in[s]; ok {
		return kept
	}
	s = strings.Clone(s) // it may be part of a text of many
	in[s] = s
	return s
}

// A multi inserts many rows per statement.
type multi struct {
	tx     querier
	insert string // INSERT … VALUES (?, …) [ON CONFLICT …]
	width  int
	shared cells                    // what ?1, ?2 … stand for, the same in every row
	cells  cells                    // the shared ones, then the rows
	texts  [rowsTogether + 1]string // by number of rows
}

const rowsTogether = 128 // in one statement of a multi, at most

func newMulti(tx querier, insert string, shared ...any) *multi {
	m := &multi{tx: tx, insert: insert}
	for i := range insert {
		if insert[i] == '?' && (insert[i+1] < '0' || insert[i+1] > '9') {
			m.width++
		}
	}
	for _, v := range shared {
		m.shared = append(m.shared, driver.NamedValue{Value: v})
	}
	m.cells = append(m.cells, m.shared...)
	return m
}

// room makes room for so many rows, as far as they are written together.
func (m *multi) room(rows int) *multi {
	m.cells = slices.Grow(m.cells, min(rows, rowsTogether)*m.width)
	return m
}

// add queues one row of what SQLite knows, or int, and writes when enough are there.
func (m *multi) add(ctx context.Context, row ...any) error {
	for _, v := range row {
		if n, ok := v.(int); ok {
			v = int64(n)
		}
		m.cells = append(m.cells, driver.NamedValue{Value: v})
	}
	if len(m.cells) < len(m.shared)+rowsTogether*m.width {
		return nil
	}
	return m.flush(ctx)
}

// flush writes what is queued, by statements of 128, 64, 32 … rows: few texts, which stay compiled.
func (m *multi) flush(ctx context.Context) error {
	rest, head := m.cells, len(m.shared)
	m.cells = m.cells[:head]
	for n := rowsTogether; n > 0; n /= 2 {
		for ; len(rest) >= head+n*m.width; rest = rest[n*m.width:] {
			if m.texts[n] == "" {
				m.texts[n] = repeatRow(m.insert, n)
			}
			copy(rest, m.shared)
			if err := execute(ctx, m.tx, m.texts[n], rest[:head+n*m.width]); err != nil {
				return err
			}
		}
	}
	return nil
}

// execute runs a statement as a query: the driver hands the arguments of a query to SQLite all at
// once, those of other statements one by one.
func execute(ctx context.Context, tx querier, text string, args cells) error {
	for i := range args {
		args[i].Ordinal = i + 1
	}
	rows, err := tx.QueryContext(ctx, text, args)
	if err != nil {
		return err
	}
	return errors.Join(rows.Err(), rows.Close())
}

// repeatRow turns `… VALUES (?, ?)` into one with n rows.
func repeatRow(insert string, n int) string {
	start := strings.Index(insert, "VALUES (") + len("VALUES ")
	end := start + strings.Index(insert[start:], ")") + 1
	row := insert[start:end]
	return insert[:end] + strings.Repeat(", "+row, n-1) + insert[end:]
}
