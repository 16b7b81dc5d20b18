package reports

import (
	"context"

	"tribu/data"
	"tribu/reports/figures"
)

// reserved is a source whose needs are called by nobody's own words.
type reserved struct{ Source }

// Story returns that of the source.
func (r reserved) Story(ctx context.Context, runID string) (data.Story, error) {
	story, err := r.Source.Story(ctx, runID)
	return figures.WithoutPhrases(story), err
}

// NeedsIn returns those of the source.
func (r reserved) NeedsIn(ctx context.Context, version string, w data.Window) ([]data.NeedRow, error) {
	needs, err := r.Source.NeedsIn(ctx, version, w)
	return figures.NeedsWithoutPhrases(needs), err
}
