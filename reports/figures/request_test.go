package figures

import (
	"slices"
	"testing"
	"time"

	"tribu/data"
)

// What is left open can be answered today: nobody replied at all, it asks, and it is its author's own.
func TestOpenRequestsCanBeAnswered(t *testing.T) {
	for _, c := range []struct {
		name, quote string
		acts        data.Acts
		opens       bool // the conversation
		problem     data.ProblemID
		days        int
		late        bool // a reply came after four days
		want        bool
	}{
		{"a question that opens a conversation", "How do I keep slugs off?", data.Asking, true, "", 5, false, true},
		{"trouble that opens one", "Package fails to build", data.Asking, true, "", 5, false, true},
		{"a late reply is one", "How do I keep slugs off?", data.Asking, true, "", 5, true, false},
		{"of seven weeks ago", "How do I keep slugs off?", data.Asking, true, "", 49, false, false},
		{"an announcement that asks its own question", "What are our products?", data.Asking | data.Offering, true, "", 5, false, false},
		{"a plea that also says what was tried", "Can anybody help me with it?", data.Pleading | data.Offering, true, "", 5, false, true},
		{"a helper looks into another's trouble", "What does that mean?", data.Pleading, false, "", 5, false, false},
		{"one's own question in another's conversation", "Where can I buy them?", data.Pleading, false, "", 5, false, true},
		{"a jest about them", "Tell the kids I need to know its name.", data.Pleading, false, "", 5, false, false},
		{"one more who shares the need", "Does anyone know a sitter?", data.Pleading, false, "p1", 5, false, true},
	} {
		s := tell([]line{{"1", "ada", 24*c.days + 1, "t1", "", ""}, {"2", "bo", 24 * c.days, "t1", "1", "water"}}, map[string][]string{"x": {"ada", "bo"}})
		if c.opens {
			s = tell([]line{{"2", "bo", 24 * c.days, "t1", "", "water"}}, map[string][]string{"x": {"ada", "bo"}})
		}
		last := len(s.Activity) - 1
		s.Activity[last].Acts, s.Window.From = c.acts, asOf.AddDate(0, 0, -60)
		s.Needs[0].Quote, s.Needs[0].Problem, s.Needs[0].Called, s.Needs[0].Type = c.quote, c.problem, "a sitter", data.HowTo
		s.Needs[0].Acts = c.acts
		if c.late {
			s.Activity = append(s.Activity, data.PostMeta{ID: data.NewPostID("x", "3"), Author: author("ada"), Thread: s.Activity[last].Thread,
				CreatedAt: s.Activity[last].CreatedAt.Add(96 * time.Hour)})
		}
		tr := Count(s, Params{}).Tribes[0]
		if got := len(tr.Open) == 1; got != c.want || tr.Asked != 1 {
			t.Errorf("%s: %q open %v of %d asked, want %v", c.name, c.quote, got, tr.Asked, c.want)
		}
	}
}

// What asks outright is a whole sentence of the post that asks by more than its mark.
func TestOutright(t *testing.T) {
	for _, c := range []struct {
		quote string
		sure  float64
		title bool
		want  bool
	}{
		{"Does anybody know how to read it?", 0.9, false, true},
		{"Am I as blind as he seems to me?", 0.6, false, false},
		{"How to iconize a window?", 0.9, true, false},
		{"I'm looking for one that:", 0.9, false, false},
	} {
		row := &data.NeedRow{Need: data.Need{Quote: c.quote, Confidence: c.sure, Evidence: data.Span{InTitle: c.title}}}
		if got := outright(row); got != c.want {
			t.Errorf("%q, confidence %v, title %v: got %v, want %v", c.quote, c.sure, c.title, got, c.want)
		}
	}
}

// TestOpenOfNoTribe: requests of people in no tribe wait as well; of makers, and those that somebody replied to, none does.
func TestOpenOfNoTribe(t *testing.T) {
	story := tell([]line{
		{"1", "ada", 100, "t1", "", "soil"}, {"2", "eve", 90, "t2", "", "soil"}, {"3", "fay", 80, "t3", "", "soil"},
		{"4", "ada", 70, "t3", "3", ""}, {"5", "gus", 60, "t4", "", "soil"}, {"6", "hal", 60, "t5", "", "soil"},
	}, map[string][]string{"t1": {"ada"}})
	f := Count(story, Params{Makers: map[data.AuthorID]bool{author("hal"): true}})
	var got []data.AuthorID
	for _, q := range f.Open {
		got = append(got, q.Post.Author)
	}
	if want := []data.AuthorID{author("gus"), author("eve")}; !slices.Equal(got, want) || f.Open[0].Key == "" {
		t.Errorf("%v of people in no tribe wait, want those of gus and eve", f.Open)
	}
	if len(f.Tribes[0].Open) != 1 {
		t.Errorf("%d of the tribe wait, want 1", len(f.Tribes[0].Open))
	}
}
