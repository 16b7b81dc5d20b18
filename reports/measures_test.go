package reports

import (
	"fmt"
	"math"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/internal/storytest"
	"tribu/reports/measure"
	"tribu/reports/measure/conduct"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/customer"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/soft"
	"tribu/reports/measure/stats"
)

// measured tells a story and measures it by what its needs quote; what is for what, and thanks, are
// put into its people's mouths, and it is held against a run with one tribe fewer.
func measured(story data.Story, o Options) View {
	o.Scope = []string{"seed", "slug", "bee", "water", "plot"}
	v := Tell(story, nil, o)
	v.Measures = Measure(measure.Read(measure.FromStory(v.Story, nil, o.Customer.Makers, 1)), o.Customer, v.Story.Authors)
	words := make(map[data.PostID]string)
	asker := make(map[data.ThreadID]data.AuthorID)
	for _, p := range v.Story.Activity {
		if asker[p.Thread].IsZero() {
			asker[p.Thread] = p.Author
		}
		if words[p.ID] = "Take the old bath, it keeps them damp."; asker[p.Thread] == p.Author {
			words[p.ID] = "That worked!"
		}
	}
	for _, n := range v.Story.Needs {
		words[n.ID] = n.Quote + "\nI use the old bath to keep the seedlings for my " + n.Quote
	}
	v.Scene = Surround(measure.Read(measure.FromStory(v.Story, words, o.Customer.Makers, 1)), v)
	other := story
	other.ID, other.Tribes = "2026-W40-000001", story.Tribes[1:]
	then := figures.OtherOf(other, figures.Params{})
	v.Other = &then
	return v
}

func days(d float64) float64 { return d * 24 * 3600 }

// planted holds one of everything the two sections tell.
func planted(v View) *Measures {
	week := func(value float64, n int, s stats.State) []cpi.WeekValue {
		return []cpi.WeekValue{{Week: v.Story.Window, Value: value, N: n, State: s}}
	}
	at := v.Story.Needs[0]
	quotes := []measure.Quote{{Post: at.ID, Author: at.Author, At: at.CreatedAt, Text: "I need the seed order within two days, that is fundamental.", Lang: data.LangEN, URL: "https://forum.example/p/1"}}
	tribes := v.Story.Tribes
	return &Measures{
		People: 120,
		Outcomes: []cpi.Outcome{
			{Key: cpi.Key{Facet: "Speed", Topic: "seed"}, Status: cpi.Qualified, Authors: 24, Important: stats.ShareOf(15, 24), Test1: true, Test2: true, Increment: cpi.Time, Quotes: quotes, Posts: measure.Evidence{at.ID}},
			{Key: cpi.Key{Facet: "Ease", Topic: "compost"}, Status: cpi.NeedsIncrement, Authors: 14, Increment: cpi.Ease, Important: stats.ShareAt(9, 14, 10), Quotes: quotes},
			{Key: cpi.Key{Facet: "Money", Topic: "water"}, Status: cpi.Candidate, Authors: 6, Important: stats.ShareAt(3, 6, 10), Quotes: quotes},
			{Key: cpi.Key{Facet: "Money", Topic: "barrel"}, Status: cpi.Candidate, Authors: 7, Important: stats.ShareAt(1, 7, 10), Quotes: quotes},
		},
		Served: []cpi.Performance{
			{Name: "Speed/seed", Unit: cpi.SecondsWaited, Lower: true, Weeks: week(days(5), 7, stats.Known), Usual: cpi.Range{Weeks: 7, Median: days(2), Low: days(1), High: days(3)},
				Good: cpi.Expectation{Summary: stats.Summary{N: 11, Median: days(2)}, Kind: cpi.Time}, Verdict: cpi.Worse},
			{Unit: cpi.ShareServed, Weeks: week(0, 3, stats.Insufficient), Verdict: cpi.Untold},
			{Unit: cpi.ShareServed, Weeks: week(0, 3, stats.Insufficient), Verdict: cpi.Untold},
			{Unit: cpi.ShareServed, Weeks: week(0, 3, stats.Insufficient), Verdict: cpi.Untold},
		},
		Threads: []cpi.Performance{
			{Name: "answer", Unit: cpi.SecondsToHelp, Weeks: week(3000, 15, stats.Known), Usual: cpi.Range{Weeks: 7, Low: -50, High: 4000}, Good: cpi.Expectation{Summary: stats.Summary{State: stats.NotEnough}}, Verdict: cpi.Usual},
			{Name: "first-time", Unit: cpi.ShareResolved, Weeks: week(0, 9, stats.Insufficient), Usual: cpi.Range{State: stats.FewWeeks}, Verdict: cpi.Untold},
		},
		Makers: &Conduct{
			Answered: conduct.Response{Answered: stats.ShareOf(18, 40)}, Kept: stats.ShareOf(1, 2),
			Trust: conduct.Trust{State: stats.Insufficient, Makers: stats.Share{N: 11}}, Balance: conduct.Balance{Given: 31, Unasked: 12},
		},
		Motives: []soft.Panel{
			{Tribe: tribes[0].ID, Active: 30, Recognition: soft.Recognition{Wanted: stats.ShareOf(12, 30), Received: stats.ShareOf(6, 30)}, Labels: []soft.Label{
				{Motive: signs.Recognition, Authors: 12, Rate: stats.ShareOf(12, 30), Z: 2.5, Figure: true, Hypothesis: true, Evidence: measure.Evidence{at.ID},
					Quotes: []measure.Quote{{Text: "Nobody ever thanks those who water on Sundays.", Lang: data.LangEN}}},
				{Motive: signs.Belonging, Authors: 10, Rate: stats.ShareOf(10, 30), Z: 0.3},
				{Motive: signs.Dream, State: soft.Withheld},
			}},
			{Tribe: tribes[1].ID, Active: 25, Labels: []soft.Label{{Motive: signs.Dream, State: soft.Withheld}}, Told: "no soft signal found (n=25)"},
		},
	}
}

