package sqlite

import (
	"context"
	"errors"

	"tribu/data"
)

// An insert of many rows that fails ends its transaction with everything in it (OR FAIL), so that
// SQLite need not first copy every page it touches. A row number given with a post would bring that
// back; the one it gets itself is the next after the largest.
const (
	selectStored = `SELECT p.id, p.num, p.hash, p.created_at, p.guessed, p.deleted, p.expired, p.crawled, p.first_seen, p.text_since, p.last_seen, p.versions
FROM json_each(?) AS j CROSS JOIN post AS p ON p.id = unhex(j.value)`
	selectText    = `SELECT t.title, t.body, p.format, p.lang_hint FROM post AS p JOIN post_text AS t ON t.num = p.num WHERE p.num = ?`
	selectNextNum = `SELECT coalesce(max(num), 0) + 1 FROM post`
	insertPost    = `INSERT OR FAIL INTO post (first_seen, text_since, last_seen, versions, id, source, native_id, author, thread, parent, parent_by,
created_at, guessed, deleted, format, url, lang_hint, score, views, place, hash, input, crawled)
VALUES (?1, ?1, ?1, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	insertText = `INSERT OR FAIL INTO post_text (num, title, body) VALUES (?, ?, ?)`
	updatePost = `UPDATE post SET source = ?, native_id = ?, author = ?, thread = ?, parent = ?, parent_by = ?, created_at = ?,
guessed = ?, deleted = ?, format = ?, url = ?, lang_hint = ?, score = ?, views = ?, place = ?, versions = versions + ?, hash = ?, input = ?,
text_since = ?, last_seen = ? WHERE num = ?`
	seePost           = `UPDATE post SET last_seen = ? WHERE num = ?`
	insertPostVersion = `INSERT INTO post_version (post, ord, hash, first_seen, last_seen) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`
	deleteVersions    = `DELETE FROM post_version WHERE post = ?`
	updateText        = `UPDATE post_text SET title = ?, body = ? WHERE num = ?`
	deleteAnnotations = `DELETE FROM annotation WHERE post = ?`
	deletePostFailure = `DELETE FROM failure WHERE stage = 'analyse' AND subject = ?`
	anyTombstone      = `SELECT EXISTS (SELECT 1 FROM tombstone)`
	selectTombstones  = `SELECT t.post FROM json_each(?) AS j CROSS JOIN tombstone AS t ON t.post = unhex(j.value)`
	insertTombstone   = `INSERT INTO tombstone (post) VALUES (?) ON CONFLICT DO NOTHING`
)

// A storedPost is what the database has under the id of a post.
type storedPost struct {
	num, hash, createdAt, guessed        int64
	deleted, expired, crawled            bool
	firstSeen, since, lastSeen, versions int64
}

const sightEvery = 24 * 3600 // seconds between two notes that a post was seen as it is

// posts stores the posts, each id once, that are not by somebody who opted out.
func (s *saver) posts(ctx context.Context, all []data.Post) error {
	for i := range all {
		if s.dropped[all[i].ID] {
			s.saved.OptedOut++
			continue
		}
		p := &all[i]
		deleted := s.known.gone[p.ID]
		old, known := s.known.posts[p.ID]
		if known {
			s.seen(old.firstSeen)
		}
		if deleted || old.expired {
			wiped := *p
			wiped.Title, wiped.Body, p = "", "", &wiped
		}
		s.note(p.ID)
		var err error
		if known {
			err = s.update(ctx, p, deleted, old)
		} else {
			err = s.insert(ctx, p, deleted)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// stored returns what the database has under ids, and which of them were deleted upstream.
func stored(ctx context.Context, q querier, ids []data.PostID) (map[data.PostID]storedPost, map[data.PostID]bool, error) {
	list := hexList(ids)
	stored, gone := map[data.PostID]storedPost{}, map[data.PostID]bool{}
	if len(ids) == 0 {
		return stored, gone, nil
	}
	err := query(ctx, q, selectStored, func(r scanner) error {
		var id data.PostID
		var p storedPost
		err := r.Scan((*idColumn)(&id), &p.num, &p.hash, &p.createdAt, &p.guessed, &p.deleted, &p.expired, &p.crawled, &p.firstSeen, &p.since, &p.lastSeen, &p.versions)
		stored[id] = p
		return err
	}, list)
	var any bool
	if err == nil {
		err = q.QueryRowContext(ctx, anyTombstone).Scan(&any)
	}
	if err != nil || !any {
		return stored, gone, err
	}
	err = query(ctx, q, selectTombstones, func(r scanner) error {
		var id data.PostID
		err := r.Scan((*idColumn)(&id))
		gone[id] = true
		return err
	}, list)
	return stored, gone, err
}

func (s *saver) insert(ctx context.Context, p *data.Post, deleted bool) error {
	source, err := s.source(ctx, p.Source)
	if err != nil {
		return err
	}
	s.saved.New++
	s.seen(s.now)
	num := s.known.next
	s.known.next++
	hash, input := hashPost(p, deleted)
	err = s.queue.posts.add(ctx, p.ID[:], source, p.NativeID, p.Author[:], p.Thread[:], orNull(p.Parent), string(p.ParentBy),
		p.CreatedAt.Unix(), toInt(p.Guessed), toInt(deleted), string(p.Format), p.URL, string(p.LangHint), int64(p.Score),
		int64(p.Views), p.Place, hash, input, toInt(s.crawling))
	if err != nil {
		return err
	}
	return s.queue.texts.add(ctx, num, p.Title, p.Body)
}

// update replaces a stored post by what its source says now. The time of a post whose source gives
// none stays that of its first fetch.
func (s *saver) update(ctx context.Context, p *data.Post, deleted bool, old storedPost) error {
	if p.Guessed && old.guessed == 1 {
		dated := *p
		dated.CreatedAt, p = seconds(old.createdAt), &dated
	}
	hash, input := hashPost(p, deleted)
	if hash == old.hash {
		s.saved.Unchanged++
		return s.see(ctx, old)
	}
	source, err := s.source(ctx, p.Source)
	if err != nil {
		return err
	}
	edited, err := s.updateText(ctx, p, old, deleted)
	if err != nil {
		return err
	}
	since := old.since
	if edited {
		s.saved.Changed++
		since = s.now
	} else {
		s.saved.Unchanged++
	}
	_, err = s.tx.ExecContext(ctx, updatePost, source, p.NativeID, p.Author[:], p.Thread[:], orNull(p.Parent), string(p.ParentBy),
		p.CreatedAt.Unix(), toInt(p.Guessed), toInt(deleted), string(p.Format), p.URL, string(p.LangHint), int64(p.Score),
		int64(p.Views), p.Place, toInt(edited), hash, input, since, s.now, old.num)
	return err
}

// see notes, once a day, that a crawled post was seen as it is stored.
func (s *saver) see(ctx context.Context, old storedPost) error {
	if !old.crawled || s.now-old.lastSeen < sightEvery {
		return nil
	}
	_, err := s.tx.ExecContext(ctx, seePost, s.now, old.num)
	return err
}

// seen keeps when the oldest post of the batch was first seen.
func (s *saver) seen(first int64) {
	if s.oldest == 0 || first < s.oldest {
		s.oldest = first
	}
}

// updateText replaces title and body where they differ, and forgets what was heard in them before.
// Of an edited post it is kept when which words were seen, but not the words; of a deleted one not
// even that.
func (s *saver) updateText(ctx context.Context, p *data.Post, old storedPost, deleted bool) (edited bool, err error) {
	var title, body, format, hint string
	if err := s.tx.QueryRowContext(ctx, selectText, old.num).Scan(&title, &body, &format, &hint); err != nil {
		return false, err
	}
	edited = title != p.Title || body != p.Body
	if !edited && format == string(p.Format) && hint == string(p.LangHint) {
		return false, nil
	}
	if _, err := s.tx.ExecContext(ctx, updateText, p.Title, p.Body, old.num); err != nil {
		return edited, err
	}
	if deleted {
		_, err = s.tx.ExecContext(ctx, deleteVersions, p.ID[:])
	} else if edited {
		_, err = s.tx.ExecContext(ctx, insertPostVersion, p.ID[:], old.versions, hashText(title, body), old.since, old.lastSeen)
	}
	return edited, errors.Join(err, s.unhear(ctx, p.ID))
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
	if len(ids) == 0 {
		return nil
	}
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
	return s.look(ctx)
}

// wipe empties the text of a stored post, forgets whom its author turned to in it, and keeps its row.
func (s *saver) wipe(ctx context.Context, id data.PostID) error {
	found, err := postsIn(ctx, s.tx, []data.PostID{id})
	p, ok := found[id]
	if err != nil || !ok {
		return err
	}
	before := s.saved
	p.Title, p.Body = "", ""
	err = s.update(ctx, &p, true, s.known.posts[id])
	s.saved = before
	if err == nil {
		_, err = s.tx.ExecContext(ctx, deleteShown, id[:], p.Author[:])
	}
	return err
}
