package reports

import (
	"strings"
	"testing"

	"tribu/data"
	"tribu/reports/internal/storytest"
)

func TestLetter(t *testing.T) {
	story := storytest.Story(storytest.Typical(), 1)
	story.Tribes[0].Name = `<script>alert(1)</script>`
	for _, lang := range Languages() {
		v := Tell(story, nil, Options{Project: "Orti\r\nBcc: everybody@example.org"})
		l, err := Mail(v, lang)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := Mail(v, lang)
		if l.Text != again.Text || l.HTML != again.HTML {
			t.Errorf("%s: two letters of one view differ", lang)
		}
		if len(l.Lines) != 5 || strings.Count(l.Text, "\n5. ") != 1 || !strings.Contains(l.Text, l.Headline) {
			t.Errorf("%s: want five lines and the headline:\n%s", lang, l.Text)
		}
		if n := len(l.Text) + len(l.HTML); n > 20<<10 {
			t.Errorf("%s: %d bytes", lang, n)
		}
		if strings.ContainsAny(l.Subject, "\r\n") {
			t.Errorf("%s: subject %q has more than one line", lang, l.Subject)
		}
		for _, bad := range []string{"<script", "http", "src="} {
			if strings.Contains(l.HTML, bad) {
				t.Errorf("%s: the page holds %q", lang, bad)
			}
		}
	}
	early := storytest.Story(storytest.Size{People: 20, Posts: 40}, 1)
	if l, err := Mail(Tell(early, nil, Options{}), data.LangIT); err != nil || len(l.Lines) != 1 || l.Lines[0].Text == "" {
		t.Errorf("too early: %+v, %v, want one line", l.Lines, err)
	}
}
