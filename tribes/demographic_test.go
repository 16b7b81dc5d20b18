package tribes

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"tribu/data"
	"tribu/tribes/gauge"
)

// inputFields is all that tribes may be formed from. A new field is a decision: it must not say, or
// let anybody guess, how old a person is, of which gender, what they earn or where they live.
var inputFields = map[string][]string{
	"Input": {"Window", "Digest", "Parent", "Replaced", "Earlier", "authors", "posts", "ties", "words", "forms", "formsIn", "plurals", "proper", "acts", "titles", "titleWords", "threadIDs", "langs", "needs", "types", "threads", "places", "copies",
		"small",    // what words do in titles, the same for all people
		"handles"}, // of which none is in a name
	"post":       {"id", "author", "thread", "lang", "at", "features"}, // lang is the post's, and chooses the words of names alone,
	"feature":    {"word", "kind", "count"},
	"tie":        {"from", "to", "kind", "at", "post"},
	"voicedNeed": {"post", "author", "topic", "need", "trust", "quote", "shared", "lacks"},
}

func TestInputIsAnAllowList(t *testing.T) {
	for _, typ := range []reflect.Type{reflect.TypeFor[Input](), reflect.TypeFor[post](), reflect.TypeFor[feature](), reflect.TypeFor[tie](), reflect.TypeFor[voicedNeed]()} {
		for i := range typ.NumField() {
			if name := typ.Field(i).Name; !slices.Contains(inputFields[typ.Name()], name) {
				t.Errorf("%s.%s enters the input of the tribes: it is not on the list of what may", typ.Name(), name)
			}
		}
	}
}

var personal = regexp.MustCompile(`^(age|aged|ages|birth|birthday|birthdate|born|gender|sex|female|male|income|salary|wage|wealth|address|street|city|town|zip|postcode|residence|home|nationality|ethnicity|race|religion|marital|education|persona|demographic|demographics)$`)

// words splits a name such as BirthYear or birth_year.
func wordsOf(name string) []string {
	var out []string
	word := ""
	for i, r := range name {
		if r == '_' || unicode.IsUpper(r) && i > 0 && word != "" && !unicode.IsUpper(rune(word[len(word)-1])) {
			out, word = append(out, strings.ToLower(word)), ""
		}
		if r != '_' {
			word += string(r)
		}
	}
	return append(out, strings.ToLower(word))
}

// TestNothingPersonalIsRead: no type that the stage reads, writes or measures with has a field for
// what a person is. Born is a tribe's birth.
func TestNothingPersonalIsRead(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var walk func(typ reflect.Type)
	walk = func(typ reflect.Type) {
		for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice || typ.Kind() == reflect.Array || typ.Kind() == reflect.Map {
			if typ.Kind() == reflect.Map {
				walk(typ.Key())
			}
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct || seen[typ] || !strings.HasPrefix(typ.PkgPath(), "tribu/") {
			return
		}
		seen[typ] = true
		for i := range typ.NumField() {
			f := typ.Field(i)
			for _, word := range wordsOf(f.Name) {
				if personal.MatchString(word) && !(typ == reflect.TypeFor[data.Tribe]() && f.Name == "Born") {
					t.Errorf("%s.%s holds what a person is: no demographics", typ, f.Name)
				}
			}
			walk(f.Type)
		}
	}
	for _, typ := range []reflect.Type{reflect.TypeFor[Input](), reflect.TypeFor[Params](), reflect.TypeFor[data.AnalyzedPost](), reflect.TypeFor[data.Interaction](),
		reflect.TypeFor[data.RunRecord](), reflect.TypeFor[data.Author](), reflect.TypeFor[data.TribeDecision](), reflect.TypeFor[gauge.World](), reflect.TypeFor[gauge.Gauges]()} {
		walk(typ)
	}
	if len(seen) < 12 {
		t.Fatalf("looked at %d types, want all that are reached", len(seen))
	}
}

// TestWhatPeopleAreShapesNoTribe: everybody of a group says what they are in every post, and still
// none of it is in the matrix, the words or the names.
func TestWhatPeopleAreShapesNoTribe(t *testing.T) {
	v := threeGroups()
	for i := range v.posts {
		said := []string{"woman", "Salary", "home address", "quarantenne"}
		if i%2 == 1 {
			said = []string{"uomo", "reddito", "indirizzo", "millennials"}
		}
		for _, s := range said {
			v.posts[i].Terms = append(v.posts[i].Terms, data.Term{Key: "k" + s, Form: s, Count: 5})
			v.posts[i].Topics = append(v.posts[i].Topics, data.Term{Key: "k" + s, Form: s, Count: 5})
		}
		v.posts[i].Needs = append(v.posts[i].Needs, data.Need{Type: data.Problem, Object: said[0], Confidence: 1})
	}
	p := Params{AsOf: monday}
	in := load(t, v, p)
	for i, form := range in.forms {
		if ownLists(t).demographic(form) || strings.HasPrefix(in.words[i], "k") {
			t.Errorf("the matrix has a column for %q", form)
		}
	}
	plain := threeGroups()
	got, err := Form(in, p)
	if err != nil {
		t.Fatal(err)
	}
	want, err := Form(load(t, plain, p), p)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Error("the tribes are others where people say what they are")
	}
	for form, is := range map[string]bool{"woman": true, "Donne": true, "età": true, "age": true, "page": false, "manuale": false, "home address": true, "l'indirizzo": true, "bike path": false, "anni": false} {
		if ownLists(t).demographic(form) != is {
			t.Errorf("demographic(%q): got %v, want %v", form, !is, is)
		}
	}
}
