package main

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tribu/data/sample"
)

var (
	crashing = flag.Bool("crash", false, "kill the real binary many times")
	kills    = flag.Int("kills", 10, "kills per stage")
	killSeed = flag.Uint64("kill-seed", 1, "seed of the moments")
)

// A victim is the real binary, killed at random moments and started again.
type victim struct {
	t        *testing.T
	bin      string
	rng      *rand.Rand
	tried    int
	survived int
}

// TestCrash kills import, crawl and analyse with SIGKILL at random moments and requires that going
// on gives what an undisturbed run gives. It ends with one line, survived/tried.
func TestCrash(t *testing.T) {
	if !*crashing {
		*kills = 1
	}
	v := &victim{t: t, bin: filepath.Join(t.TempDir(), "tribu"), rng: rand.New(rand.NewPCG(*killSeed, 0))}
	if out, err := exec.Command("go", "build", "-o", v.bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("build tribu: %v\n%s", err, out)
	}
	file := v.posts()
	imported := func(dir string) []string { return []string{"-C", dir, "import", file} }
	v.stage("import", func(string) {}, imported)
	v.stage("analyse", func(dir string) { v.must(imported(dir)...) }, func(dir string) []string { return []string{"-C", dir, "analyse"} })
	v.crawls()
	fmt.Printf("%d/%d\n", v.survived, v.tried)
	if v.survived != v.tried {
		t.Errorf("survived %d of %d kills", v.survived, v.tried)
	}
}

// posts writes a file of posts large enough that a kill falls into the work.
func (v *victim) posts() string {
	path := filepath.Join(v.t.TempDir(), "posts.jsonl")
	var b strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&b, `{"id":"%d","author":"a%d","thread_id":"t%d","parent_id":"%d","created_at":"2026-05-%02dT10:00:00Z","text":"How do I keep the worms of bin %d cool? It is too hot on the balcony, I wish the lid had a vent."}`+"\n",
			i, i%700, i/8, max(0, i-1), 1+i%28, i)
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		v.t.Fatal(err)
	}
	return path
}

func (v *victim) crawls() {
	c, err := sample.Load()
	if err != nil {
		v.t.Fatal(err)
	}
	forum := httptest.NewServer(c.Forum(func() time.Time { return c.Posts[len(c.Posts)-1].At }))
	defer forum.Close()
	host := strings.TrimPrefix(forum.URL, "http://")
	yaml := fmt.Sprintf("sources:\n  - {name: forum, kind: discourse, url: %q, allow: [%q]}\n", forum.URL, host)
	prepare := func(dir string) {
		if err := os.WriteFile(filepath.Join(dir, "tribu.yaml"), []byte(yaml), 0o600); err != nil {
			v.t.Fatal(err)
		}
	}
	v.stage("crawl", prepare, func(dir string) []string { return []string{"-C", dir, "crawl"} })
}

// stage runs args undisturbed once, to know its length and its digest, then kills it at random moments.
func (v *victim) stage(name string, prepare func(dir string), args func(dir string) []string) {
	fresh := func() string {
		dir := v.t.TempDir()
		v.must("init", dir, "--yes")
		prepare(dir)
		return dir
	}
	dir := fresh()
	start := time.Now()
	v.must(args(dir)...)
	length := time.Since(start)
	want := v.digest(dir)
	for range *kills {
		dir := fresh()
		moment := time.Duration(v.rng.Float64() * float64(length))
		v.kill(moment, args(dir)...)
		v.must(args(dir)...)
		v.tried++
		if got := v.digest(dir); got == want {
			v.survived++
		} else {
			v.t.Errorf("%s killed after %v: got digest %s, want %s", name, moment, got, want)
		}
	}
}

func (v *victim) digest(dir string) string {
	v.must("-C", dir, "db", "check")
	return v.must("-C", dir, "db", "check", "--digest")
}

func (v *victim) must(args ...string) string {
	v.t.Helper()
	var errs strings.Builder
	c := exec.Command(v.bin, args...)
	c.Stderr = &errs
	out, err := c.Output()
	if err != nil {
		v.t.Fatalf("tribu %s: %v\n%s", strings.Join(args, " "), err, errs.String())
	}
	return string(out)
}

func (v *victim) kill(after time.Duration, args ...string) {
	c := exec.Command(v.bin, args...)
	if err := c.Start(); err != nil {
		v.t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { _ = c.Process.Kill() })
	defer timer.Stop()
	var failed *exec.ExitError
	if err := c.Wait(); err != nil && !errors.As(err, &failed) {
		v.t.Fatal(err)
	}
}
