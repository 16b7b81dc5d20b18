package reports

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/internal/storytest"
)

// TestStates says what a reader sees in each state a project can be in.
func TestStates(t *testing.T) {
	typical := func() data.Story { return storytest.Story(storytest.Size{People: 120, Posts: 1000}, 1) }
	for _, c := range []struct {
		name   string
		change func(*data.Story)
		want   []string
		not    []string
	}{
		{"a usual week", func(*data.Story) {}, []string{`id="map"`, `id="changes"`, `id="needs"`, `id="tribes"`, `id="people"`, `id="when"`, `id="method"`, "is born"}, []string{`id="missing"`}},
		{"no posts", func(s *data.Story) {
			*s = data.Story{RunRecord: data.RunRecord{Run: data.Run{ID: s.ID, Week: s.Week, AsOf: s.AsOf, Window: s.Window, TooFew: true}}}
		},
			[]string{"Nothing to tell yet: no posts", `id="missing"`, "0 / 50", `content="no posts"`}, []string{`id="map"`, `id="needs"`, `id="tribes"`}},
		{"no posts any more", func(s *data.Story) {
			*s = data.Story{RunRecord: data.RunRecord{Run: data.Run{ID: s.ID, Week: s.Week, AsOf: s.AsOf, Window: s.Window, TooFew: true, Parent: "2026-W46-aaaaaa"}}}
		},
			[]string{"Silence: nobody wrote", `id="missing"`, "0 / 50"}, []string{"Nothing to tell yet", `content="no posts"`, `id="tribes"`}},
		{"too few people", func(s *data.Story) { *s = early() }, []string{"Too early to name tribes", "40 / 50", "Needs that are already clear"}, []string{`id="map"`, `id="tribes"`, `id="lines"`}},
		{"first tribes", func(s *data.Story) { s.Parent, s.History, s.Lineage = "", nil, nil }, []string{"A first report: no earlier one", "is the largest of"}, []string{"<dl class=\"events\">", "steady"}},
		{"first tribes after a run with too few people", func(s *data.Story) {
			last := &s.History[len(s.History)-1]
			last.Tribes, last.TooFew = nil, true
		}, []string{"A first report: no earlier one", "is the largest of"}, []string{"<dl class=\"events\">", "is born"}},
		{"a circle is born", func(s *data.Story) {
			for _, l := range s.Lineage {
				for i := range s.Tribes {
					if l.Event == data.Born && s.Tribes[i].ID == l.To {
						s.Tribes[i].Kind = data.KindClique
					}
				}
			}
		}, []string{"A circle:"}, []string{"is born", "is born,"}},
		{"a name given by people", func(s *data.Story) {
			s.Tribes[0].Name = "Barrel builders"
			s.Decisions = []data.TribeDecision{{Kind: data.Rename, Tribe: s.Tribes[0].ID, Text: "Barrel builders"}}
		}, []string{"is still the largest:", "Barrel builders"}, nil},
		{"one tribe", func(s *data.Story) { only(s, s.Tribes[0].ID) }, []string{"There is only one tribe", "One tribe, and who talks to whom"}, nil},
		{"all unstable", func(s *data.Story) {
			for i := range s.Tribes {
				s.Tribes[i].Stability = 0.4
			}
		}, []string{"Every tribe here is tentative"}, []string{"Where it is worth joining in"}},
		{"a source down", func(s *data.Story) { s.Sources[0].LastError = "HTTP 429" }, []string{"did not answer in full", "trouble: HTTP 429"}, nil},
		{"a quiet week", func(s *data.Story) {
			s.Lineage = nil
			last := &s.History[len(s.History)-1]
			last.Tribes = slices.Clone(s.Tribes)
		}, []string{"A quiet week", "nothing unusual", "No tribe changed more than it usually does"}, nil},
		{"a window of years", func(s *data.Story) { s.Window.From = s.Window.To.AddDate(-3, 0, 0) }, []string{"As of 22 November 2026", ">In five lines<", "the last seven days"}, []string{"The week in five lines", "this week", "Week 47"}},
		{"no threads", func(s *data.Story) { s.Interactions = nil }, []string{"do not show who answers whom"}, []string{`id="people"`, `id="when"`, `class="ten"`, `class="ring"`}},
		{"no time of day", func(s *data.Story) {
			for i := range s.Activity {
				s.Activity[i].CreatedAt = s.Activity[i].CreatedAt.Truncate(24 * time.Hour)
			}
		}, []string{"do not give the time of day"}, []string{`id="when"`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := typical()
			c.change(&s)
			page := string(render(t, s, options(), data.LangEN))
			for _, want := range c.want {
				if !strings.Contains(page, want) {
					t.Errorf("the page lacks %q", want)
				}
			}
			for _, not := range c.not {
				if strings.Contains(page, not) {
					t.Errorf("the page holds %q", not)
				}
			}
			render(t, s, options(), data.LangIT)
		})
	}
}

