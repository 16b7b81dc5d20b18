package reports

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/internal/storytest"
	"tribu/reports/measure/signs"
)

// TestMotivesHaveNoName: a sentence that shows a motive told of a tribe stands without name and link,
// on the page and on the page of posts; other sentences keep theirs.
func TestMotivesHaveNoName(t *testing.T) {
	v := Tell(storytest.Story(storytest.Typical(), 1), nil, options())
	v.Measures = planted(v)
	home := v.Figures.Tribes[slices.IndexFunc(v.Figures.Tribes, func(t figures.Tribe) bool { return t.ID == v.Measures.Motives[0].Tribe })]
	for i := range v.Story.Needs {
		if n := &v.Story.Needs[i]; n.Quote == home.Quotes[0].Text {
			n.Motives = []string{string(signs.Recognition)}
		}
	}
	r, err := renderWith(v, data.LangEN, func(data.PostID) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	said := regexp.MustCompile(`(?s)<q[^>]*>([^<]*)</q>\s*(?:</li>|<span class="by">(.*?)</span></?)`)
	withheld, named := 0, 0
	for _, page := range []string{string(r.page), string(r.posts)} {
		for _, m := range said.FindAllStringSubmatch(page, -1) {
			has := strings.Contains(m[2], "href=")
			switch intimate := intimatesOf(v).has(m[1]); {
			case intimate && has:
				t.Errorf("%q stands with %q: want neither name nor link", m[1], m[2])
			case intimate:
				withheld++
			case has:
				named++
			}
		}
	}
	if withheld == 0 || named == 0 {
		t.Errorf("%d sentences without a name, %d with one: want some of both", withheld, named)
	}
}

// TestPostsOfMotivesHaveNoName: what else a post says that shows a motive told of one of its writer's tribes stands without name and
// address as well.
func TestPostsOfMotivesHaveNoName(t *testing.T) {
	v := Tell(storytest.Story(storytest.Typical(), 1), nil, options())
	v.Measures = planted(v)
	told := v.Measures.Motives[0].Tribe
	who := slices.IndexFunc(v.Story.Needs, func(n data.NeedRow) bool {
		return slices.ContainsFunc(v.Figures.In(n.Author), func(i int) bool { return v.Figures.Tribes[i].ID == told })
	})
	first := v.Story.Needs[who]
	b, err := newBuilder(v, data.LangEN)
	if err != nil {
		t.Fatal(err)
	}
	quote := figures.Quote{Post: first.PostMeta, Text: "The gate squeaks when it rains."}
	if q := b.quote(quote); q.Author == "" {
		t.Fatal("a post that shows no motive: no name, want one")
	}
	v.Story.Needs[who].Motives = []string{string(signs.Recognition)}
	if b, err = newBuilder(v, data.LangEN); err != nil {
		t.Fatal(err)
	}
	if q := b.quote(figures.Quote{Text: quote.Text, Post: data.PostMeta{Author: first.Author}}); q.Author == "" {
		t.Error("a sentence of another post: no name, want one")
	}
	if q := b.quote(quote); q.Author != "" || q.URL != "" {
		t.Errorf("another sentence of a post that shows a motive stands with %q and %q: want neither", q.Author, q.URL)
	}
}
