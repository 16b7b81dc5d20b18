package nlp

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"

	"tribu/data"

	"github.com/google/go-cmp/cmp"
)

// A shelf is a corpus in memory.
type shelf struct {
	posts   []data.Post
	saved   []data.Annotation
	failed  []data.Failure
	batches int
	again   []data.Post
	readErr error
	saveErr error
	asked   string // version
}

func (s *shelf) Unanalysed(_ context.Context, version string) iter.Seq2[data.Post, error] {
	s.asked = version
	return func(yield func(data.Post, error) bool) {
		for _, p := range s.posts {
			if !yield(p, nil) {
				return
			}
		}
		if s.readErr != nil {
			yield(data.Post{}, s.readErr)
		}
	}
}

func (s *shelf) Unsettled(context.Context, string, func(author, thread map[data.Lang]int) data.Lang) iter.Seq2[[]data.Post, error] {
	return func(yield func([]data.Post, error) bool) {
		if len(s.again) > 0 {
			yield(s.again, nil)
		}
	}
}

func (s *shelf) SaveAnnotations(_ context.Context, a []data.Annotation, f []data.Failure) error {
	s.saved, s.failed, s.batches = append(s.saved, a...), append(s.failed, f...), s.batches+1
	return s.saveErr
}

func somePosts(n int) []data.Post {
	posts := make([]data.Post, n)
	for i := range posts {
		posts[i] = data.Post{ID: data.NewPostID("t", fmt.Sprint(i)), Body: fmt.Sprintf("I wish there were %d more taps near the beds. Come si pota il fico?", i)}
	}
	return posts
}

func TestRunSavesEveryPostInOrder(t *testing.T) {
	var want []data.Annotation
	for _, workers := range []int{1, 7} {
		s := &shelf{posts: somePosts(23)}
		var progress []int
		sum, err := Run(t.Context(), Options{Batch: 10, Workers: workers, Progress: func(n int) { progress = append(progress, n) }}, s)
		if err != nil || sum.Posts != 23 || sum.Failed != 0 || sum.Needs == 0 || s.batches != 3 {
			t.Fatalf("Run with %d workers = %+v, %v in %d batches; want 23 posts in 3", workers, sum, err, s.batches)
		}
		if diff := cmp.Diff([]int{10, 20, 23}, progress); diff != "" {
			t.Errorf("progress (-want +got):\n%s", diff)
		}
		for i, a := range s.saved {
			if a.Post != s.posts[i].ID || a.Version != Version {
				t.Errorf("annotation %d is of post %s version %q", i, a.Post, a.Version)
			}
		}
		if want == nil {
			want = s.saved
		} else if diff := cmp.Diff(want, s.saved); diff != "" {
			t.Errorf("%d workers hear something else (-one +many):\n%s", workers, diff)
		}
	}
}

func TestRunHearsAgainWhatIsLentAnotherLanguage(t *testing.T) {
	unsettled := data.Post{ID: data.NewPostID("t", "x"), Body: "Ok!", Prior: data.LangIT}
	s := &shelf{posts: somePosts(2), again: []data.Post{unsettled}}
	sum, err := Run(t.Context(), Options{}, s)
	if err != nil || sum.Posts != 2 || len(s.saved) != 3 {
		t.Fatalf("Run = %+v, %v with %d annotations; want 2 new posts, and 1 heard again", sum, err, len(s.saved))
	}
	if got := s.saved[2]; got.Post != unsettled.ID || got.Lang != data.LangIT || got.Lent != data.LangIT {
		t.Errorf("%q of somebody who writes Italian is in %q, lent %q", unsettled.Body, got.Lang, got.Lent)
	}
}

func TestRunStops(t *testing.T) {
	boom := errors.New("boom")
	done, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []struct {
		name string
		ctx  context.Context
		s    *shelf
		want error
	}{
		{"reading fails", t.Context(), &shelf{posts: somePosts(2), readErr: boom}, boom},
		{"saving fails", t.Context(), &shelf{posts: somePosts(2), saveErr: boom}, boom},
		{"cancelled", done, &shelf{posts: somePosts(2)}, context.Canceled},
	} {
		if _, err := Run(c.ctx, Options{}, c.s); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
	}
}

// A panic costs one post.
func TestPanicIsAFailure(t *testing.T) {
	broken := &Analyzer{} // without lists every lookup panics
	annotations, failures := broken.AnalyzeAll(somePosts(2), 1)
	if len(annotations) != 0 || len(failures) != 2 || failures[0].Subject != somePosts(2)[0].ID.String() {
		t.Errorf("got %d annotations and failures %+v, want a failure for each of 2 posts", len(annotations), failures)
	}
}

func TestConfigAddsWords(t *testing.T) {
	a, err := New(Config{Stop: []string{"zorble"}, Concepts: map[string][]string{"widget": {"frobnicator"}}})
	if err != nil {
		t.Fatal(err)
	}
	got, err := a.Analyze(data.Post{Body: "Where can I buy a frobnicator for my zorble?"})
	if err != nil || len(got.Needs) != 1 || got.Needs[0].Concept != "widget" {
		t.Fatalf("got needs %+v, %v; want one about widget", got.Needs, err)
	}
	for _, term := range got.Terms {
		if term.Form == "zorble" {
			t.Errorf("stop word %q is a term", term.Form)
		}
	}
}

func ExampleAnalyzer_Analyze() {
	a, err := New(Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	post := data.Post{Body: "Bella giornata. Vorrei che la consegna arrivasse entro 24 ore!"}
	heard, err := a.Analyze(post)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, n := range heard.Needs {
		fmt.Println(n.Lang, n.Type, n.Topic(), n.Expectation)
		fmt.Println(post.Body[n.Evidence.Start:n.Evidence.End])
	}
	// Output:
	// it wish delivery 24h0m0s
	// Vorrei che la consegna arrivasse entro 24 ore
}

func TestWordsOfAProjectAreAnotherVersion(t *testing.T) {
	plain := Config{Stop: []string{}, Concepts: map[string][]string{}}.Version()
	if plain != Version {
		t.Errorf("version without own words = %q, want %q", plain, Version)
	}
	seen := map[string]bool{plain: true}
	for _, c := range []Config{
		{Stop: []string{"zorble"}}, {Products: []string{"zorble"}}, {Stop: []string{"zor", "ble"}}, {Stop: []string{"zor"}, Products: []string{"ble"}},
		{Concepts: map[string][]string{"widget": {"frobnicator"}}}, {Concepts: map[string][]string{"frobnicator": {"widget"}}},
	} {
		a, err := New(c)
		if err != nil {
			t.Fatal(err)
		}
		s := &shelf{posts: somePosts(1)}
		if _, err := Run(t.Context(), Options{Config: c}, s); err != nil {
			t.Fatal(err)
		}
		heard, err := a.Analyze(s.posts[0])
		if v := c.Version(); err != nil || seen[v] || heard.Version != v || s.saved[0].Version != v || s.asked != v {
			t.Errorf("%+v: version %q seen before %v; Analyze says %q (%v), Run asks for %q and saves %q", c, v, seen[v], heard.Version, err, s.asked, s.saved[0].Version)
		}
		seen[c.Version()] = true
	}
}