func only(s *data.Story, id data.TribeID) {
	s.Tribes = slices.DeleteFunc(slices.Clone(s.Tribes), func(t data.Tribe) bool { return t.ID != id })
	for i := range s.Members {
		if s.Members[i].Tribe != id {
			s.Members[i].Tribe = ""
		}
	}
}

func TestAnonymise(t *testing.T) {
	s := storytest.Story(storytest.Typical(), 1)
	o := options()
	o.Anonymise = true
	page := string(render(t, s, o, data.LangEN))
	for _, a := range s.Authors {
		if strings.Contains(page, a.Name) {
			t.Fatalf("the page names %s", a.Name)
		}
	}
	for _, n := range s.Needs {
		if strings.Contains(page, n.Quote) {
			t.Fatalf("the page quotes %q", n.Quote)
		}
	}
	if strings.Contains(page, `href="http`) || strings.Contains(page, "leads to its post") {
		t.Error("the page links to posts or people")
	}
}

// shelf is a Source of stories.
type shelf map[string]data.Story

func (s shelf) Story(_ context.Context, id string) (data.Story, error) {
	story, ok := s[id]
	if !ok {
		return story, data.ErrNotFound
	}
	return story, nil
}

func (s shelf) Posts(context.Context, []data.PostID) (map[data.PostID]data.Post, error) {
	return nil, nil
}

func (s shelf) NeedsIn(_ context.Context, version string, w data.Window) ([]data.NeedRow, error) {
	for _, story := range s {
		if story.Annotation == version && story.Window.To.Equal(w.To) {
			return story.Needs, nil
		}
	}
	return nil, nil
}

func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := make(map[string]string)
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		out[name] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestWrite(t *testing.T) {
	story := storytest.Story(storytest.Size{People: 120, Posts: 1000}, 1)
	earlier := story
	earlier.Week, earlier.ID = "2026-W46", "2026-W46-000001"
	runs := shelf{story.ID: story, earlier.ID: earlier}
	var trees []map[string]string
	for range 2 {
		dir := t.TempDir()
		got, err := Write(context.Background(), runs, story.ID, dir, options())
		if err != nil {
			t.Fatal(err)
		}
		if want := []string{filepath.Join(dir, "2026-W47.en.html"), filepath.Join(dir, "2026-W47.it.html")}; !slices.Equal(got.Paths, want) {
			t.Errorf("paths %v, want %v", got.Paths, want)
		}
		if _, err := Write(context.Background(), runs, earlier.ID, dir, options()); err != nil {
			t.Fatal(err)
		}
		trees = append(trees, tree(t, dir))
	}
	for name, content := range trees[0] {
		if trees[1][name] != content {
			t.Errorf("%s differs between two folders", name)
		}
	}
	files := trees[0]
	for _, name := range []string{"index.html", "index.it.html", "latest.en.html", "latest.it.html", "2026-W47.posts.en.html", "feed.xml", "feed.it.xml", "data/2026-W47/needs.csv", "data/2026-W47/tribes.csv", "data/2026-W47/bands.csv"} {
		if files[name] == "" {
			t.Errorf("%s is missing", name)
		}
	}
	if files["latest.en.html"] != files["2026-W47.en.html"] {
		t.Error("latest.en.html is not the newest week")
	}
	for name, c := range map[string]struct {
		want []string
		not  string
	}{
		"index.html":       {[]string{`href="2026-W47.en.html"`, `href="2026-W46.en.html"`, `href="index.it.html"`, "Most requests get no reply"}, "La maggior parte"},
		"index.it.html":    {[]string{`lang="it"`, `href="2026-W47.it.html"`, `href="2026-W46.it.html"`, `href="index.html"`, "La maggior parte delle richieste resta senza risposta"}, "Most requests"},
		"2026-W47.it.html": {[]string{`href="index.it.html"`}, `href="index.html"`},
		"latest.en.html":   {[]string{`href="index.html"`}, `href="index.it.html"`},
	} {
		for _, want := range c.want {
			if !strings.Contains(files[name], want) {
				t.Errorf("%s lacks %q", name, want)
			}
		}
		if strings.Contains(files[name], c.not) {
			t.Errorf("%s holds %q", name, c.not)
		}
	}
	for name, wants := range map[string][]string{"feed.xml": {"&#xA;1. ", "&#xA;5. Do first"}, "feed.it.xml": {"&#xA;1. ", "&#xA;5. Da fare", "2026-W47.it.html"}} {
		for _, want := range wants {
			if !strings.Contains(files[name], want) {
				t.Errorf("%s lacks %q:\n%s", name, want, files[name])
			}
		}
	}
	for _, back := range regexp.MustCompile(`href="2026-W47\.en\.html#([a-z]+)"`).FindAllStringSubmatch(files["2026-W47.posts.en.html"], -1) {
		if !strings.Contains(files["2026-W47.en.html"], `<section id="`+back[1]+`"`) {
			t.Errorf("the page of posts leads back to %q, which is no section", back[1])
		}
	}
	if _, err := Write(context.Background(), runs, "2026-W01-ffffff", t.TempDir(), options()); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("an unknown run gives %v, want %v", err, data.ErrNotFound)
	}
}

