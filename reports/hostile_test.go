package reports

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tribu/data"
	"tribu/reports/internal/storytest"
)

var update = flag.Bool("update", false, "write the golden report again")

func payloads() []string {
	return []string{
		`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `'><svg onload=alert(1)>`, `</title><script>alert(1)</script>`,
		`</style><script>alert(1)</script>`, `</script><script>alert(1)</script>`, `<iframe srcdoc="<script>alert(1)</script>">`,
		`{{.Secret}}`, `{{template "page"}}`, "`${alert(1)}`", `javascript:alert(1)`, `<a href="javascript:alert(1)">x</a>`,
		`<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>`, `<!--<script>alert(1)</script>-->`, `]]><script>alert(1)</script>`,
		`&lt;script&gt;alert(1)&lt;/script&gt;`, `&#60;script&#62;alert(1)`, "\u202eevil\u202c", "\u2066isolate", "\u0000nul", `<base href="//evil.example">`,
		`<meta http-equiv=refresh content="0;url=//evil.example">`, `<form action=//evil.example><input name=x>`, `<link rel=stylesheet href=//evil.example>`,
		`" style="background:url(//evil.example)`, `' onmouseover='alert(1)`, `<details open ontoggle=alert(1)>`, `*bold* [link] {n}`,
	}
}

// hostile puts payloads everywhere a story holds what somebody wrote.
func hostile() data.Story {
	s := storytest.Story(storytest.Size{People: 90, Posts: 700}, 7)
	p := payloads()
	next := 0
	bad := func() string { next++; return p[next%len(p)] }
	ids := make([]data.AuthorID, 0, len(s.Authors))
	for id := range s.Authors {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b data.AuthorID) int { return bytes.Compare(a[:], b[:]) })
	for _, id := range ids {
		a := s.Authors[id]
		a.Name, a.Handle, a.URL = bad(), bad(), []string{"javascript:alert(1)", "//evil.example/u", "https://forum.example/" + bad()}[next%3]
		s.Authors[id] = a
	}
	for i := range s.Needs {
		s.Needs[i].Quote, s.Needs[i].Object, s.Needs[i].URL, s.Needs[i].Place = bad(), p[i%5], []string{"data:text/html,x", "javascript:alert(1)", "https://forum.example/?q=" + bad()}[i%3], bad()
		s.Needs[i].Need.Lang = data.Lang([]string{`en" onload="alert(1)`, "it", "und"}[i%3])
	}
	for id, th := range s.Threads {
		th.Title = p[int(id[0])%len(p)]
		s.Threads[id] = th
	}
	for i := range s.Activity {
		s.Activity[i].Place, s.Activity[i].Source = p[i%4], p[i%3]
	}
	for i := range s.Tribes {
		s.Tribes[i].Name = bad()
		for j := range s.Tribes[i].Words {
			s.Tribes[i].Words[j].Form = bad()
		}
		for j := range s.Tribes[i].Needs {
			s.Tribes[i].Needs[j].Topic = bad()
		}
	}
	for i := range s.Sources {
		s.Sources[i].Name, s.Sources[i].Kind, s.Sources[i].LastError = bad(), bad(), bad()
	}
	s.Params, s.Code, s.Inputs, s.Algorithm = `{"<script>":"</script><script>alert(1)</script>"}`, bad(), bad(), bad()
	return s
}

func hostileOptions() Options {
	o := options()
	o.Project, o.About, o.Version = `</title><script>alert(1)</script>`, map[data.Lang]string{"": `"><img src=x onerror=alert(1)>`}, `<b>`
	return o
}

func TestHostileStoryStaysText(t *testing.T) {
	for _, lang := range Languages() {
		page := string(rendered(t, measured(hostile(), hostileOptions()), lang))
		if n := strings.Count(page, "<script"); n != 1 {
			t.Errorf("%s: %d script elements, want the page's own", lang, n)
		}
		for _, tag := range []string{"<img", "<iframe", "<form", "<base", "<link", "<math", "<input", "<object", "<!--"} {
			if strings.Contains(page, tag) {
				t.Errorf("%s: the page holds %s", lang, tag)
			}
		}
		for _, r := range "\u202e\u202c\u2066\u0000" {
			if strings.ContainsRune(page, r) {
				t.Errorf("%s: the page holds %U", lang, r)
			}
		}
		if found := regexp.MustCompile(`<[a-z][^>]*\s(on[a-z]+|style)\s*=`).FindString(regexp.MustCompile(`"[^"]*"`).ReplaceAllString(page, `""`)); found != "" {
			t.Errorf("%s: the page holds the attribute %s", lang, found)
		}
		for _, href := range regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(page, -1) {
			if h := href[1]; !strings.HasPrefix(h, "#") && !strings.HasPrefix(h, "https://forum.example/") && !strings.HasPrefix(h, "https://orti.example/") &&
				!regexp.MustCompile(`^((2026-W47\.(en|it)|index(\.it)?)\.html|2026-W47\.posts\.(en|it)\.html#[A-Za-z0-9-]+)$`).MatchString(h) {
				t.Errorf("%s: the page links to %q", lang, h)
			}
		}
		for _, a := range regexp.MustCompile(`<a [^>]*href="https?:[^>]*>`).FindAllString(page, -1) {
			if !strings.Contains(a, `rel="noreferrer"`) {
				t.Errorf("%s: a link tells where it comes from: %s", lang, a)
			}
		}
	}
}

// TestGolden pins the hostile report: small enough to read, and every section is in it.
func TestGolden(t *testing.T) {
	got := regexp.MustCompile(`base64,[A-Za-z0-9+/=]+`).ReplaceAll(rendered(t, measured(hostile(), hostileOptions()), data.LangIT), []byte("base64,…")) // its letters aside
	path := filepath.Join("testdata", "hostile.it.golden.html")
	if *update {
		if err := os.WriteFile(path, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		at := 0
		for at < min(len(got), len(want)) && got[at] == want[at] {
			at++
		}
		t.Errorf("the report differs from %s at byte %d:\n got …%s…\nwant …%s…\n(go test -run Golden -update writes it again)", path, at,
			got[max(0, at-80):min(len(got), at+80)], want[max(0, at-80):min(len(want), at+80)])
	}
}

// TestPolicyAllowsThePageItself compares the hashes of the policy with the style and script written.
func TestPolicyAllowsThePageItself(t *testing.T) {
	page := string(render(t, storytest.Story(storytest.Typical(), 1), options(), data.LangEN))
	for _, tag := range []string{"style", "script"} {
		_, rest, _ := strings.Cut(page, "<"+tag+">")
		content, _, ok := strings.Cut(rest, "</"+tag+">")
		if !ok {
			t.Fatalf("no %s element", tag)
		}
		sum := sha256.Sum256([]byte(content))
		want := base64.StdEncoding.EncodeToString(sum[:])
		if !strings.Contains(strings.ReplaceAll(page, "&#43;", "+"), "sha256-"+want) {
			t.Errorf("the policy does not allow the %s with hash %s", tag, want)
		}
	}
}
