package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"tribu/data/sqlite"
)

// A shift is a daemon under a clock that the test lets pass, with one job that notes when it ran.
type shift struct {
	t        *testing.T
	app      *app
	name     string
	spec     string
	takes    time.Duration
	mu       sync.Mutex
	ran      []string // when, UTC
	together int
	most     int
	out      lockedBuffer
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write implements io.Writer.
func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// String returns what was written.
func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func newShift(t *testing.T, zone, spec string) *shift {
	s := &shift{t: t, spec: spec, name: "crawl"}
	dir := t.TempDir()
	yaml := fmt.Sprintf("timezone: %s\nschedule: {crawl: %q, report: off}\n", zone, spec)
	if err := os.WriteFile(filepath.Join(dir, "tribu.yaml"), []byte(yaml), 0o600); err != nil {
		t.Fatal(err)
	}
	s.app = &app{out: &s.out, err: &s.out, now: time.Now, env: func(string) string { return "" }, dir: dir}
	if err := s.app.initProject(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	return s
}

// work runs the daemon for d; before, if any, happens once it stands.
func (s *shift) work(d time.Duration, before ...func(chan<- os.Signal)) {
	s.t.Helper()
	ctx, cancel := context.WithCancel(s.t.Context())
	one, err := newDaemonOf(ctx, s.app)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, j := range one.jobs {
		j.run = s.job
	}
	signals, ended := make(chan os.Signal), make(chan error)
	go func() { ended <- one.serve(ctx, signals) }()
	for _, f := range before {
		f(signals)
	}
	time.Sleep(d)
	cancel()
	var p *problem
	if err := <-ended; !errors.As(err, &p) || p.code != exitInterrupted {
		s.t.Errorf("end of the daemon: got %v, want exit code %d", err, exitInterrupted)
	}
}

func (s *shift) job(a *app, ctx context.Context, _ *sqlite.DB) (string, error) {
	s.mu.Lock()
	s.ran = append(s.ran, time.Now().UTC().Format("02 15:04"))
	s.together++
	s.most = max(s.most, s.together)
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		s.together--
		s.mu.Unlock()
	}()
	select {
	case <-time.After(s.takes):
		return "3 new posts", nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (s *shift) want(what string, ran ...string) {
	s.t.Helper()
	if !slices.Equal(s.ran, ran) || s.most > 1 {
		s.t.Errorf("%s: ran at %q, %d at once; want %q, one at a time\n%s", what, s.ran, s.most, ran, s.out.String())
	}
}

// until lets the clock pass to a moment of UTC.
func until(moment string) {
	at, err := time.Parse("2006-01-02 15:04", moment)
	if err != nil {
		panic(err)
	}
	time.Sleep(time.Until(at))
}
