package tribes

import (
	"fmt"
	"strings"
	"testing"

	"tribu/data"
)

// A remark is what so many people write under a title, others where the number is below 0: words, a
// phrase with its words joined by +; in Italian where they begin with "it: ".
type remark struct {
	people int
	title  string
	words  string
}

// toldBy returns a teller of one group, who write what is told, each under the titles in turn, and of
// others who write of other things.
func toldBy(t *testing.T, lang data.Lang, handles []string, posts []remark) *teller {
	t.Helper()
	v := &village{titles: make(map[data.ThreadID]string)}
	write := func(who, thread, words string) {
		lang := lang
		if rest, italian := strings.CutPrefix(words, "it: "); italian {
			lang, words = data.LangIT, rest
		}
		p := data.AnalyzedPost{PostMeta: data.PostMeta{ID: data.NewPostID("v", fmt.Sprint(len(v.posts))), Source: "v", Author: data.NewAuthorID("v", who),
			Thread: data.NewThreadID("v", thread), CreatedAt: monday.AddDate(0, 0, -1)}, Annotation: data.Annotation{Lang: lang}}
		for word := range strings.FieldsSeq(words) {
			phrase := strings.ReplaceAll(word, "+", " ")
			if phrase != word {
				p.Topics = append(p.Topics, data.Term{Key: phrase, Form: phrase, Count: 1})
			}
			for w := range strings.FieldsSeq(phrase) {
				p.Terms = append(p.Terms, data.Term{Key: w, Form: w, Count: 2})
			}
		}
		v.posts = append(v.posts, p)
	}
	for i, p := range posts {
		v.titles[data.NewThreadID("v", fmt.Sprint("t", i))] = p.title
		for k := range max(p.people, -p.people) {
			who := fmt.Sprint("in", k)
			if p.people < 0 {
				who = fmt.Sprint("more", k)
			}
			write(who, fmt.Sprint("t", i), p.words)
		}
	}
	for i, h := range handles {
		v.authors = append(v.authors, data.Author{ID: data.NewAuthorID("v", fmt.Sprint("in", i)), Handle: h})
	}
	for k := range 60 {
		write(fmt.Sprint("out", k), "elsewhere", "weather train music")
	}
	ours := make(map[data.AuthorID]bool)
	for k := range 60 {
		ours[data.NewAuthorID("v", fmt.Sprint("in", k))], ours[data.NewAuthorID("v", fmt.Sprint("more", k))] = true, true
	}
	in := load(t, v, Params{AsOf: monday})
	f := &former{in: in, shown: []int{0}, members: make([][]membership, 1), belongs: make([][]membership, len(in.authors))}
	for a, id := range in.authors {
		if ours[id] {
			f.belongs[a] = []membership{{author: a}}
			f.members[0] = append(f.members[0], membership{author: a})
		}
	}
	return newTeller(f)
}

// titles are n conversations of a title, in which nobody says what others do.
func titles(n int, title string) (all []remark) {
	for range n {
		all = append(all, remark{1, title, "weather"})
	}
	return all
}

