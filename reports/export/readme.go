package export

import (
	"fmt"
	"slices"
	"time"
)

// explained says what columns of the sheets mean that do not say it themselves, in the order of a
// reader's questions.
func explained() [][2]string {
	return [][2]string{
		{"member_id", "Keyed with the project's secret: the same person has the same id in every export of this project, and in no other."},
		{"membership", "0 to 1: how firmly a person belongs to the tribe."},
		{"stability", "0 to 1: how often the person stays with the rest of the tribe, or the tribe together, when the calculation is repeated."},
		{"first_seen", "As last_seen: in the posts at hand, the window and the eight weeks before its end."},
		{"posts_28d", "As all _28d: in the 28 days up to the as-of date."},
		{"people_helped_28d", "People whose requests this person helped with: by a reply that does not itself ask or only thank. 0 for companies."},
		{"helped_back", "Of the people this person helped, how many helped this person."},
		{"bridges_to", "Other tribes in which this person talks to at least two people."},
		{"top_needs", "What this person needs, of the needs that the report counts. Empty: nothing that others need too."},
		{"active_hours", "The three hours of the day in which the person writes most, in the project's time."},
		{"do_not_pitch", "\"yes\" where somebody asked not to be sold to, or opted out of offers; an export with --purpose offer leaves them out, and companies too."},
		{"note", "What else is known: a company's account, when you wrote last. The rest is yours."},
		{"bond", "What holds the tribe together most."},
		{"answered_by_tribe", "Requests that somebody of the same tribe answered in time; answered_by_others: only others did."},
		{"old_enough", "Posts that have had time to be answered; unanswered_48h: of these, those that nobody answered within 48 hours."},
		{"by_tribe", "How many people of each tribe; - is people in none."},
		{"say_it_matters", "0 to 1: the share of these people who say that it matters to them."},
		{"counted_in", "The kind of step in which most of them count it."},
		{"good_enough", "What they say would do: the middle one, and the half of them around it."},
		{"people_in_both", "Of people_before, how many are in it still. Each person is counted once."},
		{"weight", "How often source turned to target, both by member_id; type is what most of these times were."},
		{"need_id", "By which \"tribu needs show\" knows the need."},
		{"about", "The word the need is about, where it has no name."},
		{"expected_median", "What people say would do, in expected_unit; expected_low and expected_high hold the half of them between."},
		{"important", "0 to 1: the share of these people who say that it matters; important_low and important_high are its 95 % interval."},
		{"with_increment", "People who say in which steps they count it; increment is the kind most of them use."},
		{"evidence", "The post_id of every post that states it."},
		{"jaccard", "People in both, of people in either."},
	}
}

// meaning returns what a column means; empty where its name says it.
func meaning(name string) string {
	for _, e := range explained() {
		if e[0] == name {
			return e[1]
		}
	}
	return ""
}

// readme explains the run and the columns of the tables that stand beside it.
func (l *list) readme(out Outcome, beside ...table) table {
	t := table{name: "Read me", columns: []column{{"about", text, 28}, {"value", text, 100}}}
	add := func(k, v string) { t.rows = append(t.rows, []any{k, v}) }
	add("project", l.Project)
	add("run", l.ID)
	add("week", l.Week)
	add("as of", l.AsOf.In(l.Location).Format(time.DateOnly))
	add("people in the window", fmt.Sprint(l.People))
	add("who is here", "Public accounts that wrote in the window. People who asked not to be collected are left out of every list.")
	if out.People > 0 {
		rows := fmt.Sprintf("One for each person and tribe: %d for %d people.", out.Rows, out.People)
		if out.People < out.Rows {
			rows += " Who is in several tribes stands in several, under the same member_id."
		}
		add("rows of Members", rows)
	}
	for _, e := range explained() {
		if slices.ContainsFunc(beside, func(t table) bool { return t.has(e[0]) }) {
			add(e[0], e[1])
		}
	}
	for _, line := range out.Lines() {
		add("why the count differs", line)
	}
	return t
}

func (t table) has(name string) bool {
	return slices.ContainsFunc(t.columns, func(c column) bool { return c.name == name })
}
