package gauge

import (
	"fmt"
	"testing"

	"tribu/data"
)

func TestNewcomerAffinity(t *testing.T) {
	tests := []struct {
		name string
		says func(i int) string // what newcomer i writes about
		like bool
	}{
		{"newcomers write what members write", func(i int) string { return []string{"bread", "bikes"}[i%2] }, true},
		{"newcomers write anything", func(i int) string { return []string{"bread", "bikes"}[i/2%2] }, false},
	}
	for _, test := range tests {
		s := newScene(100)
		for i := range 40 { // even: tribe ta, bread
			s.post(i, 300, []string{"bread", "bikes"}[i%2], "all")
		}
		for i := 40; i < 100; i++ {
			s.post(i, 400, test.says(i), "all")
		}
		r, before := data.RunRecord{}, data.RunRecord{}
		before.AsOf = start.AddDate(0, 0, 14)
		for i := range 100 {
			m := data.Member{Author: who(i), Tribe: data.TribeID(fmt.Sprint("t", i%2))}
			r.Members = append(r.Members, m)
			if i < 40 {
				before.Members = append(before.Members, m)
			}
		}
		w := NewWorld(s.posts, s.ties, r, before, nil, 1)
		got := newcomerAffinity(&w, "t0")
		if got.State != "" || (got.P <= 0.01) != test.like || (got.Value > 1.3) != test.like {
			t.Errorf("%s: got %+v, want attraction %v", test.name, got, test.like)
		}
	}
}