// TestNames says what a tribe is called by what its people write, and under which titles.
func TestNames(t *testing.T) {
	for _, c := range []struct {
		rule    string
		lang    data.Lang
		handles []string
		posts   []remark
		want    string
	}{
		{"two of their words that a title holds together", data.LangEN, nil,
			[]remark{{12, "A corner for worm bins, and only worm bins", "worm bins"}, {20, "Lids", "lids"}}, "worm bins"},
		{"but not where the title goes on to say something else", data.LangEN, nil,
			[]remark{{12, "Are worm bins outdated", "worm bins"}, {20, "Lids", "lids"}}, "lids"},
		{"in Italian a smaller word may hold them together", data.LangIT, nil,
			[]remark{{12, "Vento caldo: bruciate anche le foglie all’ombra", "foglie ombra"}, {9, "Muro", "muro"}}, "foglie all'ombra"},
		{"what describes stands behind the thing there, and goes with it", data.LangIT, nil,
			[]remark{{12, "Macchie marroni sulle foglie basse: è peronospora?", "macchie foglie"}, {9, "Muro", "muro"}}, "macchie marroni sulle foglie"},
		{"marks part what is no phrase", data.LangEN, nil,
			[]remark{{12, "Worms? Bins, and lids", "worms bins"}}, "bins"},
		{"the word that half of them use stands alone", data.LangEN, nil,
			[]remark{{20, "Roll call", "buckets"}, {6, "Bran", "bran"}, {6, "Fuzz", "fuzz"}}, "buckets"},
		{"two words stand together where the same people use them", data.LangEN, nil,
			[]remark{{-8, "Roll call", "proofs morality"}, {14, "Hello", "weather"}}, "morality and proofs"},
		{"and not where others do", data.LangEN, nil,
			[]remark{{-9, "Roll call", "slugs"}, {8, "Hello", "bowls"}, {-3, "Rain", "rest"}}, "slugs"},
		{"a phrase that many write is the name", data.LangEN, nil,
			[]remark{{14, "Hello", "mixed+models"}, {6, "Fit", "intercept"}}, "mixed models"},
		{"but not one that few write beside a word of many", data.LangEN, nil,
			[]remark{{9, "Hello", "christian+ethics"}, {20, "Talk", "unbelief"}}, "unbelief"},
		{"a subject says more than whom it is about", data.LangEN, nil,
			[]remark{{18, "Hello", "doctors"}, {12, "Talk", "medicine"}}, "medicine"},
		{"but where there is none", data.LangEN, nil,
			[]remark{{28, "Hello", "doctors"}, {6, "Talk", "pins"}}, "doctors"},
		{"a phrase of somebody gives its subject", data.LangEN, nil,
			[]remark{{14, "Hello", "baseball+players"}, {3, "Talk", "fields"}}, "baseball"},
		{"no word is half of one", data.LangEN, nil,
			append([]remark{{14, "Hello", "wire"}, {9, "Talk", "clocks"}}, titles(9, "a wire-less set")...), "clocks"},
		{"a word is told with the one that stands before it in titles", data.LangEN, nil,
			[]remark{{9, "VHS movies for sale", "sale"}, {9, "Upgrade for sale", "sale"}, {9, "Monitor for sale", "sale"}, {9, "Sound board for sale!", "sale"}, {9, "Tickets for sale", "sale"},
				{9, "Discs for sale", "sale"}, {9, "More for sale", "sale"}, {9, "Chairs for sale", "sale"}, {9, "Moving sale", "sale"}}, "for sale"},
		{"and joined by how that begins", data.LangIT, nil,
			append([]remark{{-8, "Ciao", "aiuola estate"}, {14, "Ciao", "weather"}}, titles(9, "case estate")...), "aiuola e case estate"},
		{"a word of a title that merely begins like one of theirs is another", data.LangEN, nil,
			[]remark{{12, "Rainbow trout", "rain trout"}, {4, "Trout", "trout"}}, "trout"},
		{"what describes is told with what it mostly describes", data.LangEN, nil,
			[]remark{{12, "Hello", "garden+pests"}, {13, "Talk", "garden+pests"}, {7, "More", "garden+walls"}, {9, "Fit", "slugs"}}, "garden pests"},
		{"what is said in one conversation alone is no name", data.LangEN, nil,
			[]remark{{14, "Midnight", "midnight"}, {6, "Hello", "slugs"}, {11, "Talk", "slugs"}}, "slugs"},
		{"nobody's handle is a name", data.LangEN, []string{"AgentQ"},
			[]remark{{20, "Thanks to agentq", "agentq"}, {14, "Talk", "talkies"}}, "talkies"},
		{"nor what says who people are", data.LangEN, nil,
			[]remark{{20, "Women riders", "women riders"}}, "riders"},
	} {
		teller := toldBy(t, c.lang, c.handles, c.posts)
		s := teller.speechesOf(0)[0]
		if got := teller.name(s, teller.nameParts(s)).name; got != c.want {
			t.Errorf("%s: %v: got %q, want %q", c.rule, c.posts, got, c.want)
		}
	}
}

func TestHeadingOf(t *testing.T) {
	for title, want := range map[string]string{
		"Turni d’acqua agli orti comunali":      "turni d' acqua agli orti comunali",
		"Re: Copper or not? Rame o niente":      "copper or not | rame o niente",
		"XV 3.00 has escaped!":                  "xv 3.00 has escaped",
		"Rame":                                  "",
		"Heatwave log: bin temperature (daily)": "heatwave log | bin temperature",
	} {
		var got []string
		for _, stretch := range headingOf(title) {
			got = append(got, strings.Join(stretch, " "))
		}
		if text := strings.Join(got, " | "); text != want {
			t.Errorf("%q: got %q, want %q", title, text, want)
		}
	}
}

