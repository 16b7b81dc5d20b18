package tribes

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"tribu/data"
)

// A Replayed says whether a stored run, computed again, is what was stored.
type Replayed struct {
	Run     string   `json:"run"`
	Same    bool     `json:"same"`    // every byte
	Missing []string `json:"missing"` // what it rested on that is gone or has changed, in plain words
	Differs []string `json:"differs"` // parts of the result that came out otherwise
}

// Replay computes the run of that id again from its stored parameters, the runs before it and what its
// window holds now. It stores nothing.
func Replay(ctx context.Context, c Corpus, runs Runs, id string) (Replayed, error) {
	stored, err := runs.Record(ctx, id)
	if err != nil {
		return Replayed{}, fmt.Errorf("find run: %w", err)
	}
	out := Replayed{Run: stored.ID, Missing: []string{}, Differs: []string{}}
	p, err := ParseParams(stored.Params)
	if err != nil {
		return out, err
	}
	in, err := LoadInput(ctx, c, p)
	if err != nil {
		return out, err
	}
	if in.Digest != stored.Inputs {
		out.Missing = append(out.Missing, fmt.Sprintf("the posts, titles, handles, annotations, needs or interactions of its window have changed: %d posts by %d people then, %d by %d now", stored.Posts, stored.People, len(in.posts), len(in.authors)))
	}
	if stored.Code != Version {
		out.Missing = append(out.Missing, fmt.Sprintf("it was made by %s, this program is %s", stored.Code, Version))
	}
	gone, err := withRunsBefore(ctx, runs, &in, stored.Run)
	if err != nil {
		return out, err
	}
	out.Missing = append(out.Missing, gone...)
	again, err := Form(in, p)
	if err != nil {
		return out, err
	}
	out.Differs = append(out.Differs, differences(stored, again)...)
	out.Same = len(out.Differs) == 0
	return out, nil
}

// withRunsBefore gives in the runs before it that r rests on, and says which are gone.
func withRunsBefore(ctx context.Context, runs Runs, in *Input, r data.Run) (gone []string, err error) {
	for _, before := range []struct {
		what, id string
		at       **data.RunRecord
	}{{"its parent", r.Parent, &in.Parent}, {"the run whose place it took", r.Replaced, &in.Replaced}} {
		if before.id == "" {
			continue
		}
		found, err := runs.Record(ctx, before.id)
		switch {
		case errors.Is(err, data.ErrNotFound):
			gone = append(gone, before.what+", run "+before.id+", is gone")
		case err != nil:
			return nil, fmt.Errorf("find run before: %w", err)
		default:
			*before.at = &found
		}
	}
	in.Earlier, err = earlierRuns(ctx, runs, in.Parent)
	return gone, err
}

// differences names the parts in which two runs are not the same, byte by byte.
func differences(a, b data.RunRecord) []string {
	var out []string
	for _, part := range []struct {
		name string
		a, b any
	}{
		{"id", a.ID, b.ID}, {"run", a.Run, b.Run}, {"tribes", a.Tribes, b.Tribes},
		{"members", a.Members, b.Members}, {"lineage", a.Lineage, b.Lineage},
	} {
		if !bytes.Equal(canonical(part.a), canonical(part.b)) {
			out = append(out, part.name)
		}
	}
	return out
}

// canonical writes v so that an empty list and none are the same.
func canonical(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		return []byte(err.Error())
	}
	return bytes.ReplaceAll(text, []byte("[]"), []byte("null"))
}
