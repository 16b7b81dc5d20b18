package sqlite

import (
	"testing"
	"time"

	"tribu/data"
)

func TestNeedsIn(t *testing.T) {
	db := create(t)
	b := community(60)
	early := post("early", "gone", -60*24*50)
	b.Posts = append(b.Posts, early)
	save(t, db, b)
	annotate(t, db, b.Posts[2].ID, early.ID)
	to := epoch.Add(30 * time.Minute)
	for _, c := range []struct {
		what    string
		version string
		from    time.Time
		want    int
	}{
		{"half an hour", "v1", epoch.Add(-1), 2},
		{"eight weeks", "v1", to.AddDate(0, 0, -56), 4},
		{"a version that never ran", "v0", to.AddDate(0, 0, -56), 0},
	} {
		got, err := db.NeedsIn(t.Context(), c.version, data.Window{From: c.from, To: to})
		if err != nil || len(got) != c.want {
			t.Errorf("NeedsIn(%s) = %d needs, %v, want %d", c.what, len(got), err, c.want)
		}
	}
}
