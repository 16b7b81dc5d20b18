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
