package nlp

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"tribu/data"
	"tribu/nlp/lexicon"
)

// Every role has a word, every word stands once, and lists are sorted, so that they can be read.
func TestGrammarLists(t *testing.T) {
	used := Role(0)
	for _, roles := range ownGrammar(t).roles {
		for _, of := range roles {
			used |= of
		}
	}
	for i, name := range roleNames {
		if used&(1<<i) == 0 && name != "infinitive" { // English and Italian have rules for it
			t.Errorf("no word is %q", name)
		}
	}
	for _, path := range []string{"en/grammar.txt", "it/grammar.txt", "en/naming.txt", "it/naming.txt"} {
		entries, err := lexicon.Own().Load(path)
		if err != nil {
			t.Fatal(err)
		}
		for i := range entries[1:] {
			if a, b := entries[i], entries[i+1]; strings.Compare(a.Phrase, b.Phrase) >= 0 {
				t.Errorf("%s:%d: %q stands behind %q", path, b.Line, b.Phrase, a.Phrase)
			}
		}
	}
}

// Every list in a folder is read, and every list the code asks for is there: a name typed wrongly would count as an empty list.
func TestListsAreRead(t *testing.T) {
	asked := listening{os.DirFS("lexicon"), map[string]bool{}}
	for name, read := range map[string]func(lexicon.Lists) error{
		"analyzer": func(l lexicon.Lists) error { _, err := newAnalyzer(l, Config{}); return err },
		"wording":  func(l lexicon.Lists) error { _, err := newWording(l, Config{}); return err },
		"manners":  func(l lexicon.Lists) error { _, err := NewManners(l); return err },
		"glossary": func(l lexicon.Lists) error { _, err := NewGlossary(l); return err },
	} {
		if err := read(lexicon.In(asked)); err != nil {
			t.Fatalf("read lists of %s: %v", name, err)
		}
	}
	there, err := fs.Glob(asked.FS, "*/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range there {
		if !asked.paths[path] {
			t.Errorf("%s: nobody reads it", path)
		}
	}
	for path := range asked.paths {
		lang, _, _ := strings.Cut(path, "/")
		heard := slices.Contains(data.Heard(), data.Lang(lang)) || lang == "lang"
		if heard && !slices.Contains(there, path) && !slices.Contains([]string{"en/gloss.txt", "en/accent.txt", "en/elision.txt", "lang/accent.txt", "lang/abbreviation.txt", "lang/short.txt", "lang/ending.txt", "lang/insult.txt", "lang/tender.txt"}, path) {
			t.Errorf("%s: asked for and not there", path)
		}
	}
}

// listening notes the paths of what is opened.
type listening struct {
	fs.FS
	paths map[string]bool
}

func (a listening) Open(path string) (fs.File, error) {
	if strings.HasSuffix(path, ".txt") {
		a.paths[path] = true
	}
	return a.FS.Open(path)
}

// An entry that says nothing of its word is a mistake, not a word less.
func TestGrammarWithoutRole(t *testing.T) {
	for _, list := range []string{"link", "grammar", "naming", "number", "unit"} {
		from, err := wordsIn(lexicon.In(fstest.MapFS{"es/" + list + ".txt": {Data: []byte("# head\nno\n")}}))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := newGrammar(from); err == nil || !strings.Contains(err.Error(), "es/"+list+": line 2") {
			t.Errorf("es/%s.txt with a word alone: %v, want file and line", list, err)
		}
	}
}

func TestGrammarMarks(t *testing.T) {
	g := ownGrammar(t)
	for text, want := range map[string]map[string]Role{
		"I can't open it, please help": {"i": writer, "can not": 0, "it": standsIn, "please": appeals},
		"Ho perso le chiavi di casa":   {"ho": writer | beforeParticiple, "le": determiner | leadsE, "di": Partitive},
	} {
		d := read(data.Post{Body: text})
		g.mark(d)
		for key, roles := range want {
			i := slices.IndexFunc(d.tokens, func(t token) bool { return t.key == key })
			if i < 0 || d.tokens[i].roles&roles != roles {
				t.Errorf("%q in %q: roles %b, want %b among them", key, text, d.tokens[max(i, 0)].roles, roles)
			}
		}
	}
	for _, bad := range []struct{ role, number, unit string }{{"noun", "", ""}, {"", "many", ""}, {"", "", "time=long"}} {
		if bad.role != "" && g.addRole(data.LangEN, "x", bad.role) == nil || bad.number != "" && g.addNumber(data.LangEN, "x", bad.number) == nil || bad.unit != "" && g.addUnit(data.LangEN, "x", bad.unit) == nil {
			t.Errorf("%+v was taken", bad)
		}
	}
}
