package tribes

import (
	"context"
	"fmt"
	"strings"

	"tribu/data"
)

// names reads what the conversations and people of the window are called.
func (r *reader) names(ctx context.Context, c Corpus, w data.Window) error {
	r.titles, r.handles = make([]string, len(r.threads)), make([]string, len(r.authors))
	err := c.Called(ctx, w, func(id data.ThreadID, title string) {
		if at, known := r.threads[id]; known {
			r.titles[at] = title
		}
	}, func(id data.AuthorID, handle string) {
		if at, known := r.authors[id]; known {
			r.handles[at] = strings.ToLower(handle)
		}
	})
	if err != nil {
		return fmt.Errorf("read names: %w", err)
	}
	return nil
}
