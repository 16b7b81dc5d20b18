package crawler

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"tribu/data/fuzz"
)

// pagesOfOld returns the real pages that are at hand, by name.
func pagesOfOld(t testing.TB) map[string][]byte {
	pages := map[string][]byte{}
	for _, dir := range []string{"testdata", "../../shared/data/fixtures"} {
		_ = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
			if err == nil && !d.IsDir() && strings.Contains(path, "html") {
				if b, err := os.ReadFile(path); err == nil {
					pages[path] = b
				}
			}
			return nil
		})
	}
	return pages
}

// differs says where two documents are not the same, leaving out doctypes.
func differs(a, b *html.Node) string {
	kids := func(n *html.Node) []*html.Node {
		return slices.DeleteFunc(slices.Collect(n.ChildNodes()), func(c *html.Node) bool { return c.Type == html.DoctypeNode })
	}
	x, y := kids(a), kids(b)
	switch {
	case a.Type != b.Type || a.Data != b.Data || a.DataAtom != b.DataAtom || a.Namespace != b.Namespace || !slices.Equal(a.Attr, b.Attr):
		return fmt.Sprintf("%q %q is not %q %q", a.Data, a.Attr, b.Data, b.Attr)
	case len(x) != len(y):
		return a.Data + " holds another number of nodes"
	}
	for i := range x {
		if d := differs(x[i], y[i]); d != "" {
			return a.Data + " > " + d
		}
	}
	return ""
}

// asParsed checks what is read in one pass against html.Parse, and reports whether it was.
func asParsed(t *testing.T, w *wellFormed, name string, page []byte) bool {
	if !w.read(page) {
		return false
	}
	want, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatalf("%s: html.Parse gave up: %v", name, err)
	}
	if d := differs(w.open[0], want); d != "" {
		t.Errorf("%s: %s\n%.600q", name, d, page)
	}
	return true
}

func TestWellFormedPages(t *testing.T) {
	var w wellFormed
	for _, c := range []struct {
		body string
		read bool
	}{
		{`<p>one</p><p class="a b" ID=x data-y='1"2'>two &amp; <b>three</b><br/>four</p>`, true},
		{`<table><tr><td>1</td></tr> <tr><th>2</th></tr></table>`, true},
		{`<ul><li>1</li><li><ul><li>2</li></ul></li></ul><!-- so --><pre>x</pre>`, true},
		{`<a href="?a=1&amp;b=2" title="&quot;&lt;">x</a><select><option>1</option></select><textarea>&lt;</textarea>`, true},
		{`<script>if (a<b) document.write("</p>")</script><style>p>b{}</style><noscript><img></noscript>`, true},
		{`<p>one<p>two`, false},
		{`<p><div></div></p>`, false},
		{`<b><i>x</b></i>`, false},
		{`<a><a>x</a></a>`, false},
		{`<table>x<tr><td></td></tr></table>`, false},
		{`<div/>x`, false},
		{`a < b`, false},
		{`<a href="?a=1&copy=2">x</a>`, false},
		{`<p a=1 a=2>x</p>`, false},
		{`<pre>` + "\n" + `x</pre>`, false},
		{`<svg><title>x</title></svg>`, false},
	} {
		page := "<!DOCTYPE html>\n<html lang=it><head><title>a &amp; b</title> <meta charset=utf-8></head>\n<body>" + c.body + "</body>\n</html>\n"
		if got := asParsed(t, &w, c.body, []byte(page)); got != c.read {
			t.Errorf("%s: read in one pass %v, want %v", c.body, got, c.read)
		}
	}
}

func TestWellFormedCaptures(t *testing.T) {
	var w wellFormed
	all, read := 0, 0
	for name, page := range pagesOfOld(t) {
		all++
		if asParsed(t, &w, name, page) {
			read++
		}
	}
	t.Logf("%d of %d pages are read in one pass", read, all)
}

func FuzzWellFormed(target *testing.F) {
	f := fuzz.Of(target)
	for _, body := range []string{"<p>x</p>", "<table><tr><td>1</td></tr></table><hr>", "<ul><li><b><a href='?x&amp;y'>1</a></b></li></ul>", "<dl><dt>1</dt><dd>2</dd></dl>",
		"<form><input><select><optgroup><option>1</option></optgroup></select><button>x</button><textarea>x</textarea></form>", "<h1>x</h1><!-- x --><iframe>x</iframe>",
		"<table><caption>x</caption><colgroup><col></colgroup><thead><tr><th>1</th></tr></thead></table>"} {
		f.Add("<html><head><title>x</title></head> <body>" + body + "</body> </html> ")
		f.Add("<!doctype html><html><body>" + body)
	}
	f.Fuzz(func(t *testing.T, page string) { asParsed(t, &wellFormed{}, "page", []byte(page)) })
}

// TestWellFormedSoup nests elements at random.
func TestWellFormedSoup(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	tags := strings.Fields("a b i b u div p ul li ol dl dt dd h1 h2 table tbody thead tr td th caption colgroup col select optgroup option form button span pre script style title textarea noscript iframe br hr input meta link blockquote fieldset address label section")
	words := []string{"x", " ", "\n", "&lt;", "", "<!-- y -->", "<br>", "<hr/>", "z\r\n"}
	var w wellFormed
	read := 0
	for range 30_000 {
		var b strings.Builder
		var nest func(depth int)
		nest = func(depth int) {
			for range r.IntN(4) {
				b.WriteString(words[r.IntN(len(words))])
				tag := tags[r.IntN(len(tags))]
				fmt.Fprintf(&b, "<%s", tag)
				if r.IntN(4) == 0 {
					b.WriteString(` id=1 class="c d"`)
				}
				b.WriteString(">")
				if depth > 0 && !slices.Contains(strings.Fields("br hr input meta link col"), tag) {
					nest(depth - 1)
					if r.IntN(30) > 0 {
						fmt.Fprintf(&b, "</%s>", tag)
					}
				}
			}
			b.WriteString(words[r.IntN(len(words))])
		}
		nest(1 + r.IntN(4))
		if page := "<html><head></head><body>" + b.String() + "</body></html>"; asParsed(t, &w, "soup", []byte(page)) {
			read++
		}
		if t.Failed() {
			return
		}
	}
	if read < 3000 {
		t.Errorf("%d of 30,000 pages were read in one pass: too few to say anything", read)
	}
}
