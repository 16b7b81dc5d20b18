package sqlite

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"

	"tribu/data"
)

const (
	selectLinkTimes = `SELECT at FROM (SELECT at, row_number() OVER (ORDER BY at) AS n FROM interaction WHERE at > ?1 AND at <= ?2) AS w WHERE n % ?3 = 0 ORDER BY at`
	selectLinks     = `SELECT coalesce(group_concat(concat(post, from_author, coalesce(to_author, zeroblob(16)), coalesce(to_post, zeroblob(16)), kind, char(31),
at, char(31), octet_length(coalesce(to_handle, '')), char(31), coalesce(to_handle, '')), ''), '') FROM interaction WHERE at > ? AND at <= ?`
	countLinks     = `SELECT count(*) FROM interaction WHERE at > ? AND at <= ?`
	selectPlaces   = `SELECT coalesce(group_concat(concat(id, author, thread), ''), ''), max(num) FROM (SELECT num, id, author, thread FROM post WHERE num > ? ORDER BY num LIMIT 8000) AS w`
	selectWrote    = `SELECT coalesce(group_concat(concat(p.id, p.author, p.thread), ''), '') FROM json_each(?) AS j CROSS JOIN post AS p ON p.id = unhex(j.value)`
	anyOpenTopic   = `SELECT EXISTS (SELECT 1 FROM interaction WHERE at > ? AND at <= ? AND kind = 'topic' AND to_author IS NULL AND to_post IS NULL)`
	anyHandle      = `SELECT EXISTS (SELECT 1 FROM interaction WHERE at > ? AND at <= ? AND to_handle IS NOT NULL)`
	selectByThread = `SELECT thread, author, id, created_at FROM post`
	selectHandles  = `SELECT id, source, native_id, handle, name FROM author WHERE opted_out = 0`
)

// Interactions returns who turned to whom in the window, by At, Post, Kind and To. The target is
// the author given, or of the post given; for a topic without a post that of the thread's first
// post; for a handle the one author of the same source with that handle, name or native id,
// whatever its case. What stays open, and turning to oneself, is left out. The loop body may write.
func (db *DB) Interactions(ctx context.Context, w data.Window) iter.Seq2[data.Interaction, error] {
	return func(yield func(data.Interaction, error) bool) {
		var sums hashSums
		for page, err := range links(ctx, db.pool, w, nil) {
			if err != nil {
				yield(data.Interaction{}, fmt.Errorf("read interactions: %w", explain(err)))
				return
			}
			for i := range page {
				sums.add(hashInteraction(&page[i]))
				if !yield(page[i], nil) {
					return
				}
			}
		}
		db.noteLinks(w, &sums)
	}
}

// links returns the resolved interactions of the window in pages that never split a second. Posts
// that wrote knows are not read again.
func links(ctx context.Context, q querier, w data.Window, wrote map[data.PostID]place) iter.Seq2[[]data.Interaction, error] {
	return func(yield func([]data.Interaction, error) bool) {
		targets, err := newTargets(ctx, q, w, wrote)
		if err != nil {
			yield(nil, err)
			return
		}
		ends, err := linkPages(ctx, q, w)
		if err != nil {
			yield(nil, err)
			return
		}
		from := w.From.Unix()
		for _, to := range ends {
			page, err := targets.page(ctx, q, from, to)
			from = to
			if !yield(page, err) || err != nil {
				return
			}
		}
	}
}

// linksAtOnce is how many interactions a page holds, more where many fall into its last second.
const linksAtOnce = 2000

// linkPages returns the last second of every page.
func linkPages(ctx context.Context, q querier, w data.Window) (all []int64, err error) {
	err = query(ctx, q, selectLinkTimes, func(r scanner) error {
		var at int64
		err := r.Scan(&at)
		all = append(all, at)
		return err
	}, w.From.Unix(), w.To.Unix(), linksAtOnce)
	return slices.Compact(append(all, w.To.Unix())), err
}

