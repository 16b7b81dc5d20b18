package sqlite

import (
	"context"
	"fmt"
	"iter"

	"tribu/data"
)

const (
	countNeeds    = `SELECT coalesce(sum(needs), 0) FROM annotation WHERE version = (SELECT num FROM version WHERE name = ?)`
	selectVoicers = `SELECT coalesce(group_concat(row, ''), '') FROM (SELECT concat(p.id, p.author, p.thread, coalesce(p.parent, zeroblob(16)), p.source, char(31),
p.created_at, char(31), octet_length(p.url), char(31), p.url, octet_length(p.place), char(31), p.place, a.lang, char(31)) AS row
FROM annotation AS a CROSS JOIN post AS p ON p.id = a.post WHERE a.post > ?1 AND a.version = ?2 AND a.needs > 0 ORDER BY a.post LIMIT 2000) AS w`
)

// CountVoiced returns how many needs Voiced returns.
func (db *DB) CountVoiced(ctx context.Context, version string) (n int, err error) {
	if err := db.pool.QueryRowContext(ctx, countNeeds, version).Scan(&n); err != nil {
		return 0, fmt.Errorf("count needs: %w", explain(err))
	}
	return n, nil
}

// Voiced returns every need that version heard, with the title of its thread, in the order of their
// posts; it does not tell the problems they belong to. What the words of a need are part of is freed once
// nobody keeps any of them. The loop body may write. An error ends the sequence.
func (db *DB) Voiced(ctx context.Context, version string) iter.Seq2[data.NeedRow, error] {
	return func(yield func(data.NeedRow, error) bool) {
		titles, err := db.titles(ctx)
		if err != nil {
			yield(data.NeedRow{}, fmt.Errorf("read titles: %w", explain(err)))
			return
		}
		r, err := newReader(ctx, db.pool, version)
		if err != nil {
			yield(data.NeedRow{}, fmt.Errorf("read needs: %w", explain(err)))
			return
		}
		for n, err := range inPages("read needs", func(after *data.NeedRow) ([]data.NeedRow, error) { return r.voiced(ctx, after) }) {
			n.Title = titles[n.Thread]
			if !yield(n, err) || err != nil {
				return
			}
		}
	}
}

// voiced reads the needs of the next posts behind that of after.
func (r *reader) voiced(ctx context.Context, after *data.NeedRow) (needs []data.NeedRow, err error) {
	last := []byte{}
	if after != nil {
		last = after.ID[:]
	}
	posts, err := r.voicers(ctx, last)
	if err != nil || len(posts) == 0 {
		return nil, err
	}
	rows, err := packedRows(ctx, r.q, selectNeedsAmong, posts[0].ID[:], posts[len(posts)-1].ID[:], r.version)
	if err != nil {
		return nil, err
	}
	err = r.needsOf(page{posts: posts, answers: []*packed{rows, {}}}, func(p *data.PostMeta, ord int, n *data.Need) {
		needs = append(needs, data.NeedRow{PostMeta: *p, Need: *n, Ord: ord})
	})
	return needs, err
}

// voicers returns the next posts behind an id in which needs were heard, in id order.
func (r *reader) voicers(ctx context.Context, after []byte) (posts []*data.PostMeta, err error) {
	rows, err := packedRows(ctx, r.q, selectVoicers, after, r.version)
	if err != nil {
		return nil, err
	}
	for rows.more() {
		p := &data.PostMeta{ID: rows.id(), Author: rows.id(), Thread: rows.id(), Parent: rows.id()}
		p.Source, p.CreatedAt = r.sources[rows.int()], seconds(rows.int())
		p.URL, p.Place, p.Lang = rows.text(), r.words.one(rows.text()), data.Lang(r.words.one(rows.word()))
		posts = append(posts, p)
	}
	return posts, rows.err()
}

// scanNeedRow reads metaColumns, the language of the post, the place of the need in it, needColumns.
func (r *reader) scanNeedRow(row scanner) (n data.NeedRow, err error) {
	var source, at int64
	var lang string
	p := &n.PostMeta
	n.Need, err = r.scanNeed(row, (*idColumn)(&p.ID), &source, (*idColumn)(&p.Author), (*idColumn)(&p.Thread), (*idColumn)(&p.Parent), &at,
		&p.URL, &p.Place, &lang, &n.Ord)
	p.Source, p.CreatedAt, p.Place, p.Lang = r.sources[source], seconds(at), r.words.one(p.Place), data.Lang(r.words.one(lang))
	return n, err
}

const (
	selectTitles = `SELECT id, title FROM thread WHERE title <> ''`
	titlesIn     = selectTitles + ` AND id IN (SELECT thread FROM post WHERE created_at > ? AND created_at <= ?)`
	handlesIn    = `SELECT id, handle FROM author WHERE handle <> '' AND id IN (SELECT author FROM post WHERE created_at > ? AND created_at <= ?)`
)

// titles returns what conversations are called, where they are called anything.
func (db *DB) titles(ctx context.Context) (map[data.ThreadID]string, error) {
	all := map[data.ThreadID]string{}
	return all, query(ctx, db.pool, selectTitles, func(r scanner) error {
		var id data.ThreadID
		var title string
		err := r.Scan((*idColumn)(&id), &title)
		all[id] = title
		return err
	})
}

// Called tells title and handle what the conversations of w and those who write in them are called,
// where they are called anything.
func (db *DB) Called(ctx context.Context, w data.Window, title func(data.ThreadID, string), handle func(data.AuthorID, string)) error {
	var sums hashSums
	for _, names := range []struct {
		text string
		tell func([16]byte, string)
	}{
		{titlesIn, func(id [16]byte, name string) { title(id, name) }}, {handlesIn, func(id [16]byte, name string) { handle(id, name) }},
	} {
		err := query(ctx, db.pool, names.text, func(r scanner) error {
			var id [16]byte
			var name string
			err := r.Scan((*idColumn)(&id), &name)
			sums.add(hashName(id, name))
			names.tell(id, name)
			return err
		}, w.From.Unix(), w.To.Unix())
		if err != nil {
			return fmt.Errorf("read names: %w", explain(err))
		}
	}
	db.noteCalled(w, &sums)
	return nil
}

func hashName(id [16]byte, name string) int64 {
	h := newHasher()
	h.ids(id)
	h.texts(name)
	return h.sum()
}
