package main

import (
	"bytes"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tribu/data"
	"tribu/data/sqlite"
)

var frontier = flag.Int("frontier", 20_000, "tasks that wait in TestFrontierMemory")

// TestFrontierMemory crawls the real way with many tasks waiting: what the frontier holds is on the
// disk, so that memory does not grow with it.
func TestFrontierMemory(t *testing.T) {
	page := `<h2 class="topic-title">Chains</h2>` + strings.Repeat(" ", 8000)
	for n := 1; n <= 6; n++ {
		page += fmt.Sprintf(`<div class="post" id="pID%d"><dl class="postprofile"><dt><a class="username" href="/u/%d">author %d</a></dt></dl><p class="author"><time datetime="2026-05-0%dT10:00:00Z"></time></p><div class="content">post %d</div></div>`, n, n, n, n, n)
	}
	forum := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write([]byte(strings.ReplaceAll(page, "ID", r.URL.Query().Get("t"))))
	}))
	defer forum.Close()
	v := &victim{t: t, bin: filepath.Join(t.TempDir(), "tribu")}
	v.testBinary()
	dir := v.project()
	yaml := fmt.Sprintf("sources:\n  - {name: forum, kind: forum, preset: phpbb, url: %q, allow: [%q]}\n", forum.URL, strings.TrimPrefix(forum.URL, "http://"))
	if err := os.WriteFile(filepath.Join(dir, "tribu.yaml"), []byte(yaml), 0o600); err != nil {
		t.Fatal(err)
	}
	fillFrontier(t, filepath.Join(dir, "tribu.db"), forum.URL, *frontier)
	c := exec.Command(v.bin, "-C", dir, "crawl", "--max-posts", "3000")
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	used := peak(c.Process.Pid)
	if err := c.Wait(); err != nil || !strings.Contains(out.String(), "the next crawl goes on") {
		t.Fatalf("crawl: %v\n%s", err, out.String())
	}
	t.Logf("%s waiting, 3,000 posts of 500 pages read: %d MB, %v of CPU", count(*frontier, "task"), used>>10, c.ProcessState.UserTime()+c.ProcessState.SystemTime())
	if most := 60 << 10; used == 0 || used > most {
		t.Errorf("%d tasks take %d kB, want at most %d", *frontier, used, most)
	}
}

// peak returns the most memory in kB that a process holds until it ends. What the system tells of
// an ended process counts the moment before its program was loaded, too.
func peak(pid int) (kB int) {
	for {
		b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		_, rest, found := strings.Cut(string(b), "VmHWM:")
		if err != nil || !found {
			return kB
		}
		var now int
		if _, err := fmt.Sscanf(rest, "%d", &now); err == nil {
			kB = max(kB, now)
		}
		time.Sleep(2 * time.Millisecond)
	}
}

func fillFrontier(t *testing.T, path, base string, n int) {
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	due := time.Date(2026, 5, 10, 0, 0, 0, 0, time.UTC)
	for at := 0; at < n; at += 5000 {
		b := data.Batch{Cursor: &data.Cursor{Source: "forum", Visit: data.Visit{Begun: due}}}
		for i := at; i < min(at+5000, n); i++ {
			u := fmt.Sprintf("%s/viewtopic.php?t=%d", base, i)
			b.Tasks = append(b.Tasks, data.Task{Source: "forum", Key: "topic:" + u, Kind: "page", URL: u, Depth: 2, State: data.TaskReady, Due: due})
		}
		if _, err := db.Save(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
