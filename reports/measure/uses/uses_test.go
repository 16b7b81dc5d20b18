package uses

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/stats"
)

func TestJudge(t *testing.T) {
	for _, c := range []struct {
		index, low, high float64
		want             Verdict
	}{{130, 105, 160, Engage}, {130, 95, 170, Watch}, {119, 101, 140, Watch}, {70, 50, 90, Leave}, {70, 50, 110, Watch}, {100, 90, 110, Watch}} {
		if got := judge(c.index, c.low, c.high); got != c.want {
			t.Errorf("Judge(%v, %v–%v) = %q, want %q", c.index, c.low, c.high, got, c.want)
		}
	}
}

func TestRoute(t *testing.T) {
	for _, c := range []struct {
		kind    data.NeedType
		toMaker bool
		want    Function
	}{
		{data.Problem, false, Help}, {data.HowTo, false, Help}, {data.Wish, false, Development}, {data.Recommendation, false, Sales}, {data.Complaint, false, Relations},
		{data.Praise, false, Relations}, {data.Passion, false, Promotion}, {data.Belonging, false, Promotion}, {data.Tip, false, Research},
		{data.Complaint, true, CRM}, {data.Problem, true, CRM}, {data.Praise, true, Relations},
	} {
		if got := Route(c.kind, c.toMaker); got != c.want {
			t.Errorf("%s (to a maker: %v) goes to %q, want %q", c.kind, c.toMaker, got, c.want)
		}
	}
}

// reading holds kinds of needs by tribe, each by an author of its own.
func reading(needs map[data.TribeID][]data.Need) *measure.Reading {
	end := time.Date(2026, 6, 28, 22, 0, 0, 0, time.UTC)
	in := measure.Input{AsOf: end, Window: data.Window{From: end.AddDate(0, 0, -28), To: end}, Tribes: []data.Tribe{{ID: "a"}, {ID: "b"}}}
	for _, tribe := range []data.TribeID{"a", "b"} {
		for i, n := range needs[tribe] {
			p := data.PostMeta{ID: data.NewPostID("s", fmt.Sprint(tribe, i)), Author: data.NewAuthorID("s", fmt.Sprint(tribe, i)), CreatedAt: end.Add(-time.Hour)}
			in.Posts = append(in.Posts, p)
			in.Needs = append(in.Needs, data.NeedRow{PostMeta: p, Need: n})
			in.Members = append(in.Members, data.Member{Author: p.Author, Tribe: tribe})
		}
	}
	return measure.Read(in)
}

func many(n int, need data.Need) []data.Need {
	out := make([]data.Need, n)
	for i := range out {
		out[i] = need
	}
	return out
}

func TestMatrix(t *testing.T) {
	r := reading(map[data.TribeID][]data.Need{
		"a": append(many(60, data.Need{Type: data.Problem, Object: "tap"}), many(20, data.Need{Type: data.Wish, Object: "tap"})...),
		"b": append(many(10, data.Need{Type: data.Problem, Object: "tap"}), many(70, data.Need{Type: data.Wish, Object: "shade"})...),
	})
	got := map[string]string{}
	for _, c := range Matrix(r) {
		got[fmt.Sprint(c.Tribe, " ", c.Case)] = fmt.Sprintf("%d %s %s", c.Posts, c.Verdict, c.State)
	}
	for key, want := range map[string]string{"a support": "60 engage ", "b support": "10  " + string(stats.Insufficient), "a innovation": "20 leave ", "b innovation": "70 engage ", "a reputation": "0  " + string(stats.Insufficient)} {
		if got[key] != want {
			t.Errorf("%s: %q, want %q", key, got[key], want)
		}
	}
}

func TestDigests(t *testing.T) {
	r := reading(map[data.TribeID][]data.Need{"a": append(many(3, data.Need{Type: data.Problem, Object: "tap"}), data.Need{Type: data.HowTo, Object: "shade"}, data.Need{Type: data.Wish})})
	got := Digests(r)
	if len(got) != 2 || got[0].Function != Help || got[0].People != 4 || got[0].Topics[0].Called != "tap" || got[0].Topics[0].People != 3 || got[1].Function != Development || len(got[1].Topics) != 0 {
		t.Errorf("digests %+v, want support with tap by three and shade by one, and a nameless wish", got)
	}
}

