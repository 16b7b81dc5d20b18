package export

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// explained says what columns mean, names of several with a space between, in the order of a reader's
// questions.
func explained() [][2]string {
	return [][2]string{
		{"role", "What a person does for the tribe: voice (20 people or more turn to them, whom they hardly answer), edge (in it in fewer than 60 % of repeats), bridge (a member of several tribes), helper (helps three or more, and twice as many as help them), core (of the tenth with most ties inside), newcomer (in no tribe in the run before), else member. The first that fits."},
		{"why", "What holds the person in the tribe; of an outcome, what its status rests on."},
		{"member_id", "Keyed with the project's secret: the same person has the same id in every export of this project, in anonymised ones another, and in no other project."},
		{"membership", "0 to 1: how firmly a person belongs to the tribe. Near 0 is who is there by a tie or two and may be elsewhere next week; --min-membership leaves them out."},
		{"stability", "0 to 1: how often the person stays with the rest of the tribe, or the tribe together, when the calculation is repeated."},
		{"first_seen last_seen", "In the posts at hand: the window and the eight weeks before its end."},
		{"posts_28d", "As all _28d: in the 28 days up to the as-of date."},
		{"people_helped_28d", "People whose requests this person helped with: by a reply that does not itself ask or only thank. 0 for companies."},
		{"helped_back", "Of the people this person helped, how many helped this person."},
		{"bridges_to", "Other tribes in which this person talks to at least two people, whatever the role. (--preset bridges lists who talks to three people of other tribes in all, and who has the role bridge.)"},
		{"top_needs", "What this person needs, of the needs that the report counts. Empty: nothing that others need too."},
		{"active_hours", "The three hours of the day in which the person writes most, in the project's time."},
		{"do_not_pitch", "\"yes\" where somebody asked not to be sold to, or opted out of offers; an export with --purpose offer leaves them out, and companies too."},
		{"note", "What else is known: a company's account, when you wrote last. The rest is yours."},
		{"bond", "What holds the tribe together most."},
		{"answered_by_tribe answered_by_others", "Requests that somebody of the same tribe answered in time; answered_by_others: only others did."},
		{"old_enough unanswered_48h", "Posts that have had time to be answered; unanswered_48h: of these, those that nobody answered within 48 hours."},
		{"by_tribe", "How many people of each tribe; - is people in none."},
		{"say_it_matters", "0 to 1: the share of these people who say that it matters to them."},
		{"counted_in", "The kind of step in which most of them count it."},
		{"good_enough", "What they say would do: the middle one, and the half of them around it."},
		{"people_in_both", "Of people_before, how many are in it still. Each person is counted once."},
		{"weight", "How often source turned to target, both by member_id; type is what most of these times were."},
		{"need_id", "By which \"tribu needs show\" knows the need. Empty: nobody else voiced it; topic and about say what it is."},
		{"about", "The word the need is about, where it has no name."},
		{"expected_median expected_low expected_high expected_unit", "What people say would do, in expected_unit; expected_low and expected_high hold the half of them between."},
		{"important important_low important_high", "0 to 1: the share of these people who say that it matters; important_low and important_high are its 95 % interval."},
		{"with_increment increment", "People who say in which steps they count it; increment is the kind most of them use: TIME, MONEY, EASE and so on."},
		{"evidence", "The post_id of every post that states it."},
		{"jaccard", "People in both, of people in either."},
	}
}

