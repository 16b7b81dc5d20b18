package config

import (
	"errors"
	"strings"
	"testing"

	"tribu/data/fuzz"
)

// Every case is a file, what is done to it, and the file afterwards; # lines show that comments stay.
var edits = []struct {
	name, before string
	do           string // add, pause NAME, resume NAME, remove NAME
	after        string
}{
	{"no file content", "", "add", "sources:\n  - {name: new, kind: discourse, url: \"https://new.example\"}\n"},
	{"no sources", "project: x # mine", "add", "project: x # mine\nsources:\n  - {name: new, kind: discourse, url: \"https://new.example\"}\n"},
	{"sources without value", "sources: # none yet\ncrawl: {rate: 1/s}\n", "add",
		"sources: # none yet\n  - {name: new, kind: discourse, url: \"https://new.example\"}\ncrawl: {rate: 1/s}\n"},
	{"as init writes it", "about: \"è\"\nsources: []     # listed\n#  - {name: a}\n\ncrawl: {}\n", "add",
		"about: \"è\"\nsources:        # listed\n  - {name: new, kind: discourse, url: \"https://new.example\"}\n#  - {name: a}\n\ncrawl: {}\n"},
	{"an empty list", "sources: [ ]\n", "add", "sources:\n  - {name: new, kind: discourse, url: \"https://new.example\"}\n"},
	{"an empty list over lines", "sources: [\n  # soon\n]\n", "add", "sources: [{name: new, kind: discourse, url: \"https://new.example\"}\n  # soon\n]\n"},
	{"a block list", "sources:\n  - {name: a, kind: feed, url: x}  # first\n  # last word\n\ncrawl: {}\n", "add",
		"sources:\n  - {name: a, kind: feed, url: x}  # first\n  - {name: new, kind: discourse, url: \"https://new.example\"}\n  # last word\n\ncrawl: {}\n"},
	{"a block list at the margin", "sources:\n- name: a\n  kind: feed\n  url: x\n  allow:\n  - b:1\n  # of a\nmakers: []", "add",
		"sources:\n- name: a\n  kind: feed\n  url: x\n  allow:\n  - b:1\n- {name: new, kind: discourse, url: \"https://new.example\"}\n  # of a\nmakers: []"},
	{"a file without a last newline", "sources:\n    - name: a\n      kind: feed\n      url: x", "add",
		"sources:\n    - name: a\n      kind: feed\n      url: x\n    - {name: new, kind: discourse, url: \"https://new.example\"}\n"},
	{"a flow list", "sources: [{name: \"caffè\", kind: feed, url: x}] # one\n", "add",
		"sources: [{name: \"caffè\", kind: feed, url: x}, {name: new, kind: discourse, url: \"https://new.example\"}] # one\n"},
	{"a flow list over lines", "sources: [\n  {name: a, kind: feed, url: x}, # one\n]\n", "add",
		"sources: [\n  {name: a, kind: feed, url: x}, {name: new, kind: discourse, url: \"https://new.example\"}, # one\n]\n"},
	{"lines as on Windows", "# è\r\nsources:\r\n  - {name: a, kind: feed, url: x} # one\r\ncrawl: {}\r\n", "add",
		"# è\r\nsources:\r\n  - {name: a, kind: feed, url: x} # one\r\n  - {name: new, kind: discourse, url: \"https://new.example\"}\r\ncrawl: {}\r\n"},

	{"a flow entry", "sources:\n  - {name: a, kind: feed, url: x} # è\n", "pause a", "sources:\n  - {name: a, kind: feed, url: x, paused: true} # è\n"},
	{"and on again", "sources:\n  - {name: a, kind: feed, url: x, paused: true} # è\n", "resume a", "sources:\n  - {name: a, kind: feed, url: x} # è\n"},
	{"a block entry", "sources:\n  - kind: feed\n    name: a   # a name\n    url: x\n", "pause a", "sources:\n  - kind: feed\n    name: a   # a name\n    paused: true\n    url: x\n"},
	{"and on again", "sources:\n  - kind: feed\n    name: a   # a name\n    paused: true\n    url: x\n", "resume a", "sources:\n  - kind: feed\n    name: a   # a name\n    url: x\n"},
	{"paused with a comment", "sources:\n  - name: a\n    paused: true # holidays\n    kind: feed\n    url: x\n", "resume a", "sources:\n  - name: a\n    paused: false # holidays\n    kind: feed\n    url: x\n"},
	{"paused first", "sources:\n  - paused: false\n    name: a\n    kind: feed\n    url: x\n", "pause a", "sources:\n  - paused: true\n    name: a\n    kind: feed\n    url: x\n"},
	{"paused already", "sources: [{paused: true, name: a, kind: feed, url: x}]\n", "pause a", "sources: [{paused: true, name: a, kind: feed, url: x}]\n"},
	{"a comma at the end", "sources: [{name: a, kind: feed, url: x,\n}]\n", "pause a", "sources: [{name: a, kind: feed, url: x, paused: true\n}]\n"},

	{"one of three", "sources:\n  # the first\n  - {name: a, kind: feed, url: x}\n  # the second\n  - name: b\n    kind: feed\n    url: y\n\n  # the third\n  - {name: c, kind: feed, url: z}\n", "remove b",
		"sources:\n  # the first\n  - {name: a, kind: feed, url: x}\n  # the second\n\n  # the third\n  - {name: c, kind: feed, url: z}\n"},
	{"the only one", "sources:   # few\n  - {name: a, kind: feed, url: x}\ncrawl: {}\n", "remove a", "sources: []   # few\ncrawl: {}\n"},
	{"first of a flow list", "sources: [{name: a, kind: feed, url: x}, {name: b, kind: feed, url: y}]\n", "remove a", "sources: [{name: b, kind: feed, url: y}]\n"},
	{"last of a flow list", "sources: [{name: a, kind: feed, url: x}, {name: b, kind: feed, url: y}]\n", "remove b", "sources: [{name: a, kind: feed, url: x}]\n"},
	{"only of a flow list", "sources: [{name: a, kind: feed, url: x}]\n", "remove a", "sources: []\n"},
}