// TestDigestsKeepNeedsApart: a need is counted by those who lack it, tips about it apart; whoever looks
// for somebody is sent to no department.
func TestDigestsKeepNeedsApart(t *testing.T) {
	pots := data.Need{Type: data.Recommendation, Object: "pot", Problem: "p", Called: "someone to water my pots", Lang: data.LangEN, Rule: "en/seek/looking for someone"}
	wish := pots
	wish.Type, wish.Rule = data.Wish, "en/wish/i need"
	r := reading(map[data.TribeID][]data.Need{"a": append(append(append(many(3, data.Need{Type: data.Problem, Object: "tap"}), many(9, data.Need{Type: data.Tip, Object: "tap"})...), many(4, pots)...), wish,
		data.Need{Type: data.Recommendation, Object: "kit", Rule: "en/seek/looking for a", Lang: data.LangEN})})
	var got []string
	for _, d := range Digests(r) {
		for _, topic := range d.Topics {
			got = append(got, fmt.Sprint(d.Function, " ", topic.Called, " ", topic.People, " ", topic.Lacked))
		}
	}
	if want := "support tap 3 true; sales kit 1 true; research tap 9 false; community someone to water my pots 5 true"; strings.Join(got, "; ") != want {
		t.Errorf("digests %q, want %q", strings.Join(got, "; "), want)
	}
}

func TestOffScope(t *testing.T) {
	r := reading(map[data.TribeID][]data.Need{"a": append(append(
		many(12, data.Need{Type: data.Problem, Object: "tomato", Quote: "My tomatoes are brown."}),
		many(8, data.Need{Type: data.Problem, Object: "neighbour", Quote: "The neighbour shouts."})...),
		data.Need{Type: data.Wish, Object: "vaso", Quote: "Vorrei dei vasi più grandi."}, data.Need{Type: data.Praise, Object: "neighbour", Quote: "Kind neighbour."})})
	got, ok := OffScope(r, []string{"tomato", "vaso"})
	if !ok || got.Share.K != 8 || got.Share.N != 21 || len(got.Needs) != 1 || got.Needs[0].Called != "neighbour" || got.Needs[0].People != 8 {
		t.Errorf("beyond %+v, want the neighbour by eight, 8 of 21 posts", got)
	}
	if _, ok := OffScope(r, []string{" "}); ok {
		t.Error("a project without a scope has something outside of it")
	}
}

// TestScopeOfAConversation: what is asked where a conversation opens within the scope is within.
func TestScopeOfAConversation(t *testing.T) {
	r := reading(map[data.TribeID][]data.Need{"a": many(20, data.Need{Type: data.Problem, Object: "fence", Quote: "The fence is low."})})
	thread := data.NewThreadID("s", "one")
	in := r.Input
	for i := range in.Posts {
		in.Posts[i].Thread, in.Posts[i].CreatedAt = thread, in.AsOf.Add(time.Duration(i-60)*time.Minute)
		in.Needs[i].PostMeta = in.Posts[i]
	}
	in.Words = map[data.PostID]string{in.Posts[0].ID: "My tomatoes\nThe fence is low."}
	if got, ok := OffScope(measure.Read(in), []string{"tomato"}); !ok || got.Share.K != 0 {
		t.Errorf("beyond %+v, want nothing outside", got)
	}
	if got, ok := OffScope(measure.Read(in), []string{"ladder"}); !ok || got.Share.K != 20 {
		t.Errorf("beyond %+v, want all outside", got)
	}
}

// TestReputationAmongPeople: where nobody turns to a maker, named or not, praise and complaint are no reason to join in.
func TestReputationAmongPeople(t *testing.T) {
	r := reading(map[data.TribeID][]data.Need{"a": many(60, data.Need{Type: data.Praise, Object: "host"}), "b": many(60, data.Need{Type: data.Wish, Object: "shade"})})
	in := r.Input
	first := in.Posts[slices.IndexFunc(in.Posts, func(p data.PostMeta) bool { return r.Home[p.Author] == "a" })]
	for name, want := range map[string]Verdict{"no maker": Watch, "silent": Watch, "turned": Engage} {
		in.Makers, in.Interactions = nil, nil
		if name != "no maker" {
			in.Makers = map[data.AuthorID]bool{data.NewAuthorID("s", "maker"): true}
		}
		if name == "turned" {
			in.Interactions = []data.Interaction{{Post: first.ID, Kind: data.Reply, From: first.Author, To: data.NewAuthorID("s", "maker"), At: in.AsOf}}
		}
		for _, c := range Matrix(measure.Read(in)) {
			if c.Tribe == "a" && c.Case == Reputation && c.Verdict != want {
				t.Errorf("%s: %q, want %q", name, c.Verdict, want)
			}
		}
	}
}

// TestMarketingNeedsAMaker: what people praise to each other is no reason to join in where no maker is known.
func TestMarketingNeedsAMaker(t *testing.T) {
	r := reading(map[data.TribeID][]data.Need{"a": many(60, data.Need{Type: data.Passion, Object: "choir"}), "b": many(60, data.Need{Type: data.Wish, Object: "shade"})})
	in := r.Input
	for _, known := range []bool{false, true} {
		want := Watch
		if known {
			want, in.Makers = Engage, map[data.AuthorID]bool{data.NewAuthorID("s", "maker"): true}
		}
		at := slices.IndexFunc(Matrix(measure.Read(in)), func(c Cell) bool { return c.Tribe == "a" && c.Case == Marketing })
		if got := Matrix(measure.Read(in))[at].Verdict; got != want {
			t.Errorf("a maker known %v: %q, want %q", known, got, want)
		}
	}
}

