package ways

import (
	"fmt"
	"math"
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/measure"
)

func TestSlotScore(t *testing.T) {
	for _, c := range []struct {
		answered, requests int
		base, want         float64
	}{{6, 8, 0.4, 0.50}, {0, 0, 0.4, 0.4}, {0, 20, 0.5, 0.25}} {
		if got := slotScore(c.answered, c.requests, c.base); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("slotScore(%d of %d, base %.2f) = %.3f, want %.3f", c.answered, c.requests, c.base, got, c.want)
		}
	}
}

func TestWording(t *testing.T) {
	for _, c := range []struct {
		text string
		want worded
	}{
		{"See https://orti.example for more", worded{words: 4, address: true}},
		{"Hai provato tu?", worded{words: 3, tu: true}},
		{"Buongiorno, come ha detto Lei ieri.", worded{words: 6, lei: true}},
		{"Ciao. Lei è mia sorella.", worded{words: 5}},
		{"I used sand last year", worded{words: 5, own: true}},
		{"Nel mio caso bastava la sabbia", worded{words: 6, own: true}},
	} {
		if got := wording(c.text); got != c.want {
			t.Errorf("%q: got %+v, want %+v", c.text, got, c.want)
		}
	}
}

// forum is a reading in which tribe "night" asks by night and tribe "day" by day; answers with a
// web address get thanks in "night", and a question back in "day".
func forum() *measure.Reading {
	end := time.Date(2026, 6, 28, 22, 0, 0, 0, time.UTC)
	in := measure.Input{AsOf: end, Window: data.Window{From: end.AddDate(0, 0, -28), To: end}, Words: map[data.PostID]string{},
		Tribes: []data.Tribe{{ID: "night"}, {ID: "day"}}}
	add := func(id string, author data.AuthorID, thread string, parent string, at time.Time, words string) {
		p := data.PostMeta{ID: data.NewPostID("s", id), Author: author, Thread: data.NewThreadID("s", thread), CreatedAt: at, Source: "s", Place: thread[:1], Acts: data.Asking}
		if parent != "" {
			p.Parent = data.NewPostID("s", parent)
		}
		in.Posts = append(in.Posts, p)
		in.Words[p.ID] = words
	}
	for i, tribe := range []data.TribeID{"night", "day"} {
		for k := range 240 {
			asker, helper := data.NewAuthorID("s", fmt.Sprint(tribe, k)), data.NewAuthorID("s", fmt.Sprint(tribe, "helper"))
			in.Members = append(in.Members, data.Member{Author: asker, Tribe: tribe})
			at := end.AddDate(0, 0, -14).Add(time.Duration(k%7)*24*time.Hour - time.Duration(i*12)*time.Hour + time.Duration(k)*time.Minute)
			thread := fmt.Sprint(tribe, k)
			add(thread, asker, thread, "", at, "How do I water this?")
			in.Needs = append(in.Needs, data.NeedRow{PostMeta: in.Posts[len(in.Posts)-1], Need: data.Need{Type: data.HowTo, Object: "water"}})
			words := "with a can"
			if k%2 == 0 {
				words = "see https://orti.example"
			}
			add(thread+"a", helper, thread, thread, at.Add(time.Hour), words)
			back := "Which one do you mean?"
			if k%2 == 0 && tribe == "night" {
				back = "Thanks, that worked."
			}
			if k%2 == 0 {
				add(thread+"b", asker, thread, thread+"a", at.Add(2*time.Hour), back)
			}
		}
		in.Members = append(in.Members, data.Member{Author: data.NewAuthorID("s", fmt.Sprint(tribe, "helper")), Tribe: tribe})
	}
	return measure.Read(in)
}

func TestRead(t *testing.T) {
	got := Read(forum(), Params{})
	night, day := got[0], got[1]
	if d := night.Distinct(); len(d) == 0 || d[0].Key != "evening" || d[0].Index < high {
		t.Errorf("night is set apart by %+v, want the evening", d)
	}
	if d := day.Distinct(); len(d) == 0 || d[0].Key != "evening" || d[0].Index > low {
		t.Errorf("day is set apart by %+v, want few evenings", d)
	}
	if len(night.Ways) != 1 || night.Ways[0].Key != "address" || !night.Ways[0].Better || night.Ways[0].With.K != 120 || night.Ways[0].Without.K != 0 {
		t.Errorf("in night %+v gets thanks, want web addresses: 120 against 0", night.Ways)
	}
	if len(day.Ways) != 0 {
		t.Errorf("in day %+v gets thanks, want nothing", day.Ways)
	}
	if len(night.Slots) != 0 {
		t.Errorf("night has best hours %+v, though all are alike", night.Slots)
	}
	if c := night.Channels[0]; c.Place != "n" || c.Share != 1 || c.Index != 200 {
		t.Errorf("night writes in %+v, want all in n, 200 against everybody", c)
	}
	if passed := Read(forum(), Params{Released: map[data.TribeID]bool{"night": true}}); len(passed[0].Distinct()) > 0 || len(passed[1].Distinct()) == 0 {
		t.Errorf("night's posts are let pass: it is set apart by %+v, day by %+v", passed[0].Distinct(), passed[1].Distinct())
	}
	if hours := Read(forum(), Params{NoHours: true})[0]; len(hours.Slots) > 0 || len(hours.Distinct()) > 0 {
		t.Errorf("without hours: %+v", hours)
	}
}

// TestApartIn: what one look finds may be chance among many.
func TestApartIn(t *testing.T) {
	for _, c := range []struct {
		tries, k, n, j, m int
		want              bool
	}{{1, 36, 100, 22, 100, true}, {48, 36, 100, 22, 100, false}, {48, 60, 100, 20, 100, true}, {48, 0, 100, 0, 100, false}} {
		if got := apartIn(c.tries, c.k, c.n, c.j, c.m); got != c.want {
			t.Errorf("%d of %d against %d of %d in %d tries: %v, want %v", c.k, c.n, c.j, c.m, c.tries, got, c.want)
		}
	}
}

// TestSoon: only who asks for a thing says how soon they want it.
func TestSoon(t *testing.T) {
	for _, c := range []struct {
		kind  data.NeedType
		voice string
		in    time.Duration
		want  bool
	}{
		{data.Wish, "", 48 * time.Hour, true}, {data.HowTo, "person", time.Hour, true}, {data.Wish, "", 0, false},
		{data.Wish, data.VoiceAside, time.Hour, false}, {data.Problem, "", time.Minute, false}, {data.Tip, "", time.Hour, false},
		{data.Recommendation, "", 15 * 365 * 24 * time.Hour, false},
	} {
		if got := soon(data.NeedRow{Need: data.Need{Type: c.kind, Voice: c.voice, Expectation: c.in}}); got != c.want {
			t.Errorf("%s by %q within %v: %v, want %v", c.kind, c.voice, c.in, got, c.want)
		}
	}
}
