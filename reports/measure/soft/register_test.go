package soft

import (
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/stats"
)

func TestRegister(t *testing.T) {
	day := monday
	three := []string{"a", "b", "c"}
	e := Detect("s1", "ta", signs.Recognition, nil, three[:2], day)
	if _, err := e.Define("be named", "seen", day); err == nil {
		t.Error("defined on two quotes, want a refusal")
	}
	e.Quotes = three
	for name, step := range map[string]func() (Entry, error){
		"defined without a note":   func() (Entry, error) { return e.Define("be named", "", day) },
		"targeted before defined":  func() (Entry, error) { return e.Target("now", day) },
		"converted without change": func() (Entry, error) { return e.Convert(Change{}, "now", day) },
		"a copy defined": func() (Entry, error) {
			c := e.CopyTo("s2", "tb", day)
			c.Quotes = three
			return c.Define("x", "y", day)
		},
	} {
		if _, err := step(); err == nil {
			t.Errorf("%s: want a refusal", name)
		}
	}
	e = must(t)(e.Define("be named in the release notes", "three people say so", day.AddDate(0, 0, 14)))
	e = must(t)(e.Target("name them", day.AddDate(0, 0, 20)))
	fewer := Change{People: 12, Wanted: stats.Test{Diff: -0.5, P: 0.01}}
	e = must(t)(e.Convert(fewer, "half as many ask", day.AddDate(0, 0, 60)))
	if _, err := e.Drop("no", day); err == nil || len(e.Steps) != 4 {
		t.Errorf("dropped after conversion, or %d steps; want a refusal and 4", len(e.Steps))
	}
	if weeks, ok := LeadTime(Signal{FirstSeen: day}, e); !ok || weeks != 2 {
		t.Errorf("lead time %v, %v; want 2 weeks", weeks, ok)
	}
}

func must(t *testing.T) func(Entry, error) Entry {
	return func(e Entry, err error) Entry {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
}

func TestConverts(t *testing.T) {
	for _, c := range []struct {
		name   string
		change Change
		class  signs.Sign
		want   bool
	}{
		{"fewer want it", Change{Wanted: stats.Test{Diff: -0.4, P: 0.04}}, signs.Pioneering, true},
		{"fewer, by chance", Change{Wanted: stats.Test{Diff: -0.4, P: 0.05}}, signs.Pioneering, false},
		{"more want it", Change{Wanted: stats.Test{Diff: 0.4, P: 0.01}}, signs.Pioneering, false},
		{"more are thanked", Change{Wanted: stats.Test{P: 1}, Received: stats.Test{Diff: 0.4, P: 0.01}}, signs.Recognition, true},
		{"more are thanked, who want to be first", Change{Wanted: stats.Test{P: 1}, Received: stats.Test{Diff: 0.4, P: 0.01}}, signs.Pioneering, false},
		{"too few people", Change{State: stats.Insufficient, Wanted: stats.Test{Diff: -1, P: 0.01}}, signs.Pioneering, false},
	} {
		if got := c.change.Converts(c.class); got != c.want {
			t.Errorf("%s: converts %v, want %v", c.name, got, c.want)
		}
	}
}

func TestCompare(t *testing.T) {
	before, after := newCommunity(), newCommunity()
	before.tribe("ta", 30, 20, "nobody gives us credit for it")
	after.tribe("ta", 30, 5, "nobody gives us credit for it")
	got := Compare(measure.Read(before.in), measure.Read(after.in), "ta", signs.Recognition, 1)
	if got.People != 30 || got.Wanted.Diff != -0.5 || !got.Converts(signs.Recognition) {
		t.Errorf("change = %+v; want half of 30 people fewer", got)
	}
	if got := Compare(measure.Read(before.in), measure.Read(newCommunity().in), "ta", signs.Recognition, 1); got.State != stats.Insufficient {
		t.Errorf("change without people = %q, want %q", got.State, stats.Insufficient)
	}
}

func TestConversionRate(t *testing.T) {
	at := func(stages ...Stage) Entry {
		e := Entry{}
		for i, s := range stages {
			e.Steps = append(e.Steps, Step{s, monday.AddDate(0, 0, i), "x"})
		}
		return e
	}
	quarter := data.Window{From: monday.AddDate(0, 0, -1), To: monday.AddDate(0, 3, 0)}
	rate, of, state := ConversionRate([]Entry{at(Detected, Defined, Targeted, Converted), at(Detected, Defined, Targeted), at(Detected, Dropped), at(Detected, Defined), at(Detected, Defined, Targeted, Dropped)}, quarter)
	if rate != 0.25 || of != 4 || state != stats.Known {
		t.Errorf("conversion rate = %v of %d, %q; want .25 of 4", rate, of, state)
	}
	if _, _, state := ConversionRate(nil, quarter); state != stats.Undefined {
		t.Errorf("conversion rate of nothing = %q, want %q", state, stats.Undefined)
	}
}

func TestLint(t *testing.T) {
	a := Entry{ID: "s1", Subject: "ta", Wording: "be named", Provenance: "observed"}
	b := Entry{ID: "s2", Subject: "tb", Wording: "be named", Provenance: "observed"}
	if got := Lint(b, []Entry{a, b}); len(got) != 1 {
		t.Errorf("Lint of the same wording elsewhere = %v, want one finding", got)
	}
	if got := Lint(a.CopyTo("s3", "tc", monday), nil); len(got) != 1 {
		t.Errorf("Lint of a copy = %v, want one finding", got)
	}
}

func TestLog(t *testing.T) {
	world := newCommunity()
	world.tribe("ta", 30, 12, "nobody gives us credit for it")
	world.tribe("tb", 30, 9, "nobody gives us credit for it")
	r := measure.Read(world.in)
	got := Log(r, nil)
	if len(got) != 1 || got[0].Tribe != "ta" || got[0].Authors != 12 || !got[0].FirstSeen.Equal(r.Posts[0].CreatedAt) {
		t.Errorf("log = %+v; want one signal of ta by 12 people", got)
	}
	if again := Log(r, got); len(again) != 1 {
		t.Errorf("log of a known signal = %+v, want it once", again)
	}
}

func TestFeeds(t *testing.T) {
	world := newCommunity()
	for week := range 8 {
		for i := range 100 {
			id := world.post("a", "", "it rains")
			p := &world.in.Posts[len(world.in.Posts)-1]
			p.Source, p.CreatedAt = []string{"dull", "rich"}[i%2], world.in.AsOf.Add(-time.Duration(week)*measure.Week-time.Hour)
			if i%4 == 1 {
				world.in.Words[id] = "nobody gives us credit"
			}
		}
	}
	for _, f := range Feeds(measure.Read(world.in)) {
		if want := map[string]float64{"dull": 0, "rich": 0.5}[f.Source]; f.Share.Value != want || f.Remove != (f.Source == "dull") || f.Weekly[7] != want {
			t.Errorf("feed = %+v; want share %v", f, want)
		}
	}
}
