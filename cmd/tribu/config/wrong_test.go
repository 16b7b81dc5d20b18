package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWhatCannotWork: settings that parse and by which nothing could be sent, and values of a wrong
// kind, are named in people's words.
func TestWhatCannotWork(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`notify: {email: {to: [team@example.org], smtp: "smtp.example.org:587"}}`, ""},
		{`notify: {email: {to: [team@example.org], smtp: "smtp.example.org"}}`, ""},
		{`notify: {email: {to: ["Team <team@example.org>"], smtp: "127.0.0.1:25", from: me@example.org}}`, ""},
		{`notify: {email: {to: [a@example.org, foo], smtp: "smtp.example.org:587"}}`, `"foo" is no e-mail address`},
		{`notify: {email: {to: [a@example.org], from: me, smtp: "smtp.example.org:587"}}`, `"me" is no e-mail address`},
		{`notify: {email: {to: [a@example.org], smtp: "smtp.example.org:mail"}}`, `"smtp.example.org:mail" is no HOST:PORT`},
		{`notify: {email: {to: [a@example.org], smtp: "https://smtp.example.org/"}}`, `is no HOST:PORT`},
		{`project: [a]`, "want one text"},
		{`sources: here`, "want a list"},
		{`cluster: {seed: many}`, "number"},
		{`report: reports`, "want keys with values"},
	} {
		path := filepath.Join(t.TempDir(), "tribu.yaml")
		if err := os.WriteFile(path, []byte(c.text+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		_, _, err := Load(path, func(string) string { return "" })
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "unmarshal")) {
			t.Errorf("%s: got %v, want %q", c.text, err, c.want)
		}
	}
}

// TestExcerptFits: of a long line the excerpt shows what is around the mistake, the caret under it.
func TestExcerptFits(t *testing.T) {
	line := strings.Repeat(" ", 400) + "rate: 2"
	_, err := func() (string, error) {
		path := filepath.Join(t.TempDir(), "tribu.yaml")
		if err := os.WriteFile(path, []byte("crawl: {"+line+"}\n"), 0o600); err != nil {
			return "", err
		}
		return path, MistakeAt(path, "crawl.rate", "no")
	}()
	var m *Mistake
	if !errors.As(err, &m) {
		t.Fatal(err)
	}
	lines := strings.Split(m.Excerpt, "\n")
	for _, l := range lines {
		if len(l) > 80 {
			t.Errorf("got a line of %d columns: %s", len(l), l)
		}
	}
	if at := strings.Index(lines[0], "2"); at < 0 || strings.Index(lines[1], "^") != strings.LastIndex(lines[0], "2") {
		t.Errorf("got\n%s\nwant the caret under 2", m.Excerpt)
	}
}
