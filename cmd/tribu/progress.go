package main

import (
	"time"

	"github.com/schollz/progressbar/v3"
)

// A bar shows progress on a terminal and is silent elsewhere.
type bar struct{ pb *progressbar.ProgressBar }

// progress starts a bar of total units of work; total -1 where it is not known. Bytes are told in the
// unit they fill.
func (a *app) progress(what, unit string, total int64) *bar {
	if !a.terminal() || a.noProgress {
		return &bar{}
	}
	pb := progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(a.err), progressbar.OptionSetDescription(what), progressbar.OptionShowCount(),
		shown(unit), progressbar.OptionSetPredictTime(true), progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(), progressbar.OptionEnableColorCodes(!a.noColor && a.env("NO_COLOR") == ""))
	pb.StartWithoutRender() // else the first rate is of no time at all
	return &bar{pb: pb}
}

func shown(unit string) progressbar.Option {
	if unit == "bytes" {
		return progressbar.OptionShowBytes(true)
	}
	return func(p *progressbar.ProgressBar) {
		progressbar.OptionShowIts()(p)
		progressbar.OptionSetItsString(unit)(p)
	}
}

// busy shows that something without a measure goes on, and for how long, until done is called.
func (a *app) busy(what string) (done func()) {
	if !a.terminal() || a.noProgress {
		return func() {}
	}
	pb := progressbar.NewOptions64(-1, progressbar.OptionSetWriter(a.err), progressbar.OptionSetDescription(what),
		progressbar.OptionSpinnerType(14), progressbar.OptionSetElapsedTime(true), progressbar.OptionClearOnFinish())
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				_ = pb.Add(1)
			case <-stop:
				_ = pb.Finish()
				return
			}
		}
	}()
	return func() {
		close(stop)
		<-stopped
	}
}

// set moves the bar to n of total.
func (b *bar) set(n, total int64) {
	if b.pb == nil {
		return
	}
	if total > 0 && b.pb.GetMax64() != total {
		b.pb.ChangeMax64(total)
	}
	_ = b.pb.Set64(n)
}

// done takes the bar away.
func (b *bar) done() {
	if b.pb != nil {
		_ = b.pb.Finish()
	}
}
