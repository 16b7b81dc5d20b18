package crawler

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	keepYoung  = 5000 // posts per stream that are watched for edits and deletions
	keepRoots  = 8000 // posts whose thread is remembered
	keepBoosts = 2000
)

// A trail is a source's cursor: how far each of its streams is read, its young posts, and the
// threads of recent ones. It holds no clock: what happens when is up to tasks.
type trail struct {
	Marks  map[string]string   `json:"marks,omitempty"`  // by stream: the newest that is read, in the platform's words
	Young  map[string][]recent `json:"young,omitempty"`  // by stream, by time
	Roots  [][2]string         `json:"roots,omitempty"`  // post and thread, in the order they were seen
	Boosts [][2]string         `json:"boosts,omitempty"` // post and who boosted it
	Facts  map[string]string   `json:"facts,omitempty"`  // c:POST: number of comments when last read; else what the platform says about itself

	threads map[string]string // Roots, built when first asked
}

// A recent post is one that may still be edited or deleted.
type recent struct {
	ID string
	At int64 // Unix time
}

// MarshalJSON writes [id, time].
func (y recent) MarshalJSON() ([]byte, error) {
	id, err := json.Marshal(y.ID)
	return fmt.Appendf(nil, "[%s,%d]", id, y.At), err
}

// UnmarshalJSON reads what MarshalJSON writes.
func (y *recent) UnmarshalJSON(b []byte) error {
	return json.Unmarshal(b, &[2]any{&y.ID, &y.At})
}

// readTrail returns the trail that write wrote; a cursor that cannot be read is a fresh start.
func readTrail(cursor string) *trail {
	t := &trail{}
	if json.Unmarshal([]byte(cursor), t) != nil {
		t = &trail{}
	}
	if t.Marks == nil {
		t.Marks = map[string]string{}
	}
	if t.Young == nil {
		t.Young = map[string][]recent{}
	}
	if t.Facts == nil {
		t.Facts = map[string]string{}
	}
	return t
}

func (t *trail) write() (string, error) {
	for stream, all := range t.Young {
		if len(all) > 0 { // by the newest post's clock, a day to spare
			old := all[len(all)-1].At - int64((young+readAgain)/time.Second)
			all = slices.DeleteFunc(all, func(y recent) bool { return y.At < old })
		}
		t.Young[stream] = all[max(0, len(all)-keepYoung):]
	}
	t.Roots = t.Roots[max(0, len(t.Roots)-keepRoots):]
	t.Boosts = t.Boosts[max(0, len(t.Boosts)-keepBoosts):]
	t.threads = nil
	for name := range t.Facts {
		if id, ofPost := strings.CutPrefix(name, "c:"); ofPost {
			if _, known := t.thread(id); !known {
				delete(t.Facts, name)
			}
		}
	}
	b, err := json.Marshal(t)
	if err != nil {
		return "", fmt.Errorf("write cursor: %w", err)
	}
	return string(b), nil
}

// mark remembers the time of the newest that is read of a stream, and returns it.
func (t *trail) mark(stream string, newest int64) int64 {
	if mark, _ := strconv.ParseInt(t.Marks[stream], 10, 64); newest <= mark {
		return mark
	}
	t.Marks[stream] = strconv.FormatInt(newest, 10)
	return newest
}

// readTo remembers when the newest young post of a stream was written, as a date, and returns
// it; false where no post is young.
func (t *trail) readTo(stream string) (newest int64, read bool) {
	all := t.Young[stream]
	if len(all) == 0 {
		return 0, false
	}
	newest = all[len(all)-1].At
	t.Marks[stream] = time.Unix(newest, 0).UTC().Format(time.RFC3339)
	return newest, true
}

func byTime(a, b recent) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.ID, b.ID)) }

// saw remembers a post of a stream as young.
func (t *trail) saw(stream, id string, at time.Time) {
	y := recent{id, at.Unix()}
	if i, found := slices.BinarySearchFunc(t.Young[stream], y, byTime); !found {
		t.Young[stream] = slices.Insert(t.Young[stream], i, y)
	}
}

// oldest returns the oldest young post of a stream that was written at since or later.
func (t *trail) oldest(stream string, since time.Time) (recent, bool) {
	for _, y := range t.Young[stream] {
		if y.At >= since.Unix() {
			return y, true
		}
	}
	return recent{}, false
}

// missing returns the young posts of a stream written between lo and hi that are not present.
func (t *trail) missing(stream string, lo, hi int64, present map[string]bool) []string {
	var out []string
	for _, y := range t.Young[stream] {
		if y.At > lo && y.At < hi && !present[y.ID] {
			out = append(out, y.ID)
		}
	}
	return out
}

// forget stops watching a post.
func (t *trail) forget(id string) {
	for stream, all := range t.Young {
		t.Young[stream] = slices.DeleteFunc(all, func(y recent) bool { return y.ID == id })
	}
}

// root remembers the thread of a post.
func (t *trail) root(post, thread string) {
	if old, known := t.thread(post); known && old == thread {
		return
	}
	t.threads[post] = thread
	t.Roots = append(t.Roots, [2]string{post, thread})
}

// thread returns the thread of a post that was seen.
func (t *trail) thread(post string) (string, bool) {
	if t.threads == nil {
		t.threads = make(map[string]string, len(t.Roots))
		for _, r := range t.Roots {
			t.threads[r[0]] = r[1]
		}
	}
	thread, ok := t.threads[post]
	return thread, ok
}

// boost remembers that an author passed a post on.
func (t *trail) boost(post, author string) {
	if b := [2]string{post, author}; !slices.Contains(t.Boosts, b) {
		t.Boosts = append(t.Boosts, b)
	}
}

func (t *trail) boosts(post string) []string {
	var out []string
	for _, b := range t.Boosts {
		if b[0] == post {
			out = append(out, b[1])
		}
	}
	return out
}
