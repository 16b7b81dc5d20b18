package sqlite

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"tribu/data"
)

// realPosts reads a corpus of real posts, or skips where it is missing.
func realPosts(t testing.TB) (batches []data.Batch) {
	t.Helper()
	file, err := os.Open(filepath.FromSlash("../../../shared/data/corpora/gbadev_forum/posts.jsonl.gz"))
	if err != nil {
		t.Skip("the corpus of real posts is missing: ", err)
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(unzipped)
	lines.Buffer(nil, 1<<24)
	var b data.Batch
	for lines.Scan() {
		var row struct {
			ID, Source, Author, Title, Text, Lang string
			Parent                                string    `json:"parent_id"`
			Thread                                string    `json:"thread_id"`
			Kind                                  string    `json:"parent_kind"`
			At                                    time.Time `json:"created_at"`
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		p := data.Post{ID: data.NewPostID(row.Source, row.ID), Source: row.Source, NativeID: row.ID, Author: data.NewAuthorID(row.Source, row.Author),
			Thread: data.NewThreadID(row.Source, row.Thread), CreatedAt: row.At, Title: row.Title, Body: row.Text, Format: data.FormatText, LangHint: data.Lang(row.Lang)}
		b.Authors = append(b.Authors, data.Author{ID: p.Author, Source: row.Source, NativeID: row.Author, Handle: row.Author})
		b.Threads = append(b.Threads, data.Thread{ID: p.Thread, Source: row.Source, NativeID: row.Thread, Title: row.Title})
		if row.Parent != "" {
			p.Parent = data.NewPostID(row.Source, row.Parent)
			b.Interactions = append(b.Interactions, data.Interaction{Post: p.ID, Kind: data.Topic, From: p.Author, ToPost: p.Parent, At: p.CreatedAt})
		}
		b.Posts = append(b.Posts, p)
		if len(b.Posts) == 1000 {
			batches, b = append(batches, b), data.Batch{}
		}
	}
	return append(batches, b)
}

// heard invents annotations of a realistic size.
func heard(b data.Batch) (all []data.Annotation) {
	for i, p := range b.Posts {
		a := data.Annotation{Post: p.ID, Version: "bench", Lang: data.LangEN, Words: len(p.Body) / 5, Fingerprint: uint64(i) * 77}
		words := len(p.Body) / 20
		for w := range min(words, 60) {
			start := w * len(p.Body) / words
			key := p.Body[start:min(start+7, len(p.Body))]
			a.Terms = append(a.Terms, data.Term{Key: key, Form: key + "s", Count: 1 + w%3})
		}
		a.Topics = a.Terms[:len(a.Terms)/4]
		if i%2 == 0 {
			a.Needs = []data.Need{{Type: data.Problem, Kind: data.KindProblem, Object: "sound", Action: "play", Facets: []data.Facet{{Name: "Speed", Direction: -1}},
				Quote: p.Body[:min(120, len(p.Body))], Lang: data.LangEN, Rule: "en.problem.1", Confidence: .8}}
		}
		all = append(all, a)
	}
	return all
}

func cpu() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestRealCorpusCost saves and reads 174,732 real posts and logs what each step costs; TRIBU-free:
// it runs with -run RealCorpus -v and is skipped in -short.
func TestRealCorpusCost(t *testing.T) {
	if testing.Short() {
		t.Skip("a minute of work")
	}
	batches := realPosts(t)
	db := create(t)
	w := data.Window{From: epoch.AddDate(-50, 0, 0), To: epoch}
	step := func(name string, do func() string) {
		runtime.GC()
		start := cpu()
		said := do()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		t.Logf("%-22s %5.2f CPU-s  heap %4d MB  %s", name, (cpu() - start).Seconds(), m.HeapAlloc>>20, said)
	}
	step("Save", func() string {
		var total data.Saved
		for _, b := range batches {
			total = total.Add(save(t, db, b))
		}
		return fmt.Sprintf("%+v", total)
	})
	step("Save again", func() string {
		var total data.Saved
		for _, b := range batches {
			total = total.Add(save(t, db, b))
		}
		return fmt.Sprintf("%+v", total)
	})
	step("Unanalysed", func() string {
		n := 0
		var b data.Batch
		for p, err := range db.Unanalysed(t.Context(), "bench") {
			if err != nil {
				t.Fatal(err)
			}
			n++
			b.Posts = append(b.Posts, p)
			if len(b.Posts) == 500 {
				if err := db.SaveAnnotations(t.Context(), heard(b), nil); err != nil {
					t.Fatal(err)
				}
				b.Posts = nil
			}
		}
		return fmt.Sprint(n, db.SaveAnnotations(t.Context(), heard(b), nil))
	})
	step("CountUnanalysed", func() string { return fmt.Sprint(db.CountUnanalysed(t.Context(), "bench")) })
	step("Analyzed", func() string {
		n, terms := 0, 0
		for p, err := range db.Analyzed(t.Context(), "bench", w) {
			if err != nil {
				t.Fatal(err)
			}
			n, terms = n+1, terms+len(p.Terms)
		}
		return fmt.Sprint(n, " posts ", terms, " terms")
	})
	step("Interactions", func() string {
		n := 0
		for _, err := range db.Interactions(t.Context(), w) {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		return fmt.Sprint(n)
	})
	step("InputDigest", func() string { return fmt.Sprint(db.InputDigest(t.Context(), "bench", w)) })
	step("Story", func() string {
		r := data.RunRecord{Run: data.Run{ID: "2026-W44-abcdef", Main: true, AsOf: epoch, Window: w, Annotation: "bench"}}
		if err := db.SaveRun(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		s, err := db.Story(t.Context(), "2026")
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(len(s.Activity), len(s.Needs), len(s.Interactions), len(s.Authors), len(s.Threads))
	})
	step("Digest", func() string { return digest(t, db) })
	step("Check", func() string { return fmt.Sprint(db.Check(t.Context())) })
	info, _ := os.Stat(db.Path())
	t.Logf("file %d MB", info.Size()>>20)
}
