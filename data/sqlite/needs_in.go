package sqlite

import (
	"context"
	"fmt"

	"tribu/data"
)

// NeedsIn returns the needs that version heard in the posts of w, in the order of the posts' ids.
func (db *DB) NeedsIn(ctx context.Context, version string, w data.Window) ([]data.NeedRow, error) {
	s := data.Story{RunRecord: data.RunRecord{Run: data.Run{Window: w}}}
	r, err := newReader(ctx, db.pool, version)
	if err != nil {
		return nil, fmt.Errorf("read needs: %w", explain(err))
	}
	voiced, err := r.activity(ctx, &s)
	if err != nil {
		return nil, fmt.Errorf("read posts of needs: %w", explain(err))
	}
	if err := r.needs(ctx, &s, voiced); err != nil {
		return nil, fmt.Errorf("read needs: %w", explain(err))
	}
	return s.Needs, nil
}
