package sqlite

import (
	"context"
	"fmt"
	"iter"

	"tribu/data"
)

const (
	countNeeds   = `SELECT coalesce(sum(needs), 0) FROM annotation WHERE version = (SELECT num FROM version WHERE name = ?)`
	selectVoiced = `SELECT ` + metaColumns + `, w.lang, n.ord, ` + needColumns + `
FROM (SELECT post, lang FROM annotation WHERE post > ?1 AND version = ?2 AND needs > 0 ORDER BY post LIMIT 1000) AS w
CROSS JOIN post AS p ON p.id = w.post CROSS JOIN need AS n ON n.post = w.post AND n.version = ?2 ORDER BY w.post, n.ord`
)

// CountVoiced returns how many needs Voiced returns.
func (db *DB) CountVoiced(ctx context.Context, version string) (n int, err error) {
	if err := db.pool.QueryRowContext(ctx, countNeeds, version).Scan(&n); err != nil {
		return 0, fmt.Errorf("count needs: %w", explain(err))
	}
	return n, nil
}

// Voiced returns every need that version heard, with the title of its thread, in the order of their
// posts; it does not tell the problems they belong to. The loop body may write. An error ends the sequence.
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
func (r *reader) voiced(ctx context.Context, after *data.NeedRow) (page []data.NeedRow, err error) {
	last := []byte{}
	if after != nil {
		last = after.ID[:]
	}
	err = query(ctx, r.q, selectVoiced, func(row scanner) error {
		n, err := r.scanNeedRow(row)
		page = append(page, n)
		return err
	}, last, r.version)
	return page, err
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
	selectTitles = `SELECT id, title FROM thread`
	titlesIn     = selectTitles + ` WHERE title <> '' AND id IN (SELECT thread FROM post WHERE created_at > ? AND created_at <= ?)`
	handlesIn    = `SELECT id, handle FROM author WHERE handle <> '' AND id IN (SELECT author FROM post WHERE created_at > ? AND created_at <= ?)`
)

// titles returns what every conversation is called.
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
