package reports

import (
	"fmt"
	"reflect"
	"testing"

	"tribu/data"
)

// TestDrawIsWholeConversations: of a story too large to be read again, conversations are taken whole,
// the same ones however its posts are ordered, with what was needed and answered in them alone.
func TestDrawIsWholeConversations(t *testing.T) {
	story := func(conversations, posts int) data.Story {
		var s data.Story
		for i := range conversations * posts {
			thread := data.NewThreadID("s", fmt.Sprint(i%conversations))
			p := data.PostMeta{ID: data.NewPostID("s", fmt.Sprint(i)), Thread: thread}
			s.Activity = append(s.Activity, p)
			s.Needs = append(s.Needs, data.NeedRow{PostMeta: p})
			s.Interactions = append(s.Interactions, data.Interaction{Post: p.ID})
		}
		return s
	}
	if got, d := drawn(story(100, 500)); len(got.Activity) != MostPosts || d.Of != 0 {
		t.Errorf("of %d posts %d are read, %+v; want all", MostPosts, len(got.Activity), d)
	}
	large := story(6000, 9)
	got, d := drawn(large)
	if n := len(got.Activity); n != d.Posts || d.Of != 54_000 || n > drawnPosts || n < drawnPosts*9/10 || n != len(got.Needs) || n != len(got.Interactions) {
		t.Errorf("drew %d posts, %d needs, %d interactions, %d of %d; want about %d of each", n, len(got.Needs), len(got.Interactions), d.Posts, d.Of, drawnPosts)
	}
	size := make(map[data.ThreadID]int)
	for _, p := range got.Activity {
		size[p.Thread]++
	}
	for id, n := range size {
		if n != 9 {
			t.Errorf("of the 9 posts of conversation %v %d are drawn", id, n)
		}
	}
	if again, _ := drawn(large); !reflect.DeepEqual(again.Activity, got.Activity) {
		t.Error("a second draw of the same story differs")
	}
}
