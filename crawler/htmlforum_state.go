package crawler

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// A forumState is the cursor.
type forumState struct {
	Boards map[string]boardState  `json:"boards,omitempty"`
	Topics topicStates            `json:"topics,omitzero"` // those of more than one page, by address
	First  map[string]string      `json:"was,omitempty"`   // first ids of posts that have got another at an edit
	Watch  map[string]watchedPage `json:"watch,omitempty"` // pages with young posts, by address
}

// A boardState holds times of last posts.
type boardState struct {
	Done int64 `json:"done,omitempty"` // newest when the board was last read to its end
	Top  int64 `json:"top,omitempty"`  // newest in the reading that is under way
}

// A topicState is the last page that was read, and the first post.
type topicState struct {
	Page  string `json:"page"`
	First string `json:"first"`
}

const keepForumTopics = 20000

func readForumState(cursor string) *forumState {
	st := &forumState{}
	if json.Unmarshal([]byte(cursor), st) != nil {
		st = &forumState{}
	}
	if st.Boards == nil {
		st.Boards = map[string]boardState{}
	}
	if st.First == nil {
		st.First = map[string]string{}
	}
	if st.Watch == nil {
		st.Watch = map[string]watchedPage{}
	}
	if st.Topics.known == nil {
		st.Topics.known = map[string]topicState{}
	}
	return st
}

func (st *forumState) write() (string, error) {
	prune(st.First, keepForumTopics)
	prune(st.Watch, keepWatched)
	st.Topics.prune(keepForumTopics)
	var b bytes.Buffer
	sign := byte('{')
	for _, part := range []struct {
		name string
		size int
		text func() ([]byte, error)
	}{
		{"boards", len(st.Boards), func() ([]byte, error) { return json.Marshal(st.Boards) }},
		{"topics", len(st.Topics.known), st.Topics.MarshalJSON},
		{"was", len(st.First), func() ([]byte, error) { return json.Marshal(st.First) }},
		{"watch", len(st.Watch), func() ([]byte, error) { return json.Marshal(st.Watch) }},
	} {
		if part.size == 0 {
			continue
		}
		text, err := part.text()
		if err != nil {
			return "", fmt.Errorf("write cursor: %w", err)
		}
		fmt.Fprintf(&b, "%c%q:", sign, part.name)
		b.Write(text)
		sign = ','
	}
	if sign == '{' {
		return "{}", nil
	}
	b.WriteByte('}')
	return b.String(), nil
}

// topicStates are written anew after every page and differ by one topic from the time before:
// each is kept as it is written.
type topicStates struct {
	known map[string]topicState
	order []string // addresses, sorted
	texts []string // as JSON has them, in that order
}

func (t *topicStates) set(address string, one topicState) error {
	if old, is := t.known[address]; is && old == one {
		return nil
	}
	key, err := json.Marshal(address)
	if err != nil {
		return err
	}
	value, err := json.Marshal(one)
	if err != nil {
		return err
	}
	at, is := slices.BinarySearch(t.order, address)
	if !is {
		t.order, t.texts = slices.Insert(t.order, at, address), slices.Insert(t.texts, at, "")
	}
	t.known[address], t.texts[at] = one, string(key)+":"+string(value)
	return nil
}

// prune keeps the last topics, by their addresses.
func (t *topicStates) prune(most int) {
	extra := len(t.order) - most
	if extra <= 0 {
		return
	}
	for _, address := range t.order[:extra] {
		delete(t.known, address)
	}
	t.order, t.texts = slices.Clone(t.order[extra:]), slices.Clone(t.texts[extra:])
}

// IsZero reports whether there is none.
func (t topicStates) IsZero() bool { return len(t.known) == 0 }

// MarshalJSON writes an object, as a map would be written.
func (t topicStates) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, text := range t.texts {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(text)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (t *topicStates) UnmarshalJSON(text []byte) error {
	var all map[string]topicState
	if err := json.Unmarshal(text, &all); err != nil {
		return err
	}
	*t = topicStates{known: make(map[string]topicState, len(all))}
	for _, address := range slices.Sorted(maps.Keys(all)) {
		if err := t.set(address, all[address]); err != nil {
			return err
		}
	}
	return nil
}

// prune keeps the last entries of a map, by their keys.
func prune[T any](m map[string]T, most int) {
	if extra := len(m) - most; extra > 0 {
		for _, key := range slices.Sorted(maps.Keys(m))[:extra] {
			delete(m, key)
		}
	}
}