// TestPermissions says per source, in the method, who permitted to read past robots.txt.
func TestPermissions(t *testing.T) {
	s := storytest.Story(storytest.Size{People: 120, Posts: 1000}, 1)
	for _, c := range []struct{ source, want string }{
		{s.Sources[0].Name, "read past robots.txt: permission of Ada, 2026-11-02"}, {"", ""},
	} {
		o := options()
		o.Permissions = map[string]string{c.source: "permission of Ada, 2026-11-02"}
		page := string(render(t, s, o, data.LangEN))
		if n := strings.Count(page, "read past robots.txt"); c.want != "" && !strings.Contains(page, c.want) || c.want == "" && n > 0 || n > 1 {
			t.Errorf("source %q: told %d times, want %q", c.source, n, c.want)
		}
	}
}

// Every link from the report to the page of posts leads to a section there; an anonymous copy has
// neither.
func TestPostsBehindNumbers(t *testing.T) {
	v := Tell(storytest.Story(storytest.Typical(), 1), nil, options())
	r, err := renderWith(v, data.LangEN, func(data.PostID) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	links := regexp.MustCompile(`href="2026-W47\.posts\.en\.html#([^"]+)"`).FindAllStringSubmatch(string(r.page), -1)
	if len(links) < 10 {
		t.Errorf("%d numbers lead to their posts, want ten at least", len(links))
	}
	for _, l := range links {
		if !strings.Contains(string(r.posts), `id="`+l[1]+`"`) {
			t.Errorf("%q leads nowhere on the page of posts", l[1])
		}
	}
	rows := 0
	for _, c := range citedTable(v, r.cited).rows[1:] {
		for number := range strings.FieldsSeq(c[0]) {
			rows++
			if !strings.Contains(string(r.posts), `id="`+number+`"`) {
				t.Errorf("the table has posts behind %q, which the page of posts has not", number)
			}
		}
	}
	told := strings.Count(string(r.posts), `<span class="by">`)
	for _, m := range regexp.MustCompile(`posts\.csv">(\d+)<`).FindAllStringSubmatch(string(r.posts), -1) {
		n, _ := strconv.Atoi(m[1])
		told += n
	}
	if rows != told || rows < 100 {
		t.Errorf("the page of posts shows or names %d posts, its table holds %d", told, rows)
	}
	if !strings.Contains(string(r.posts), "</bdi> → <bdi") {
		t.Error("no post says to whom it turns")
	}
	v.Options.Anonymise = true
	r, err = renderWith(v, data.LangEN, func(data.PostID) string { return "" })
	if err != nil || r.posts != nil || strings.Contains(string(r.page), ".posts.en.html") {
		t.Errorf("an anonymous copy: %d bytes of posts, error %v", len(r.posts), err)
	}
}
