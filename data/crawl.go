package data

import "time"

// A TaskState is where a task of the frontier stands.
type TaskState string

// The states. A leased task goes back to ready when the store is opened again.
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
	Tries        int
	ETag         string
	LastModified string
	BodyHash     string
	Error        string // why it is dead or was put off
}

// A Cursor is how far a source has been read: a JSON document of the source's own.
type Cursor struct {
	Source string
	Value  string
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
