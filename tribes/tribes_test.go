package tribes

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"testing"
	"time"

	"tribu/data"
)

var (
	monday = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	ctx    = context.Background()
)

// A village is a corpus and a store of runs in memory.
type village struct {
	posts   []data.AnalyzedPost
	ties    []data.Interaction
	saved   map[string]data.RunRecord
	reads   int
	asked   int // runs of an earlier moment
	titles  map[data.ThreadID]string
	authors []data.Author
}

func (v *village) Called(_ context.Context, _ data.Window, title func(data.ThreadID, string), handle func(data.AuthorID, string)) error {
	for id, called := range v.titles {
		title(id, called)
	}
	for _, a := range v.authors {
		handle(a.ID, a.Handle)
	}
	return nil
}

func (v *village) Analyzed(_ context.Context, _ string, w data.Window) iter.Seq2[data.AnalyzedPost, error] {
	v.reads++
	return func(yield func(data.AnalyzedPost, error) bool) {
		for _, p := range v.posts {
			if w.Contains(p.CreatedAt) && !yield(p, nil) {
				return
			}
		}
	}
}

func (v *village) Interactions(_ context.Context, w data.Window) iter.Seq2[data.Interaction, error] {
	return func(yield func(data.Interaction, error) bool) {
		for _, i := range v.ties {
			if w.Contains(i.At) && !yield(i, nil) {
				return
			}
		}
	}
}

func (v *village) InputDigest(_ context.Context, version string, w data.Window) (string, error) {
	return fmt.Sprint(len(v.posts), len(v.ties), version, w.From.Unix(), w.To.Unix()), nil
}

func (v *village) Latest(ctx context.Context, before time.Time) (data.RunRecord, error) {
	return v.LatestOutside(ctx, before, "")
}

func (v *village) LatestOutside(_ context.Context, before time.Time, week string) (data.RunRecord, error) {
	best := data.RunRecord{}
	v.asked++
	for _, r := range v.saved {
		if r.Main && r.Week != week && r.AsOf.Before(before) && r.AsOf.After(best.AsOf) {
			best = r
		}
	}
	if best.ID == "" {
		return best, data.ErrNotFound
	}
	return best, nil
}

func (v *village) Record(_ context.Context, id string) (data.RunRecord, error) {
	if r, ok := v.saved[id]; ok {
		return r, nil
	}
	return data.RunRecord{}, data.ErrNotFound
}

func (v *village) SaveRun(_ context.Context, r data.RunRecord) error {
	if v.saved == nil {
		v.saved = make(map[string]data.RunRecord)
	}
	v.saved[r.ID] = r
	return nil
}

// settle adds a group of people who write about words in threads of their own, answering each other.
func (v *village) settle(group string, people, posts int, words []string, until time.Time, seed uint64) {
	random := rand.New(rand.NewPCG(seed, 7))
	last := map[data.ThreadID]data.AuthorID{}
	for i := range people * posts {
		author := data.NewAuthorID("v", fmt.Sprint(group, i%people))
		thread := data.NewThreadID("v", fmt.Sprint(group, random.IntN(people)))
		at := until.Add(-time.Duration(random.IntN(27*24)) * time.Hour)
		p := data.AnalyzedPost{PostMeta: data.PostMeta{ID: data.NewPostID("v", fmt.Sprint(group, i, seed)), Source: "v", Author: author, Thread: thread, CreatedAt: at}}
		for range 6 {
			w := words[random.IntN(len(words))]
			p.Terms = append(p.Terms, data.Term{Key: w, Form: w + "s", Count: 1})
		}
		need := words[random.IntN(min(3, len(words)))]
		p.Needs = []data.Need{{Type: data.Problem, Object: need, Quote: "I cannot get the " + need + " to work at all", Confidence: .9}}
		v.posts = append(v.posts, p)
		if to, ok := last[thread]; ok && to != author {
			v.ties = append(v.ties, data.Interaction{Post: p.ID, Kind: data.Reply, From: author, To: to, At: at})
		}
		last[thread] = author
	}
}

func vocabulary(topic string, n int) []string {
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprintf("%s%c%c", topic, 'a'+i/26, 'a'+i%26)
	}
	return words
}

func threeGroups() *village {
	v := &village{}
	for i, topic := range []string{"compost", "bicycle", "violin"} {
		v.settle(topic, 25, 4, vocabulary(topic, 30), monday, uint64(i+1))
	}
	return v
}

func load(t *testing.T, v *village, p Params) Input {
	t.Helper()
	in, err := LoadInput(ctx, v, p)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func TestFormFindsThePlantedTribes(t *testing.T) {
	v := threeGroups()
	p := Params{AsOf: monday}
	in := load(t, v, p)
	got, err := Form(in, p)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Tribes) != 3 || got.TooFew {
		t.Fatalf("got %d tribes, too few %v; want 3 tribes of three groups of 25", len(got.Tribes), got.TooFew)
	}
	truth := map[data.AuthorID]string{}
	for _, topic := range []string{"compost", "bicycle", "violin"} {
		for i := range 25 {
			truth[data.NewAuthorID("v", fmt.Sprint(topic, i))] = topic
		}
	}
	a, err := Evaluate(in, got, truth)
	if err != nil {
		t.Fatal(err)
	}
	if a.AMI < .999 || a.Coverage < .95 || a.TruthAuthors != 75 || a.KMeans.AMI < .9 {
		t.Errorf("got %+v; want the three groups back, most people in them", a)
	}
	for _, tr := range got.Tribes {
		if tr.Kind != data.KindTribe || tr.Name == "" || len(tr.Words) == 0 || len(tr.Needs) == 0 || len(tr.Exemplars) != 3 || len(tr.Central) != 3 {
			t.Errorf("got %+v; want a tribe with a name, words, needs, three exemplars and three central people", tr)
		}
	}
}

