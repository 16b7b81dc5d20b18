package crawler

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"tribu/data"
)

const (
	keepKnown   = 4000 // posts whose numbers are remembered, newest ids first
	keepTopics  = 8000 // topics whose first post is remembered
	keepWaiting = 5000
	maxPostID   = 1 << 48
)

// A state is a forum's cursor: how far it is read, and what of its recent posts is needed to find
// parents, edits and deletions without asking for whole topics. It holds no clock: what happens
// when is up to tasks.
type state struct {
	Max     int            `json:"max"`             // highest id seen
	At      int            `json:"at,omitempty"`    // on the way up: every id up to here is read
	Top     int            `json:"top,omitempty"`   // where the way up ends; 0: not on the way
	Seek    *[2]int        `json:"seek,omitempty"`  // the first wanted id lies in (lo, hi]
	Empty   int            `json:"empty,omitempty"` // pages in a row without a post
	Again   int            `json:"again,omitempty"` // the next way up starts below this id
	Places  map[int]string `json:"places"`          // categories by id
	Known   []known        `json:"known"`           // by id
	First   map[int]int    `json:"first"`           // first post by topic
	Waiting []waiting      `json:"waiting,omitempty"`

	numbers map[[2]int]int // post by topic and number, built when first asked
}

// A known post. Watched is false where a page without it says nothing.
type known struct {
	ID, Topic, Number int
	At                int64 // Unix time it was written
	Watched           bool
	Parent            int // where only the topic's own answer told it: the parent's id, negative for the topic's first post
}

// MarshalJSON writes [id, topic, number, time, parent], the time negative where the post is not
// watched, and no parent where there is none.
func (k known) MarshalJSON() ([]byte, error) {
	at := k.At
	if !k.Watched {
		at = -at
	}
	if k.Parent != 0 {
		return fmt.Appendf(nil, "[%d,%d,%d,%d,%d]", k.ID, k.Topic, k.Number, at, k.Parent), nil
	}
	return fmt.Appendf(nil, "[%d,%d,%d,%d]", k.ID, k.Topic, k.Number, at), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (k *known) UnmarshalJSON(b []byte) error {
	var v [5]int64
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	*k = known{int(v[0]), int(v[1]), int(v[2]), max(v[3], -v[3]), v[3] > 0, int(v[4])}
	return nil
}

// waiting is a post whose parent, by its number in the topic, is not known yet.
type waiting struct {
	Topic  int `json:"t"`
	Post   int `json:"p"`
	Number int `json:"n"` // its own
	Parent int `json:"r"`
	Place  int `json:"c,omitempty"`
}

// readState returns the state that write wrote; a cursor that cannot be read is a fresh start.
func readState(cursor string) *state {
	st := &state{}
	if json.Unmarshal([]byte(cursor), st) != nil {
		st = &state{}
	}
	if st.Places == nil {
		st.Places = map[int]string{}
	}
	if st.First == nil {
		st.First = map[int]int{}
	}
	return st
}

func (st *state) write() (string, error) {
	if extra := len(st.Known) - keepKnown; extra > 0 {
		st.Known = slices.Delete(st.Known, 0, extra)
	}
	if extra := len(st.Waiting) - keepWaiting; extra > 0 {
		st.Waiting = slices.Delete(st.Waiting, 0, extra)
	}
	if extra := len(st.First) - keepTopics; extra > 0 {
		for _, t := range slices.Sorted(maps.Keys(st.First))[:extra] {
			delete(st.First, t)
		}
	}
	b, err := json.Marshal(st)
	if err != nil {
		return "", fmt.Errorf("write cursor: %w", err)
	}
	return string(b), nil
}

// start begins a way up: a little below the highest id seen, an hour below the newest post, or below
// the posts to read again.
// Ways start on multiples of pageIDs, so that equal pages have equal addresses.
func (st *state) start() {
	at := st.Max - overlapIDs
	newest := int64(0)
	for _, k := range st.Known {
		newest = max(newest, k.At)
	}
	if i := slices.IndexFunc(st.Known, func(k known) bool { return k.At >= newest-int64(time.Hour/time.Second) }); i >= 0 {
		at = min(at, st.Known[i].ID-1)
	}
	if st.Again > 0 {
		at = min(at, st.Again-1)
	}
	st.At, st.Again = max(0, at)/pageIDs*pageIDs, 0
}

// again has all watched posts since floor read again.
func (st *state) again(floor time.Time) {
	for _, k := range st.Known {
		if k.At >= floor.Unix() && k.Watched {
			st.Again = k.ID
			return
		}
	}
}

func (st *state) find(id int) (int, bool) {
	return slices.BinarySearchFunc(st.Known, id, func(k known, id int) int { return k.ID - id })
}

func (st *state) remember(k known) {
	i, found := st.find(k.ID)
	if !found {
		st.Known = slices.Insert(st.Known, i, k)
	} else {
		k.Parent = st.Known[i].Parent
		st.Known[i] = k
	}
	if st.numbers != nil {
		st.numbers[[2]int{k.Topic, k.Number}] = k.ID
	}
	if k.Number == 1 {
		st.First[k.Topic] = k.ID
	}
}

// told returns what an earlier answer of the topic said that post answers.
func (st *state) told(post int) (parent int, by data.InteractionKind) {
	i, found := st.find(post)
	if !found {
		return 0, ""
	}
	if p := st.Known[i].Parent; p < 0 {
		return -p, data.Topic
	}
	return st.Known[i].Parent, data.Reply
}

// tell remembers what post answers.
func (st *state) tell(post, parent int, by data.InteractionKind) {
	if i, found := st.find(post); found && parent != 0 {
		if st.Known[i].Parent = parent; by == data.Topic {
			st.Known[i].Parent = -parent
		}
	}
}

func (st *state) forget(id int) {
	if i, found := st.find(id); found {
		k := st.Known[i]
		st.Known = slices.Delete(st.Known, i, i+1)
		if st.numbers != nil {
			delete(st.numbers, [2]int{k.Topic, k.Number})
		}
	}
}

// post returns the id of a post by its number in a topic; 0 where it is not known.
func (st *state) post(topic, number int) int {
	if number == 1 && st.First[topic] != 0 {
		return st.First[topic]
	}
	if st.numbers == nil {
		st.numbers = make(map[[2]int]int, len(st.Known))
		for _, k := range st.Known {
			st.numbers[[2]int{k.Topic, k.Number}] = k.ID
		}
	}
	return st.numbers[[2]int{topic, number}]
}

// inTopic returns the known posts of a topic.
func (st *state) inTopic(topic int) []known {
	var out []known
	for _, k := range st.Known {
		if k.Topic == topic {
			out = append(out, k)
		}
	}
	return out
}

func (st *state) wait(w waiting) {
	if !st.waits(w.Post) {
		st.Waiting = append(st.Waiting, w)
	}
}

// category returns the category of a topic of which posts wait; 0 where none does.
func (st *state) category(topic int) int {
	for _, w := range st.Waiting {
		if w.Topic == topic {
			return w.Place
		}
	}
	return 0
}

func (st *state) waits(post int) bool {
	return slices.ContainsFunc(st.Waiting, func(w waiting) bool { return w.Post == post })
}

func (st *state) resolved(post int) {
	st.Waiting = slices.DeleteFunc(st.Waiting, func(w waiting) bool { return w.Post == post })
}
