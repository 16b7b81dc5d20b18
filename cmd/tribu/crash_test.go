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
	crashing = flag.Bool("crash", false, "kill and starve the real binary many times")
	kills    = flag.Int("kills", 25, "kills per stage")
	sizes    = flag.Int("sizes", 15, "disks that fill up")
	tears    = flag.Int("tears", 200, "write-ahead logs that are damaged")
	killSeed = flag.Uint64("kill-seed", 1, "seed of the moments")
)

// A victim is the real binary, killed and starved at random moments and started again.
type victim struct {
	t        *testing.T
	bin      string
	rng      *rand.Rand
	posts    int    // to analyse
	file     string // to import
	tried    int
	survived int
}

// TestCrash kills import, analyse and crawl with SIGKILL at random moments, lets them fill the disk
// and damages the write-ahead log, and requires that going on gives what an undisturbed run gives.
// It ends with one line, survived/tried.
func TestCrash(t *testing.T) {
	v := &victim{t: t, bin: filepath.Join(t.TempDir(), "tribu"), rng: rand.New(rand.NewPCG(*killSeed, 0)), posts: 6000}
	if *crashing {
		if out, err := exec.Command("go", "build", "-o", v.bin, ".").CombinedOutput(); err != nil {
			t.Fatalf("build tribu: %v\n%s", err, out)
		}
	} else {
		*kills, *sizes, *tears, v.posts = 1, 2, 2, 3000
		v.testBinary()
	}
	v.file = v.writePosts(20_000) // more than one transaction holds
	empty, imported := v.project(), v.project()
	v.must("-C", imported, "import", v.writePosts(v.posts))
	v.stage("import", empty, "import", v.file)
	v.stage("analyse", imported, "analyse")
	v.crawls()
	v.fillDisks(empty, imported)
	v.tearLogs(empty)
	v.fullDevice(imported)
	fmt.Printf("%d/%d\n", v.survived, v.tried)
	if v.survived != v.tried {
		t.Errorf("survived %d of %d", v.survived, v.tried)
	}
}

// testBinary saves building: under the name of tribu, this test binary is tribu.
func (v *victim) testBinary() {
	self, err := os.Executable()
	if err == nil {
		err = os.Symlink(self, v.bin)
	}
	if err != nil {
		v.t.Fatal(err)
	}
}

// count counts one fault, survived where nothing went wrong.
func (v *victim) count(name string, faults ...string) {
	v.tried++
	if len(faults) == 0 {
		v.survived++
		return
	}
	v.t.Errorf("%s: %s", name, strings.Join(faults, "\n\t"))
}

// writePosts writes a file of posts large enough that a kill falls into the work.
func (v *victim) writePosts(n int) string {
	file := filepath.Join(v.t.TempDir(), "posts.jsonl")
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"id":"%d","author":"a%d","thread_id":"t%d","parent_id":"%d","created_at":"2026-05-%02dT10:00:00Z","text":"How do I keep the worms of bin %d cool? It is too hot on the balcony, I wish the lid had a vent."}`+"\n",
			i, i%700, i/8, max(0, i-1), 1+i%28, i)
	}
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		v.t.Fatal(err)
	}
	return file
}

func (v *victim) project() string {
	dir := v.t.TempDir()
	v.must("init", dir, "--yes")
	return dir
}

// copied returns a copy of a project, as a power cut would leave it: without shared memory.
func (v *victim) copied(dir string) string {
	to := v.t.TempDir()
	v.copyInto(dir, to)
	return to
}

func (v *victim) copyInto(dir, to string) {
	for _, name := range []string{".tribu-key", "tribu.yaml", "tribu.db", "tribu.db-wal"} {
		content, err := os.ReadFile(filepath.Join(dir, name))
		if os.IsNotExist(err) {
			continue
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(to, name), content, 0o600)
		}
		if err != nil {
			v.t.Fatal(err)
		}
	}
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
	dir := v.project()
	if err := os.WriteFile(filepath.Join(dir, "tribu.yaml"), []byte(yaml), 0o600); err != nil {
		v.t.Fatal(err)
	}
	v.stage("crawl", dir, "crawl")
}

// stage runs args on a copy of dir undisturbed once, to know its length and its digest, then kills it at
// random moments.
func (v *victim) stage(name, dir string, args ...string) {
	on := func(dir string) []string { return append([]string{"-C", dir}, args...) }
	whole := v.copied(dir)
	start := time.Now()
	v.must(on(whole)...)
	length := time.Since(start)
	want := v.digest(whole)
	for range *kills {
		dir := v.copied(dir)
		moment := time.Duration(v.rng.Float64() * float64(length))
		v.kill(moment, on(dir)...)
		v.must(on(dir)...)
		v.count(fmt.Sprintf("%s killed after %v", name, moment), differ(v.digest(dir), want)...)
	}
}

func differ(got, want string) []string {
	if got == want {
		return nil
	}
	return []string{fmt.Sprintf("got digest %s, want %s", strings.TrimSpace(got), strings.TrimSpace(want))}
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

// try runs args and returns the exit code and what is said on standard error.
func (v *victim) try(args ...string) (code int, said string) {
	var errs strings.Builder
	c := exec.Command(v.bin, args...)
	c.Stderr = &errs
	err := c.Run()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		v.t.Fatal(err)
	}
	return c.ProcessState.ExitCode(), errs.String()
}
