package sqlite

import (
	"context"

	"tribu/data"
)

const (
	selectStored = `SELECT p.id, p.num, p.hash, p.created_at, p.guessed
FROM json_each(?) AS j CROSS JOIN post AS p ON p.id = unhex(j.value)`
	selectText    = `SELECT t.title, t.body, p.format, p.lang_hint FROM post AS p JOIN post_text AS t ON t.num = p.num WHERE p.num = ?`
	selectNextNum = `SELECT coalesce(max(num), 0) + 1 FROM post`
	insertPost    = `INSERT INTO post (num, id, source, native_id, author, thread, parent, parent_by, created_at, guessed, deleted,
format, url, lang_hint, score, views, place, versions, first_seen, hash, input)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	insertText = `INSERT INTO post_text (num, title, body) VALUES (?, ?, ?)`
	updatePost = `UPDATE post SET source = ?, native_id = ?, author = ?, thread = ?, parent = ?, parent_by = ?, created_at = ?,
guessed = ?, deleted = ?, format = ?, url = ?, lang_hint = ?, score = ?, views = ?, place = ?, versions = versions + ?, hash = ?, input = ?
WHERE num = ?`
	updateText        = `UPDATE post_text SET title = ?, body = ? WHERE num = ?`
	deleteAnnotations = `DELETE FROM annotation WHERE post = ?`
	deletePostFailure = `DELETE FROM failure WHERE stage = 'analyse' AND subject = ?`
	selectTombstones  = `SELECT t.post FROM json_each(?) AS j CROSS JOIN tombstone AS t ON t.post = unhex(j.value)`
	insertTombstone   = `INSERT INTO tombstone (post) VALUES (?) ON CONFLICT DO NOTHING`
)

type storedPost struct{ num, hash, createdAt, guessed int64 }

// posts stores the posts, each id once, that are not by somebody who opted out.
func (s *saver) posts(ctx context.Context, all []data.Post) error {
	kept := make([]data.PostID, 0, len(all))
	for i := range all {
		if s.dropped[all[i].ID] {
			s.saved.OptedOut++
			continue
		}
		kept = append(kept, all[i].ID)
	}
	if len(kept) == 0 {
		return nil
	}
	stored, gone, err := s.stored(ctx, kept)
	if err != nil {
		return err
	}
	var next int64
	if err := s.tx.QueryRowContext(ctx, selectNextNum).Scan(&next); err != nil {
		return err
	}
	rows, words := newMulti(s.tx, insertPost), newMulti(s.tx, insertText)
	for i := range all {
		p := all[i]
		if s.dropped[p.ID] {
			continue
		}
		deleted := gone[p.ID]
		if deleted {
			p.Title, p.Body = "", ""
		}
		if old, ok := stored[p.ID]; ok {
			err = s.update(ctx, &p, deleted, old)
		} else {
			err = s.insert(ctx, &p, deleted, next, rows, words)
			next++
		}
		if err != nil {
			return err
		}
	}
	if err := rows.flush(ctx); err != nil {
		return err
	}
	return words.flush(ctx)
}

// stored returns what the database has under ids, and which of them were deleted upstream.
func (s *saver) stored(ctx context.Context, ids []data.PostID) (map[data.PostID]storedPost, map[data.PostID]bool, error) {
	list := hexList(ids)
	stored, gone := map[data.PostID]storedPost{}, map[data.PostID]bool{}
	err := query(ctx, s.tx, selectStored, func(r scanner) error {
		var id data.PostID
		var p storedPost
		err := r.Scan((*idColumn)(&id), &p.num, &p.hash, &p.createdAt, &p.guessed)
		stored[id] = p
		return err
	}, list)
	if err != nil {
		return nil, nil, err
	}
	err = query(ctx, s.tx, selectTombstones, func(r scanner) error {
		var id data.PostID
		err := r.Scan((*idColumn)(&id))
		gone[id] = true
		return err
	}, list)
	return stored, gone, err
}

func (s *saver) insert(ctx context.Context, p *data.Post, deleted bool, num int64, rows, words *multi) error {
	source, err := s.source(ctx, p.Source)
	if err != nil {
		return err
	}
	s.saved.New++
	hash, input := hashPost(p, deleted)
	err = rows.add(ctx, num, p.ID[:], source, p.NativeID, p.Author[:], p.Thread[:], orNull(p.Parent), string(p.ParentBy),
		p.CreatedAt.Unix(), toInt(p.Guessed), toInt(deleted), string(p.Format), p.URL, string(p.LangHint), int64(p.Score),
		int64(p.Views), p.Place, int64(1), s.db.o.Now().Unix(), hash, input)
	if err != nil {
		return err
	}
	return words.add(ctx, num, p.Title, p.Body)
}

// update replaces a stored post by what its source says now. The time of a post whose source gives
// none stays that of its first fetch.
func (s *saver) update(ctx context.Context, p *data.Post, deleted bool, old storedPost) error {
	if p.Guessed && old.guessed == 1 {
		p.CreatedAt = seconds(old.createdAt)
	}
	hash, input := hashPost(p, deleted)
	if hash == old.hash {
		s.saved.Unchanged++
		return nil
	}
	source, err := s.source(ctx, p.Source)
	if err != nil {
		return err
	}
	edited, err := s.updateText(ctx, p, old.num)
	if err != nil {
		return err
	}
	if edited {
		s.saved.Changed++
	} else {
		s.saved.Unchanged++
	}
	_, err = s.tx.ExecContext(ctx, updatePost, source, p.NativeID, p.Author[:], p.Thread[:], orNull(p.Parent), string(p.ParentBy),
		p.CreatedAt.Unix(), toInt(p.Guessed), toInt(deleted), string(p.Format), p.URL, string(p.LangHint), int64(p.Score),
		int64(p.Views), p.Place, toInt(edited), hash, input, old.num)
	return err
}

// updateText replaces title and body where they differ, and forgets what was heard in them before.
func (s *saver) updateText(ctx context.Context, p *data.Post, num int64) (edited bool, err error) {
	var title, body, format, hint string
	if err := s.tx.QueryRowContext(ctx, selectText, num).Scan(&title, &body, &format, &hint); err != nil {
		return false, err
	}
	edited = title != p.Title || body != p.Body
	if !edited && format == string(p.Format) && hint == string(p.LangHint) {
		return false, nil
	}
	if _, err := s.tx.ExecContext(ctx, updateText, p.Title, p.Body, num); err != nil {
		return edited, err
	}
	return edited, s.unhear(ctx, p.ID)
}

// unhear removes everything that was heard in a post.
func (s *saver) unhear(ctx context.Context, id data.PostID) error {
	if _, err := s.tx.ExecContext(ctx, deleteAnnotations, id[:]); err != nil {
		return err
	}
	_, err := s.tx.ExecContext(ctx, deletePostFailure, id.String())
	return err
}

// tombstones records the deletions and wipes the text of those posts that are stored.
func (s *saver) tombstones(ctx context.Context, ids []data.PostID) error {
	for _, id := range ids {
		r, err := s.tx.ExecContext(ctx, insertTombstone, id[:])
		if err != nil {
			return err
		}
		n, err := r.RowsAffected()
		if err != nil {
			return err
		}
		s.saved.Deleted += int(n)
		if err := s.wipe(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// wipe empties the text of a stored post and keeps its row.
func (s *saver) wipe(ctx context.Context, id data.PostID) error {
	found, err := postsIn(ctx, s.tx, []data.PostID{id})
	p, ok := found[id]
	if err != nil || !ok {
		return err
	}
	stored, _, err := s.stored(ctx, []data.PostID{id})
	if err != nil {
		return err
	}
	before := s.saved
	p.Title, p.Body = "", ""
	err = s.update(ctx, &p, true, stored[id])
	s.saved = before
	return err
}
