package tribes

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"tribu/data"
)

// Runs keeps what was found. Latest returns the newest main-line run as of an earlier moment, LatestOutside
// the newest of another week, and both data.ErrNotFound where there is none; Record the run of an id.
type Runs interface {
	Latest(ctx context.Context, before time.Time) (data.RunRecord, error)
	LatestOutside(ctx context.Context, before time.Time, week string) (data.RunRecord, error)
	Record(ctx context.Context, id string) (data.RunRecord, error)
	SaveRun(ctx context.Context, r data.RunRecord) error
}

// Cluster forms the tribes of p's window and stores the run. It reports found, and computes
// nothing, where that very run is stored already. A run without tribes is stored too and returned
// with data.ErrTooFew.
func Cluster(ctx context.Context, c Corpus, runs Runs, p Params) (record data.RunRecord, found bool, err error) {
	p = p.withDefaults()
	parent, replaced, err := runsBefore(ctx, runs, p)
	if err != nil {
		return record, false, err
	}
	in := Input{Parent: parent, Replaced: replaced}
	if in.Digest, err = c.InputDigest(ctx, p.Annotation, p.Span()); err != nil {
		return record, false, fmt.Errorf("digest input: %w", err)
	}
	known := in.Digest != ""
	if known {
		if record, found, err = stored(ctx, runs, in, p); found || err != nil {
			return record, found, err
		}
	}
	if in, err = loadInput(ctx, c, p, in.Digest); err != nil {
		return record, false, err
	}
	in.Parent, in.Replaced = parent, replaced
	if !known {
		if record, found, err = stored(ctx, runs, in, p); found || err != nil {
			return record, found, err
		}
	}
	if in.Earlier, err = earlierRuns(ctx, runs, parent); err != nil {
		return record, false, err
	}
	if record, err = Form(in, p); err != nil {
		return record, false, err
	}
	if err = runs.SaveRun(ctx, record); err != nil {
		return record, false, fmt.Errorf("save run: %w", err)
	}
	return record, false, tooFew(record)
}

// stored returns the run that Cluster would compute, where it is found.
func stored(ctx context.Context, runs Runs, in Input, p Params) (record data.RunRecord, found bool, err error) {
	record, err = runs.Record(ctx, RunID(in, p))
	switch {
	case errors.Is(err, data.ErrNotFound):
		return record, false, nil
	case err != nil:
		return record, false, fmt.Errorf("find run: %w", err)
	case record.Inputs != in.Digest || record.Params != p.JSON():
		return data.RunRecord{}, false, fmt.Errorf("find run: another run has the id %s; set another seed", record.ID)
	}
	return record, true, tooFew(record)
}

// runsBefore finds the run that p's goes on from, the newest of an earlier week, and the newest of its own week, whose
// place it takes: readers are told what changed since the week before, not since a minute ago. However many
// runs a week has, it reads two.
func runsBefore(ctx context.Context, runs Runs, p Params) (parent, replaced *data.RunRecord, err error) {
	newest, err := latest(runs.Latest(ctx, p.AsOf))
	if err != nil || newest == nil || newest.Week != p.Week {
		return newest, nil, err
	}
	parent, err = latest(runs.LatestOutside(ctx, newest.AsOf, p.Week))
	return parent, newest, err
}

// latest is a run that was looked for; nil where there is none.
func latest(r data.RunRecord, err error) (*data.RunRecord, error) {
	switch {
	case errors.Is(err, data.ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("find run before: %w", err)
	}
	return &r, nil
}

// earlierRuns follows the parents of parent back for as long as a tribe may sleep. A run that is
// missing ends the list.
func earlierRuns(ctx context.Context, runs Runs, parent *data.RunRecord) (all []data.RunRecord, err error) {
	if parent == nil {
		return nil, nil
	}
	for id := parent.Parent; id != ""; {
		r, err := runs.Record(ctx, id)
		if errors.Is(err, data.ErrNotFound) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("find earlier run: %w", err)
		}
		if parent.AsOf.Sub(r.AsOf) > dormancy {
			break
		}
		all, id = append(all, r), r.Parent
	}
	return all, nil
}

func tooFew(r data.RunRecord) error {
	if r.TooFew {
		return data.ErrTooFew
	}
	return nil
}

// RunID names the run that forms tribes from in with p: its ISO week and 6 hexadecimal digits that
// depend on the input, every parameter, the version of the code and the runs before.
func RunID(in Input, p Params) string {
	p = p.withDefaults()
	parent := ""
	if in.Parent != nil {
		parent = in.Parent.ID
	}
	rests := []string{in.Digest, p.JSON(), Version, parent}
	if in.Replaced != nil {
		rests = append(rests, in.Replaced.ID)
	}
	sum := sha256.Sum256([]byte(strings.Join(rests, "\x00")))
	return p.Week + "-" + hex.EncodeToString(sum[:3])
}
