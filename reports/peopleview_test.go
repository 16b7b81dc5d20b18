package reports

import (
	"strings"
	"testing"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/internal/storytest"
)

func TestRolesOfBridgesAndVoices(t *testing.T) {
	for _, c := range []struct {
		role data.Role
		lang data.Lang
		want string // beside what everybody named gave and asked; empty: nothing
	}{
		{data.RoleHelper, data.LangEN, " · gives more answers than they get"},
		{data.RoleHelper, data.LangIT, " · dà più risposte di quante ne riceva"},
		{data.RoleCore, data.LangEN, " · at the heart of the tribe"},
		{data.RoleEdge, data.LangIT, " · ai margini della tribù"},
		{data.RoleMember, data.LangEN, ""},
		{data.RoleBridge, data.LangEN, ""},
	} {
		story := storytest.Story(storytest.Typical(), 1)
		for i := range story.Members {
			story.Members[i].Role = c.role
		}
		_, people, _ := strings.Cut(string(render(t, story, options(), c.lang)), `class="persons"`)
		people, _, _ = strings.Cut(people, "</section>")
		v, apart := Tell(story, nil, options()), 0
		for _, p := range v.bridges() {
			if c.want != "" && len(v.Figures.In(p.Author)) == 0 {
				apart++ // who is in no tribe has no place in one
			}
		}
		said := 0
		for _, line := range strings.Split(people, `<p class="by">`)[1:] {
			if text, _, _ := strings.Cut(line, "\n"); c.want != "" && strings.Contains(text, c.want) || c.want == "" && strings.Count(text, "·") == 1+strings.Count(text, "talks to") {
				said++
			}
		}
		if all := strings.Count(people, `<p class="by">`); said == 0 || said+apart != all {
			t.Errorf("%s in %s: told of %d of %d people, want %q of all but %d", c.role, c.lang, said, all, c.want, apart)
		}
	}
}

func TestMostIsWhoeverReachesTheHighestCount(t *testing.T) {
	named := func(name string, helped int) figures.Person {
		return figures.Person{Author: data.NewAuthorID("x", name), Helped: helped}
	}
	for _, c := range []struct {
		people []figures.Person
		want   int
	}{
		{nil, 0},
		{[]figures.Person{named("ada", 0)}, 0},
		{[]figures.Person{named("ada", 5), named("bo", 3)}, 1},
		{[]figures.Person{named("ada", 5), named("bo", 5), named("cy", 1)}, 2},
		{[]figures.Person{named("ada", 5), named("ada", 5)}, 1},
	} {
		if got := most(c.people, func(p figures.Person) int { return p.Helped }); len(got) != c.want {
			t.Errorf("most of %v: %d people, want %d", c.people, len(got), c.want)
		}
	}
}

// TestBridgesCarry: who helped most stands first, each bridge with what it told another tribe; voices with what they told.
func TestBridgesCarry(t *testing.T) {
	v := measured(storytest.Story(storytest.Typical(), 1), options())
	b, err := newBuilder(v, data.LangEN)
	if err != nil {
		t.Fatal(err)
	}
	bridges := b.bridges()
	if len(bridges) < 2 {
		t.Fatalf("%d bridges, want some", len(bridges))
	}
	carried := 0
	for i, p := range bridges {
		if i > 0 && p.Helped > bridges[i-1].Helped {
			t.Errorf("bridge %d helped %d people, the one before %d", i, p.Helped, bridges[i-1].Helped)
		}
		c := v.Scene.Carried[p.Author]
		if c.Said == "" {
			continue
		}
		if carried++; c.Post.Author != p.Author || v.Figures.Home[c.To] == v.Figures.Home[p.Author] {
			t.Errorf("bridge %d carried %+v: want words of its own to somebody of another tribe", i, c)
		}
		if told := b.person(p, 1, true).Carried; told == nil || told.Text != c.Said || told.Author != string(b.name(c.To)) {
			t.Errorf("bridge %d is told with %+v, want %q to %s", i, told, c.Said, b.name(c.To))
		}
	}
	if carried == 0 {
		t.Error("no bridge carried anything")
	}
	voices, _ := b.voices()
	told := 0
	for _, p := range voices {
		if q := b.person(p, 1, false).Carried; q != nil {
			told++
		}
	}
	if told == 0 {
		t.Errorf("none of %d voices is heard", len(voices))
	}
}
