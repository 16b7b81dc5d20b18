package crawler

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"tribu/data"
)

const (
	maxDepth  = 20
	maxPages  = 20_000 // requests of one source in one run
	maxSkips  = 20     // tasks of hosts that cannot be asked before a source's run ends
	maxNotes  = 200
	leastFree = 500 << 20 // bytes of disk
	skipPause = time.Hour
)

func (j *job) overBudget() bool {
	requests, _ := j.guard.counts()
	switch most := cmp.Or(j.o.MaxPages, maxPages); {
	case !j.ends.IsZero() && !j.o.Now().Before(j.ends):
		j.timeIsUp()
	case j.o.MaxPosts > 0 && j.sum.Saved.New >= j.o.MaxPosts:
		j.sum.Enough, j.sum.Stopped = true, fmt.Sprintf("%d new posts are read; the next crawl goes on from here", j.sum.Saved.New)
	case requests >= most:
		j.sum.Stopped = fmt.Sprintf("%s: %d requests are enough for one run; the next crawl goes on from here", j.home, requests)
	case j.fruitless >= j.guard.limits.fruitless:
		j.sum.Stopped = fmt.Sprintf("%s: %d answers in a row held nothing new; the next crawl goes on from here", j.home, j.fruitless)
	case j.o.Free != nil:
		j.sum.Stopped = tooFull(j.o.Free())
	}
	return j.sum.Stopped != ""
}

func (j *job) timeIsUp() {
	j.sum.Enough, j.sum.Stopped = true, fmt.Sprintf("the time of %s is over; the next crawl goes on from here", j.o.MaxTime)
}

// tooFull says so where the disk has no room for a crawl; a disk that cannot be asked has.
func tooFull(free uint64, err error) string {
	if err != nil || free >= leastFree {
		return ""
	}
	return fmt.Sprintf("%d MB of disk are free and a crawl stops below %d; make room, then the next crawl goes on from here", free>>20, leastFree>>20)
}

// within drops tasks that lead too deep or in circles; a source's chain of pages starts at depth 0 each time.
func (j *job) within(tasks []data.Task, depth int) []data.Task {
	var kept []data.Task
	for _, t := range tasks {
		if t.Depth > maxDepth || depth > maxDepth || circular(t.URL) {
			j.trapped++
			continue
		}
		kept = append(kept, t)
	}
	return kept
}

// circular reports whether the path of u says the same one to three segments three times in a row,
// as paths do that grow with every relative link.
func circular(u string) bool {
	parsed, err := url.Parse(u)
	if err != nil {
		return true
	}
	parts := strings.Split(strings.Trim(parsed.Path, "/"), "/")
	for n := 1; n <= 3; n++ {
		for i := 0; i+3*n <= len(parts); i++ {
			once := parts[i : i+n]
			if slices.Equal(once, parts[i+n:i+2*n]) && slices.Equal(once, parts[i+2*n:i+3*n]) {
				return true
			}
		}
	}
	return false
}

// final reports whether asking again would end the same way.
func final(err error) bool {
	for _, known := range []error{ErrRobots, ErrForbiddenAddress, ErrRedirect, ErrTooLarge, ErrEncoding} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}

// note keeps what the operator should know, up to a point.
func (j *job) note(texts ...string) {
	for _, text := range texts {
		j.last = line(text)
		if len(j.sum.Notes) < maxNotes {
			j.sum.Notes = append(j.sum.Notes, j.last)
		}
	}
}

// line makes one short line of what a server may have had a say in.
func line(s string) string {
	s = tidy(strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, s))
	if r := []rune(s); len(r) > 300 {
		return string(r[:300]) + "…"
	}
	return s
}
