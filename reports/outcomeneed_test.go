package reports

import (
	"testing"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure"
	"tribu/reports/measure/cpi"
)

// TestBeyondNeedListsWhomItCounts: of an outcome that is the measure of a need stand the posts of those who do not voice that,
// and of nobody else: as many people as are told.
func TestBeyondNeedListsWhomItCounts(t *testing.T) {
	ada, bo, cy := data.AuthorID{1}, data.AuthorID{2}, data.AuthorID{3}
	v := View{Options: Options{MinNeed: 1}}
	for i, who := range []data.AuthorID{ada, bo, ada, cy, cy} {
		p := data.PostMeta{ID: data.PostID{byte(i + 1)}, Author: who}
		v.Story.Activity = append(v.Story.Activity, p)
		v.Story.Needs = append(v.Story.Needs, data.NeedRow{PostMeta: p, Need: data.Need{Quote: "I need bran under two euro."}})
	}
	v.Figures.Needs = []figures.Need{{Key: "bran", Label: "cheaper bran", People: 2, Posts: []data.PostID{{1}, {2}}}}
	b, err := newBuilder(v, data.LangEN)
	if err != nil {
		t.Fatal(err)
	}
	o := cpi.Outcome{Key: cpi.Key{Facet: "Money", Topic: "bran"}, Authors: 3, Posts: measure.Evidence{{1}, {2}, {3}, {4}, {5}}} // the third is ada's, in other words
	posts, people := b.beyondNeed(o, v.Figures.Needs[0])
	if want := (map[data.PostID]bool{{4}: true, {5}: true}); people != 1 || len(posts) != len(want) || !posts[data.PostID{4}] || !posts[data.PostID{5}] {
		t.Errorf("%d people with %v, want cy alone with %v", people, posts, want)
	}
	e := b.quoted("x", o, 0)
	if e == nil || plainText(e.Label) != "2 posts by 1 person, in other words" && plainText(e.Label) != "2\u00a0posts by 1\u00a0person, in other words" || len(e.Posts) != 2 || b.problem != nil {
		t.Errorf("got %+v, want two posts by one person, and both (%v)", e, b.problem)
	}
}
