package nlp

import (
	"slices"
	"strings"
	"testing"

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

func TestGrammarMarks(t *testing.T) {
	g := ownGrammar(t)
	for text, want := range map[string]map[string]Role{
		"I can't open it, please help": {"i": writer, "can not": 0, "it": standsIn, "please": appeals},
		"Ho perso le chiavi di casa":   {"ho": writer | beforeParticiple, "le": determiner | leadsE, "di": partitive},
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
