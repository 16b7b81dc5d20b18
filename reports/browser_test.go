package reports

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/internal/storytest"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdp "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browser returns a headless Chromium, and fails where there is none: TRIBU_NO_BROWSER=1 skips.
func browser(t *testing.T) context.Context {
	t.Helper()
	if os.Getenv("TRIBU_NO_BROWSER") != "" {
		t.Skip("skipped: TRIBU_NO_BROWSER is set, so no page was opened in a browser")
	}
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		t.Fatal("no Chromium found: install it (Debian: apt-get install chromium) or set TRIBU_NO_BROWSER=1 to skip")
	}
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.UserDataDir(t.TempDir())}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	t.Cleanup(cancel)
	ctx, stop := chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(stop)
	ctx, end := chromedp.NewContext(ctx)
	t.Cleanup(end)
	return ctx
}

// A watch is what a browser reports that a report must never cause.
type watch struct {
	mu       sync.Mutex
	troubles []string
	page     string
}

func (w *watch) note(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.troubles = append(w.troubles, fmt.Sprintf(format, args...))
}

func (w *watch) listen(ev any) {
	switch ev := ev.(type) {
	case *network.EventRequestWillBeSent:
		if ev.Request.URL != w.page && !strings.HasPrefix(ev.Request.URL, "data:font/woff2;") { // its letters lie in the page
			w.note("request to %s", ev.Request.URL)
		}
	case *runtime.EventConsoleAPICalled:
		w.note("console: %s", ev.Type)
	case *runtime.EventExceptionThrown:
		w.note("exception: %s", ev.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		w.note("log: %s", ev.Entry.Text)
	case *cdp.EventJavascriptDialogOpening:
		w.note("dialog: %s", ev.Message)
	}
}

func TestInBrowser(t *testing.T) {
	dir := t.TempDir()
	cases := map[string][]byte{}
	for _, lang := range Languages() {
		cases["typical."+string(lang)] = render(t, storytest.Story(storytest.Typical(), 1), options(), lang)
		cases["hostile."+string(lang)] = rendered(t, measured(hostile(), hostileOptions()), lang)
		cases["early."+string(lang)] = render(t, early(), options(), lang)
		cases["measured."+string(lang)] = rendered(t, withPlanted(storytest.Story(storytest.Typical(), 1)), lang)
	}
	ctx := browser(t)
	for name, content := range cases {
		path := filepath.Join(dir, name+".html")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) { open(t, ctx, "file://"+path) })
	}
}

func open(t *testing.T, parent context.Context, address string) {
	ctx, cancel := chromedp.NewContext(parent)
	defer cancel()
	w := &watch{page: address}
	if err := chromedp.Listen(ctx, w.listen); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
	for _, width := range []int64{320, 390, 768, 1280, 1920} {
		if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900)); err != nil {
			t.Fatal(err)
		}
		wide := evaluate[int64](t, ctx, `document.documentElement.scrollWidth`)
		if wide > width {
			t.Errorf("at %d px the page is %d px wide, because of %s", width, wide, evaluate[string](t, ctx, widest))
		}
	}
	if n := evaluate[int](t, ctx, `document.querySelectorAll("button[hidden]").length`); n > 0 {
		t.Errorf("%d buttons stay hidden: the script did not run", n)
	}
	theme := evaluate[string](t, ctx, `document.querySelectorAll("details").forEach(d => d.open = true), document.querySelector("button[data-act=theme]").click(), document.documentElement.dataset.theme`)
	if theme != "dark" && theme != "light" {
		t.Errorf("the theme button set the theme %q", theme)
	}
	if n := evaluate[int](t, ctx, `[...document.querySelectorAll("a[href^='#']")].filter(a => !document.getElementById(decodeURIComponent(a.getAttribute('href').slice(1)))).length`); n > 0 {
		t.Errorf("%d links lead nowhere on the page: %s", n, evaluate[string](t, ctx, `[...document.querySelectorAll("a[href^='#']")].filter(a => !document.getElementById(decodeURIComponent(a.getAttribute('href').slice(1)))).map(a => a.getAttribute('href')).join(" ")`))
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.troubles) > 0 {
		t.Errorf("the page caused: %s", strings.Join(w.troubles, "; "))
	}
}

func evaluate[T any](t *testing.T, ctx context.Context, script string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script))
	if err != nil {
		t.Fatalf("evaluate %s: %v", script, err)
	}
	return v
}

const widest = `(() => { let out = "", most = innerWidth; for (const e of document.body.querySelectorAll("*")) { const r = e.getBoundingClientRect().right;
 if (r > most && !e.closest(".scroll") && !e.closest(".sr")) { most = r; out = (e.closest("section") || e.parentElement).id + " " + e.outerHTML.slice(0, 120) + " " + Math.round(r); } } return out; })()`

func early() data.Story {
	s := storytest.Story(storytest.Size{People: 40, Posts: 260}, 3)
	s.TooFew, s.Tribes, s.Members, s.Lineage, s.History, s.Parent = true, nil, nil, nil, nil, ""
	s.People, s.Pairs = 40, 31
	return s
}

// TestPrint prints the report and counts its pages.
func TestPrint(t *testing.T) {
	path := filepath.Join(t.TempDir(), "typical.html")
	if err := os.WriteFile(path, render(t, storytest.Story(storytest.Typical(), 1), options(), data.LangIT), 0o600); err != nil {
		t.Fatal(err)
	}
	pdf := printed(t, browser(t), "file://"+path)
	if dir := os.Getenv("REPORT_DIR"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, "typical.pdf"), pdf, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// printed returns the page on paper, which is ten sheets at most.
func printed(t *testing.T, parent context.Context, address string) []byte {
	t.Helper()
	ctx, cancel := chromedp.NewContext(parent)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
	pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFPreferCSSPageSize()))
	if err != nil {
		t.Fatal(err)
	}
	pages := len(regexp.MustCompile(`/Type\s*/Page\b[^s]`).FindAll(pdf, -1))
	if pages < 1 || pages > 10 {
		t.Errorf("the report prints on %d pages, want 1 to 10", pages)
	}
	t.Logf("%d pages", pages)
	return pdf
}

// TestPagesInBrowser opens the pages that REPORT_PAGES names, of real communities, at every width, in
// light and dark, and on paper.
func TestPagesInBrowser(t *testing.T) {
	pages := filepath.SplitList(os.Getenv("REPORT_PAGES"))
	if len(pages) == 0 {
		t.Skip("skipped: REPORT_PAGES names no reports")
	}
	script := axe(t)
	for _, path := range pages {
		t.Run(path, func(t *testing.T) {
			ctx, address := browser(t), "file://"+path
			open(t, ctx, address)
			printed(t, ctx, address)
			for _, scheme := range []string{"light", "dark"} {
				if found := violationsOf(t, ctx, address, scheme, script); found != "" {
					t.Errorf("%s: %s", scheme, found)
				}
			}
			if f, err := os.Stat(path); err != nil || f.Size() > 400<<10 {
				t.Errorf("the page has %v bytes, want at most 400 KB (%v)", f.Size(), err)
			}
		})
	}
}