// withPlanted tells a story with one of everything the two sections tell.
func withPlanted(story data.Story) View {
	v := Tell(story, nil, options())
	v.Measures = planted(v)
	return v
}

// section returns a section of a page as plain text.
func section(page, id string) string {
	_, rest, ok := strings.Cut(page, `<section id="`+id+`"`)
	if !ok {
		return ""
	}
	rest, _, _ = strings.Cut(rest, "</section>")
	return strings.Join(strings.Fields(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(rest, " ")), " ")
}

// twoNeeds returns the first of needs and another with somebody who does not voice the first.
func twoNeeds(needs []figures.Need) (first, other figures.Need) {
	voices := make(map[data.AuthorID]bool)
	for _, q := range needs[0].Quotes {
		voices[q.Post.Author] = true
	}
	for _, n := range needs[1:] {
		if i := slices.IndexFunc(n.Quotes, func(q figures.Quote) bool { return !voices[q.Post.Author] }); i >= 0 {
			n.Quotes, n.Posts = n.Quotes[i:], []data.PostID{n.Quotes[i].Post.ID}
			return needs[0], n
		}
	}
	return needs[0], needs[1]
}

func TestMeasures(t *testing.T) {
	story := storytest.Story(storytest.Size{People: 120, Posts: 1000}, 1)
	tell := func(change func(*Measures, *Options)) View {
		v := withPlanted(story)
		change(v.Measures, &v.Options)
		return v
	}
	need, other := twoNeeds(Tell(story, nil, options()).Figures.Needs)
	a := story.Tribes[0].Letter
	for _, c := range []struct {
		name, section string
		lang          data.Lang
		change        func(*Measures, *Options)
		want, not     []string
	}{
		{"an outcome beside the usual and the good enough", "served", data.LangEN, func(*Measures, *Options) {},
			[]string{"“ seed in time ” is worse than usual", "24 people, who name several needs · counted in time", "5 days", "worse than usual", "Usually 24 h to 3 days.", "2 days (11 people)", "First reply to a request"}, []string{"barrel", "(0 people)", "half of all requests waited"}},
		{"in Italian", "served", data.LangIT, func(*Measures, *Options) {},
			[]string{"seed in tempi brevi » va peggio del solito", "24 persone, che nominano più bisogni · si conta in tempo", "peggio del solito", "2 giorni (11 persone)"}, []string{"worse", "people", "usual"}},
		{"one of the five lines", "lines", data.LangEN, func(*Measures, *Options) {}, []string{"“ Seed in time ” is served worse than usual: 5 days this week, while 11 people call 2 days good enough."}, []string{"Replies come"}},
		{"one of the five lines, better", "lines", data.LangIT, func(m *Measures, _ *Options) { m.Served[0].Verdict = cpi.Better }, []string{"Seed in tempi brevi » va meglio del solito: 5 giorni questa settimana"}, nil},
		{"an outcome that is the measure of a need has its name and count, and shows what that does not", "served", data.LangEN, func(m *Measures, _ *Options) {
			m.Outcomes[0].Posts, m.Outcomes[0].Quotes = append(slices.Clone(need.Posts), other.Posts[0]), []measure.Quote{{Post: need.Posts[0], Text: "Told under Needs."}}
		}, []string{fmt.Sprintf("“ %s ” is worse than usual", need.Labels[data.LangEN]), fmt.Sprintf("%d people, as told under Needs, and 1 who says it in other words · counted in time", need.People), "Read it: 1 post by 1 person, in other words " + other.Quotes[0].Text},
			[]string{"seed in time", "Told under Needs."}},
		{"candidates say what they lack", "served", data.LangEN, func(*Measures, *Options) {},
			[]string{"2 candidates: not CPIs yet", "Compost without trouble 14 people · people say that it matters, but not in which unit", "Water at a fair price 6 people say so; ten are needed"}, []string{"Barrel at a fair price"}},
		{"what to work on, with its words", "served", data.LangEN, func(m *Measures, _ *Options) {
			m.Actions = []cpi.Action{{Outcome: m.Outcomes[0], Low: 1, High: 3, Threads: 12, Owner: "Ada"}, {Outcome: m.Outcomes[1], State: stats.Insufficient}}
		}, []string{"1 outcome worth working on seed in time : 24 people state it. Of ten requests about it that got an answer, 1 to 3 were solved (12 were seen). Ada answers for it. Read it:"}, nil},
		{"what is short says so", "served", data.LangEN, func(*Measures, *Options) {},
			[]string{"Too little is known yet to tell: askers who came back to say that it worked (n=9), whether makers keep their promises (n=2)", "45% of 40 questions to makers were answered"}, []string{"too few weeks"}},
		{"an outcome nobody tells of is no row", "served", data.LangEN, func(m *Measures, _ *Options) {
			m.Served[0].Weeks, m.Served[0].Usual, m.Served[0].Verdict = []cpi.WeekValue{{State: stats.Insufficient}}, cpi.Range{State: stats.FewWeeks}, cpi.Untold
		}, []string{"Too little is known yet to tell: seed in time (n=0)"}, []string{"24 people", "nobody tells yet"}},
		{"no outcome is one line", "served", data.LangIT, func(m *Measures, _ *Options) { m.Outcomes, m.Served = nil, nil },
			[]string{"Nessun risultato è ancora nominato da tre persone"}, []string{"Candidati"}},
		{"no makers, nothing of makers", "served", data.LangEN, func(m *Measures, _ *Options) { m.Makers = nil }, nil, []string{"questions to makers"}},
		{"what makers gave and what nobody had asked for", "when", data.LangEN, func(*Measures, *Options) {}, []string{"Makers’ balance, four weeks: 12 posts that nobody had asked for, 31 answers to requests open to anybody.", "12 unasked 31 answers"}, nil},
		{"what makers only put off", "when", data.LangEN, func(m *Measures, _ *Options) { m.Makers.Balance.Held = 4 },
			[]string{"12 posts that nobody had asked for, 31 answers to requests open to anybody. 4 replies only said that an answer would come.", "12 unasked 4 put off 31 answers"}, nil},
		{"a mood that is a guess is left to the CSV", "served", data.LangEN, func(m *Measures, _ *Options) {
			m.Moods = []conduct.Mood{{Accuracy: 0.54, Weeks: []conduct.MoodWeek{{Summary: stats.Summary{N: 80, State: stats.Known}}}}}
		}, nil, []string{"mood", "54%"}},
		{"in Italian", "when", data.LangIT, func(*Measures, *Options) {}, []string{"Il bilancio dei produttori, quattro settimane: 12 messaggi che nessuno aveva chiesto, 31 risposte a richieste aperte a tutti.", "12 non richiesti 31 risposte"}, nil},
		{"whose outcomes the metrics look at", "served", data.LangEN, func(_ *Measures, o *Options) {
			o.Customer.Goals = []customer.Goal{{Direction: "CPI", Metric: "Speed/seed", Function: "service"}, {Direction: "KPI", Metric: "revenue"}}
			o.Customer.Adopted = []cpi.AdoptedCPI{{Definition: cpi.Definition{Name: "Days to seed"}}, {Definition: cpi.Definition{Name: "Old one"}, Retired: time.Unix(1, 0)}}
		}, []string{"1 of 2 metrics of yours look at the customer’s outcome", "Goals that stand on what people say: 1 of 2", "Adopted: Days to seed", "No CPI yet in marketing, sales, product, operations and finance"}, []string{"Old one"}},
		{"anonymised", "served", data.LangEN, func(_ *Measures, o *Options) { o.Anonymise = true }, []string{"24 people, who name several needs · counted in time"}, []string{"fundamental", "seed in time seed in time"}},
		{"a motive is a figure of its tribe", "soft", data.LangEN, func(*Measures, *Options) {},
			[]string{a, "Recognition", "more than elsewhere: 12 of 30 people who wrote (40%", "hypothesis", "40% ask for recognition, 20% were thanked", "Nobody ever thanks", "Belonging: 10 of 30 people who wrote", "Share of each tribe’s people who show a motive"}, []string{"Dreams:", "Dreams, more", "forum.example", "fewer than ten people show one.", "not clear yet"}},
		{"in Italian", "soft", data.LangIT, func(*Measures, *Options) {}, []string{"Riconoscimento", "più che altrove: 12 persone su 30 che hanno scritto (40%", "ipotesi", "Quante persone di ogni tribù mostrano un motivo"}, []string{"people"}},
		{"no motive is said in the section's place", "soft", data.LangEN, func(m *Measures, _ *Options) { m.Motives = m.Motives[1:] }, []string{"No motive found (n=120)"}, []string{"by cues in English"}},
		{"how makers answer", "served", data.LangEN, func(m *Measures, _ *Options) {
			m.Makers.Answered.Delay = stats.Summary{N: 30, Median: days(2)}
		}, []string{"Half of their answers came within 2 days"}, nil},
		{"what customers got", "served", data.LangIT, func(m *Measures, _ *Options) {
			m.Worths = []cpi.Worth{{Customer: "c1", Delivered: 45, Brought: 90, Told: true}, {Customer: "c2", Delivered: 5, Brought: 10, Told: true}}
		}, []string{"2 clienti hanno ricevuto un valore di 50,00 . Sono 0,50 per ogni 1 che hanno portato."}, []string{"c1"}},
		{"the ground of motives", "soft", data.LangIT, func(m *Measures, _ *Options) {
			m.Ground = []cpi.Series{{Name: "sales", Values: []float64{math.NaN(), 3, 4}}, {Name: "sales", Tribe: "ta", Values: []float64{7, 7, 7}}}
		}, []string{"il numero delle vendite, settimana per settimana 3, 4."}, []string{"7, 7"}},
		{"conversions have a type", "served", data.LangEN, func(_ *Measures, o *Options) {
			o.Customer.Adopted = []cpi.AdoptedCPI{{Definition: cpi.Definition{Name: "Conversions"}}}
		}, []string{"Adopted: Conversions (untyped)"}, nil},
		{"sales rise while service falls", "served", data.LangEN, func(m *Measures, _ *Options) {
			m.Alarms = []cpi.Divergence{{KPI: cpi.Series{Name: "sales"}, CPI: cpi.Series{Name: "Speed/seed"}}}
		}, []string{"Week after week the number of sales rises while “ seed in time ” falls"}, nil},
		{"anonymised", "soft", data.LangEN, func(_ *Measures, o *Options) { o.Anonymise = true }, []string{"12 of 30"}, []string{"Nobody ever thanks"}},
	} {
		page := string(rendered(t, tell(c.change), c.lang))
		got := section(page, c.section)
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s (%s): got\n%s\nwant %q in it", c.name, c.lang, got, want)
			}
		}
		for _, not := range c.not {
			if strings.Contains(got, not) {
				t.Errorf("%s (%s): got\n%s\nwant no %q in it", c.name, c.lang, got, not)
			}
		}
		if dir := os.Getenv("REPORT_DIR"); dir != "" {
			if err := os.WriteFile(dir+"/measures."+string(c.lang)+".html", []byte(page), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestEveryStateIsSaid keeps a word in each language for every state, unit, verdict, motive and increment that can stand on a page.
func TestEveryStateIsSaid(t *testing.T) {
	var keys []string
	for _, s := range []stats.State{stats.Insufficient, stats.FewWeeks, stats.NotEnough, stats.NoSpread, stats.Unlinked, stats.Undefined, conduct.NoMakers} {
		keys = append(keys, "state."+string(s))
	}
	for _, u := range []cpi.Unit{cpi.SecondsWaited, cpi.MoneyPaid, cpi.ShareServed, cpi.SecondsToHelp, cpi.ShareAnswered, cpi.ShareResolved} {
		keys = append(keys, "unit."+string(u))
	}
	for _, v := range []cpi.Verdict{cpi.Better, cpi.Usual, cpi.Worse, cpi.Untold} {
		keys = append(keys, "verdict."+string(v))
	}
	for _, m := range signs.Motives() {
		keys = append(keys, "motive."+string(m))
	}
	for _, i := range cpi.Increments() {
		if i != cpi.Other {
			keys = append(keys, "increment."+string(i))
		}
	}
	for _, f := range cpi.Functions() {
		keys = append(keys, "function."+f)
	}
	for _, lang := range Languages() {
		messages, err := catalogue(lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range keys {
			if _, ok := messages[key]; !ok {
				t.Errorf("%s has no word for %q", lang, key)
			}
		}
	}
}

// TestSceneIsTold finds every part of what surrounds needs on the page, in both languages.
func TestSceneIsTold(t *testing.T) {
	story := storytest.Story(storytest.Typical(), 1)
	for i := range story.Needs { // a department reads of what is called by more than a word
		switch n := &story.Needs[i]; n.Object {
		case "reti":
			n.Object = "reti fitte"
		case "hose":
			n.Object = "hose frost"
		}
	}
	for lang, wants := range map[data.Lang][]string{
		data.LangEN: {`id="house"`, "What things are for in their lives", `id="compare"`, `id="beyond"`, "What sets them apart", "In numbers", "Who solves these needs", "solved by peers", `class="by">solved by `, "Bring", "Where it is worth joining in"},
		data.LangIT: {`id="house"`, "A che cosa servono le cose nella loro vita", `id="compare"`, `id="beyond"`, "Che cosa li distingue", "In numeri", "Chi risolve questi bisogni", `class="by">risolto da `, "Portare", "Dove vale la pena partecipare"},
	} {
		page := string(rendered(t, measured(story, options()), lang))
		for _, want := range wants {
			if !strings.Contains(page, want) {
				t.Errorf("%s: the page lacks %q", lang, want)
			}
		}
		o := options()
		o.Anonymise = true
		page = string(rendered(t, measured(story, o), lang))
		for _, not := range []string{"What things are for", "seedlings", `href="http`} {
			if strings.Contains(page, not) {
				t.Errorf("%s: the anonymous page holds %q", lang, not)
			}
		}
	}
}

// TestBesideFiles holds the files of what stands beside what people say; without names where the
// report is anonymous, and not at all without a source.
func TestBesideFiles(t *testing.T) {
	v := withPlanted(storytest.Story(storytest.Size{People: 120, Posts: 1000}, 1))
	v.Measures.Worths = []cpi.Worth{{Customer: "=c1", Customers: 1, Delivered: 45, Brought: 90, Told: true}, {Customer: "c2", Customers: 1, Delivered: 5}}
	v.Measures.ByTribe = []cpi.Worth{{Tribe: "ta", Customers: 12, Delivered: 60}}
	v.Measures.Alarms = []cpi.Divergence{{KPI: cpi.Series{Name: "sales", Values: []float64{1, 2}}, CPI: cpi.Series{Name: "mood", Values: []float64{1, 0}}}}
	v.Measures.Feeds = []soft.Feed{{Source: "feed", Share: stats.ShareOf(0, 40), Weekly: []float64{-1, 0}, Remove: true}}
	v.Measures.Unspoken.Found = []soft.Implicit{{Trigger: "It broke again.", Inferred: "inferred: Reliability"}, {Trigger: intimatesOf(v).shown[0]}}
	for _, c := range []struct {
		anonymous bool
		want      map[string][]string // rows by file, in part
		not       []string
	}{
		{false, map[string][]string{"makers.csv": {",answered within 72 hours,18,0.45"}, "value_delivered.csv": {"'=c1,,1,45.000,90.000,0.500", "c2,,1,5.000,,", ",ta,12,60.000,,"},
			"alarms.csv": {"sales,mood,,1.000 2.000,1.000 0.000"}, "feeds.csv": {"feed,0.000,0.000,", ",40,,'-1.000 0.000,true"}, "implicit.csv": {"inferred: Reliability,It broke again."}}, []string{intimatesOf(v).shown[0]}},
		{true, map[string][]string{"value_delivered.csv": {",ta,12,60.000,,"}}, []string{"c1", "c2", "It broke"}},
	} {
		v.Options.Anonymise = c.anonymous
		files, err := measureFiles(v)
		if err != nil {
			t.Fatal(err)
		}
		all := map[string]string{}
		for _, f := range files {
			for _, row := range f.rows {
				all[f.name] += strings.Join(row, ",") + "\n"
			}
		}
		for name, rows := range c.want {
			for _, row := range rows {
				if !strings.Contains(all[name], row) {
					t.Errorf("%s = %q, want %q in it", name, all[name], row)
				}
			}
		}
		for name, text := range all {
			for _, not := range c.not {
				if strings.Contains(text, not) {
					t.Errorf("anonymous %s = %q, want no %q", name, text, not)
				}
			}
		}
	}
	v.Measures.Makers, v.Measures.Worths, v.Measures.Alarms = nil, nil, nil
	if files := besideFiles(v); len(files) != 0 {
		t.Errorf("without a source: %d files, want none", len(files))
	}
}
