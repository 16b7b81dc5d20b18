package sqlite

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"tribu/data"

	"github.com/google/go-cmp/cmp"
)

// TestNeedsReadAtOnceAreThoseReadOneByOne: a packed row keeps every byte, also those it is packed with.
func TestNeedsReadAtOnceAreThoseReadOneByOne(t *testing.T) {
	db := create(t)
	b := community(6)
	b.Posts[0].URL, b.Posts[0].Place = "", ""
	b.Posts[1].Place, b.Posts[1].Parent = "12\x1f34\x00è\x1f", b.Posts[0].ID
	save(t, db, b)
	full := annotation(b.Posts[1].ID)
	full.Needs = []data.Need{
		{Type: data.Tip, Kind: data.KindNeed, Quote: "a\x1f3 b\x00\x1f\x1f", Object: "\x1f9", Aspect: "9\x1f", Action: "è", Concept: "7", Lang: data.LangIT, Rule: "r",
			Polarity: -1, Negated: true, Hypothetical: true, Expectation: -time.Hour, Motives: []string{"image"}, Voice: "role", Evidence: data.Span{InTitle: true, Start: 3, End: 1 << 40},
			Facets: []data.Facet{{Name: "Speed", Direction: -1}, {Name: "Ease"}}, Confidence: 1.0 / 3, Increment: &data.Increment{Kind: "time", Value: math.Pi, Unit: "\x1fgiorni"}},
		{Type: data.Problem, Confidence: 5e-324, Increment: &data.Increment{Kind: "ease"}}, {},
	}
	empty := annotation(b.Posts[0].ID)
	empty.Needs = nil
	if err := db.SaveAnnotations(t.Context(), []data.Annotation{full, empty, annotation(b.Posts[2].ID)}, nil); err != nil {
		t.Fatal(err)
	}
	w := data.Window{From: epoch.Add(-1), To: epoch.Add(time.Hour)}
	var want []data.NeedRow
	for p, err := range db.Analyzed(t.Context(), "v1", w) {
		if err != nil {
			t.Fatal(err)
		}
		for i, n := range p.Needs {
			want = append(want, data.NeedRow{PostMeta: p.PostMeta, Need: n, Ord: i})
		}
	}
	var voiced []data.NeedRow
	for n, err := range db.Voiced(t.Context(), "v1") {
		if err != nil {
			t.Fatal(err)
		}
		voiced = append(voiced, n)
	}
	titles, titled := map[data.ThreadID]string{}, slices.Clone(want)
	for _, thread := range b.Threads {
		titles[thread.ID] = thread.Title
	}
	for i := range titled {
		titled[i].Title, titled[i].Acts = titles[titled[i].Thread], 0
	}
	if d := cmp.Diff(voiced, titled); d != "" {
		t.Errorf("needs of all posts (-) and those read one by one (+):\n%s", d)
	}
	for others := range 3 { // first the window holds all posts, then few of them
		got, err := db.NeedsIn(t.Context(), "v1", w)
		if d := cmp.Diff(got, want); d != "" || err != nil || len(want) != 5 {
			t.Errorf("needs read at once (-) and one by one (+) beside %d other posts, %v:\n%s", others*20, err, d)
		}
		for i := range 20 {
			other := post(fmt.Sprint("other", others, i), "a1", 10_000+i)
			save(t, db, data.Batch{Posts: []data.Post{other}})
			annotate(t, db, other.ID)
		}
	}
}

func TestPackedRowsThatAreCut(t *testing.T) {
	whole := strings.Repeat("i", 16) + "-12\x1f0.5\x1fword\x1f4\x1ftext"
	read := func(s string) bool {
		p := packed{rest: s}
		p.id()
		n, f, word, text := p.int(), p.real(), p.word(), p.text()
		return p.err() == nil && n == -12 && f == .5 && word == "word" && text == "text" && !p.more()
	}
	if !read(whole) {
		t.Errorf("cannot read %q", whole)
	}
	for n := range len(whole) {
		if read(whole[:n]) {
			t.Errorf("%q reads as a whole row", whole[:n])
		}
	}
	for _, bad := range []string{"-", "x", "1x", "", "99999999999999999999"} {
		p := packed{rest: bad + "\x1f"}
		if p.int(); p.err() == nil {
			t.Errorf("%q reads as a number", bad)
		}
	}
}

func TestAStoryIsOfOneMoment(t *testing.T) {
	db := create(t)
	b := community(12)
	save(t, db, b)
	r := run("2026-W44-3fa9c1", 0, "")
	r.Window = data.Window{From: epoch.Add(-1), To: epoch.Add(time.Hour)}
	saveRun(t, db, r)
	err := db.snapshot(t.Context(), func(q querier) error {
		if _, err := recordLike(t.Context(), q, r.ID); err != nil {
			return err
		}
		save(t, db, data.Batch{Posts: []data.Post{post("meanwhile", "a1", 5)}})
		s := data.Story{RunRecord: r}
		if err := db.tell(t.Context(), q, &s); err != nil {
			return err
		}
		if len(s.Activity) != 12 || s.Sources[0].Posts != 12 {
			t.Errorf("the story holds %d posts, its sources %d, want the 12 there were", len(s.Activity), s.Sources[0].Posts)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if s, err := db.Story(t.Context(), r.ID); err != nil || len(s.Activity) != 13 {
		t.Errorf("the next story holds %d posts, %v, want 13", len(s.Activity), err)
	}
}
