package sqlite

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"iter"
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

// BenchmarkStore says what 174,732 real posts cost, in CPU-seconds per pass over all of them.
func BenchmarkStore(b *testing.B) {
	batches := realPosts(b)
	db := create(b)
	w := data.Window{From: epoch.AddDate(-50, 0, 0), To: epoch}
	pass := func(name string, do func() error) {
		b.Run(name, func(b *testing.B) {
			runtime.GC()
			start := cpu()
			for b.Loop() {
				if err := do(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric((cpu()-start).Seconds()/float64(b.N), "cpu-s/op")
		})
	}
	pass("Save", func() error { // the first pass is the one that counts: run with -benchtime 1x
		for _, batch := range batches {
			save(b, db, batch)
		}
		return nil
	})
	pass("SaveAgain", func() error {
		for _, batch := range batches {
			save(b, db, batch)
		}
		return nil
	})
	pass("Unanalysed+SaveAnnotations", func() error { return analyseAll(b, db) })
	pass("CountUnanalysed", func() error { _, err := db.CountUnanalysed(b.Context(), "bench"); return err })
	pass("Analyzed", func() error { return drain(db.Analyzed(b.Context(), "bench", w)) })
	pass("Interactions", func() error { return drain(db.Interactions(b.Context(), w)) })
	pass("Called", func() error { return readNames(b, db, w) })
	pass("InputDigest", func() error { _, err := db.InputDigest(b.Context(), "bench", w); return err })
	r := data.RunRecord{Run: data.Run{ID: "2026-W44-abcdef", Main: true, AsOf: epoch, Window: w, Annotation: "bench"}}
	saveRun(b, db, r)
	pass("Story", func() error { _, err := db.Story(b.Context(), r.ID); return err })
	pass("Digest", func() error { _, err := db.Digest(b.Context()); return err })
	pass("Check", func() error { _, err := db.Check(b.Context()); return err })
}

func drain[T any](all iter.Seq2[T, error]) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

func analyseAll(b *testing.B, db *DB) error {
	var chunk data.Batch
	for p, err := range db.Unanalysed(b.Context(), "bench") {
		if err != nil {
			return err
		}
		if chunk.Posts = append(chunk.Posts, p); len(chunk.Posts) == 500 {
			if err := db.SaveAnnotations(b.Context(), heard(chunk), nil); err != nil {
				return err
			}
			chunk.Posts = nil
		}
	}
	return db.SaveAnnotations(b.Context(), heard(chunk), nil)
}
