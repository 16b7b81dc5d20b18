package data

import "time"

// A TaskState is where a task of the frontier stands.
type TaskState string

// The states. A task is leased in the memory of one process: when that ends, it is ready.
const (
	TaskReady  TaskState = "ready"
	TaskLeased TaskState = "leased"
	TaskDone   TaskState = "done"
	TaskDead   TaskState = "dead"
)

// A Task is one request a source wants made. (Source, Key) is unique: enqueuing it again changes
// nothing unless the task is done or dead and Due is later.
type Task struct {
	Source       string
	Key          string
	Kind         string // what the answer is to the source's parser
	URL          string
	Depth        int
	State        TaskState
	Due          time.Time
	Tries        int // that failed; a dead task of none is dead for good
	ETag         string
	LastModified string
	BodyHash     string        // of an answer that, given again, would tell nothing new
	Fresh        time.Duration // for which that answer stays the same by its own word
	Error        string        // why it is dead or was put off
}

// A Cursor is how far a source has been read: a JSON document of the source's own, and its visits.
type Cursor struct {
	Source string
	Value  string
	Visit
}

// A Visit tells when a source is read. A reading that was interrupted goes on, with the moment it
// began, before another begins.
type Visit struct {
	Begun time.Time // of the reading under way; zero: none is
	Ended time.Time // of the last reading that came to its end; zero: none did
	Next  time.Time // when the next is due
	Pace  float64   // posts a day, smoothed over the readings
}

// Due reports whether it is time for a visit: an interrupted one always, another from a tenth of
// the wait before Next on, so that a clock that strikes as often as a source is due misses no visit.
func (v Visit) Due(now time.Time) bool {
	return !v.Begun.IsZero() || !now.Before(v.Next.Add(-max(v.Next.Sub(v.Ended), 0)/10))
}

// A Host is what politeness must not forget about a host between runs.
type Host struct {
	Name          string // host:port
	NextAllowed   time.Time
	Delay         time.Duration
	Fails         int // in a row
	RobotsStatus  int
	RobotsBody    string
	RobotsExpires time.Time
	Denied        int // requests that robots refused, ever
}

// A Batch is what a source or a file hands over at once; it is saved in one transaction or not at all.
type Batch struct {
	Posts        []Post
	Authors      []Author
	Threads      []Thread
	Interactions []Interaction
	Tombstones   []PostID // posts deleted upstream: text wiped, the row stays
	Pages        []Page
	Tasks        []Task // to enqueue
	Finished     []Task // tasks with their new State, validators and Error
	Cursor       *Cursor
	Revive       bool // tasks of Cursor's source that are dead, but not for good, are due again when it begins
	Failures     []Failure
}

// A Saved counts what a batch changed.
type Saved struct {
	New       int `json:"new"`
	Changed   int `json:"changed"` // edits: the text or title differs
	Unchanged int `json:"unchanged"`
	OptedOut  int `json:"opted_out"` // posts dropped because their author asked for it
	Deleted   int `json:"deleted"`
}

// Add returns the sum of s and t.
func (s Saved) Add(t Saved) Saved {
	return Saved{s.New + t.New, s.Changed + t.Changed, s.Unchanged + t.Unchanged, s.OptedOut + t.OptedOut, s.Deleted + t.Deleted}
}
