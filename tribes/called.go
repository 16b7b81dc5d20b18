package tribes

import (
	"context"
	"fmt"
	"strings"
)

// names reads what conversations and people are called.
func (r *reader) names(ctx context.Context, c Corpus) error {
	r.titles, r.handles = make([]string, len(r.threads)), make([]string, len(r.authors))
	titles, err := c.Titles(ctx)
	if err != nil {
		return fmt.Errorf("read titles: %w", err)
	}
	for id, title := range titles {
		if at, known := r.threads[id]; known {
			r.titles[at] = title
		}
	}
	for a, err := range c.Authors(ctx) {
		if err != nil {
			return fmt.Errorf("read authors: %w", err)
		}
		if at, known := r.authors[a.ID]; known {
			r.handles[at] = strings.ToLower(a.Handle)
		}
	}
	return nil
}
