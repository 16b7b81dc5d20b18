package reports

import (
	"bytes"
	"slices"

	"tribu/data"
)

// drawnPosts is about how many posts a report reads again of a story with more than MostPosts.
const drawnPosts = 2_500

// A Draw says how much of a story was measured. The zero value: all of it.
type Draw struct {
	Posts, Of int
	threads   map[data.ThreadID]bool // nil: all
}

// drawn returns story with whole conversations of about drawnPosts posts where it holds more than
// MostPosts. Conversations are taken in the order of their ids, which are hashes: the draw is even
// over places and time, and the same for the same story.
func drawn(story data.Story) (data.Story, Draw) {
	of := len(story.Activity)
	if of <= MostPosts {
		return story, Draw{}
	}
	size := make(map[data.ThreadID]int)
	for i := range story.Activity {
		size[story.Activity[i].Thread]++
	}
	threads := make([]data.ThreadID, 0, len(size))
	for id := range size {
		threads = append(threads, id)
	}
	slices.SortFunc(threads, func(a, b data.ThreadID) int { return bytes.Compare(a[:], b[:]) })
	taken, n := make(map[data.ThreadID]bool), 0
	for _, id := range threads {
		if n+size[id] <= drawnPosts { // one endless conversation is no draw
			taken[id], n = true, n+size[id]
		}
		if n >= drawnPosts*9/10 {
			break
		}
	}
	d := Draw{n, of, taken}
	return d.of(story), d
}

// of returns what of story lies in the draw.
func (d Draw) of(story data.Story) data.Story {
	kept := make(map[data.PostID]bool)
	activity := story.Activity
	story.Activity = nil
	for _, p := range activity {
		if d.threads[p.Thread] {
			kept[p.ID], story.Activity = true, append(story.Activity, p)
		}
	}
	interactions := story.Interactions
	story.Interactions = nil
	for _, x := range interactions {
		if kept[x.Post] {
			story.Interactions = append(story.Interactions, x)
		}
	}
	story.Needs = d.needs(story.Needs)
	return story
}

// needs returns those that lie in the draw.
func (d Draw) needs(all []data.NeedRow) (kept []data.NeedRow) {
	if d.threads == nil {
		return all
	}
	for i := range all {
		if d.threads[all[i].Thread] {
			kept = append(kept, all[i])
		}
	}
	return kept
}

// draw says, by the sentence of key, how much was measured; nothing where that is all.
func (b *builder) draw(key string) []span {
	if b.Draw.Of == 0 {
		return nil
	}
	return b.rich(key, "n", b.number(b.Draw.Posts), "of", b.number(b.Draw.Of))
}
