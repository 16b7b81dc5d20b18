package figures

import (
	"strings"

	"tribu/data"
)

const (
	enoughReplies = 50 // of fewer it is not told how many answer what is not there
	partialOf     = 10 // one in so many shows that only part of the conversations is there
)

// Parts counts the replies of the window's later half, and those of them that answer a post which is known neither in the
// window nor before it: what stood before them was not read, and what came after others may not have been either.
type Parts struct{ Replies, Orphans int }

// Partial reports whether only part of the conversations is there.
func (p Parts) Partial() bool { return p.Replies >= enoughReplies && p.Orphans*partialOf >= p.Replies }

// parts counts story's replies: posts that answer one, and those that open a conversation under the title of an answer.
func parts(story data.Story) (p Parts) {
	there := make(map[data.PostID]bool, len(story.Activity))
	opened := make(map[data.ThreadID]bool)
	for i := range story.Activity {
		there[story.Activity[i].ID] = true
	}
	for i := range story.Interactions {
		there[story.Interactions[i].ToPost] = true // of somebody known, however long ago
	}
	half := story.Window.From.Add(story.Window.To.Sub(story.Window.From) / 2)
	for i := range story.Activity {
		m := &story.Activity[i]
		first := !opened[m.Thread]
		opened[m.Thread] = true
		switch answers := m.Parent != (data.PostID{}); {
		case m.CreatedAt.Before(half):
		case answers && there[m.Parent]:
			p.Replies++
		case answers, first && isAnswer(story.Threads[m.Thread].Title):
			p.Replies++
			p.Orphans++
		}
	}
	return p
}

// isAnswer reports whether a title is one that mail programs give an answer.
func isAnswer(title string) bool {
	return len(title) > 3 && strings.EqualFold(title[:3], "re:")
}
