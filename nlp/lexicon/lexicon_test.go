package lexicon

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestListsAreWellFormed(t *testing.T) {
	for _, path := range paths() {
		text, err := own.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !norm.NFC.IsNormal(text) {
			t.Errorf("%s: not in NFC", path)
		}
		if !strings.HasPrefix(string(text), "# ") {
			t.Errorf("%s: no header saying how it was compiled", path)
		}
		entries, err := Own().Load(path)
		if err != nil {
			t.Fatal(err)
		}
		if len(entries) == 0 {
			t.Errorf("%s: empty", path)
		}
		for _, e := range entries {
			if e.Phrase == "" {
				t.Errorf("%s:%d: empty phrase", path, e.Line)
			}
			if strings.ToLower(e.Phrase) != e.Phrase {
				t.Errorf("%s:%d: %q is not in lower case", path, e.Line, e.Phrase)
			}
		}
		for number, line := range strings.Split(string(text), "\n") {
			if twice := repeated(line); twice != "" {
				t.Errorf("%s:%d: %q stands twice among its alternatives", path, number+1, twice)
			}
		}
		if words(entries) && !slices.IsSortedFunc(entries, func(a, b Entry) int { return strings.Compare(a.Phrase, b.Phrase+"\x00") }) {
			t.Errorf("%s: words are not sorted, or not unique", path)
		}
	}
}

// repeated returns an alternative that stands twice in one group of line.
func repeated(line string) string {
	for _, group := range strings.Split(line, "{")[1:] {
		group, _, _ = strings.Cut(group, "}")
		seen := map[string]bool{}
		for _, w := range strings.Split(group, "|") {
			if seen[w] {
				return w
			}
			seen[w] = true
		}
	}
	return ""
}

// words reports whether a list holds single words without attributes.
func words(entries []Entry) bool {
	return !slices.ContainsFunc(entries, func(e Entry) bool { return strings.Contains(e.Phrase, " ") || len(e.Attrs) > 0 })
}

func TestParse(t *testing.T) {
	got, err := Parse("# head\n\n{a|b|} c\t3 x\nplain\n")
	if err != nil {
		t.Fatal(err)
	}
	var phrases []string
	for _, e := range got {
		phrases = append(phrases, e.Phrase)
	}
	if want := []string{"a c", "b c", "c", "plain"}; !slices.Equal(phrases, want) {
		t.Errorf("phrases = %q, want %q", phrases, want)
	}
	if got[0].Line != 3 || !slices.Equal(got[0].Attrs, []string{"3", "x"}) {
		t.Errorf("first entry = %+v", got[0])
	}
	for _, bad := range []string{"{a|b", "a}"} {
		if _, err := Parse(bad); err == nil {
			t.Errorf("Parse(%q) found nothing wrong", bad)
		}
	}
}

// paths returns the paths of all lists, sorted.
func paths() []string {
	var all []string
	_ = fs.WalkDir(own, ".", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			all = append(all, path)
		}
		return err
	})
	slices.Sort(all)
	return all
}
