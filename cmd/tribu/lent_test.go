package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/nlp"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestHeardInAnyOrder: short posts whose language only their authors' and threads' other posts tell are
// heard alike, whatever was imported and analysed first. Problems keep ids of earlier times, and are left out.
func TestHeardInAnyOrder(t *testing.T) {
	at := map[data.Lang][]string{
		data.LangIT: {"Come si pota il fico? Vorrei un manuale.", "Ok!", "Non funziona l'irrigatore, aiuto.", "Video?"},
		data.LangEN: {"I wish there was a manual for the fig tree.", "Ok!", "How do I repair the tap, please?", "Video?"},
	}
	var lines []string
	for i := range 40 {
		lang, by := data.LangIT, i%5
		if by > 2 {
			lang = data.LangEN
		}
		lines = append(lines, fmt.Sprintf(`{"id":"%d","source":"s","author":"a%d","thread_id":"t%d","created_at":"2026-05-%02dT10:00:00Z","text":%q}`,
			i, by, i/10, 1+i%28, at[lang][i/5%4]))
	}
	heard := func(parts ...[]string) (all []data.AnalyzedPost) {
		dir := project(t)
		for _, part := range parts {
			run(t, exitDone, "-C", dir, "import", write(t, "posts.jsonl", []byte(strings.Join(part, "\n")+"\n")))
			run(t, exitDone, "-C", dir, "analyse")
		}
		db, err := sqlite.Open(t.Context(), filepath.Join(dir, "tribu.db"), sqlite.Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		for p, err := range db.Analyzed(t.Context(), nlp.Version, data.Window{To: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)}) {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, p)
		}
		return all
	}
	want := heard(lines)
	for _, p := range want {
		if !p.Annotation.Lang.Heard() {
			t.Errorf("post %s is in %q, want what its author writes", p.ID, p.Annotation.Lang)
		}
	}
	backwards := slices.Clone(lines)
	slices.Reverse(backwards)
	for name, parts := range map[string][][]string{"halves": {lines[:20], lines[20:]}, "backwards": {backwards[:7], backwards[7:8], backwards[8:]}} {
		if diff := cmp.Diff(want, heard(parts...), cmpopts.IgnoreFields(data.Need{}, "Problem", "Called", "Speaks")); diff != "" {
			t.Errorf("%s: heard (-at once +in parts):\n%s", name, diff)
		}
	}
}
