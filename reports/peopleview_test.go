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
		said := 0
		for _, line := range strings.Split(people, `<p class="by">`)[1:] {
			if text, _, _ := strings.Cut(line, "\n"); c.want != "" && strings.Contains(text, c.want) || c.want == "" && strings.Count(text, "·") == 1 {
				said++
			}
		}
		if all := strings.Count(people, `<p class="by">`); all == 0 || said != all {
			t.Errorf("%s in %s: told of %d of %d people, want %q of all", c.role, c.lang, said, all, c.want)
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
