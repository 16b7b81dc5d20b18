package measure

import (
	"testing"
	"time"

	"tribu/data"
)

func TestOwnWords(t *testing.T) {
	for _, c := range []struct {
		name string
		post data.Post
		want string
	}{
		{"wrapped lines", data.Post{Title: "Pump", Body: "It does\nnot work.\n\nHelp!"}, "Pump\nIt does not work.\nHelp!"},
		{"quoted lines", data.Post{Body: "Ada wrote:\n> it works\n>> so\nJon> yes\nNo, 3 > 2."}, "No, 3 > 2."},
		{"marks of many kinds", data.Post{Body: "In article <1@x>, ann@x\n(Ann Lee) writes:\n#the lid leaks\n#and rusts\n\n#> since May\nMine holds.\n#so do I"}, "Mine holds."},
		{"a title of somebody else's", data.Post{Parent: data.NewPostID("x", "1"), Title: "Re: Pump", Body: "Oil it."}, "Oil it."},
		{"what a signed letter and an archive add", data.Post{Body: "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\nOil it.\nAn HTML attachment was scrubbed...\nURL: <x>\n-----BEGIN PGP SIGNATURE-----\nab\n-----END PGP SIGNATURE-----"}, "Oil it."},
		{"signature", data.Post{Body: "So.\n-- \nAda, the first to sign"}, "So."},
		{"list footer", data.Post{Body: "So.\n_______________\nmailing list"}, "So."},
		{"markup", data.Post{Format: data.FormatHTML, Body: "<blockquote><p>old</p></blockquote><p>new &amp; <b>bold</b></p><pre>x := 1</pre>done"}, "new & bold\ndone"},
		{"a tag left open", data.Post{Format: data.FormatHTML, Body: "so <b"}, "so"},
	} {
		if got := OwnWords(c.post); got != c.want {
			t.Errorf("OwnWords of %s = %q, want %q", c.name, got, c.want)
		}
	}
}

func TestMakers(t *testing.T) {
	authors := map[data.AuthorID]data.Author{{1}: {ID: data.AuthorID{1}, Handle: "Acme_Bikes"}, {2}: {ID: data.AuthorID{2}, Name: "Ada"}, {3}: {ID: data.AuthorID{3}}}
	got := Makers(authors, []string{"@acme_bikes", ""})
	if len(got) != 1 || !got[data.AuthorID{1}] {
		t.Errorf("Makers = %v, want the one called acme_bikes", got)
	}
}

// TestThanks: thanks for an answer are told from thanks in advance and from manners.
func TestThanks(t *testing.T) {
	for words, want := range map[string]bool{
		"Thanks, that worked!":                      true,
		"Grazie mille, ora è tutto chiaro":          true,
		"How do I open it? Thanks, Bob":             false,
		"Thanks. But how do I close it?":            false,
		"Thanks in advance":                         false,
		"That solved my problem. How do you do it?": true,
	} {
		id := data.NewPostID("t", words)
		r := Read(Input{Posts: []data.PostMeta{{ID: id, CreatedAt: time.Unix(1, 0)}}, Words: map[data.PostID]string{id: words}})
		if got := r.Thanks(id); got != want {
			t.Errorf("Thanks(%q) = %v, want %v", words, got, want)
		}
	}
}

// TestSolves: what solved a problem is told from mere thanks and from thanks that take it back.
func TestSolves(t *testing.T) {
	for words, want := range map[string]bool{
		"Thanks, that worked!":                         true,
		"That did the trick. Now to the roof.":         true,
		"Thanks for the suggestions.":                  false,
		"Thanks for your help, I will try it tonight.": false,
		"It works now, but only on the left side.":     false,
		"It works. But the right side still leaks.":    false,
		"I will see if it works.":                      false,
		"By no means is this solved. Thanks though.":   false,
		"Grazie, ora funziona.":                        true,
		"Era proprio quello che cercavo, grazie!":      true,
		"Grazie dei consigli.":                         false,
		"Ora funziona, ma solo a sinistra.":            false,
		"Non ha funzionato, purtroppo.":                false,
	} {
		id := data.NewPostID("t", words)
		r := Read(Input{Posts: []data.PostMeta{{ID: id, CreatedAt: time.Unix(1, 0)}}, Words: map[data.PostID]string{id: words}})
		if got := r.Solves(id); got != want {
			t.Errorf("Solves(%q) = %v, want %v", words, got, want)
		}
	}
}

// TestWeeks holds that the last week ends at the as-of and that weeks neither overlap nor leave gaps.
func TestWeeks(t *testing.T) {
	asOf := time.Date(2026, 11, 22, 23, 0, 0, 0, time.UTC)
	weeks := Read(Input{AsOf: asOf}).Weeks(8)
	if !weeks[7].To.Equal(asOf) || !weeks[0].From.Equal(asOf.AddDate(0, 0, -56)) {
		t.Errorf("weeks run from %v to %v, want eight weeks to %v", weeks[0].From, weeks[7].To, asOf)
	}
	for i := 1; i < len(weeks); i++ {
		if !weeks[i].From.Equal(weeks[i-1].To) {
			t.Errorf("week %d starts at %v, want %v", i, weeks[i].From, weeks[i-1].To)
		}
	}
}

// TestAnswers: who asks for what the request asks for has not answered; who asks for something else that the
// request only mentions has.
func TestAnswers(t *testing.T) {
	asked := data.PostMeta{ID: data.NewPostID("t", "1"), Author: data.NewAuthorID("t", "ada"), Thread: data.NewThreadID("t", "1"), CreatedAt: time.Unix(1, 0), Acts: data.ActsIn(data.Asking, 1)}
	for problem, want := range map[data.ProblemID]int{"pwater": 0, "psoil": 1, "": 1} {
		reply := data.PostMeta{ID: data.NewPostID("t", "2"), Author: data.NewAuthorID("t", "bo"), Thread: asked.Thread, Parent: asked.ID, CreatedAt: time.Unix(2, 0), Acts: data.Pleading}
		lacks := func(p data.PostMeta, ord int, problem data.ProblemID) data.NeedRow {
			return data.NeedRow{PostMeta: p, Ord: ord, Need: data.Need{Type: data.Wish, Problem: problem}}
		}
		r := Read(Input{Posts: []data.PostMeta{asked, reply}, Needs: []data.NeedRow{lacks(asked, 0, "psoil"), lacks(asked, 1, "pwater"), lacks(reply, 0, problem)}})
		if got := r.AllRequests(Week); len(got) != 1 || len(got[0].Answers) != want {
			t.Errorf("a reply that asks in %q: %+v, want %d answers", problem, got, want)
		}
	}
}