// explainedBeside goes on with what tribes, tables and runs have.
func explainedBeside() [][2]string {
	return [][2]string{
		{"run_id", "The run this was exported from, as \"tribu runs list\" has it; in runs and lineage, the run each line is of."},
		{"week", "The ISO week the run tells of."},
		{"tribe_id from_tribe_id to_tribe_id", "Stays with a tribe from run to run; from_tribe_id and to_tribe_id are such ids. Empty: in no tribe, or none there."},
		{"tribe_letter", "Given at birth and kept from run to run; what people split off A is A2."},
		{"tribe_name also_called", "In the project's first language, where it has a name in that; also_called holds those in others."},
		{"platform", "The kind of the source, such as discourse; its name, where the posts came from files."},
		{"handle display_name profile_url", "What others type to call the person; display_name is what they read, profile_url the public page."},
		{"account_address", "name@server, by which other servers know an account; only Mastodon has one."},
		{"languages", "In which the person writes, or what is meant was said; most first."},
		{"questions_28d answers_28d", "Requests; answers_28d: replies to others' posts."},
		{"kind", "Of a tribe: tribe (shared needs and talk), crowd (needs alone), clique (talk alone), conversation (seven in eight of its people wrote in the same one). Of a mention of a need: purpose, problem, need, intent, question."},
		{"people", "Different people, each counted once. A need counts who lacks it in the window; an outcome without a side counts who says no more than that: who adds by when or for how much counts under Speed, Money and the like, so that the two may differ by a few."},
		{"people_before people_after", "People of the tribe in the run before; 0 for a new tribe, empty in a first run. people_after: of what became of it."},
		{"posts", "Posts that say so; of a tribe, its people's in the window."},
		{"requests unanswered", "Posts of the tribe's people that ask, old enough to have got an answer; unanswered: of these, those nobody answered in time."},
		{"words", "What its people say more than others do."},
		{"needs", "What most of them need, or what a post voices."},
		{"event", "born; continue, grow, shrink: the same tribe, as large, larger, smaller; split, merge; move: that many of its people are in another tribe now; dissolve: no tribe carries it on, to names those its people are in now (lineage calls it merge or split where most went one way, else dormant); dormant, died: not seen in this run, or in several."},
		{"from to", "What it was before; to: what it is now."},
		{"people_new", "Of the tribe now, who were not in it before."},
		{"source target", "The member_id of who wrote; target: of who was answered, named or quoted."},
		{"first last", "First time in the window; last: the last time."},
		{"rank", "Of a need: by people. Of a membership: 0 is the tribe a person belongs to most, 1 the next."},
		{"topic", "What the need is called: in the project's first language, where people have a name for it there."},
		{"type", "Of a need, what most of its people do: problem, wish, howto, recommendation, complaint and so on. Of an edge: reply, mention, quote, boost, name (called by name), or topic (wrote in the conversation the other began)."},
		{"quote quote_language quote_url", "The words that say it best; quote_language and quote_url: their language and address."},
		{"post_id thread_id parent_id", "A post, keyed like thread_id and parent_id by its source; in an anonymised list with the project's secret."},
		{"created_at", "When it was posted, in UTC; in an anonymised list the day alone."},
		{"language", "Of the post, or of the sentence."},
		{"place", "The board, list or category within the source."},
		{"url", "The public address of the post."},
		{"title text format", "Of the post; text: its words, in format (text, html, markdown)."},
		{"id source author", "By which an import brings the post back: its id at the source; source, author: where it was collected, and its author's id there."},
		{"author_name handle", "What the author is called; handle: what others type."},
		{"thread thread_title", "The conversation's id at the source; thread_title: its title."},
		{"parent_kind", "What parent_id rests on: reply, quote, mention, name or topic."},
		{"lang", "The language that the source claims."},
		{"score views", "As the source gave them."},
		{"turned_to", "Whom the post mentions, quotes or names, beside whom it answers, and who boosted it: the kind, and the id that is made of source and author."},
		{"nth", "Which need of the post this is, from 1."},
		{"polarity", "-1 negative, 0 neutral, 1 positive."},
		{"confidence", "0 to 1: how often the rule that heard it is right on labelled posts."},
		{"outcome name", "What people want to come out, as \"tribu cpi show\" knows it; name: in words."},
		{"status", "How far it can be worked on: QUALIFIED (named with a step it is counted in), needs an increment (no step yet), CANDIDATE."},
		{"expected_n", "People who say what would do."},
		{"unit this_week_n", "In which this_week and usual are told; this_week_n: how many cases this_week rests on."},
		{"this_week", "As it was measured in the last week; empty: too little to tell."},
		{"usual usual_median usual_low usual_high", "The range of the weeks before; usual_median, usual_low and usual_high are its middle and ends."},
		{"verdict", "This week against the usual range."},
		{"where", "Addresses of posts that say so."},
		{"as_of window_from window_to", "The day the run ends; window_from and window_to: the time it takes in."},
		{"threads pairs places", "Conversations in the window; pairs: of people who talked; places: boards or lists."},
		{"tribes", "How many tribes were found; crowds, cliques and conversations are none."},
		{"algorithm resolution modularity", "How tribes were formed; resolution: higher makes more and smaller ones; modularity: how far ties lie within them."},
		{"parent", "The run before, whose tribes are carried on."},
		{"inputs", "A digest of all the run read: equal inputs, equal digest."},
	}
}

// meaning returns what a column means.
func meaning(name string) string {
	for _, e := range slices.Concat(explained(), explainedBeside()) {
		if slices.Contains(strings.Fields(e[0]), name) {
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
	add("people in the window", thousands(l.People))
	add("who is here", "Public accounts that wrote in the window. People who asked not to be collected are left out of every list.")
	if out.People > 0 {
		rows := fmt.Sprintf("One for each person and tribe: %s for %s people.", thousands(out.Rows), thousands(out.People))
		if out.People < out.Rows {
			rows += " Who is in several tribes stands in several, under the same member_id."
		}
		add("rows of Members", rows)
	}
	for _, e := range slices.Concat(explained(), explainedBeside()) {
		names := slices.DeleteFunc(strings.Fields(e[0]), func(name string) bool {
			return !slices.ContainsFunc(beside, func(t table) bool { return t.has(name) })
		})
		if len(names) > 0 {
			add(strings.Join(names, ", "), e[1])
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
