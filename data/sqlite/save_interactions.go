package sqlite

import (
	"context"

	"tribu/data"
)

const (
	selectShown = `SELECT i.num, i.post, i.hash, i.from_author
FROM json_each(?) AS j CROSS JOIN interaction AS i ON i.post = unhex(j.value)`
	insertInteraction = `INSERT OR FAIL INTO interaction (post, kind, from_author, to_author, to_post, to_handle, at, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING`
	deleteInteraction = `DELETE FROM interaction WHERE num = ?`
	deleteShown       = `DELETE FROM interaction WHERE post = ? AND from_author = ?`
)

// A shown is one interaction as the post that shows it and the hash of its fields name it.
type shown struct {
	post data.PostID
	hash int64
}

// showing finds the posts of a batch. Who asks for them in their order asks no map.
type showing struct {
	posts []data.Post
	next  int // of posts: the one after which the next is looked for
	at    map[data.PostID]*data.Post
}

func (w *showing) find(id data.PostID) (*data.Post, bool) {
	if w.at == nil {
		for ; w.next < len(w.posts); w.next++ {
			if p := &w.posts[w.next]; p.ID == id {
				return p, true
			}
		}
		w.index()
	}
	p, here := w.at[id]
	return p, here
}

func (w *showing) index() {
	w.at = make(map[data.PostID]*data.Post, len(w.posts))
	for i := range w.posts {
		w.at[w.posts[i].ID] = &w.posts[i]
	}
}

// add has id stand for p.
func (w *showing) add(id data.PostID, p *data.Post) {
	if w.at == nil {
		w.index()
	}
	w.at[id] = p
}

// interactions stores what is new. What the author of a saved post no longer shows in it goes;
// what others did with the post, and with posts that are not in the batch, adds up.
func (s *saver) interactions(ctx context.Context, posts []data.Post, all []data.Interaction) error {
	if len(posts)+len(all) == 0 {
		return nil
	}
	at := &showing{posts: posts}
	var before []data.PostID // that may show something already
	for i := range posts {
		if s.isStored(posts[i].ID) {
			before = append(before, posts[i].ID)
		}
	}
	told, none := map[shown]bool{}, &data.Post{} // in those
	var kept []*data.Interaction
	for i := range all {
		in := &all[i]
		p, here := at.find(in.Post)
		if out, err := s.leftOut(ctx, in, p); err != nil {
			return err
		} else if out {
			continue
		}
		s.note(in.Post)
		if here && p != none && !s.isStored(in.Post) {
			if err := s.link(ctx, in, hashInteraction(in)); err != nil {
				return err
			}
			continue
		}
		told[shown{in.Post, hashInteraction(in)}] = true
		kept = append(kept, in)
		if !here {
			at.add(in.Post, none)
			before = append(before, in.Post)
		}
	}
	if err := s.dropStale(ctx, before, at, told); err != nil {
		return err
	}
	for _, in := range kept {
		if hash := hashInteraction(in); told[shown{in.Post, hash}] {
			if err := s.link(ctx, in, hash); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *saver) isStored(id data.PostID) bool {
	_, known := s.known.posts[id]
	return known
}

// leftOut reports whether in is by or to somebody who opted out, in or to a post that was not kept,
// by the author of a post that was deleted, or turns to the handle of somebody who is suppressed.
// P shows it; nil where it is not in the batch.
func (s *saver) leftOut(ctx context.Context, in *data.Interaction, p *data.Post) (bool, error) {
	if p != nil && in.From == p.Author && s.known.gone[in.Post] {
		return true, nil
	}
	if s.dropped[in.Post] || s.dropped[in.ToPost] || s.out[in.From] || s.out[in.To] {
		return true, nil
	}
	if in.ToHandle == "" || !s.known.suppresses {
		return false, nil
	}
	source := ""
	if p != nil {
		source = p.Source
	}
	return s.isSuppressed(ctx, handleID(source, in.ToHandle))
}

// dropStale removes what the posts at ids no longer show, and takes from told what is stored.
func (s *saver) dropStale(ctx context.Context, ids []data.PostID, at *showing, told map[shown]bool) error {
	if len(ids) == 0 {
		return nil
	}
	var stale []int64
	err := query(ctx, s.tx, selectShown, func(r scanner) error {
		var num int64
		var key shown
		var from data.AuthorID
		if err := r.Scan(&num, (*idColumn)(&key.post), &key.hash, (*idColumn)(&from)); err != nil {
			return err
		}
		if told[key] {
			delete(told, key)
		} else if p, _ := at.find(key.post); p.Author == from {
			stale = append(stale, num)
		}
		return nil
	}, hexList(ids))
	if err != nil {
		return err
	}
	for _, num := range stale {
		if _, err := s.tx.ExecContext(ctx, deleteInteraction, num); err != nil {
			return err
		}
	}
	return nil
}

func (s *saver) link(ctx context.Context, in *data.Interaction, hash int64) error {
	return s.queue.links.add(ctx, in.Post[:], string(in.Kind), in.From[:], orNull(in.To), orNull(in.ToPost), textOrNull(in.ToHandle), in.At.Unix(), hash)
}