func TestEdits(t *testing.T) {
	for _, e := range edits {
		verb, name, _ := strings.Cut(e.do, " ")
		var got []byte
		var err error
		switch verb {
		case "add":
			got, err = AddSource([]byte(e.before), Source{Name: "new", Kind: "discourse", URL: "https://new.example"})
		case "remove":
			got, err = RemoveSource([]byte(e.before), name)
		default:
			got, err = PauseSource([]byte(e.before), name, verb == "pause")
		}
		if err != nil || string(got) != e.after {
			t.Errorf("%s, %s: %v\n got %q\nwant %q", e.name, e.do, err, got, e.after)
		}
	}
}

// What a program cannot change safely it leaves to people.
func TestEditsRefused(t *testing.T) {
	for name, body := range map[string]string{
		"an alias":      "sources:\n  - &a {name: a, kind: feed, url: x}\n",
		"two documents": "project: x\n---\nsources: []\n",
		"null":          "sources: ~\n",
	} {
		got, err := AddSource([]byte(body), Source{Name: "new", Kind: "feed", URL: "y"})
		if err == nil {
			t.Logf("%s: added: %q", name, got)
		} else if !errors.Is(err, ErrEdit) {
			t.Errorf("%s: got %v, want ErrEdit", name, err)
		}
	}
	if _, err := RemoveSource([]byte("sources: []\n"), "b"); !errors.Is(err, ErrNoSource) {
		t.Errorf("remove what is not there: got %v, want ErrNoSource", err)
	}
}

// TestLine: what is written is read as it was meant.
func TestLine(t *testing.T) {
	for _, s := range []Source{
		{Name: "a", Kind: "feed", URL: "https://x.example/feed?a=1&b=#c"},
		{Name: "yes", Kind: "feed", URL: `https://x.example/"quoted"`, Every: Span(6 * week)},
		{Name: "127.0.0.1-80", Kind: "feed", URL: "http://127.0.0.1:80", Allow: []string{"127.0.0.1:80", "[::1]:80"}, Paused: true},
		{Name: "caffè: {è}", Kind: "mastodon", URL: "https://x.example", Tags: []string{"cargo bike", "#x"}, Every: Off},
		{Name: "1e3", Kind: "feed", URL: "https://x.example"}, {Name: "0x1f", Kind: "feed", URL: "https://x.example"},
	} {
		if body, err := AddSource(nil, s); err != nil {
			t.Errorf("%+v: %v in %q", s, err, body)
		}
	}
}

func FuzzEdit(target *testing.F) {
	f := fuzz.Of(target)
	for _, e := range edits {
		f.Add(e.before)
	}
	f.Fuzz(func(t *testing.T, body string) {
		s := Source{Name: "new", Kind: "discourse", URL: "https://new.example"}
		added, err := AddSource([]byte(body), s)
		if err != nil {
			return
		}
		rest := string(added)
		for _, c := range []byte(body) { // all is still there, in its order; an empty list may have opened
			if strings.IndexByte("[] \r\n", c) >= 0 {
				continue
			}
			at := strings.IndexByte(rest, c)
			if at < 0 {
				t.Fatalf("%q is lost: %q became %q", c, body, added)
			}
			rest = rest[at+1:]
		}
		if _, err := RemoveSource(added, s.Name); err != nil && !errors.Is(err, ErrEdit) {
			t.Errorf("take %q out of %q again: %v", s.Name, added, err)
		}
	})
}
