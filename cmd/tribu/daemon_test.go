package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"tribu/cmd/tribu/config"
	"tribu/data/sqlite"
)

// TestDaemonOverClockChanges lets two days pass around every change of the clocks, once in one go
// and once with a daemon that is started anew every 100 minutes.
func TestDaemonOverClockChanges(t *testing.T) {
	for _, c := range []struct {
		zone, spec, start string
		want              []string
	}{
		{"Europe/Rome", "30 2 * * *", "2026-03-28 12:00", []string{"29 01:30", "30 00:30"}},
		{"Europe/Rome", "30 2 * * *", "2026-10-24 12:00", []string{"25 00:30", "26 01:30"}},
		{"America/New_York", "30 2 * * *", "2026-03-07 17:00", []string{"08 07:30", "09 06:30"}},
		{"America/New_York", "30 1 * * *", "2026-10-31 17:00", []string{"01 05:30", "02 06:30"}},
		{"Australia/Lord_Howe", "15 2 * * *", "2026-10-03 02:00", []string{"03 15:45", "04 15:15"}},
		{"Australia/Lord_Howe", "45 1 * * *", "2026-04-04 02:00", []string{"04 14:45", "05 15:15"}},
	} {
		for _, stay := range []time.Duration{48 * time.Hour, 100 * time.Minute} {
			t.Run(fmt.Sprint(c.zone, c.start[:10], stay), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					until(c.start)
					s := newShift(t, c.zone, c.spec)
					for end := time.Now().Add(48 * time.Hour); time.Now().Before(end); {
						s.work(min(stay, time.Until(end)))
					}
					s.want(c.spec, c.want...)
				})
			})
		}
	}
}

// TestDaemonLosesNothing: what cannot run when it is due runs later, and once.
func TestDaemonLosesNothing(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(s *shift)
		want []string
	}{
		{"the daemon was off for three days", func(s *shift) {
			s.work(time.Hour)
			time.Sleep(72 * time.Hour)
			s.work(time.Hour)
			s.work(time.Hour)
		}, []string{"04 13:00"}},
		{"somebody else had the project", func(s *shift) {
			lock, err := sqlite.Lock(s.app.dbPath(), time.Now())
			if err != nil {
				s.t.Fatal(err)
			}
			time.AfterFunc(20*time.Hour+30*time.Second, func() { _ = lock.Release() })
			s.work(24 * time.Hour)
		}, []string{"02 08:01"}},
		{"stopped in the middle", func(s *shift) {
			s.takes = 2 * time.Hour
			s.work(19 * time.Hour) // two hours from 06:00, cut at 07:00
			time.Sleep(time.Hour)
			s.work(5 * time.Hour)
		}, []string{"02 06:00", "02 08:00"}},
		{"the job takes longer than a day", func(s *shift) {
			s.takes = 30*time.Hour + 30*time.Second // it never ends at the moment the daemon looks
			s.work(80 * time.Hour)
		}, []string{"02 06:00", "03 12:01", "04 18:02"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				until("2026-06-01 12:00")
				s := newShift(t, "UTC", "0 6 * * *")
				c.do(s)
				s.want(c.name, c.want...)
			})
		})
	}
}

// TestDaemonListens: SIGUSR1 gives one line, SIGHUP new schedules, and a file that is wrong
// changes nothing.
func TestDaemonListens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		until("2026-06-01 12:00")
		s := newShift(t, "UTC", "0 6 * * *")
		write := func(spec string) {
			if err := os.WriteFile(s.app.configPath(), fmt.Appendf(nil, "timezone: UTC\nschedule: {crawl: %q, report: off}\n", spec), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s.work(0, func(signals chan<- os.Signal) {
			time.Sleep(24 * time.Hour)
			write("0 25 * * *")
			signals <- syscall.SIGHUP
			time.Sleep(24 * time.Hour)
			write("0 10 * * *") // at noon: not behind with today
			signals <- syscall.SIGHUP
			time.Sleep(12 * time.Hour)
			signals <- syscall.SIGUSR1
			synctest.Wait()
		})
		out := s.out.String()
		for _, want := range []string{
			"tribu.yaml:2:19  no schedule: ", "keeps the settings it had\n", "settings read again; crawl: next Thu 4 Jun 10:00 UTC",
			"\ncrawl: next Thu 4 Jun 10:00 UTC, last Wed 3 Jun 06:00 UTC done (3 new posts)\n",
		} {
			if !strings.Contains(out, want) {
				t.Errorf("%q is not in\n%s", want, out)
			}
		}
		s.want("before the new schedule", "02 06:00", "03 06:00")
	})
}

// A job that panics is a failed job; the daemon goes on and the project is free again.
func TestDaemonSurvivesPanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		until("2026-06-01 12:00")
		s := newShift(t, "UTC", "0 6 * * *")
		ctx, cancel := context.WithCancel(t.Context())
		d, err := newDaemonOf(ctx, s.app)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		d.jobs[0].run = func(*app, context.Context, *sqlite.DB) (string, error) {
			n++
			panic("no luck")
		}
		ended := make(chan error)
		go func() { ended <- d.serve(ctx, nil) }()
		time.Sleep(48 * time.Hour)
		cancel()
		<-ended
		lock, err := sqlite.Lock(s.app.dbPath(), time.Now())
		if err != nil || n != 2 || !strings.Contains(s.out.String(), "the scheduled crawl crashed: no luck") {
			t.Errorf("got %d runs, lock %v, told %q; want 2 runs, a free project and the reason", n, err, s.out.String())
		}
		_ = lock.Release()
	})
}

// A report that is due with a crawl does the crawl's work.
func TestReportCoversCrawl(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		until("2026-06-01 12:00")
		s := newShift(t, "UTC", "0 */6 * * *")
		ctx, cancel := context.WithCancel(t.Context())
		s.app.cfg.Schedule = config.Schedule{Crawl: "0 */6 * * *", Report: "0 6 * * *"}
		d := &daemon{started: time.Now(), app: s.app}
		d.jobs, _ = s.app.jobs()
		var ran []string
		for _, j := range d.jobs {
			j.run = func(*app, context.Context, *sqlite.DB) (string, error) {
				ran = append(ran, j.name+time.Now().UTC().Format(" 15"))
				return "", nil
			}
		}
		ended := make(chan error)
		go func() { ended <- d.serve(ctx, nil) }()
		time.Sleep(25 * time.Hour)
		cancel()
		<-ended
		if got, want := strings.Join(ran, ", "), "crawl 18, crawl 00, report 06, crawl 12"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

// TestDaemonLeavesNothing: a daemon that was told to stop has no goroutine left.
func TestDaemonLeavesNothing(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := newShift(t, "UTC", "0 6 1 1 *")
	ctx, cancel := context.WithCancel(t.Context())
	d, err := newDaemonOf(ctx, s.app)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := d.serve(ctx, nil); err == nil {
		t.Error("a daemon that was stopped: got no error, want exit code 130")
	}
}
