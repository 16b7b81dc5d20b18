package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"syscall"
	"time"
)

// work is what a command that works through data spent.
type work struct {
	Posts       int     `json:"items"`
	CPUSeconds  float64 `json:"cpu_seconds"`
	WallSeconds float64 `json:"wall_seconds"`
	PeakBytes   int64   `json:"peak_bytes"`
}

// measure returns what the process has spent so far on n posts.
func (a *app) measure(n int) *work {
	w := &work{Posts: n, WallSeconds: a.now().Sub(a.started).Seconds()}
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) == nil {
		w.CPUSeconds = time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
		w.PeakBytes = u.Maxrss * 1024
	}
	return w
}

// result prints a command's answer: value as JSON where asked for, else what text writes.
func (a *app) result(command string, value any, w *work, text func(io.Writer)) error {
	if !a.json {
		if text == nil {
			return nil
		}
		p := newProse(a.out)
		text(p)
		return a.outProblem(p.close())
	}
	a.answered = true
	envelope := struct {
		Schema   string   `json:"schema"`
		Command  string   `json:"command"`
		Data     any      `json:"data"`
		Warnings []string `json:"warnings"`
		Work     *work    `json:"work,omitempty"`
	}{"tribu/1", command, value, append([]string{}, a.warnings...), w}
	enc := json.NewEncoder(a.out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(envelope); err != nil {
		return a.outProblem(fmt.Errorf("write result: %w", err))
	}
	return nil
}

// unlessQuiet is the text of a command that schedules run: with -q they print nothing on success.
func (a *app) unlessQuiet(text func(io.Writer)) func(io.Writer) {
	if a.quiet {
		return nil
	}
	return text
}

// warn keeps a warning for the JSON result, or prints it.
func (a *app) warn(format string, args ...any) {
	s := a.located(fmt.Sprintf(format, args...))
	if slices.Contains(a.warnings, s) {
		return // a file that is read twice is wrong once
	}
	a.warnings = append(a.warnings, s)
	if !a.json && !a.quiet {
		a.tell("warning: "+clean(s), 2)
	}
}

// log prints one line of progress for logs and people; -q silences it.
func (a *app) log(stage, format string, args ...any) {
	if a.dryRun {
		a.would = append(a.would, a.located(fmt.Sprintf(format, args...)))
	}
	if a.quiet || a.json && !a.verbose {
		return
	}
	message := clean(a.located(fmt.Sprintf(format, args...)))
	if a.logFormat == "json" {
		_ = json.NewEncoder(a.err).Encode(map[string]string{"stage": stage, "message": message})
		return
	}
	a.tell(fmt.Sprintf("%-8s %s", stage, message), 9)
}

// passed logs what a stage did. On a terminal the result of its command says it, and nothing says
// it twice; a run of all stages has no other word for it.
func (a *app) passed(stage, format string, args ...any) {
	if !a.terminal() || a.whole {
		a.log(stage, format, args...)
	}
}

// count writes n with the noun in the right number: "1 post", "2,417 posts".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	plural := noun + "s"
	if k := len(noun) - 2; k >= 0 && noun[k+1] == 'y' && !strings.ContainsRune("aeiou", rune(noun[k])) {
		plural = strings.TrimSuffix(noun, "y") + "ies"
	}
	return thousands(n) + " " + plural
}

func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
