package sqlite

import (
	"bytes"
	"context"
	"io"
	"iter"
	"math"

	"github.com/klauspost/compress/gzip"

	"tribu/data"
)

const (
	upsertPage = `INSERT INTO page (source, url, fetched_at, status, body, oldest) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (source, url) DO UPDATE SET fetched_at = excluded.fetched_at, status = excluded.status, body = excluded.body, oldest = excluded.oldest`
	selectPages = `SELECT url, fetched_at, status, body FROM page
WHERE source = (SELECT num FROM source WHERE name = ?1) AND (fetched_at, url) > (?2, ?3) ORDER BY fetched_at, url LIMIT 50`
)

// pages stores the latest answer under each address, after the posts that came with it.
func (s *saver) pages(ctx context.Context, all []data.Page) error {
	for i := range all {
		p := &all[i]
		source, err := s.source(ctx, p.Source)
		if err != nil {
			return err
		}
		body, err := s.db.compress(p.Body)
		if err != nil {
			return err
		}
		oldest := p.FetchedAt.Unix()
		if s.oldest != 0 {
			oldest = min(oldest, s.oldest)
		}
		if err := s.queue.pages.add(ctx, source, p.URL, p.FetchedAt.Unix(), p.Status, body, oldest); err != nil {
			return err
		}
	}
	return nil
}

// Pages returns the raw pages of a source, in the order they were fetched. The loop body may write.
func (db *DB) Pages(ctx context.Context, source string) iter.Seq2[data.Page, error] {
	return inPages("read pages of "+source, func(after *data.Page) (page []data.Page, err error) {
		at, url := int64(math.MinInt64), ""
		if after != nil {
			at, url = after.FetchedAt.Unix(), after.URL
		}
		err = query(ctx, db.pool, selectPages, func(r scanner) error {
			p := data.Page{Source: source}
			var at int64
			var body []byte
			if err := r.Scan(&p.URL, &at, &p.Status, &body); err != nil {
				return err
			}
			p.FetchedAt = seconds(at)
			p.Body, err = decompress(body)
			page = append(page, p)
			return err
		}, source, at, url)
		return page, err
	})
}

// compress is the function of that name; its writer, much larger than a page, is used again.
func (db *DB) compress(body []byte) ([]byte, error) {
	w, known := db.packers.Get().(*gzip.Writer)
	if !known {
		w = newPacker()
	}
	defer db.packers.Put(w)
	return pack(w, body)
}

func compress(body []byte) ([]byte, error) { return pack(newPacker(), body) }

func newPacker() *gzip.Writer {
	w, _ := gzip.NewWriterLevel(io.Discard, gzip.BestSpeed) // the level is one of gzip's
	return w
}

func pack(w *gzip.Writer, body []byte) ([]byte, error) {
	var b bytes.Buffer
	w.Reset(&b)
	if _, err := w.Write(body); err != nil {
		return nil, err
	}
	err := w.Close()
	return b.Bytes(), err
}

func decompress(b []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}
