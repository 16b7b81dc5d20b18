package figures

import (
	"testing"

	"tribu/data"
)

func TestWithoutNames(t *testing.T) {
	named := Named(func(phrase string) bool { return phrase == "mary" || phrase == "old tom" })
	for _, c := range []struct {
		object, called, problem string // of a need
		wantKey, want           string
	}{
		{"bicycle", "a light bicycle", "p1", "p1", "a light bicycle"},
		{"bicycle", "the bicycle of Mary", "p1", "p1", "bicycle"},
		{"mary", "Mary's bicycle", "p1", "", ""},
		{"mary", "", "", "", ""},
		{"old tom", "", "", "", ""},
		{"tom", "an old Tom", "p1", "p1", "tom"},
		{"summary", "", "", "summary", "summary"},
	} {
		n := data.NeedRow{Need: data.Need{Object: c.object, Called: c.called, Problem: data.ProblemID(c.problem)}}
		story := data.Story{Needs: []data.NeedRow{n}}
		got := WithoutNames(story, named).Needs[0]
		if key, called := got.Subject(); key != c.wantKey || called != c.want {
			t.Errorf("need about %q, called %q: got %q, %q; want %q, %q", c.object, c.called, key, called, c.wantKey, c.want)
		}
		if story.Needs[0].Object != c.object || story.Needs[0].Called != c.called {
			t.Errorf("need about %q, called %q: the story itself was changed", c.object, c.called)
		}
	}
}

func TestRunWithoutNames(t *testing.T) {
	named := Named(func(phrase string) bool { return phrase == "mary" })
	words := func(forms ...string) (all []data.Term) {
		for _, f := range forms {
			all = append(all, data.Term{Form: f})
		}
		return all
	}
	for _, c := range []struct {
		name  string
		words []data.Term
		want  string
		left  int
	}{
		{"bread and salt", words("bread", "mary"), "bread and salt", 1},
		{"mary and bread", words("mary", "bread", "salt", "flour"), "bread, salt", 3},
		{"Mary", words("mary"), "A", 0},
	} {
		r := data.RunRecord{Tribes: []data.Tribe{{Letter: "A", Name: c.name, Words: c.words, Needs: []data.TribeNeed{{Topic: "bread for mary"}}}},
			Members: []data.Member{{Why: "both need mary"}}}
		got := RunWithoutNames(r, named)
		if tr := got.Tribes[0]; tr.Name != c.want || len(tr.Words) != c.left || len(tr.Needs) != 0 || got.Members[0].Why != "" {
			t.Errorf("tribe %q: called %q with %d words, %d needs, why %q; want %q, %d, none", c.name, tr.Name, len(tr.Words), len(tr.Needs), got.Members[0].Why, c.want, c.left)
		}
		if r.Tribes[0].Name != c.name {
			t.Errorf("tribe %q: the run itself was changed", c.name)
		}
	}
}

// TestTellingsWithoutNames: nor is a tribe told of by what somebody is called in any language, nor
// does a conversation keep a title that holds it.
func TestTellingsWithoutNames(t *testing.T) {
	named := Named(func(phrase string) bool { return phrase == "mary" })
	here := data.NewThreadID("x", "here")
	for _, c := range []struct {
		called, word, title string
		want                string
		words               int
		titled              string
	}{
		{"pane", "sale", "Bread", "pane", 1, "Bread"},
		{"mary", "mary", "For Mary", "", 0, ""},
	} {
		story := data.Story{Threads: map[data.ThreadID]data.Thread{here: {Title: c.title}}, RunRecord: data.RunRecord{Tribes: []data.Tribe{
			{Name: "bread", Meeting: here, Met: 7, Told: []data.Telling{{Lang: data.LangIT, Name: c.called, Words: []data.Term{{Form: c.word}}}}}}}}
		got := WithoutNames(story, named)
		title := got.Threads[here].Title
		if told := got.Tribes[0].Told[0]; told.Name != c.want || len(told.Words) != c.words || title != c.titled {
			t.Errorf("called %q, says %q, met under %q: got %q, %d words, met under %q; want %q, %d, %q", c.called, c.word, c.title, told.Name, len(told.Words), title, c.want, c.words, c.titled)
		}
		if story.Tribes[0].Told[0].Name != c.called || story.Threads[here].Title != c.title {
			t.Errorf("called %q: the story itself was changed", c.called)
		}
	}
}