func TestFormDoesNotDependOnOrderOrProcessors(t *testing.T) {
	p := Params{AsOf: monday}
	v := threeGroups()
	want, err := Form(load(t, v, p), p)
	if err != nil {
		t.Fatal(err)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	slices.Reverse(v.posts)
	slices.Reverse(v.ties)
	got, err := Form(load(t, v, p), p)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("posts reversed, one processor: got another result than in order with %d", runtime.NumCPU())
	}
}

func TestTooFewPeopleFormNoTribes(t *testing.T) {
	v := &village{}
	v.settle("compost", 20, 4, vocabulary("compost", 30), monday, 1)
	r, found, err := Cluster(ctx, v, v, Params{AsOf: monday, Main: true})
	if !errors.Is(err, data.ErrTooFew) || found || !r.TooFew || len(r.Tribes) != 0 || len(r.Members) != 20 {
		t.Errorf("20 people: got %d tribes, %d members, too few %v, error %v; want none, 20, true, %v", len(r.Tribes), len(r.Members), r.TooFew, err, data.ErrTooFew)
	}
	if _, ok := v.saved[r.ID]; !ok {
		t.Errorf("run %s of too few people was not stored", r.ID)
	}
}

func TestClusterFindsTheStoredRunAgain(t *testing.T) {
	v := threeGroups()
	p := Params{AsOf: monday, Main: true}
	first, found, err := Cluster(ctx, v, v, p)
	if err != nil || found {
		t.Fatalf("first time: found %v, error %v", found, err)
	}
	reads := v.reads
	again, found, err := Cluster(ctx, v, v, p)
	if err != nil || !found || again.ID != first.ID || v.reads != reads {
		t.Errorf("second time: run %s, found %v, %d reads of posts, error %v; want %s, true, none", again.ID, found, v.reads-reads, err, first.ID)
	}
	p.Seed = 2
	other, found, err := Cluster(ctx, v, v, p)
	if err != nil || found || other.ID == first.ID {
		t.Errorf("another seed: run %s, found %v, error %v; want another run than %s", other.ID, found, err, first.ID)
	}
}

func TestARunIsNotTakenForAnotherOfTheSameID(t *testing.T) {
	v := threeGroups()
	p := Params{AsOf: monday, Main: true}
	first, _, err := Cluster(ctx, v, v, p)
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range []func(*data.RunRecord){
		func(r *data.RunRecord) { r.Inputs = "other posts" },
		func(r *data.RunRecord) { r.Params = "{}" },
	} {
		other := first
		change(&other)
		v.saved[first.ID] = other
		if got, found, err := Cluster(ctx, v, v, p); err == nil || found {
			t.Errorf("where run %s rests on %q with %q: got run %s, found %v; want an error, as these are 24 bits of a hash", first.ID, other.Inputs, other.Params, got.ID, found)
		}
	}
}

func TestWeeks(t *testing.T) {
	rome := time.FixedZone("CET", 3600)
	tests := []struct {
		at        time.Time
		of, ended string
	}{
		{time.Date(2026, 11, 23, 0, 0, 0, 0, rome), "2026-W47", "2026-W47"},
		{time.Date(2026, 11, 22, 23, 59, 59, 0, rome), "2026-W47", "2026-W46"},
		{time.Date(2026, 11, 23, 6, 0, 0, 0, rome), "2026-W48", "2026-W47"},
		{time.Date(1993, 6, 2, 0, 0, 0, 0, time.UTC), "1993-W22", "1993-W21"},
		{time.Date(2011, 1, 1, 0, 0, 0, 0, time.UTC), "2010-W52", "2010-W51"},
		{time.Date(2021, 1, 4, 0, 0, 0, 0, time.UTC), "2020-W53", "2020-W53"},
	}
	for _, test := range tests {
		if got := WeekOf(test.at); got != test.of {
			t.Errorf("WeekOf(%s) = %s, want %s", test.at, got, test.of)
		}
		if got := LastWeek(test.at); got != test.ended {
			t.Errorf("LastWeek(%s) = %s, want %s", test.at, got, test.ended)
		}
	}
}

// Accounts that speak for companies are no people: neither what they wrote nor who turned to them is
// part of what tribes are formed from, and a run without them is another run.
func TestMakersAreNoPeople(t *testing.T) {
	ada, shop := data.NewAuthorID("f", "ada"), data.NewAuthorID("f", "shop")
	v := &village{ties: []data.Interaction{{From: ada, To: shop, At: monday.Add(-time.Hour), Kind: data.Reply}}}
	for i, who := range []data.AuthorID{ada, shop, ada} {
		v.posts = append(v.posts, data.AnalyzedPost{PostMeta: data.PostMeta{ID: data.NewPostID("f", fmt.Sprint(i)), Author: who, CreatedAt: monday.Add(-time.Hour)}})
	}
	all := Params{AsOf: monday}
	people := all
	people.Makers = []string{shop.String()}
	in, err := LoadInput(ctx, v, people)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(in.authors, []data.AuthorID{ada}) || len(in.posts) != 2 || len(in.ties) != 0 {
		t.Errorf("with makers %v: %d authors, %d posts, %d ties; want 1, 2, 0", people.Makers, len(in.authors), len(in.posts), len(in.ties))
	}
	if back, err := ParseParams(people.JSON()); err != nil || !slices.Equal(back.Makers, people.Makers) || RunID(in, all) == RunID(in, people) {
		t.Errorf("makers %v come back as %v (%v), run %s beside %s", people.Makers, back.Makers, err, RunID(in, all), RunID(in, people))
	}
}
