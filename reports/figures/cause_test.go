package figures

import (
	"slices"
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/measure/stats"
)

// Of a tribe that splits, the cause tells how many are in the new part, who is in both among them, that they talk to each other and not to those
// who stayed, and the conversation in which they met.
func TestCauseOfASplit(t *testing.T) {
	before, now := time.Date(2026, 11, 8, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, 15, 0, 0, 0, 0, time.UTC)
	old, leaving := data.Tribe{ID: "told", People: 8}, data.Tribe{ID: "tnew", People: 4}
	who := func(i int) data.AuthorID { return data.NewAuthorID("f", string(rune('a'+i))) }
	story := data.Story{RunRecord: data.RunRecord{Run: data.Run{AsOf: now, Parent: "before", Window: data.Window{From: before.AddDate(0, 0, -21), To: now}}, Tribes: []data.Tribe{old, leaving}},
		History: []data.RunRecord{{Run: data.Run{ID: "before", AsOf: before}, Tribes: []data.Tribe{old}}}}
	story.Members = []data.Member{{Author: who(3), Tribe: leaving.ID, Rank: 1}} // who is in both
	for i := range 8 {
		story.History[0].Members = append(story.History[0].Members, data.Member{Author: who(i), Tribe: old.ID})
		story.Members = append(story.Members, data.Member{Author: who(i), Tribe: story.Tribes[i/4].ID})
		if i >= 4 {
			post := data.PostMeta{ID: data.NewPostID("f", who(i).String()), Author: who(i), Thread: data.NewThreadID("f", "shed"), CreatedAt: before.Add(time.Hour)}
			story.Activity = append(story.Activity, post)
			story.Interactions = append(story.Interactions, data.Interaction{Post: post.ID, Kind: data.Reply, From: who(i), To: who(4 + (i+1)%4), At: post.CreatedAt})
			story.Needs = append(story.Needs, data.NeedRow{PostMeta: post, Need: data.Need{Type: data.Wish, Problem: "lamp", Called: "a lamp"}})
		}
	}
	c, ok := Change{Event: data.Split, From: []data.Tribe{old}, To: []data.Tribe{old, leaving}}.Cause(story)
	if !ok || c.Side.ID != leaving.ID || c.Moved != 5 || c.Inside != 4 || c.Across != 0 || c.Met != 4 || c.Thread != data.NewThreadID("f", "shed") || len(c.Posts) != 4 {
		t.Errorf("four of eight left, one is in both, and four met in one conversation: got %+v, %v", c, ok)
	}
	if want := []Apart{{Key: subject(story.Needs[0]), Moved: 4, Least: stats.LeastMore(4, 5, 0, 3)}}; !slices.Equal(c.Apart, want) || c.Others != 3 {
		t.Errorf("four who left and none of three who stayed need a lamp: got %+v and %d, want %+v", c.Apart, c.Others, want)
	}
	if c, ok := (Change{Event: data.Grow, From: []data.Tribe{old}, To: []data.Tribe{old}}).Cause(story); ok {
		t.Errorf("growth has no such cause: got %+v", c)
	}
}

func subject(n data.NeedRow) string {
	key, _ := n.Subject()
	return key
}
