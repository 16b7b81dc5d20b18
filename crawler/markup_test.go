package crawler

import (
	"fmt"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// TestMarkupFindsWhatCascadiaFinds holds every selector of the presets, and some that say little of
// what they find, against a search of all elements.
func TestMarkupFindsWhatCascadiaFinds(t *testing.T) {
	page := `<html><body id="top" class="x"><div class="post a-1	b" id="p1"><p class="author">by <strong>ada</strong></p><div class="content">one<blockquote><cite><a href="#p0">x</a></cite>
<blockquote class="content b">two</blockquote></blockquote></div></div><div class="post" id="p2"><DIV CLASS="content content"><a rel="next" href="?start=1">n</a></DIV></div>
<table id="messageindex"><tr><td class="subject windowbg2">s</td><td></td></tr></table><ul class="topiclist topics"><li class="row"><a class="topictitle" href="/t">t</a></li></ul></body></html>`
	selectors := []string{"*", "div", "DIV", "[id]", ".post", ".post[id^=p]", "#p2 .content", "p, .b, #p1, div", ":not(.post)", "div:has(cite) > .content", ".post > p + div", ".a-1.b", "a[href='?start=1']", "td:last-child", "body *", "div\tp", `.a\2d 1`, "blockquote blockquote"}
	for _, preset := range presets() {
		for _, text := range preset {
			for _, alternative := range strings.Split(text, "||") {
				css, _, _ := strings.Cut(" "+alternative, " ~ ")
				css, _, _ = strings.Cut(css, " @")
				if css = strings.TrimSpace(css); css != "" {
					selectors = append(selectors, css)
				}
			}
		}
	}
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	known := endings{}
	compiled := map[string]selector{}
	for _, css := range selectors {
		if compiled[css], err = known.compile(css); err != nil {
			t.Fatalf("%s: %v", css, err)
		}
	}
	m := &markup{}
	m.of(doc, known)
	for _, css := range selectors {
		for at := range m.nodes {
			scope := element{m, at}
			var got, want []string
			for _, e := range scope.find(compiled[css]) {
				got = append(got, fmt.Sprintf("%p", e.node()))
			}
			for _, n := range cascadia.QueryAll(scope.node(), cascadia.MustCompile(css)) {
				if n != scope.node() {
					want = append(want, fmt.Sprintf("%p", n))
				}
			}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%q within %s: found %d elements, cascadia %d", css, scope.node().Data, len(got), len(want))
			}
		}
	}
}

func TestEndOfASelector(t *testing.T) {
	for css, want := range map[string]string{
		"a": "a", "A": "a", "*": "", "[x]": "", ".post": ".post", "div.post[id^=p]": ".post", "#a .b.c": ".b", "tr:has(a.title)": "tr",
		"a[href='x y.z']": "a", "li:nth-last-child(2) > a": "a", ".a\\:b": "", "p\n.x": ".x", ":first-child": "", "h3 a[href*='/timeline?']": "a",
	} {
		if got := nameOf(css); got != want {
			t.Errorf("%q ends with %q, want %q", css, got, want)
		}
	}
}
