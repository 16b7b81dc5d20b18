package crawler

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net/http"
	"slices"

	"tribu/data"
)

// A steady source says of which kinds of task the same answer tells nothing new, whatever was read
// in between. Of others that is known where an answer led to no further task and left the cursor
// as it was, as long as the cursor is that one.
type steady interface{ steady(kind string) bool }

func (j *job) steady(t data.Task) bool {
	s, ok := j.src.(steady)
	return ok && s.steady(t.Kind)
}

// mark stands for an answer to t while the source is read as far as cursor.
func (j *job) mark(t data.Task, body []byte, cursor string) string {
	sum := sha256.New()
	sum.Write(body)
	if !j.steady(t) {
		fmt.Fprintf(sum, "\x00%s", cursor)
	}
	return fmt.Sprintf("%x", sum.Sum(nil)[:12])
}

// conditional returns the headers that spare an answer which would tell nothing new.
func (j *job) conditional(t data.Task) http.Header {
	h := http.Header{}
	if t.BodyHash == "" || !j.steady(t) && t.BodyHash[len(t.BodyHash)/2:] != j.mark(t, nil, j.at.Value) {
		return h
	}
	if t.ETag != "" {
		h.Set("If-None-Match", t.ETag)
	}
	if t.LastModified != "" {
		h.Set("If-Modified-Since", t.LastModified)
	}
	return h
}

// finish marks t as done, or as ready again where its answer asks the same question for later, and
// returns the other tasks that follow.
func (j *job) finish(t *data.Task, r Response, tasks []data.Task, cursor string) []data.Task {
	t.State, t.Error, t.Tries, t.Fresh = data.TaskDone, "", 0, 0
	led := false
	for i := 0; i < len(tasks); i++ {
		if again := tasks[i]; again.Key == t.Key {
			if again.URL != t.URL {
				led = true // the next answer is another one
			}
			t.State, t.Kind, t.URL, t.Due, t.Fresh = data.TaskReady, again.Kind, again.URL, again.Due, again.Due.Sub(j.now())
			j.keepFrom(t, t.Due)
			tasks = slices.Delete(tasks, i, i+1)
			i--
			continue
		}
		led = led || !tasks[i].Due.After(j.now())
	}
	j.remember(t, r, j.at.Value, cursor, led)
	return tasks
}

// remember notes by what the next answer to t is known to be the same, if that would tell nothing
// new: led says that the answer led to further tasks.
func (j *job) remember(t *data.Task, r Response, before, after string, led bool) {
	t.ETag, t.LastModified, t.BodyHash = "", "", ""
	if led || r.Status != http.StatusOK || before != after && !j.steady(*t) {
		return
	}
	t.BodyHash = j.mark(*t, r.Body, "") + j.mark(*t, nil, after)
	t.ETag, t.LastModified = short(r.Header.Get("ETag")), short(r.Header.Get("Last-Modified"))
}

// short drops what no honest server sends.
func short(validator string) string {
	if len(validator) > 1000 {
		return ""
	}
	return validator
}

// same reports whether r is the answer that t had before, and tells nothing new.
func (j *job) same(t data.Task, r Response) bool {
	switch {
	case t.BodyHash == "":
		return false
	case r.Status == http.StatusNotModified:
		return len(j.conditional(t)) > 0
	}
	return r.Status == http.StatusOK && t.BodyHash == j.mark(t, r.Body, "")+j.mark(t, nil, j.at.Value)
}

// skim finishes t, whose answer tells nothing new. What is asked again and again goes on so.
func (j *job) skim(ctx context.Context, t data.Task, r Response) error {
	t.State, t.Error, t.Tries = data.TaskDone, "", 0
	if t.Fresh > 0 {
		t.State, t.Due = data.TaskReady, j.now().Add(t.Fresh)
		j.keepFrom(&t, t.Due)
	}
	j.count(t, r, data.Batch{})
	return j.save(ctx, data.Batch{Finished: []data.Task{t}}, func(data.Saved) {
		j.sum.Same++
		j.fruitless++
	})
}
