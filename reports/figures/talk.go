package figures

import (
	"slices"
	"time"

	"tribu/data"
)

// A talk is who wrote when in each conversation. Posts, their authors and their conversations go by
// number: that of a post is its place in the activity.
type talk struct {
	activity []data.PostMeta
	posts    map[data.PostID]int32
	authors  map[data.AuthorID]int32 // everyone who wrote
	by       []int32                 // author of each post
	threads  buckets                 // posts of each conversation, by time
	thread   []int32                 // conversation of each post; noPost where it has none
	parents  []int32                 // post that each answers; noPost where it is not in the activity
	answers  buckets                 // posts that answer each post, by time
	voiced   []int32                 // post of each of the story's needs
	asking   []bool                  // of each of these: its post is a request, and asks in it
	wants    []int32                 // problem in which each post asks, plus one; 0 where it asks in none
	crowded  map[data.ThreadID]bool  // conversations that do not show who answers whom
	papers   []bool                  // authors who pass on what concerns others, and answer nobody
	firsts   []int32                 // first answer to each post once looked for, plus unsought
	title    []int32                 // of each post, where several conversations bear it; else noPost
	titled   buckets                 // posts under each title, by time
	said     []int32                 // what each post asks in words that its author used more than once; else noPost
	again    buckets                 // posts that ask in the same words of one author, by time
}

const (
	noPost   = -1
	unsought = 2 // so that zero is not looked for yet
)

func newTalk(story data.Story) talk {
	n := len(story.Activity)
	t := talk{
		activity: story.Activity, posts: make(map[data.PostID]int32, n), authors: make(map[data.AuthorID]int32, len(story.Authors)),
		by: make([]int32, n), thread: make([]int32, n), voiced: make([]int32, len(story.Needs)), asking: make([]bool, len(story.Needs)), wants: make([]int32, n), firsts: make([]int32, n),
	}
	threads := make(map[data.ThreadID]int32, len(story.Threads))
	t.crowded = crowds(story)
	for i := range t.activity {
		p := &t.activity[i]
		t.posts[p.ID] = int32(i)
		t.by[i] = numbered(t.authors, p.Author)
		t.thread[i] = noPost
		if !p.Thread.IsZero() {
			t.thread[i] = numbered(threads, p.Thread)
		}
	}
	t.threads = bucketed(t.thread, len(threads))
	t.parents = make([]int32, n)
	for i := range t.activity {
		if t.parents[i] = noPost; !t.crowded[t.activity[i].Thread] {
			t.parents[i] = t.post(t.activity[i].Parent)
		}
	}
	t.papers = t.broadcasters()
	t.answers = bucketed(t.parents, n)
	problems := make(map[data.ProblemID]int32)
	for i := range story.Needs {
		if i > 0 && story.Needs[i].ID == story.Needs[i-1].ID {
			t.voiced[i] = t.voiced[i-1]
		} else {
			t.voiced[i] = t.post(story.Needs[i].ID)
		}
		if t.asking[i] = t.asksIn(t.voiced[i], &story.Needs[i]); t.asking[i] && story.Needs[i].Problem != "" {
			t.wants[t.voiced[i]] = numbered(problems, story.Needs[i].Problem) + 1
		}
	}
	t.askedTwice(story)
	return t
}

// numbered returns the number of id, the next one where it has none.
func numbered[K comparable](all map[K]int32, id K) int32 {
	n, known := all[id]
	if !known {
		n = int32(len(all))
		all[id] = n
	}
	return n
}

// buckets hold numbers by key, in their order.
type buckets struct{ start, in []int32 }

// bucketed puts the places of keys, which are below n or negative, into buckets.
func bucketed(keys []int32, n int) buckets {
	b := buckets{start: make([]int32, n+1)}
	for _, k := range keys {
		if k >= 0 {
			b.start[k+1]++
		}
	}
	for k := range n {
		b.start[k+1] += b.start[k]
	}
	b.in = make([]int32, b.start[n])
	next := slices.Clone(b.start)
	for i, k := range keys {
		if k >= 0 {
			b.in[next[k]] = int32(i)
			next[k]++
		}
	}
	return b
}

func (b buckets) of(k int32) []int32 {
	if k < 0 {
		return nil
	}
	return b.in[b.start[k]:b.start[k+1]]
}

