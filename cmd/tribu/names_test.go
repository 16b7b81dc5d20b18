package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tribu/data"
)

// tribeWords returns the words of the tribes that an export writes.
func tribeWords(t *testing.T, dir string, flags ...string) (all []string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(run(t, exitDone, append([]string{"-C", dir, "export", "tribes"}, flags...)...))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		all = append(all, data.Words(row[len(row)-2])...)
	}
	return all
}

// nobodyIsNamed: no anonymised output holds what somebody is called, unless it is everybody's word;
// and after somebody was let go, no output holds what they were called.
func nobodyIsNamed(t *testing.T, dir string) {
	t.Helper()
	common, err := ordinary()
	if err != nil {
		t.Fatal(err)
	}
	var gone, still, everybodys string
	for _, w := range tribeWords(t, dir) {
		switch {
		case len(w) < 4:
		case common[w]:
			everybodys = w
		case gone == "":
			gone = w
		case w != gone:
			still = w
		}
	}
	posts := ""
	for i, name := range []string{gone, still, everybodys} {
		posts += fmt.Sprintf(`{"id":"n%d","author":%q,"created_at":"2026-06-20T10:00:00Z","text":"Good evening."}`+"\n", i, name)
	}
	file := filepath.Join(t.TempDir(), "people.jsonl")
	if err := os.WriteFile(file, []byte(posts), 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, exitDone, "-C", dir, "import", file)
	if words := tribeWords(t, dir, "--anonymise"); slices.Contains(words, gone) || slices.Contains(words, still) || !slices.Contains(words, everybodys) {
		t.Errorf("anonymised tribes, authors called %q, %q and %q: got %q; want only the last, an ordinary word", gone, still, everybodys, words)
	}
	friends := "Friends of " + gone
	a := lettersIn(t, dir)[0]
	run(t, exitDone, "-C", dir, "tribe", "note", a, friends)
	run(t, exitDone, "-C", dir, "tribe", "rename", a, friends)
	if said := run(t, exitDone, "-C", dir, "tribe", "show", a); !strings.Contains(said, friends) {
		t.Errorf("tribe show of a tribe called %q: got %s", friends, said)
	}
	run(t, exitDone, "-C", dir, "people", "opt-out", gone, "--yes")
	if words := tribeWords(t, dir); slices.Contains(words, gone) || !slices.Contains(words, still) {
		t.Errorf("tribes after %q was let go and %q was not: got %q", gone, still, words)
	}
	for _, args := range [][]string{{"tribe", "list", "--json"}, {"needs", "list"}, {"export", "needs"}, {"tribe", "decisions"}, {"tribe", "decisions", "--json"},
		{"tribe", "show", a, "--json"}, {"tribe", "undo"}} {
		if said := run(t, exitDone, append([]string{"-C", dir}, args...)...); slices.Contains(data.Words(said), gone) {
			t.Errorf("%q after %q was let go: got %s", args, gone, said)
		}
	}
	run(t, exitDone, "-C", dir, "report", "-q")
	if page, err := os.ReadFile(filepath.Join(dir, "reports", "latest.en.html")); err != nil || strings.Contains(string(page), friends) {
		t.Errorf("the report says %q after %q was let go (%v)", friends, gone, err)
	}
	key := filepath.Join(dir, keyFile)
	if err := os.Rename(key, key+".away"); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"tribe", "list"}, {"export", "needs"}, {"report"}} {
		run(t, exitFailed, append([]string{"-C", dir}, args...)...)
	}
	if err := os.Rename(key+".away", key); err != nil {
		t.Fatal(err)
	}
}

// TestOrdinaryWordsAreNobodysName: a name is none in any language, whatever list of another language holds it.
func TestOrdinaryWordsAreNobodysName(t *testing.T) {
	words, err := ordinary()
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]bool{"linda": false, "ben": false, "anna": false, "marco": false, "water": true, "acqua": true} {
		if words[word] != want {
			t.Errorf("%q is an ordinary word: %v, want %v", word, words[word], want)
		}
	}
}

// TestMainOptions: any flag but as-of, window and seed makes a side run, also where it says what a default would.
func TestMainOptions(t *testing.T) {
	dir := demo(t)
	for _, c := range []struct {
		flags []string
		want  bool
	}{
		{[]string{"--seed", "1"}, true},
		{[]string{"--half-life", "4w", "--window", "8w"}, false},
	} {
		said := run(t, exitDone, append([]string{"-C", dir, "--json", "cluster", "--as-of", "2026-06-28"}, c.flags...)...)
		if got := strings.Contains(said, `"main": true`) || strings.Contains(said, `"main":true`); got != c.want {
			t.Errorf("cluster %q: main %v, want %v: %s", c.flags, got, c.want, said)
		}
	}
}
