package reports

import (
	"slices"
	"strings"
	"testing"

	"tribu/data"
	"tribu/reports/internal/storytest"
)

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int
		want []string
	}{
		{"held together by soil", 30, []string{"held together by soil"}},
		{"held together by soil", 14, []string{"held together", "by soil"}},
		{"held together by soil and leaves", 10, []string{"held", "together…"}},
		{"incomprehensibilities", 5, []string{"incomprehensibilities"}},
	} {
		if got := wrap(c.text, c.n, 2); !slices.Equal(got, c.want) {
			t.Errorf("%q by %d: got %q, want %q", c.text, c.n, got, c.want)
		}
	}
}

// A tribe on the wide map holds the lines to every tribe it talks to and the line of its card; on the
// tall one, where nothing points, neither.
func TestMapFocus(t *testing.T) {
	s := storytest.Story(storytest.Size{People: 120, Posts: 1000}, 1)
	page := string(render(t, s, options(), data.LangEN))
	wide := page[strings.Index(page, `<svg class="wide"`):strings.Index(page, `<svg class="tall"`)]
	tall := page[strings.Index(page, `<svg class="tall"`):]
	tall = tall[:strings.Index(tall, "</svg>")]
	links, free := strings.Count(wide, `<path id="w`), strings.Count(wide, `<path id="wf`)
	if uses := strings.Count(wide, "<use "); links == free || free == 0 || uses != 2*links-free {
		t.Errorf("got %d uses of %d bundles of lines, %d of them to people in no tribe, want each at both ends, these at one", uses, links, free)
	}
	if n := strings.Count(wide, `class="card"`); n != len(s.Tribes) {
		t.Errorf("got %d lines of cards, want one for each of %d tribes", n, len(s.Tribes))
	}
	if strings.Contains(tall, "<use ") || strings.Contains(tall, `class="card"`) {
		t.Error("the tall map holds what nothing can point at")
	}
}
