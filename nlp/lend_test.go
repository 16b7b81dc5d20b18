package nlp

import (
	"slices"
	"testing"

	"tribu/data"
)

func TestLend(t *testing.T) {
	type votes = map[data.Lang]int
	for _, c := range []struct {
		name           string
		author, thread votes
		want           data.Lang
	}{
		{"nobody wrote anything else", nil, nil, data.LangUnd},
		{"an author of one language", votes{"it": 3}, nil, data.LangIT},
		{"one post of the author's: 2·1/2 = 1", votes{"it": 1}, nil, data.LangIT},
		{"one post of the thread's: 1/2", nil, votes{"en": 1}, data.LangEN},
		{"they disagree: 2·5/6 against 20/21 is not clear", votes{"it": 5}, votes{"en": 20}, data.LangUnd},
		{"an author of both, a thread of one: 2·2/5 against 2·2/5 + 9/10", votes{"it": 2, "en": 2}, votes{"it": 9}, data.LangIT},
		{"an author of both, no thread", votes{"it": 4, "en": 3}, nil, data.LangUnd},
		{"now and then a word of English", votes{"it": 9, "en": 2}, votes{"it": 5}, data.LangIT},
		{"a language that is not told apart", votes{"nl": 9}, nil, data.LangUnd},
	} {
		if got := lend(c.author, c.thread); got != c.want {
			t.Errorf("%s: lend(%v, %v) = %s, want %s", c.name, c.author, c.thread, got, c.want)
		}
	}
}

func TestDoubtIsSettledByOthers(t *testing.T) {
	a := analyzer(t)
	for _, c := range []struct {
		body, title        string
		hint, prior        data.Lang
		wantLang, wantLent data.Lang
	}{
		{"Ok!", "", "", "", data.LangUnd, data.LangUnd},
		{"Ok!", "", "", data.LangIT, data.LangIT, data.LangIT},
		{"Ok!", "", "", data.LangUnd, data.LangUnd, data.LangUnd},
		{"Ok!", "Come si pota il fico", "", "", data.LangIT, data.LangUnd},
		{"Ok!", "Come si pota il fico", "", data.LangEN, data.LangEN, data.LangEN},
		{"Ok!", "", data.LangEN, data.LangIT, data.LangEN, ""},
		{"Grazie mille a tutti, funziona di nuovo.", "", "", data.LangEN, data.LangIT, ""},
	} {
		p := data.Post{Body: c.body, ThreadTitle: c.title, LangHint: c.hint, Prior: c.prior}
		got, err := a.Analyze(p)
		if err != nil || got.Lang != c.wantLang || got.Lent != c.wantLent {
			t.Errorf("%+v is in %q, lent %q, %v; want %q, lent %q", c, got.Lang, got.Lent, err, c.wantLang, c.wantLent)
		}
	}
}

// A title is heard in the language that its post is settled in, whichever it was first taken for: one word has one key in a thread.
func TestTitleIsHeardAsItsPost(t *testing.T) {
	a := analyzer(t)
	for _, c := range []struct{ title, body string }{{"Audio", "Ok!"}, {"Impianto", "Ok!"}, {"Recensione", "Ok!"}, {"Video editor", "la, la"}} {
		for _, prior := range []data.Lang{data.LangIT, data.LangEN} {
			got, err := a.Analyze(data.Post{Body: c.body, ThreadTitle: c.title, Prior: prior})
			if err != nil {
				t.Fatal(err)
			}
			want, err := a.Analyze(data.Post{Body: c.body, ThreadTitle: c.title, LangHint: prior})
			if err != nil || got.Lang != want.Lang || !slices.Equal(got.Topics, want.Topics) || !slices.Equal(got.Terms, want.Terms) {
				t.Errorf("%q under %q, lent %s, is in %s, with %v; want %s, %v as where its source says so", c.body, c.title, prior, got.Lang, got.Terms, want.Lang, want.Terms)
			}
		}
	}
}
