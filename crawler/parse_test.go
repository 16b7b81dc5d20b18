package crawler

import (
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tribu/data"
	"tribu/data/fuzz"
)

// A golden is what Parse makes of one capture; ids are told by their native form.
type golden struct {
	Posts      []string
	Threads    []string
	Turns      []string
	Tombstones []string
	Tasks      []string
	Failures   []string
	Cursor     json.RawMessage
	Error      string
}

// names finds the native id behind a hashed one.
type names map[data.PostID]string

func parsed(kind, key, cursor string, body []byte) (Out, error) {
	d := &discourse{source: "forum", at: "https://forum.example"}
	t := data.Task{Source: "forum", Kind: kind, Key: key, URL: "https://forum.example/" + kind, Due: newClock().at}
	out := Out{Cursor: cursor}
	err := d.Parse(t, Response{URL: t.URL, Status: 200, Header: http.Header{}, Body: body, FetchedAt: newClock().at}, &out)
	return out, err
}

func goldenOf(out Out, err error) golden {
	g := golden{Cursor: json.RawMessage(out.Cursor)}
	if err != nil {
		return golden{Error: err.Error()}
	}
	n := names{}
	for i := range 200 {
		n[data.NewPostID("forum", fmt.Sprint(i))] = fmt.Sprint(i)
	}
	for _, p := range out.Batch.Posts {
		g.Posts = append(g.Posts, fmt.Sprintf("%s answers %q by %q, %s guessed %v, %q in %q, %s, %s", p.NativeID, n[p.Parent], p.ParentBy,
			p.CreatedAt.Format(time.RFC3339), p.Guessed, p.Title, p.Place, p.URL, p.Body))
	}
	for _, t := range out.Batch.Threads {
		g.Threads = append(g.Threads, fmt.Sprintf("%s %q %s in %q", t.NativeID, t.Title, t.URL, t.Place))
	}
	for _, i := range out.Batch.Interactions {
		g.Turns = append(g.Turns, fmt.Sprintf("%s: %s %s%s", n[i.Post], i.Kind, n[i.ToPost], i.ToHandle))
	}
	for _, id := range out.Batch.Tombstones {
		g.Tombstones = append(g.Tombstones, n[id])
	}
	for _, t := range out.Batch.Tasks {
		g.Tasks = append(g.Tasks, fmt.Sprintf("%s %s %s", t.Kind, t.Key, t.URL))
	}
	for _, f := range out.Batch.Failures {
		g.Failures = append(g.Failures, f.Subject+": "+f.Reason)
	}
	return g
}

var update = flag.Bool("update", false, "write the golden files")

func TestCapturesOfAForum(t *testing.T) {
	const start = `{"max":0,"at":0,"top":100}`
	for _, c := range []struct{ name, kind, key, cursor string }{
		{"site", "site", "site", ""},
		{"newest", "newest", "newest", ""},
		{"page", "page", "page:50", `{"max":0,"top":100,"places":{"7":"Support"}}`},
		{"page_oddities", "page", "page:50", start},
		{"page_missing", "page", "page:50", `{"max":40,"top":50,"known":[[3,1,3,1763600000],[44,2,9,1763600000]],"first":{"1":1,"2":40}}`},
		{"topic", "topic", "t:1:parent:8", `{"waiting":[{"t":1,"p":8,"n":8,"r":5,"c":7}],"known":[[6,1,6,1763600000]]}`},
		{"posts", "posts", "p:1:4:8", `{"waiting":[{"t":1,"p":8,"n":8,"r":5,"c":7}],"first":{"1":1}}`},
		{"login", "newest", "newest", ""},
	} {
		body, err := os.ReadFile(filepath.Join("testdata/discourse", c.name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		got := goldenOf(parsed(c.kind, c.key, c.cursor, body))
		file := filepath.Join("testdata/discourse", c.name+".golden.json")
		if *update {
			b, _ := json.MarshalIndent(got, "", "  ")
			if err := os.WriteFile(file, append(b, '\n'), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		var want golden
		if b, err := os.ReadFile(file); err != nil || json.Unmarshal(b, &want) != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b json.RawMessage) bool { return compact(a) == compact(b) })); diff != "" {
			t.Errorf("%s: -want +got\n%s", c.name, diff)
		}
	}
}

func compact(b json.RawMessage) string {
	var v any
	_ = json.Unmarshal(b, &v)
	s, _ := json.Marshal(v)
	return string(s)
}

func FuzzParse(target *testing.F) {
	f := fuzz.Of(target)
	files, _ := filepath.Glob("testdata/discourse/*.json")
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, kind := range []string{"newest", "page", "topic", "posts"} {
			f.Add(kind, b, `{"max":40,"top":100,"known":[[3,1,3,1763600000]],"waiting":[{"t":1,"p":8,"n":8,"r":5}]}`)
		}
	}
	keys := map[string]string{"page": "page:50", "seek": "seek:50", "topic": "t:1", "gone": "t:1:gone", "posts": "p:1:4", "newest": "newest", "site": "site", "sample": "sample", "young": "young"}
	f.Fuzz(func(t *testing.T, kind string, body []byte, cursor string) {
		out, err := parsed(kind, keys[kind], cursor, body)
		if err != nil {
			return
		}
		if again, err := readState(out.Cursor).write(); err != nil || again != out.Cursor {
			t.Fatalf("cursor changes by being read: %s, then %s, %v", out.Cursor, again, err)
		}
		for _, p := range out.Batch.Posts {
			at := p.CreatedAt
			if at.Unix() < 0 || at.After(newClock().at.Add(24*time.Hour)) || p.Author != data.NewAuthorID("forum", authorOf(out, p)) || p.Parent == p.ID ||
				p.Body != strings.ToValidUTF8(p.Body, "") || strings.ContainsRune(p.Body, 0) {
				t.Fatalf("a post that no answer may become: %+v", p)
			}
		}
		for _, k := range out.Batch.Tasks {
			if !strings.HasPrefix(k.URL, "https://forum.example/") {
				t.Fatalf("a task leads away from the forum: %s", k.URL)
			}
		}
	})
}

func authorOf(out Out, p data.Post) string {
	for _, a := range out.Batch.Authors {
		if a.ID == p.Author {
			return a.NativeID
		}
	}
	return ""
}