// fresh returns the talk with a memory of its own, for another goroutine.
func (t talk) fresh() talk {
	t.firsts = make([]int32, len(t.activity))
	return t
}

// post returns the number of a post, noPost where it is not in the activity.
func (t talk) post(id data.PostID) int32 {
	if id.IsZero() {
		return noPost
	}
	if i, ok := t.posts[id]; ok {
		return i
	}
	return noPost
}

// first returns the first post by somebody else after post i: an answer to it, or the next in its
// conversation, whichever came first; nil where there is none.
func (t talk) first(i int32) *data.PostMeta {
	if i == noPost {
		return nil
	}
	if t.firsts[i] == 0 {
		t.firsts[i] = t.find(i) + unsought
	}
	if r := t.firsts[i] - unsought; r != noPost {
		return &t.activity[r]
	}
	return nil
}

// answered returns the first post by somebody else after post i that came in time.
func (t talk) answered(i int32, within time.Duration) (*data.PostMeta, bool) {
	r := t.first(i)
	return r, r != nil && r.CreatedAt.Sub(t.activity[i].CreatedAt) <= within
}

// settled returns the first post after i in its conversation by which its author says that it needs no answer any more,
// if nobody had answered by then; noPost where there is none.
func (t talk) settled(i int32) int32 {
	answer, in := t.first(i), t.threads.of(t.thread[i])
	for _, k := range in[t.since(in, i):] {
		p := &t.activity[k]
		if answer != nil && !p.CreatedAt.Before(answer.CreatedAt) {
			return noPost
		}
		if k != i && t.by[k] == t.by[i] && p.Acts.Has(data.Settling) && !t.asks(k) {
			return k
		}
	}
	return noPost
}

// settledBy reports whether the author of post i, unanswered, needed no answer any more after so long.
func (t talk) settledBy(i int32, within time.Duration) bool {
	k := t.settled(i)
	return k != noPost && t.activity[k].CreatedAt.Sub(t.activity[i].CreatedAt) <= within
}

// find looks among the answers to post i, whatever their clocks say, in its conversation after it, and
// where its author asked the same again.
func (t talk) find(i int32) int32 {
	found := int32(noPost)
	for _, k := range [...]int32{t.next(t.threads.of(t.thread[i]), i), t.elsewhere(i), t.othersIn(t.answers.of(i), i)} {
		if k != noPost && (found == noPost || !t.activity[found].CreatedAt.Before(t.activity[k].CreatedAt)) {
			found = k
		}
	}
	return found
}

func (t talk) next(in []int32, i int32) int32 {
	return t.othersIn(in[t.since(in, i):], i)
}

// since returns the place in in, which goes by time, of the first post that is no earlier than post i.
func (t talk) since(in []int32, i int32) int {
	from, _ := slices.BinarySearchFunc(in, t.activity[i].CreatedAt, func(k int32, at time.Time) int {
		return t.activity[k].CreatedAt.Compare(at)
	})
	return from
}

// othersIn returns the first of in by somebody else than the author of post i that does not join in its request.
func (t talk) othersIn(in []int32, i int32) int32 {
	for _, k := range in {
		if t.by[k] != t.by[i] && !data.Joins(t.activity[k].Acts, t.wants[k], t.wants[i]) {
			return k
		}
	}
	return noPost
}

// opens reports whether post i starts its conversation.
func (t talk) opens(i int32) bool {
	in := t.threads.of(t.thread[i])
	return len(in) > 0 && in[0] == i && t.activity[i].Parent.IsZero()
}

// replies reports whether post i answers a post of somebody else.
func (t talk) replies(i int32) bool {
	if parent := t.parents[i]; parent != noPost {
		return t.by[parent] != t.by[i]
	}
	return !t.activity[i].Parent.IsZero()
}

// answeredBy returns the post of author that post i answers: its parent, or where the source does not
// tell that, what author last wrote before it in the conversation.
func (t talk) answeredBy(i, author int32) int32 {
	if !t.activity[i].Parent.IsZero() {
		if parent := t.parents[i]; parent != noPost && t.by[parent] == author {
			return parent
		}
		return noPost
	}
	last := int32(noPost)
	for _, k := range t.threads.of(t.thread[i]) {
		if k == i {
			break
		}
		if t.by[k] == author {
			last = k
		}
	}
	return last
}
