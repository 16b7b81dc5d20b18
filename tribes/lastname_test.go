package tribes

import (
	"slices"
	"testing"

	"tribu/data"
)

// TestFading says when a name tells its tribe no more, by the shares of its people who use that and another, and when the
// tribe gets the other.
func TestFading(t *testing.T) {
	for _, c := range []struct {
		what        string
		held, other float64
		faded, runs int
		now         int
		gone        bool
	}{
		{"some use it, many another", .3, .49, 2, 9, 0, false},
		{"some use it, half another", .3, .5, 0, 9, 1, false},
		{"for three runs in a row", .3, .5, 2, 9, 3, true},
		{"half use it, most another", .5, .9, 2, 9, 0, false},
		{"most use another, and twice as many", .3, .6, 0, 9, 1, true},
		{"few use it, more another", .15, .4, 0, 9, 1, false},
		{"for three runs in a row, and more another", .15, .4, 2, 9, 3, true},
		{"few use it, as many another", .2, .28, 2, 9, 0, false},
		{"hardly anybody uses it, and a quarter another", .05, .3, 0, 9, 2, false},
		{"for two runs in a row", .05, .3, 1, 9, 3, true},
		{"hardly anybody uses it, nor another", .05, .2, 0, 9, 1, false},
		{"and nobody many of another", .05, .2, 2, 9, 3, false},
		{"for six", .05, 0, 5, 9, 6, true},
		{"few use the name of a young tribe, half another", .2, .5, 0, 1, 1, true},
		{"no tribe is young in its fourth run", .3, .5, 0, 3, 1, false},
		{"some use the name of a young tribe, half another", .3, .5, 0, 1, 1, true},
		{"half use the name of a young tribe, most another", .5, .9, 0, 1, 0, false},
		{"few use the name of a young tribe, more another", .2, .4, 0, 1, 1, false},
	} {
		if now, gone := fading(c.held, c.other, c.faded, c.runs); now != c.now || gone != c.gone {
			t.Errorf("%s: got %d, %v, want %d, %v", c.what, now, gone, c.now, c.gone)
		}
	}
}

// TestCallAll: a tribe keeps its name while enough of its people use it, or until it has faded for some runs.
func TestCallAll(t *testing.T) {
	old := data.RunRecord{Tribes: []data.Tribe{{ID: "t", Words: []data.Term{{Key: "trays"}, {Key: "lids"}}}}}
	for _, c := range []struct {
		what, before string
		last         int
		want         string
		faded        int
	}{
		{"used by many", "lids", 0, "lids", 0},
		{"used by few", "pins", 0, "pins", 2},
		{"for long", "pins", fadesIn - 1, "trays", 0},
		{"by nobody, for the first time", "wires", 0, "wires", 2},
	} {
		teller := toldBy(t, data.LangEN, nil, []remark{{15, "Hello", "lids"}, {28, "Talk", "trays"}, {5, "More", "pins"}, {-30, "Rain", "weather"}})
		teller.in.Parent, teller.in.Earlier = &old, []data.RunRecord{old, old}
		teller.shown, teller.prior = []int{0}, &priorRun{tribes: []data.Tribe{{ID: "t", Name: c.before, Faded: c.last, Told: []data.Telling{{Lang: data.LangEN}}}}}
		teller.speech[0] = teller.speechesOf(0)
		teller.speech[0][0].parts = teller.nameParts(teller.speech[0][0])
		tribes := []data.Tribe{{ID: "t", Told: []data.Telling{{Lang: data.LangEN}}}}
		if teller.callAll(tribes); tribes[0].Name != c.want || tribes[0].Faded != c.faded {
			t.Errorf("%s, %q: got %q, faded %d, want %q, %d", c.what, c.before, tribes[0].Name, tribes[0].Faded, c.want, c.faded)
		}
	}
}

