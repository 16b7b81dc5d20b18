package nlp

import (
	"strings"
	"testing"
	"testing/fstest"

	"tribu/nlp/lexicon"
)

// A wrong entry is told with its file and line; of wrong entries in several lists always the same one.
func TestWrongEntries(t *testing.T) {
	read := func(files fstest.MapFS) error {
		from, err := wordsIn(lexicon.In(files))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := newEndings(from); err != nil {
			return err
		}
		_, err = newReader(from)
		return err
	}
	wrong := map[string]string{"short": "dont", "accent": "perch", "mail": "regards\tfarewell", "ending": "-\tdone"}
	all := fstest.MapFS{}
	for list, entry := range wrong {
		file := &fstest.MapFile{Data: []byte("# head\n" + entry + "\n")}
		if err := read(fstest.MapFS{"es/" + list + ".txt": file}); err == nil || !strings.Contains(err.Error(), "es/"+list+": line 2") {
			t.Errorf("es/%s.txt with %q: %v, want file and line", list, entry, err)
		}
		if list != "ending" {
			all["es/"+list+".txt"] = file
		}
	}
	for range 20 {
		if err := read(all); err == nil || !strings.Contains(err.Error(), "es/short: line 2") {
			t.Fatalf("where several lists are wrong: %v, want the first told", err)
		}
	}
}
