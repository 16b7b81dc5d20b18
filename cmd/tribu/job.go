package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"tribu/data"
	"tribu/data/sqlite"
)

// A job is one thing the daemon does on a schedule.
type job struct {
	name, spec, zone string
	slots            slots
	run              func(a *app, ctx context.Context, db *sqlite.DB) (outcome string, err error)
	covers           string // a job that running this one does as well

	settled time.Time // moments up to this one need nothing
	last    sqlite.Slot
}

// jobs returns what the settings schedule, in the order in which it runs when due together.
func (a *app) jobs() (all []*job, err error) {
	loc, err := a.cfg.Location()
	if err != nil {
		return nil, err
	}
	for _, j := range []*job{
		{name: "report", spec: a.cfg.Schedule.Report, run: (*app).reportJob, covers: "crawl"},
		{name: "crawl", spec: a.cfg.Schedule.Crawl, run: (*app).crawlJob},
	} {
		if j.spec = strings.TrimSpace(j.spec); j.spec == "" || j.spec == "off" {
			continue
		}
		if j.slots, err = parseSlots(j.spec, loc); err != nil {
			return nil, a.mistakeAt("schedule."+j.name, err)
		}
		j.zone = a.cfg.Timezone
		all = append(all, j)
	}
	if len(all) == 0 {
		return nil, usage("nothing is scheduled: schedule.crawl and schedule.report are off").then("set one of them in " + a.configPath())
	}
	return all, nil
}

// wrongSchedules returns the schedules that cannot be read, at their place in the file.
func (a *app) wrongSchedules() (wrong []error) {
	for _, one := range [][2]string{{"crawl", a.cfg.Schedule.Crawl}, {"report", a.cfg.Schedule.Report}} {
		if spec := strings.TrimSpace(one[1]); spec != "" && spec != "off" {
			if _, err := parseSlots(spec, time.UTC); err != nil {
				wrong = append(wrong, a.mistakeAt("schedule."+one[0], err))
			}
		}
	}
	return wrong
}

func (a *app) crawlJob(ctx context.Context, db *sqlite.DB) (string, error) {
	s, err := a.crawl(ctx, db, crawlOptions{due: true})
	if err != nil {
		return "", err
	}
	return count(saved(s).New, "new post"), crawlGaps(s)
}

func (a *app) reportJob(ctx context.Context, db *sqlite.DB) (string, error) {
	return "report written", a.pipeline(ctx, db, runOptions{})
}

// recall reads from the store which moments are settled. What came before the first daemon of a
// project counts as settled: nothing was promised then.
func (d *daemon) recall(ctx context.Context) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.known {
		return nil
	}
	err := d.app.writeAt(ctx, false, func(db *sqlite.DB) error {
		for _, j := range d.jobs {
			if err := j.recall(ctx, db, d.started); err != nil {
				return err
			}
		}
		return nil
	})
	d.known = err == nil
	return err
}

func (j *job) recall(ctx context.Context, db *sqlite.DB, started time.Time) error {
	last, err := db.LastSlot(ctx, j.name)
	switch {
	case errors.Is(err, data.ErrNotFound):
		j.settled = j.slots.Last(started)
		if j.settled.IsZero() {
			return nil
		}
		return db.SkipSlot(ctx, j.name, j.settled, "before the first start")
	case err != nil:
		return err
	}
	j.last, j.settled = last, last.At
	if !last.State.Settled() {
		j.settled = last.At.Add(-time.Second)
	}
	return nil
}

// wake runs every job whose newest moment is not settled yet. Of several missed ones only the
// newest runs.
func (d *daemon) wake(ctx context.Context) {
	if err := d.recall(ctx); err != nil {
		d.complain(ctx, err)
		return
	}
	d.mu.Lock()
	jobs := d.jobs
	d.mu.Unlock()
	for _, j := range jobs {
		d.mu.Lock()
		at := j.slots.Last(d.app.now())
		due := at.After(j.settled)
		d.mu.Unlock()
		if due && ctx.Err() == nil {
			d.attend(ctx, j, at)
		}
	}
}

