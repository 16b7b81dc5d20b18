package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/robfig/cron/v3"
	"github.com/spf13/cobra"

	"tribu/data"
)

const (
	heartbeat = time.Minute             // how soon a moment that had to wait is tried again
	patience  = 4500 * time.Millisecond // for a job that was asked to stop
)

func newDaemon(a *app) *cobra.Command {
	return &cobra.Command{Use: "daemon", Short: "Crawl and report on the schedules in the settings, until told to stop", Args: cobra.NoArgs,
		Long: "Crawls and reports at the times of schedule: in tribu.yaml, told in the project's timezone.\n" +
			"The project is locked while a job runs and free in between.\n\n" +
			"SIGTERM, SIGINT  finish the item in hand and stop\nSIGHUP           read tribu.yaml again\nSIGUSR1          print one line: what ran last, what runs next",
		RunE: func(c *cobra.Command, _ []string) error {
			signals := make(chan os.Signal, 4)
			signal.Notify(signals, syscall.SIGHUP, syscall.SIGUSR1)
			defer signal.Stop(signals)
			d, err := newDaemonOf(c.Context(), a)
			if err != nil {
				return err
			}
			if a.dryRun {
				d.tell()
				return nil
			}
			return d.serve(c.Context(), signals)
		}}
}

// A daemon runs jobs when they are due. Every moment of a schedule is a row in the store that is
// settled once; the project is locked only while a job runs.
type daemon struct {
	started time.Time

	mu      sync.Mutex
	app     *app
	jobs    []*job // report before crawl: a report crawls first
	known   bool   // the store was asked what was settled before
	running string
	since   time.Time
	told    string // what was last complained about
}

// newDaemonOf checks the project and reads from its store what was done so far. A project in use
// by somebody else is asked later.
func newDaemonOf(ctx context.Context, a *app) (*daemon, error) {
	if err := a.loadConfig(); err != nil {
		return nil, err
	}
	d := &daemon{started: a.now(), app: a}
	var err error
	if d.jobs, err = a.jobs(); err != nil {
		return nil, err
	}
	if a.dryRun {
		return d, nil
	}
	if err := d.recall(ctx); err != nil && !errors.Is(err, data.ErrLocked) {
		return nil, err
	}
	return d, nil
}

// serve runs what is due until ctx ends, then gives a running job patience to finish its item.
func (d *daemon) serve(ctx context.Context, signals <-chan os.Signal) error {
	log := cronLog{d.app}
	wake := cron.NewChain(cron.SkipIfStillRunning(log), cron.Recover(log)).Then(cron.FuncJob(func() { d.wake(ctx) }))
	c := cron.New(cron.WithLocation(time.UTC), cron.WithLogger(log))
	c.Schedule(cron.Every(heartbeat), wake)
	planned := d.plan(c, wake)
	d.log("%s", d.status())
	var first sync.WaitGroup
	first.Go(wake.Run) // what was missed
	c.Start()
	for {
		select {
		case <-ctx.Done():
			return d.stop(c, &first)
		case s := <-signals:
			switch {
			case s == syscall.SIGUSR1:
				d.tell()
			case d.reload(ctx):
				for _, id := range planned {
					c.Remove(id)
				}
				planned = d.plan(c, wake)
				d.log("settings read again; %s", d.status())
			}
		}
	}
}

// plan enters the schedules of all jobs into c.
func (d *daemon) plan(c *cron.Cron, wake cron.Job) (ids []cron.EntryID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, j := range d.jobs {
		ids = append(ids, c.Schedule(j.slots, wake))
	}
	return ids
}

func (d *daemon) stop(c *cron.Cron, first *sync.WaitGroup) error {
	idle := make(chan struct{})
	go func() {
		<-c.Stop().Done()
		first.Wait()
		close(idle)
	}()
	limit := time.NewTimer(patience)
	defer limit.Stop()
	kept := "everything is kept"
	select {
	case <-idle:
	case <-limit.C:
		kept = "everything committed is kept; a job that did not stop in time goes on at the next start"
	}
	d.log("stopped, as it was told to: %s; tribu daemon goes on from there", kept)
	return &problem{code: exitInterrupted, what: "the daemon was told to stop", told: true}
}

// reload reads the settings again and reports whether they are now in force. Wrong ones are told
// and change nothing. A schedule that is new is not behind with anything.
func (d *daemon) reload(ctx context.Context) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	fresh := *d.app
	err := fresh.loadConfig()
	var jobs []*job
	if err == nil {
		jobs, err = fresh.jobs()
	}
	if err != nil {
		fresh.explain(ctx, err)
		fresh.log("daemon", "keeps the settings it had")
		return false
	}
	for _, j := range jobs {
		j.settled = j.slots.Last(d.app.now())
		for _, old := range d.jobs {
			if old.name == j.name {
				j.last = old.last
				if old.spec == j.spec && old.zone == j.zone {
					j.settled = old.settled
				}
			}
		}
	}
	d.app, d.jobs = &fresh, jobs
	return true
}

// A jobStatus is what became of a job and when it runs next.
type jobStatus struct {
	Job     string    `json:"job"`
	Next    time.Time `json:"next,omitzero"`
	Last    time.Time `json:"last,omitzero"`
	State   string    `json:"state,omitempty"`
	Outcome string    `json:"outcome,omitempty"`
	Running time.Time `json:"running_since,omitzero"`
}

func (d *daemon) statuses() (all []jobStatus) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, j := range d.jobs {
		s := jobStatus{Job: j.name, Next: j.slots.Next(d.app.now())}
		if d.running == j.name {
			s.Running = d.since
		}
		if !j.last.At.IsZero() {
			s.Last, s.State, s.Outcome = j.last.At, string(j.last.State), j.last.Outcome
		}
		all = append(all, s)
	}
	return all
}

// status says in one line what ran last and what runs next.
func (d *daemon) status() string {
	loc, _ := d.app.cfg.Location()
	const form = "Mon 2 Jan 15:04 MST"
	var parts []string
	for _, s := range d.statuses() {
		text := s.Job + ": "
		if !s.Running.IsZero() {
			text += "running since " + s.Running.In(loc).Format("15:04") + ", "
		}
		text += "next " + s.Next.In(loc).Format(form)
		if !s.Last.IsZero() {
			text += fmt.Sprintf(", last %s %s", s.Last.In(loc).Format(form), s.State)
		}
		if s.Outcome != "" {
			text += " (" + cut(s.Outcome, 100) + ")"
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}

// tell prints the status, quiet or not: somebody asked.
func (d *daemon) tell() {
	_ = d.app.result("daemon", d.statuses(), nil, func(w io.Writer) { fmt.Fprintln(w, clean(d.status())) })
}

func (d *daemon) log(format string, args ...any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.app.log("daemon", format, args...)
}

// A cronLog passes on what is worth knowing of the clockwork: panics.
type cronLog struct{ app *app }

// Info is not worth knowing.
func (cronLog) Info(string, ...any) {}

// Error tells of a panic.
func (l cronLog) Error(err error, _ string, detail ...any) {
	l.app.explain(context.Background(), &problem{code: exitFailed, what: fmt.Sprintf("a scheduled job crashed: %v", err), kept: "everything committed so far",
		next: "nothing to do: the next one runs as scheduled", cause: fmt.Errorf("%v", detail)})
}
