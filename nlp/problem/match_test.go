package problem

import (
	"fmt"
	"slices"
	"testing"

	"tribu/data"
)

// Two needs that people voice in the same sentences keep their ids, whatever these are.
func TestMatchTellsTwinsApart(t *testing.T) {
	for place := range 20 {
		var needs []Need
		var twins [2]Problem
		for i := range 3 {
			n := Need{manner: &manner{}}
			n.ID, n.At, n.Quote = data.NewPostID("forum", fmt.Sprint(place, i)), int64(i), fmt.Sprintf("I need pots and soil, number %d.", i)
			needs = append(needs, n, n)
			for side := range twins {
				twins[side].Members = append(twins[side].Members, 2*i+side)
			}
		}
		ids, traces := Match(twins[:], needs, nil)
		again, _ := Match(twins[:], needs, traces)
		if !slices.Equal(again, ids) {
			t.Errorf("place %d: %v when grouped again, want %v", place, again, ids)
		}
	}
}
