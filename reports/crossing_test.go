package reports

import (
	"slices"
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure"
)

// TestWhatABridgeCarries: Bo of the knitters and two weavers write to each other; what their posts say makes the bridge's role.
func TestWhatABridgeCarries(t *testing.T) {
	type post struct {
		by, answers int // a person, and a post before; -1: none, before: one that is not read
		said        string
		acts        data.Acts
		need        string
	}
	const before = -2
	const asks = data.Asking | data.Pleading | data.Wondering
	for name, c := range map[string]struct {
		posts []post
		want  string
	}{
		"answers, one of which worked": {[]post{
			{1, -1, "How do I keep moths off wool?", asks, ""},
			{0, 0, "Put a piece of cedar in each drawer and air them in May.", data.Offering, ""},
			{2, 0, "Mine eat the carpet.", 0, ""},
			{0, 2, "Ours left once the cupboard was dry.", 0, ""},
			{2, 3, "That worked, thank you.", 0, ""},
		}, "Brings answers from “Knitters” to “Weavers”, in “Moths again”; one person there said that it worked"},
		"an answer to the bridge says what worked for who gives it": {[]post{
			{0, -1, "How do I keep moths off wool?", asks, ""},
			{1, 0, "Cedar in each drawer: it works perfectly now.", data.Offering, ""},
		}, "Talks with people of “Weavers”, in “Moths again”"},
		"one answer, thanked for twice, is one": {[]post{
			{1, -1, "How do I keep moths off wool?", asks, ""},
			{0, 0, "Put a piece of cedar in each drawer.", data.Offering, ""},
			{1, 1, "That worked, thank you.", 0, ""},
			{2, 1, "That worked, thank you.", 0, ""},
		}, "Brings answers from “Knitters” to “Weavers”, in “Moths again”; two people there said that it worked"},
		"a conversation opened": {[]post{
			{0, -1, "The fair is on Sunday.", 0, ""},
			{1, 0, "See you at the gate.", 0, ""},
			{2, 0, "At the gate.", 0, ""},
			{3, 0, "I come too.", 0, ""},
		}, "Opened “Moths again”, in which 3 people of “Weavers” wrote to them"},
		"a conversation that began before what is read": {[]post{
			{0, before, "The fair is on Sunday.", 0, ""},
			{1, 0, "See you at the gate.", 0, ""},
			{2, 0, "At the gate.", 0, ""},
			{3, 0, "I come too.", 0, ""},
		}, "Talks with people of “Weavers”, in “Moths again”"},
		"answers about a need": {[]post{
			{1, -1, "How do I keep moths off wool?", asks, "moths"},
			{0, 0, "Put a piece of cedar in each drawer and air them in May.", data.Offering, ""},
		}, "Brings answers from “Knitters” to “Weavers”, about “moths”"},
		"a need of both sides": {[]post{
			{1, -1, "I want my wool within a week.", 0, "moths"},
			{0, 0, "I want mine within a week as well.", 0, "moths"},
		}, "Voices “moths” together with people of “Weavers”, in “Moths again”"},
		"talk": {[]post{
			{1, -1, "The fair is on Sunday.", 0, ""},
			{0, 0, "See you at the gate.", 0, ""},
		}, "Talks with people of “Weavers”, in “Moths again”"},
		"nothing": {[]post{
			{1, -1, "The fair is on Sunday.", 0, ""},
			{2, 0, "See you at the gate.", 0, ""},
		}, ""},
	} {
		tribes := []data.Tribe{{ID: "ta", Letter: "A", Name: "Knitters"}, {ID: "tb", Letter: "B", Name: "Weavers"}}
		thread, people := data.NewThreadID("x", "t"), []data.AuthorID{data.NewAuthorID("x", "bo"), data.NewAuthorID("x", "ada"), data.NewAuthorID("x", "cy"), data.NewAuthorID("x", "di")}
		story, words := data.Story{Threads: map[data.ThreadID]data.Thread{thread: {ID: thread, Title: "Moths again"}}}, make(map[data.PostID]string)
		figs := figures.Figures{Home: make(map[data.AuthorID]int), Tribes: []figures.Tribe{{Tribe: tribes[0]}, {Tribe: tribes[1]}}, Needs: []figures.Need{{Key: "moths", Topic: "moths", Labels: map[data.Lang]string{data.LangEN: "moths"}, People: 9}}}
		for i, who := range people {
			home := min(i, 1)
			figs.Home[who] = home
			story.Members = append(story.Members, data.Member{Author: who, Tribe: tribes[home].ID})
		}
		for i, p := range c.posts {
			m := data.PostMeta{ID: data.NewPostID("x", string(rune('a'+i))), Author: people[p.by], Thread: thread, CreatedAt: time.Date(2026, 5, 4, 9, i, 0, 0, time.UTC), Lang: data.LangEN, Acts: p.acts}
			words[m.ID] = p.said
			if p.answers == before {
				m.Parent = data.NewPostID("x", "older")
			}
			if p.answers >= 0 {
				to := story.Activity[p.answers]
				m.Parent = to.ID
				story.Interactions = append(story.Interactions, data.Interaction{Post: m.ID, Kind: data.Reply, From: m.Author, To: to.Author, ToPost: to.ID, At: m.CreatedAt})
			}
			story.Activity = append(story.Activity, m)
			if p.need != "" {
				story.Needs = append(story.Needs, data.NeedRow{PostMeta: m, Need: data.Need{Type: data.Wish, Object: p.need, Lang: data.LangEN}})
			}
		}
		v := View{Story: story, Figures: figs, Options: options()}
		crossing := crossingOf(measure.Read(measure.FromStory(story, words, nil, 1)), v, people[0], map[string]bool{"moths": true}, figures.Together(story.Members))
		v.Scene = &Scene{Crossings: map[data.AuthorID]Crossing{people[0]: crossing}}
		b, err := newBuilder(v, data.LangEN)
		if err != nil {
			t.Fatal(err)
		}
		for i, id := range crossing.Gave.Posts {
			if slices.Contains(crossing.Gave.Posts[:i], id) {
				t.Errorf("%s: a post stands there twice: %v", name, crossing.Gave.Posts)
			}
		}
		if got := plainText(b.bridgeRole(figures.Person{Author: people[0]})); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
