package reports

import (
	"bytes"
	"os"
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/internal/storytest"
)

func options() Options {
	rome, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		panic(err)
	}
	return Options{Project: "Orti & allotments", About: map[data.Lang]string{"": "what people who grow food in town run into"}, Location: rome,
		Langs: []data.Lang{data.LangEN, data.LangIT}, Version: "0.1.0"}
}

func render(t testing.TB, story data.Story, o Options, lang data.Lang) []byte {
	t.Helper()
	return rendered(t, Tell(story, nil, o), lang)
}

// rendered returns the page of v, with breaks where they are kept from lines too.
func rendered(t testing.TB, v View, lang data.Lang) []byte {
	t.Helper()
	page, err := Render(v, lang)
	if err != nil {
		t.Fatalf("Render(%s): %v", lang, err)
	}
	return bytes.ReplaceAll(bytes.ReplaceAll(page, []byte(hardSpace), []byte(" ")), []byte(noBreak), nil)
}

func TestSameStorySameBytes(t *testing.T) {
	for _, lang := range Languages() {
		a := render(t, storytest.Story(storytest.Typical(), 1), options(), lang)
		b := render(t, storytest.Story(storytest.Typical(), 1), options(), lang)
		if !bytes.Equal(a, b) {
			t.Errorf("%s: two renderings of one story differ", lang)
		}
		if dir := os.Getenv("REPORT_DIR"); dir != "" {
			if err := os.WriteFile(dir+"/typical."+string(lang)+".html", a, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if len(a) > 400<<10 {
			t.Errorf("%s: %d bytes, want at most 400 KiB", lang, len(a))
		}
		t.Logf("%s: %d bytes", lang, len(a))
	}
}