// attend runs j for the moment at, unless that is settled or the project is in use; then the next
// heartbeat tries again.
func (d *daemon) attend(ctx context.Context, j *job, at time.Time) {
	d.mu.Lock()
	one := *d.app
	one.out, one.started, one.warnings, one.noProgress, one.noInput = io.Discard, one.now(), nil, true, true
	d.mu.Unlock()
	var trouble error
	ran := false
	err := one.writeAt(ctx, false, func(db *sqlite.DB) error {
		claims, err := d.claim(ctx, db, j, at)
		if err != nil || len(claims) == 0 {
			return err
		}
		ran = true
		d.mark(j.name, one.started)
		defer d.mark("", time.Time{})
		var s sqlite.Slot
		s, trouble = one.work(ctx, db, j)
		return d.settle(ctx, db, claims, s)
	})
	switch {
	case err != nil:
		d.complain(ctx, err)
		return
	case trouble != nil && ctx.Err() == nil:
		one.explain(ctx, trouble)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.told = ""
	if ctx.Err() == nil {
		j.settled = at
	}
	if ran {
		one.log("daemon", "%s of %s: %s, %s", j.name, one.clock(at), j.last.State, j.last.Outcome)
	}
}

// A claim is a moment of a job that the current run settles.
type claim struct {
	job *job
	at  time.Time
}

// claim takes the moment of j, and that of the job it covers if one is due. None: somebody else
// has settled it.
func (d *daemon) claim(ctx context.Context, db *sqlite.DB, j *job, at time.Time) (all []claim, err error) {
	open, err := db.ClaimSlot(ctx, j.name, at)
	if err != nil || !open {
		return nil, err
	}
	all = append(all, claim{j, at})
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, other := range d.jobs {
		if due := other.slots.Last(d.app.now()); other.name == j.covers && due.After(other.settled) {
			if open, err = db.ClaimSlot(ctx, other.name, due); err != nil {
				return nil, err
			}
			if open {
				all = append(all, claim{other, due})
			}
		}
	}
	return all, nil
}

// work runs j and says what became of it. A panic is a failure of this run, not of the daemon.
func (a *app) work(ctx context.Context, db *sqlite.DB, j *job) (s sqlite.Slot, err error) {
	defer func() {
		if p := recover(); p != nil {
			s.State, s.Outcome = sqlite.SlotFailed, fmt.Sprintf("crashed: %v", p)
			err = &problem{code: exitFailed, what: fmt.Sprintf("the scheduled %s crashed: %v", j.name, p), kept: "everything committed so far",
				next: "nothing to do: the next one runs as scheduled"}
		}
	}()
	s.Outcome, err = j.run(a, ctx, db)
	var p *problem
	switch {
	case ctx.Err() != nil:
		s.State, s.Outcome = sqlite.SlotInterrupted, "goes on at the next start"
	case err == nil:
		s.State = sqlite.SlotDone
	case errors.As(err, &p) && (p.code == exitGaps || p.code == exitTooFew):
		s.State, s.Outcome = sqlite.SlotDone, "but "+p.what
	default:
		s.State, s.Outcome = sqlite.SlotFailed, plain(err)
	}
	return s, err
}

// settle writes what became of all claims, even when the daemon is being stopped.
func (d *daemon) settle(ctx context.Context, db *sqlite.DB, claims []claim, s sqlite.Slot) error {
	whole := context.WithoutCancel(ctx)
	for _, c := range claims {
		if err := db.FinishSlot(whole, c.job.name, c.at, s.State, s.Outcome); err != nil {
			return err
		}
		d.mu.Lock()
		c.job.last = sqlite.Slot{At: c.at, State: s.State, Outcome: s.Outcome}
		if s.State.Settled() {
			c.job.settled = c.at
		}
		d.mu.Unlock()
	}
	return nil
}

func (d *daemon) mark(name string, since time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.running, d.since = name, since
}

// complain tells why a job has to wait, once per reason; waiting for another run is no trouble.
func (d *daemon) complain(ctx context.Context, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if text := err.Error(); text == d.told || ctx.Err() != nil {
		return
	}
	d.told = err.Error()
	if errors.Is(err, data.ErrLocked) {
		d.app.log("daemon", "waits: %s", plain(err))
		return
	}
	d.app.explain(ctx, err)
}