// TestWhatOtherPeopleCanShow: a place and an answer are nothing that a house makes; a tool for one is, and an answer that an
// office owes is for support.
func TestWhatOtherPeopleCanShow(t *testing.T) {
	for called, want := range map[string]Function{"somewhere to sleep": Community, "an answer from the town": Help, "una risposta": Community, "an answer from someone who sails": Community, "una risposta da qualcuno": Community, "someone to drive": Community, "an answering machine": Development, "a lamp": Development} {
		got := Digests(reading(map[data.TribeID][]data.Need{"a": many(3, data.Need{Type: data.Wish, Object: "thing", Called: called, Problem: "p"})}))
		if len(got) != 1 || got[0].Function != want {
			t.Errorf("a wish for %q: %+v, want %s", called, got, want)
		}
	}
}

// TestTermsOfASaleAreSales: who wants a delivery sooner or a lower price wants no other product.
func TestTermsOfASaleAreSales(t *testing.T) {
	for concept, want := range map[string]Function{"delivery": Sales, "price": Sales, "soil": Development, "": Development} {
		got := Digests(reading(map[data.TribeID][]data.Need{"a": many(3, data.Need{Type: data.Wish, Object: "thing", Concept: concept})}))
		if len(got) != 1 || got[0].Function != want {
			t.Errorf("a wish about %q: %+v, want %s", concept, got, want)
		}
	}
}

// TestComplaintsThatAsk: who complains and asks for help in one post, and who only says what would be wrong, is work for
// support; who only complains is not.
func TestComplaintsThatAsk(t *testing.T) {
	for want, c := range map[Function]struct {
		need data.Need
		acts data.Acts
	}{
		Relations: {data.Need{Type: data.Complaint, Object: "tap"}, 0},
		Help:      {data.Need{Type: data.Complaint, Object: "tap"}, data.Asking},
	} {
		if got := route(&data.NeedRow{PostMeta: data.PostMeta{Acts: c.acts}, Need: c.need}, false); got != want {
			t.Errorf("a complaint with acts %v: %q, want %q", c.acts, got, want)
		}
	}
	if got := route(&data.NeedRow{Need: data.Need{Type: data.Complaint, Object: "tap", Hypothetical: true}}, false); got != Help {
		t.Errorf("what would be wrong: %q, want %q", got, Help)
	}
}

// TestSpare: a tribe that speaks of what no offer stands beside is left alone in every use.
func TestSpare(t *testing.T) {
	r := reading(map[data.TribeID][]data.Need{"a": many(60, data.Need{Type: data.Wish, Object: "peace"}), "b": many(60, data.Need{Type: data.Problem, Object: "lamp"})})
	for _, c := range Spare(Matrix(r), func(t data.TribeID) bool { return t == "a" }) {
		if want := c.Tribe == "a"; c.Tender != want || want && c.State == stats.Known && c.Verdict != Leave {
			t.Errorf("%s %s: tender %v, %q", c.Tribe, c.Case, c.Tender, c.Verdict)
		}
	}
	if c := Matrix(r)[1]; c.Tribe != "a" || c.Case != Innovation || c.Verdict != Engage {
		t.Errorf("without: %+v, want an innovation to join in", c)
	}
}

// TestRouteByWhatItIsFor: a lower price is for who sells, an answer that an office owes for support, work for whoever brings people together.
func TestRouteByWhatItIsFor(t *testing.T) {
	for _, c := range []struct {
		need data.Need
		want Function
	}{
		{data.Need{Type: data.Wish, Concept: "bran", Facets: []data.Facet{{Name: "Money", Direction: -1}}}, Sales},
		{data.Need{Type: data.Wish, Concept: "bran", Increment: &data.Increment{Kind: "money", Value: 2}}, Sales},
		{data.Need{Type: data.Wish, Concept: "bran", Facets: []data.Facet{{Name: "Speed"}}}, Development},
		{data.Need{Type: data.Wish, Called: "an answer from the council"}, Help},
		{data.Need{Type: data.Wish, Called: "una risposta dal comune"}, Help},
		{data.Need{Type: data.Wish, Called: "an answer"}, Community},
		{data.Need{Type: data.Wish, Concept: "jobs", Called: "find work"}, Community},
		{data.Need{Type: data.Problem, Concept: "jobs", Called: "find work"}, Help},
	} {
		if got := route(&data.NeedRow{Need: c.need}, false); got != c.want {
			t.Errorf("%+v goes to %q, want %q", c.need, got, c.want)
		}
	}
}
