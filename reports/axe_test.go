package reports

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"tribu/data"
	"tribu/reports/internal/storytest"

	"github.com/chromedp/chromedp"
)

const axeVersion = "4.14.1"

// axe returns axe-core, from the module's .cache or by npm; without either the test is skipped.
func axe(t *testing.T) string {
	t.Helper()
	kept := filepath.Join("..", ".cache", "axe-core-"+axeVersion+".js")
	if b, err := os.ReadFile(kept); err == nil {
		return string(b)
	}
	dir := t.TempDir()
	pack := exec.Command("npm", "pack", "--silent", "axe-core@"+axeVersion)
	pack.Dir = dir
	if out, err := pack.CombinedOutput(); err != nil {
		t.Skipf("skipped: no axe-core in .cache, and npm pack gives none (%v): %.200s", err, out)
	}
	script := unpack(t, filepath.Join(dir, "axe-core-"+axeVersion+".tgz"), "package/axe.min.js")
	if err := os.MkdirAll(filepath.Dir(kept), 0o700); err == nil {
		_ = os.WriteFile(kept, script, 0o600) // kept only to ask npm once
	}
	return string(script)
}

// unpack returns one file of a .tgz.
func unpack(t *testing.T, path, name string) []byte {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if err != nil {
			t.Fatalf("find %s in %s: %v", name, path, err)
		}
		if h.Name == name {
			b, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			return b
		}
	}
}

const violations = `(async () => { document.querySelectorAll("details").forEach(d => d.open = true);
 const r = await axe.run(document, {resultTypes: ["violations"]});
 return r.violations.map(v => v.id + " " + v.nodes[0].html.slice(0, 200)).join("; "); })()`

// TestAxe looks for what bars people from the page: none in light or dark, every fold open.
func TestAxe(t *testing.T) {
	script := axe(t)
	dir := t.TempDir()
	view := measured(storytest.Story(storytest.Typical(), 1), options())
	view.Measures = planted(view)
	pages := map[string][]byte{"early.en": render(t, early(), options(), data.LangEN), "all.it": rendered(t, view, data.LangIT)}
	ctx := browser(t)
	for name, content := range pages {
		path := filepath.Join(dir, name+".html")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, scheme := range []string{"light", "dark"} {
			if found := violationsOf(t, ctx, "file://"+path, scheme, script); found != "" {
				t.Errorf("%s, %s: %s", name, scheme, strings.ReplaceAll(found, "\n", " "))
			}
		}
	}
}

func violationsOf(t *testing.T, parent context.Context, address, scheme, script string) string {
	t.Helper()
	ctx, cancel := chromedp.NewContext(parent)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
	evaluate[int](t, ctx, script+"; document.documentElement.dataset.theme = '"+scheme+"', 1")
	found, err := chromedp.Run(ctx, chromedp.Evaluate[string](violations, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return found
}
