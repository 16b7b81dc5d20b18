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
	v := Tell(story, nil, Options{Project: "Orti", Published: "https://reports.example/orti/"})
	l, err := Mail(v, data.LangEN)
	for _, want := range []string{`<a href="https://reports.example/orti/` + l.File + `#`, "<strong>", `<a href="https://reports.example/orti/` + l.File + `">`} {
		if err != nil || !strings.Contains(l.HTML, want) {
			t.Errorf("published: %v, want %q in\n%s", err, want, l.HTML)
		}
	}
	if !strings.Contains(l.Text, "https://reports.example/orti/"+l.File) || l.Subject != l.Headline || strings.Contains(l.Text, "..") {
		t.Errorf("published: want its address, the headline as the subject %q and no two stops in\n%s", l.Subject, l.Text)
	}
	v.Options.Published, v.Options.Contact = "javascript:alert(1)", "ada@example.org"
	if l, err := Mail(v, data.LangIT); err != nil || !strings.Contains(l.Text, "chiedi a ada@example.org") || strings.Contains(l.HTML, "javascript") {
		t.Errorf("not published: %v\n%s", err, l.Text)
	}
	early := storytest.Story(storytest.Size{People: 20, Posts: 40}, 1)
	if l, err := Mail(Tell(early, nil, Options{}), data.LangIT); err != nil || len(l.Lines) != 1 || l.Lines[0].Text == "" {
		t.Errorf("too early: %+v, %v, want one line", l.Lines, err)
	}
}
