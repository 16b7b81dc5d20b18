package main

import (
	"bytes"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"tribu/data/sample"
	"tribu/data/sqlite"
)

// TestDaemonStopsInTheMiddleOfACrawl sends SIGTERM to the real daemon while a server keeps its
// crawl waiting. It must stop by itself, leave the project free, and the next crawl must give what
// an undisturbed one gives.
func TestDaemonStopsInTheMiddleOfACrawl(t *testing.T) {
	forum, reached, goOn := hangingForum(t, 5)
	v := &victim{t: t, bin: filepath.Join(t.TempDir(), "tribu")}
	v.testBinary()
	host := strings.TrimPrefix(forum.URL, "http://")
	yaml := "sources:\n  - {name: forum, kind: discourse, url: \"" + forum.URL + "\", allow: [\"" + host + "\"]}\nschedule: {crawl: \"0 * * * *\", report: off}\n"
	dir, undisturbed := v.project(), v.project()
	for _, p := range []string{dir, undisturbed} {
		if err := os.WriteFile(filepath.Join(p, "tribu.yaml"), []byte(yaml), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	missSlots(t, dir)
	daemon := exec.Command(v.bin, "-C", dir, "daemon")
	var told bytes.Buffer
	daemon.Stderr = &told
	if err := daemon.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- daemon.Wait() }()
	select {
	case <-reached:
	case err := <-ended:
		t.Fatalf("the daemon ended before it was told to: %v\n%s", err, told.String())
	case <-time.After(time.Minute):
		_ = daemon.Process.Kill()
		t.Fatalf("the daemon did not crawl\n%s", told.String())
	}
	_ = daemon.Process.Signal(syscall.SIGTERM)
	select {
	case err := <-ended:
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != exitInterrupted {
			t.Errorf("the daemon ended with %v, want exit code %d\n%s", err, exitInterrupted, told.String())
		}
	case <-time.After(time.Minute):
		_ = daemon.Process.Kill()
		t.Fatalf("the daemon did not end\n%s", told.String())
	}
	if strings.Contains(told.String(), "did not stop in time") {
		t.Errorf("the crawl did not end with the daemon\n%s", told.String())
	}
	if state := lastSlot(t, dir); state != sqlite.SlotInterrupted {
		t.Errorf("the moment is %s, want %s: the next start would not make up for it", state, sqlite.SlotInterrupted)
	}
	close(goOn)
	v.must("-C", dir, "crawl")
	v.must("-C", undisturbed, "crawl")
	if faults := differ(v.digest(dir), v.digest(undisturbed)); faults != nil {
		t.Error(faults)
	}
}

// hangingForum serves the sample's forum. The request after the first few, and all that follow,
// tell that they are there and get no answer until goOn is closed.
func hangingForum(t *testing.T, few int64) (s *httptest.Server, reached <-chan struct{}, goOn chan struct{}) {
	c, err := sample.Load()
	if err != nil {
		t.Fatal(err)
	}
	forum := c.Forum(func() time.Time { return c.Posts[len(c.Posts)-1].At })
	there, open := make(chan struct{}), make(chan struct{})
	var requests atomic.Int64
	s = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := requests.Add(1)
		if n == few+1 {
			close(there)
		}
		if n > few {
			select {
			case <-open:
			case <-r.Context().Done():
				return
			}
		}
		forum.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s, there, open
}

// missSlots has the daemon be behind with its schedule.
func missSlots(t *testing.T, dir string) {
	db, err := sqlite.Open(t.Context(), filepath.Join(dir, "tribu.db"), sqlite.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.SkipSlot(t.Context(), "crawl", time.Now().UTC().Truncate(time.Hour).Add(-48*time.Hour), "long ago"); err != nil {
		t.Fatal(err)
	}
}

func lastSlot(t *testing.T, dir string) sqlite.SlotState {
	db, err := sqlite.Open(t.Context(), filepath.Join(dir, "tribu.db"), sqlite.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	slot, err := db.LastSlot(t.Context(), "crawl")
	if err != nil {
		t.Fatal(err)
	}
	return slot.State
}
