package sqlite

import (
	"context"

	"tribu/data"
)

const (
	selectShown = `SELECT i.num, i.post, i.hash, i.from_author
FROM json_each(?) AS j CROSS JOIN interaction AS i ON i.post = unhex(j.value)`
	insertInteraction = `INSERT INTO interaction (post, kind, from_author, to_author, to_post, to_handle, at, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING`
	deleteInteraction = `DELETE FROM interaction WHERE num = ?`
)

// A shown is one interaction as the post that shows it and the hash of its fields name it.
type shown struct {
	post data.PostID
	hash int64
}

// interactions stores what is new. What the author of a saved post no longer shows in it goes;
// what others did with the post, and with posts that are not in the batch, adds up.
func (s *saver) interactions(ctx context.Context, posts []data.Post, all []data.Interaction) error {
	authors := make(map[data.PostID]data.AuthorID, len(posts))
	sources := make(map[data.PostID]string, len(posts))
	var ids []data.PostID // that may show something already
	for i := range posts {
		authors[posts[i].ID], sources[posts[i].ID] = posts[i].Author, posts[i].Source
		if _, known := s.known.posts[posts[i].ID]; known {
			ids = append(ids, posts[i].ID)
		}
	}
	told := make(map[shown]bool, len(all))
	var kept []data.Interaction
	for i := range all {
		key := shown{all[i].Post, hashInteraction(&all[i])}
		if told[key] || s.dropped[all[i].Post] || s.out[all[i].From] || s.out[all[i].To] {
			continue
		}
		if out, err := s.addressesOut(ctx, &all[i], sources); err != nil {
			return err
		} else if out {
			continue
		}
		told[key], s.known.written[all[i].Post] = true, true
		kept = append(kept, all[i])
		if _, ok := authors[all[i].Post]; !ok {
			authors[all[i].Post] = data.AuthorID{}
			ids = append(ids, all[i].Post)
		}
	}
	stale, err := s.stale(ctx, ids, authors, told)
	if err != nil {
		return err
	}
	for _, num := range stale {
		if _, err := s.tx.ExecContext(ctx, deleteInteraction, num); err != nil {
			return err
		}
	}
	return s.insertInteractions(ctx, kept, told)
}

// addressesOut reports whether in turns to the handle of somebody who is suppressed, or to a post
// of the batch that was not kept.
func (s *saver) addressesOut(ctx context.Context, in *data.Interaction, sources map[data.PostID]string) (bool, error) {
	if s.dropped[in.ToPost] {
		return true, nil
	}
	if in.ToHandle == "" {
		return false, nil
	}
	return s.isSuppressed(ctx, handleID(sources[in.Post], in.ToHandle))
}

// stale returns the rows that their posts no longer show, and takes from told what is stored.
func (s *saver) stale(ctx context.Context, ids []data.PostID, authors map[data.PostID]data.AuthorID, told map[shown]bool) (nums []int64, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	err = query(ctx, s.tx, selectShown, func(r scanner) error {
		var num int64
		var key shown
		var from data.AuthorID
		if err := r.Scan(&num, (*idColumn)(&key.post), &key.hash, (*idColumn)(&from)); err != nil {
			return err
		}
		if told[key] {
			delete(told, key)
		} else if authors[key.post] == from {
			nums = append(nums, num)
		}
		return nil
	}, hexList(ids))
	return nums, err
}

func (s *saver) insertInteractions(ctx context.Context, all []data.Interaction, missing map[shown]bool) error {
	for i := range all {
		in := &all[i]
		hash := hashInteraction(in)
		if !missing[shown{in.Post, hash}] {
			continue
		}
		err := s.queue.links.add(ctx, in.Post[:], string(in.Kind), in.From[:], orNull(in.To), orNull(in.ToPost), textOrNull(in.ToHandle), in.At.Unix(), hash)
		if err != nil {
			return err
		}
	}
	return nil
}