// A name counts by those who use the word of it that fewest use, in a form that begins as it does or stands in titles,
// and only where a larger share of the group than of everybody does; two names that are joined by those who use either.
func TestSpread(t *testing.T) {
	in := Input{small: *ownLists(t), authors: make([]data.AuthorID, 10), formsIn: [][]string{{"buckets", "lids", "rows", "soil"}}, titleWords: map[string][]uint32{"tops": {1}}}
	f := &former{in: in, members: [][]membership{{{author: 0}, {author: 1}, {author: 2}, {author: 3}}}}
	tell := &teller{former: f, users: []int{3, 2, 2, 10}, uses: [][]uint32{{0, 1, 3}, {0, 2, 3}, {0, 3}, {1, 3}, {2, 3}, {3}, {3}, {3}, {3}, {3}}}
	for name, want := range map[string]float64{
		"buckets": .75, "bucket lids": .5, "bucket and lids": 1, "lids and rows": .75, "row": .25, "tops": .5, "soil": 0, "pots": 0,
	} {
		known := tell.nameWords([]data.Tribe{{Name: name}})
		if got := tell.spread(&speech{of: 4}, name, known); got != want {
			t.Errorf("%q: got %v, want %v", name, got, want)
		}
	}
}

func TestKindOf(t *testing.T) {
	for _, c := range []struct {
		need, tie, met float64
		want           data.TribeKind
	}{
		{3, 3, 0, data.KindTribe}, {3, 3, .87, data.KindTribe}, {3, 3, 7.0 / 8, data.KindThread}, {3, 3, 1, data.KindThread},
		{3, 1, 1, data.KindCrowd}, {1, 3, 1, data.KindClique}, {1, 3, 0, data.KindClique},
	} {
		if got := kindOf(c.need, c.tie, c.met); got != c.want {
			t.Errorf("need %v, tie %v, %v in one conversation: got %s, want %s", c.need, c.tie, c.met, got, c.want)
		}
	}
}

// TestCallElse: those of a tribe who write another language have a name of their own for it where they are many and use no
// word of its name.
func TestCallElse(t *testing.T) {
	for _, c := range []struct {
		what  string
		posts []remark
		want  string
	}{
		{"many, of other words", []remark{{30, "Hello", "lids"}, {-28, "Ciao", "it: lotti"}}, "lids/lotti"},
		{"many, of the same word", []remark{{30, "Hello", "lids"}, {-28, "Ciao", "it: lids"}}, "lids/"},
		{"few", []remark{{50, "Hello", "lids"}, {-12, "Ciao", "it: lotti"}}, "lids/"},
	} {
		teller := toldBy(t, data.LangEN, nil, c.posts)
		teller.shown, teller.speech[0] = []int{0}, teller.speechesOf(0)
		tribe := data.Tribe{People: len(teller.members[0])}
		for _, s := range teller.speech[0] {
			s.parts = teller.nameParts(s)
			tribe.Told = append(tribe.Told, data.Telling{Lang: teller.in.langs[s.lang]})
		}
		tribes := []data.Tribe{tribe}
		teller.callAll(tribes)
		got := tribes[0].Name + "/"
		for _, told := range tribes[0].Told {
			got += told.Name
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.what, got, c.want)
		}
	}
}

// TestThemes: things are told until together most people write about them, those of the name first; what reaches few
// more is not.
func TestThemes(t *testing.T) {
	teller := toldBy(t, data.LangEN, nil, []remark{{20, "Hello", "lids"}, {-18, "Talk", "trays"}, {12, "More", "lids pins"}, {-3, "Rare", "wires"}, {14, "Holes", "worm+bins"}})
	s := teller.speechesOf(0)[0]
	s.parts = teller.nameParts(s)
	for name, want := range map[string]string{
		"": "lids 20 20, trays 18 18", "trays": "trays 18 18, lids 20 20", "nuts": "lids 20 20, trays 18 18",
		"worm bins": "bins 14 14, trays 18 18, lids 20 6", "trays and bins": "trays 18 18, bins 14 14, lids 20 6", "for trays": "trays 18 18, lids 20 20",
	} {
		known := teller.nameWords([]data.Tribe{{Name: name}})
		var got []string
		for _, theme := range teller.themes([]*speech{s}, teller.ofName(s, name, known)) {
			got = append(got, fmt.Sprint(theme.Form, " ", theme.Count, " ", theme.Adds))
		}
		if text := strings.Join(got, ", "); text != want {
			t.Errorf("%q: got %q, want %q", name, text, want)
		}
	}
}
