package figures

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"tribu/data"
)

var asOf = time.Date(2026, 11, 22, 23, 0, 0, 0, time.UTC)

func author(name string) data.AuthorID { return data.NewAuthorID("x", name) }

// A line is one post of a small story: who wrote, how many hours before the as-of, in which thread,
// to which post, and what it asks for.
type line struct {
	id, by string
	hours  int
	thread string
	to     string
	need   string
}

// tell makes a story of lines, earliest first; tribes maps a tribe to its members.
func tell(lines []line, tribes map[string][]string) data.Story {
	s := data.Story{RunRecord: data.RunRecord{Run: data.Run{ID: "r2", AsOf: asOf, Window: data.Window{From: asOf.Add(-28 * 24 * time.Hour), To: asOf}}}}
	posts := map[string]data.PostMeta{}
	for _, l := range lines {
		p := data.PostMeta{ID: data.NewPostID("x", l.id), Author: author(l.by), Thread: data.NewThreadID("x", l.thread), CreatedAt: asOf.Add(-time.Duration(l.hours) * time.Hour), Lang: data.LangEN}
		if to, ok := posts[l.to]; ok {
			p.Parent = to.ID
			s.Interactions = append(s.Interactions, data.Interaction{Post: p.ID, Kind: data.Reply, From: p.Author, To: to.Author, At: p.CreatedAt})
		}
		if p.Acts = data.Offering; l.need != "" {
			p.Acts = data.Asking
		}
		posts[l.id] = p
		s.Activity = append(s.Activity, p)
		if l.need != "" {
			s.Needs = append(s.Needs, data.NeedRow{PostMeta: p, Need: data.Need{Type: data.Problem, Object: l.need, Quote: l.by + " lacks " + l.need, Lang: data.LangEN, Confidence: 0.8}})
		}
	}
	var ids []string
	for id := range tribes {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	placed := map[string]bool{}
	for i, id := range ids {
		s.Tribes = append(s.Tribes, data.Tribe{ID: data.TribeID(id), Letter: string(rune('A' + i)), Name: id, People: len(tribes[id])})
		for _, m := range tribes[id] {
			placed[m] = true
			s.Members = append(s.Members, data.Member{Author: author(m), Tribe: data.TribeID(id)})
		}
	}
	for _, l := range lines {
		if !placed[l.by] {
			placed[l.by] = true
			s.Members = append(s.Members, data.Member{Author: author(l.by)})
		}
	}
	return s
}

func garden() data.Story {
	return tell([]line{
		{"1", "ada", 500, "t1", "", "water"},
		{"2", "bo", 499, "t1", "1", ""},    // bo helps ada after an hour
		{"3", "ada", 498, "t1", "2", ""},   // thanks
		{"4", "bo", 400, "t2", "", "soil"}, // nobody replies
		{"5", "cy", 300, "t3", "", "water"},
		{"6", "dee", 240, "t3", "5", ""}, // after 60 hours: too late
		{"7", "cy", 200, "t4", "", "water"},
		{"8", "ada", 190, "t4", "7", ""},    // ada, of another tribe, helps cy
		{"9", "dee", 10, "t5", "", "water"}, // too young to judge
	}, map[string][]string{"t1": {"ada", "bo"}, "t2": {"cy"}})
}

func TestNeeds(t *testing.T) {
	f := Count(garden(), Params{})
	if len(f.Needs) != 2 {
		t.Fatalf("%d needs, want 2", len(f.Needs))
	}
	water := f.Needs[0]
	got := fmt.Sprint(water.Topic, water.People, water.Requests, water.Old, water.Unanswered)
	if want := fmt.Sprint("water", 3, 4, 3, 1); got != want {
		t.Errorf("topic, people, requests, old enough, unanswered: got %s, want %s", got, want)
	}
	if got, want := fmt.Sprint(water.ByTribe), fmt.Sprint([]Share{{0, 1}, {1, 1}, {None, 1}}); got != want {
		t.Errorf("shares %s, want %s", got, want)
	}
	if got, want := fmt.Sprint(water.Weekly), "[0 1 1 1]"; got != want {
		t.Errorf("weekly %s, want %s", got, want)
	}
	seen := map[data.AuthorID]bool{}
	for _, q := range water.Quotes {
		if seen[q.Post.Author] {
			t.Errorf("two quotes of one author: %q", q.Text)
		}
		seen[q.Post.Author] = true
	}
}

func TestTribes(t *testing.T) {
	f := Count(garden(), Params{})
	for i, want := range []string{"2 1 0 1 1", "2 0 1 1 0"} { // a reply that came late is one
		tr := f.Tribes[i]
		if got := fmt.Sprint(tr.Asked, tr.ByTribe, tr.ByOthers, tr.Unanswered(), len(tr.Open)); got != want {
			t.Errorf("%s: asked, answered by the tribe, by others, not in time, open: got %s, want %s", tr.Name, got, want)
		}
	}
	if f.None != 1 {
		t.Errorf("%d in no tribe, want 1", f.None)
	}
	if len(f.Links) != 1 || len(f.Links[0].Pairs) != 1 {
		t.Errorf("links %+v, want ada and cy", f.Links)
	}
}

func TestTrend(t *testing.T) {
	for _, c := range []struct {
		weekly []int
		want   int
	}{
		{[]int{10, 10, 10, 10}, 0}, {[]int{10, 10, 10, 20}, 1}, {[]int{10, 10, 10, 2}, -1}, {[]int{10, 10, 10, 15}, 0},
		{[]int{0, 0, 0, 2}, 0}, {[]int{0, 0, 0, 3}, 1}, {[]int{5, 50}, 0}, {nil, 0},
	} {
		if got := trend(c.weekly); got != c.want {
			t.Errorf("Trend(%v) = %d, want %d", c.weekly, got, c.want)
		}
	}
}

func TestSizes(t *testing.T) {
	story := func(sizes ...int) (data.Story, data.Tribe) {
		var s data.Story
		for i, n := range sizes[:len(sizes)-1] {
			s.History = append(s.History, data.RunRecord{Run: data.Run{ID: fmt.Sprint(i)}, Tribes: []data.Tribe{{ID: "t", People: n}}})
		}
		now := data.Tribe{ID: "t", People: sizes[len(sizes)-1]}
		s.Tribes = []data.Tribe{now}
		return s, now
	}
	for _, c := range []struct {
		name  string
		sizes []int
		known bool
		real  bool
	}{
		{"new", []int{50}, false, false},
		{"steady", []int{100, 100, 100, 100, 100, 100, 103}, true, false},
		{"growth beyond the wobble", []int{60, 98, 100, 102, 99, 101, 115}, true, true},
		{"growth within a wide wobble", []int{90, 110, 100, 130, 95, 120, 135}, true, false},
		{"too few weeks to know the wobble", []int{100, 119}, true, false},
		{"more than a fifth where the wobble is unknown", []int{100, 122}, true, true},
		{"back after one odd week", []int{100, 104, 100, 101, 99, 60, 101}, true, false},
		{"four people are no change", []int{10, 14}, true, false},
		{"as large as three weeks ago", []int{60, 80, 100, 115, 100, 100, 115}, true, false},
		{"loss", []int{100, 100, 100, 100, 100, 100, 80}, true, true},
	} {
		s, now := story(c.sizes...)
		if got := sizeOf(now, s); got.Known != c.known || got.Real != c.real {
			t.Errorf("%s: got %+v, want known %v, real %v", c.name, got, c.known, c.real)
		}
	}
}

func TestChanges(t *testing.T) {
	s := garden()
	s.Parent = "r1"
	s.History = []data.RunRecord{{Run: data.Run{ID: "r1"}, Tribes: []data.Tribe{{ID: "t1", Name: "old", People: 9}, {ID: "t9", Name: "gone", People: 5}}}}
	s.Lineage = []data.Lineage{
		{Event: data.Continue, From: "t1", To: "t1", Shared: 2, Before: 9, After: 2},
		{Event: data.Split, From: "t1", To: "t2", Shared: 1, Before: 9, After: 1},
		{Event: data.Died, From: "t9", Before: 5},
	}
	f := Count(s, Params{})
	var got []string
	for _, c := range f.Changes {
		got = append(got, fmt.Sprint(c.Event, len(c.From), len(c.To)))
	}
	if want := []string{"split1 2", "died1 0"}; !slices.Equal(got, want) {
		t.Errorf("changes %q, want %q: a split holds the tribe that goes on, and its size is no shrinking", got, want)
	}
}

func TestOrderOfLinesIsNoInput(t *testing.T) {
	a, b := garden(), garden()
	slices.Reverse(b.Members)
	slices.Reverse(b.Needs)
	if got, want := fmt.Sprint(Count(b, Params{}).Needs), fmt.Sprint(Count(a, Params{}).Needs); got != want {
		t.Errorf("the order of needs changed the figures:\n got %s\nwant %s", got, want)
	}
}

// Replies on weekdays at eight: the quiet day is one of the weekend's, far below a seventh, and the
// quiet hours are all others.
func TestQuietHours(t *testing.T) {
	var tr Tribe
	for d := range 5 {
		tr.Hours[d][20] = 20
		tr.Replies += 20
	}
	if h := tr.QuietHours(0.03); h.From != 21 || h.To != 20 || h.Share != 0 {
		t.Errorf("all replies at 20:00: got %+v, want 21 to 20", h)
	}
}

// A part that leaves a tribe for a new one is a split, for one that was there before a move; a tribe
// that ended in another is a merger of both.
func TestWhatASplitAMoveAndAMergerHold(t *testing.T) {
	tribes := func(ids ...data.TribeID) (out []data.Tribe) {
		for _, id := range ids {
			out = append(out, data.Tribe{ID: id, People: 20})
		}
		return out
	}
	stay := data.Lineage{Event: data.Shrink, From: "a", To: "a", Shared: 21}
	for _, c := range []struct {
		before, after []data.Tribe
		steps         []data.Lineage
		want          string
	}{
		{tribes("a"), tribes("a", "b"), []data.Lineage{stay, {Event: data.Split, From: "a", To: "b", Shared: 17}}, "split [a]→[a b] [21 17]"},
		{tribes("a", "b"), tribes("a", "b"), []data.Lineage{stay, {Event: data.Split, From: "a", To: "b", Shared: 17}}, "move [a]→[b] [17]"},
		{tribes("a", "b"), tribes("a"), []data.Lineage{stay, {Event: data.Merge, From: "b", To: "a", Shared: 6}}, "merge [a b]→[a] [6]"},
	} {
		s := data.Story{RunRecord: data.RunRecord{Run: data.Run{ID: "r2", Parent: "r1"}, Tribes: c.after, Lineage: c.steps},
			History: []data.RunRecord{{Run: data.Run{ID: "r1"}, Tribes: c.before}}}
		for i := range 38 {
			to := data.TribeID("a")
			if i < 17 && len(c.after) > 1 {
				to = "b"
			}
			s.Members = append(s.Members, data.Member{Author: author(fmt.Sprint(i)), Tribe: to})
			s.History[0].Members = append(s.History[0].Members, data.Member{Author: author(fmt.Sprint(i)), Tribe: "a"})
		}
		ids := func(list []data.Tribe) (out []data.TribeID) {
			for _, t := range list {
				out = append(out, t.ID)
			}
			return out
		}
		got := ""
		for _, x := range changes(s) {
			got += fmt.Sprintf("%s %v→%v %v", x.Event, ids(x.From), ids(x.To), x.Came)
		}
		if got != c.want {
			t.Errorf("%+v: got %q, want %q", c.steps, got, c.want)
		}
	}
}

func TestPeopleInSeveralTribesAreCountedOnce(t *testing.T) {
	for _, c := range []struct {
		tribes []data.TribeID // of one person, the strongest first
		want   int
	}{{nil, 0}, {[]data.TribeID{""}, 0}, {[]data.TribeID{"a"}, 0}, {[]data.TribeID{"a", "b"}, 1}, {[]data.TribeID{"a", "b", "c"}, 1}} {
		s := data.Story{RunRecord: data.RunRecord{Tribes: []data.Tribe{{ID: "a"}, {ID: "b"}, {ID: "c"}}}}
		for rank, id := range c.tribes {
			s.Members = append(s.Members, data.Member{Author: author("ada"), Tribe: id, Rank: rank})
		}
		if got := Count(s, Params{}).Several; got != c.want {
			t.Errorf("tribes %v: %d in several, want %d", c.tribes, got, c.want)
		}
	}
}

// TestFree: who is in no group and turned to people of one is told, whichever way they did.
func TestFree(t *testing.T) {
	a, b, c := data.AuthorID{1}, data.AuthorID{2}, data.AuthorID{3}
	f := Figures{Home: map[data.AuthorID]int{a: None, b: 0, c: 1}}
	across, free, inside := links([]data.Interaction{
		{From: a, To: b, Kind: data.Reply}, {From: b, To: a, Kind: data.Reply}, {From: c, To: a, Kind: data.Mention}, {From: b, To: c, Kind: data.Reply}, {From: c, To: a, Kind: data.Boost},
	}, f)
	if len(across) != 1 || inside != 0 || !slices.Equal(free, []PersonPair{{a, b, 2}, {a, c, 1}}) {
		t.Errorf("got %v across, %v free, %d inside", across, free, inside)
	}
}
