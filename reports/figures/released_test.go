package figures

import (
	"fmt"
	"testing"
	"time"

	"tribu/data"
)

// TestReleased: posts of several people in one minute, too many for chance, tell a moderator's hours.
func TestReleased(t *testing.T) {
	for _, c := range []struct {
		posts, minutes, people int
		want                   bool
	}{{60, 60, 6, false}, {60, 20, 6, true}, {60, 20, 1, false}, {60, 52, 6, false}, {12, 3, 6, false}} {
		var m minute
		for i := range c.posts {
			at := time.Unix(int64(min(i, c.posts-1)*c.minutes/c.posts)*60, 0)
			m.add(&data.PostMeta{Author: data.NewAuthorID("s", fmt.Sprint(i%c.people)), CreatedAt: at})
		}
		if got := m.released(); got != c.want {
			t.Errorf("%d posts of %d people in %d minutes: let pass %v, want %v", c.posts, c.people, c.minutes, got, c.want)
		}
	}
}
