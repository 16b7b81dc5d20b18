package sqlite

import (
	"context"
	"database/sql"
)

// A prepared transaction reads the text of a statement once, however often it runs: most of what a
// small statement costs is its text. It ends with the transaction.
type prepared struct {
	*sql.Tx
	known map[string]*sql.Stmt
}

func newPrepared(tx *sql.Tx) *prepared { return &prepared{tx, map[string]*sql.Stmt{}} }

// statement returns the statement of that text; nil, with the reason, where it makes no sense.
func (p *prepared) statement(ctx context.Context, text string) (*sql.Stmt, error) {
	if s, ok := p.known[text]; ok {
		return s, nil
	}
	s, err := p.PrepareContext(ctx, text)
	if err == nil {
		p.known[text] = s
	}
	return s, err
}

// ExecContext runs a statement.
func (p *prepared) ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error) {
	s, err := p.statement(ctx, text)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(ctx, args...)
}

// QueryContext runs a query.
func (p *prepared) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	s, err := p.statement(ctx, text)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

// QueryRowContext runs a query for one row.
func (p *prepared) QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row {
	s, err := p.statement(ctx, text)
	if err != nil {
		return p.Tx.QueryRowContext(ctx, text, args...) // its Scan tells the error
	}
	return s.QueryRowContext(ctx, args...)
}