// TestMany: a name of one thing is that of many once people talk of these, where no other tribe bears it.
func TestMany(t *testing.T) {
	teller := toldBy(t, data.LangEN, nil, []remark{{15, "Hello", "lids"}})
	s := teller.speechesOf(0)[0]
	w := slices.Index(teller.in.words, "lids")
	teller.in.formsIn[s.lang][w], teller.in.plurals[wordIn{uint32(w), s.lang}] = "lid", "lids"
	s.parts = teller.nameParts(s)
	for name, want := range map[string]string{"lid": "lids", "lids": "lids", "tray": "tray"} {
		if got := teller.many(s, name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
	if teller.named["lids"] = true; teller.many(s, "lid") != "lid" {
		t.Error("a tribe has the name of another")
	}
}

// TestNamesThatLast: a name that fits some is left for one that half of all use, where this has told the tribe for some runs
// and the other has faded for as many; neither what is new this week nor what names another tribe names one that has a name.
func TestNamesThatLast(t *testing.T) {
	told := func(words ...string) data.RunRecord {
		tribe := data.Tribe{ID: "t"}
		for _, w := range words {
			tribe.Words = append(tribe.Words, data.Term{Key: w})
		}
		return data.RunRecord{Tribes: []data.Tribe{tribe}}
	}
	for _, c := range []struct {
		what, before string
		last         int
		earlier      []data.RunRecord // the newest first
		want         string
		faded        int
		beside       string // name of another tribe that lives on
	}{
		{"half use another that lasts", "lids", 0, []data.RunRecord{told("boxes", "lids"), told("boxes"), told("boxes")}, "lids", 1, ""},
		{"for as long as a name fades in", "lids", fadesIn - 1, []data.RunRecord{told("boxes", "lids"), told("boxes"), told("boxes")}, "boxes", 0, ""},
		{"where it is another that another tribe bears", "lids", fadesIn - 1, []data.RunRecord{told("boxes", "lids"), told("boxes"), told("boxes")}, "lids", 0, "boxes"},
		{"or one of this week alone", "lids", fadesIn - 1, []data.RunRecord{told("lids"), told("lids"), told("lids")}, "lids", 0, ""},
		{"no more than many use another", "lids", fadesIn - 1, []data.RunRecord{told("trays", "lids"), told("trays"), told("trays")}, "lids", 0, ""},
		{"a word of two phrases lasts", "lids", fadesIn - 1, []data.RunRecord{told("old boxes", "lids"), told("tea boxes"), told("old boxes")}, "boxes", 0, ""},
		{"one of a single phrase does not", "lids", fadesIn - 1, []data.RunRecord{told("old boxes", "lids"), told("old boxes"), told("old boxes")}, "lids", 0, ""},
		{"nobody uses it, and nothing lasts", "wires", fadesIn - 1, []data.RunRecord{told("wires"), told("wires"), told("wires")}, "wires", fadesIn, ""},
		{"for twice as long", "wires", fadesIn*waitsFor - 1, []data.RunRecord{told("wires"), told("wires"), told("wires")}, "boxes", 0, ""},
	} {
		teller := toldBy(t, data.LangEN, nil, []remark{{26, "Hello", "lids"}, {34, "Talk", "trays"}, {48, "More", "boxes"}, {-12, "Rain", "weather"}})
		teller.in.Parent, teller.in.Earlier = &c.earlier[0], c.earlier[1:]
		teller.shown, teller.prior = []int{0}, &priorRun{tribes: []data.Tribe{{ID: "t", Name: c.before, Faded: c.last, Told: []data.Telling{{Lang: data.LangEN}}}}}
		teller.speech[0] = teller.speechesOf(0)
		teller.speech[0][0].parts = teller.nameParts(teller.speech[0][0])
		tribes := []data.Tribe{{ID: "t", Told: []data.Telling{{Lang: data.LangEN}}}}
		if c.beside != "" {
			teller.shown = append(teller.shown, 1)
			teller.speech[1] = teller.speechesOf(0)
			teller.prior.tribes = append(teller.prior.tribes, data.Tribe{ID: "u", Name: c.beside, Told: tribes[0].Told})
			tribes = append(tribes, data.Tribe{ID: "u", Told: []data.Telling{{Lang: data.LangEN}}})
		}
		if teller.callAll(tribes); tribes[0].Name != c.want || tribes[0].Faded != c.faded {
			t.Errorf("%s, %q: got %q, faded %d, want %q, %d", c.what, c.before, tribes[0].Name, tribes[0].Faded, c.want, c.faded)
		}
	}
}

func TestFormsOfOne(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"piano", "piani", true}, {"piano", "pianta", false}, {"bin", "bins", true}, {"worm", "worms", true}, {"bin", "bid", false},
		{"potato", "potatoes", true}, {"lettuce", "lettuces", true}, {"orto", "orti", true}, {"balcone", "balconi", true}, {"ombra", "ombrello", false},
	} {
		if got := formsOfOne(c.a, c.b); got != c.want || got != formsOfOne(c.b, c.a) {
			t.Errorf("%s and %s are forms of one: %v, want %v", c.a, c.b, got, c.want)
		}
	}
}
