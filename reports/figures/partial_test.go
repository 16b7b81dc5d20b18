package figures

import (
	"testing"
	"time"

	"tribu/data"
)

// TestPartial: where many replies answer what is not there, only part of the conversations is.
func TestPartial(t *testing.T) {
	end := time.Date(2026, 5, 3, 0, 0, 0, 0, time.UTC)
	story := func(whole, orphans, titled, old, revived int) data.Story {
		s := data.Story{Threads: map[data.ThreadID]data.Thread{}}
		s.Window = data.Window{From: end.AddDate(0, 0, -28), To: end}
		add := func(thread int, parent data.PostID, at time.Time) data.PostID {
			id := data.PostID{byte(len(s.Activity) >> 8), byte(len(s.Activity)), 1}
			s.Activity = append(s.Activity, data.PostMeta{ID: id, Thread: data.ThreadID{byte(thread >> 8), byte(thread), 1}, Parent: parent, CreatedAt: at})
			return id
		}
		for i := range whole {
			add(i, add(i, data.PostID{}, end.AddDate(0, 0, -3)), end.AddDate(0, 0, -2))
		}
		for i := range orphans {
			add(1000+i, data.PostID{9, byte(i)}, end.AddDate(0, 0, -2))
		}
		for i := range titled {
			id := add(2000+i, data.PostID{}, end.AddDate(0, 0, -2))
			s.Threads[s.Activity[len(s.Activity)-1].Thread] = data.Thread{Title: "RE: the kiln does not heat"}
			add(2000+i, id, end.AddDate(0, 0, -1))
		}
		for i := range old {
			add(3000+i, data.PostID{9, 9, byte(i)}, end.AddDate(0, 0, -27)) // what it answers was written before the window
		}
		for i := range revived { // a conversation that began long ago, and goes on
			opening := data.PostID{9, 9, 9, byte(i)}
			id := add(4000+i, opening, end.AddDate(0, 0, -2))
			s.Interactions = append(s.Interactions, data.Interaction{Post: id, Kind: data.Topic, From: data.AuthorID{1}, To: data.AuthorID{2}, ToPost: opening})
		}
		return s
	}
	for _, c := range []struct {
		name                                 string
		whole, orphans, titled, old, revived int
		want                                 Parts
		partial                              bool
	}{
		{"all there", 60, 0, 0, 0, 0, Parts{60, 0}, false},
		{"a few are lost", 100, 5, 0, 0, 0, Parts{105, 5}, false},
		{"many are lost", 60, 20, 0, 0, 0, Parts{80, 20}, true},
		{"titles of answers open conversations", 60, 0, 10, 0, 0, Parts{80, 10}, true},
		{"before the window", 60, 0, 0, 30, 0, Parts{60, 0}, false},
		{"old conversations go on", 60, 0, 0, 0, 30, Parts{90, 0}, false},
		{"too few to tell", 10, 10, 0, 0, 0, Parts{20, 10}, false},
	} {
		if got := parts(story(c.whole, c.orphans, c.titled, c.old, c.revived)); got != c.want || got.Partial() != c.partial {
			t.Errorf("%s: got %+v, partial %v, want %+v, %v", c.name, got, got.Partial(), c.want, c.partial)
		}
	}
}