func (t *targets) page(ctx context.Context, q querier, from, to int64) ([]data.Interaction, error) {
	page, err := t.read(ctx, q, from, to)
	if err != nil {
		return nil, err
	}
	wrote, err := t.places(ctx, q, page)
	if err != nil {
		return nil, err
	}
	for i := range page {
		t.resolve(&page[i], wrote)
	}
	page = slices.DeleteFunc(page, func(in data.Interaction) bool { return in.To.IsZero() || in.To == in.From })
	slices.SortFunc(page, compareInteractions)
	return slices.CompactFunc(page, func(a, b data.Interaction) bool { return a == b }), nil
}

func (t *targets) read(ctx context.Context, q querier, from, to int64) ([]data.Interaction, error) {
	rows, err := packedRows(ctx, q, selectLinks, from, to)
	if err != nil {
		return nil, err
	}
	page := make([]data.Interaction, 0, linksAtOnce)
	for rows.more() {
		in := data.Interaction{Post: rows.id(), From: rows.id(), To: rows.id(), ToPost: rows.id()}
		in.Kind, in.At = data.InteractionKind(t.kinds.one(rows.word())), seconds(rows.int())
		in.ToHandle = t.kinds.one(rows.text())
		page = append(page, in)
	}
	return page, rows.err()
}

// places returns where the posts that targets are found by were written.
func (t *targets) places(ctx context.Context, q querier, page []data.Interaction) (map[data.PostID]place, error) {
	var missing []data.PostID
	for i := range page {
		if id, needed := foundBy(&page[i]); needed {
			if _, known := t.wrote[id]; !known {
				missing = append(missing, id)
			}
		}
	}
	if len(missing) == 0 {
		return t.wrote, nil
	}
	slices.SortFunc(missing, func(a, b data.PostID) int { return bytes.Compare(a[:], b[:]) })
	rows, err := packedRows(ctx, q, selectWrote, hexList(slices.Compact(missing)))
	if err != nil {
		return nil, err
	}
	found := make(map[data.PostID]place, len(missing))
	for rows.more() {
		id := rows.id()
		found[id] = place{author: rows.id(), thread: rows.id()}
	}
	for i := range page {
		if id, needed := foundBy(&page[i]); needed {
			if p, known := t.wrote[id]; known {
				found[id] = p
			}
		}
	}
	return found, rows.err()
}

// foundBy returns the post that tells whom in is meant for, if one does: the target's, or for a
// topic without a target the post itself, by its thread.
func foundBy(in *data.Interaction) (data.PostID, bool) {
	switch {
	case !in.To.IsZero():
		return data.PostID{}, false
	case !in.ToPost.IsZero():
		return in.ToPost, true
	}
	return in.Post, in.Kind == data.Topic
}

// resolve fills in To where the row has only a post, a handle or a thread.
func (t *targets) resolve(in *data.Interaction, wrote map[data.PostID]place) {
	if in.To.IsZero() && !in.ToPost.IsZero() {
		in.To = wrote[in.ToPost].author
	}
	switch {
	case !in.To.IsZero():
	case in.ToHandle != "":
		if source, ok := t.source[in.From]; ok {
			in.To = t.handles[handle{source, foldHandle(in.ToHandle)}]
		}
	case in.Kind == data.Topic && in.ToPost.IsZero():
		in.To = t.first[wrote[in.Post].thread]
	}
}

func compareInteractions(a, b data.Interaction) int {
	return cmp.Or(a.At.Compare(b.At), bytes.Compare(a.Post[:], b.Post[:]), cmp.Compare(a.Kind, b.Kind), bytes.Compare(a.To[:], b.To[:]),
		bytes.Compare(a.From[:], b.From[:]), bytes.Compare(a.ToPost[:], b.ToPost[:]), cmp.Compare(a.ToHandle, b.ToHandle))
}
