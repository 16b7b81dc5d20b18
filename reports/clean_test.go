package reports

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tribu/data"
)

func sourceText(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	for _, pattern := range []string{"*.go", "templates/*.html"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			b.Write(text)
		}
	}
	return b.String()
}

func TestClean(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"a\u202eb", "ab"},
		{"a\u2066b\u2069", "ab"},
		{"one\n two\t three", "one two three"},
		{"bell\a and \x00nul", "bell and nul"},
		{"\xff\xfe broken", "broken"},
		{"l’app è più lenta", "l’app è più lenta"},
		{"family 👩‍👧 stays", "family 👩‍👧 stays"},
	} {
		if got := clean(c.in); got != c.want {
			t.Errorf("clean(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

// TestCutSaid: what somebody said ends behind a sentence of theirs where it is too long.
func TestCutSaid(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"The oven is cold.", "The oven is cold."},
		{"The oven is cold again today. Nobody knows why it is", "The oven is cold again today. […]"},
		{"Il forno resta freddo anche oggi.Nessuno sa perché non scalda", "Il forno resta freddo anche oggi. […]"},
		{"The oven is cold again. Nobody…", "The oven is cold again. […]"},
		{"The oven is…", "The oven is…"},
		{"The oven that Mr. Hill built us in spring is cold again", "The oven that Mr. Hill built us in spring…"},
		{"Cold. The oven that was built for us in spring is cold", "Cold. The oven that was built for us in…"},
	} {
		if got := cutSaid(c.in, 42); got != c.want {
			t.Errorf("cutSaid(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestLink(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"https://forum.example/t/1?a=b#c", "https://forum.example/t/1?a=b#c"},
		{"HTTP://forum.example/", "http://forum.example/"},
		{"//evil.example/x", ""}, {"javascript:alert(1)", ""}, {"data:text/html,x", ""}, {"https:evil", ""},
		{"https://user:pass@forum.example/", ""}, {"file:///etc/passwd", ""}, {"/t/1", ""}, {"", ""}, {"https://a\u202eb.example/", ""},
	} {
		if got := link(c.in); got != c.want {
			t.Errorf("link(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestWords(t *testing.T) {
	for _, c := range []struct {
		post data.Post
		want string
	}{
		{data.Post{Title: " A title ", Body: "Body."}, "A title"},
		{data.Post{Format: data.FormatText, Body: "The first sentence of it. The second."}, "The first sentence of it."},
		{data.Post{Format: data.FormatHTML, Body: "<p>Markup</p>"}, ""},
	} {
		if got := words(c.post); got != c.want {
			t.Errorf("words(%+v) = %q, want %q", c.post, got, c.want)
		}
	}
}
