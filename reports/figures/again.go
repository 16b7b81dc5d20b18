package figures

import (
	"strings"
	"time"

	"tribu/data"
)

// askedAgain is how far apart two posts may be in which somebody asks the same.
const askedAgain = 14 * 24 * time.Hour

// askedTwice finds the titles of several conversations, and the words in which somebody asked more
// than once.
func (t *talk) askedTwice(story data.Story) {
	byTitle, byWords := repeats[string]{}, repeats[saying]{}
	titles := make(map[data.ThreadID]string, len(story.Threads))
	for id, thread := range story.Threads {
		titles[id] = plainTitle(thread.Title)
	}
	for i := range t.activity {
		if title := titles[t.activity[i].Thread]; title != "" && t.thread[i] != noPost {
			byTitle.add(title, t.thread[i])
		}
	}
	for i, post := range t.voiced {
		if t.asking[i] {
			byWords.add(saying{t.by[post], story.Needs[i].Quote}, post)
		}
	}
	t.title, t.said = make([]int32, len(t.activity)), make([]int32, len(t.activity))
	for i := range t.activity {
		t.title[i], t.said[i] = byTitle.of(titles[t.activity[i].Thread]), noPost
	}
	for i, post := range t.voiced {
		if t.asking[i] {
			t.said[post] = byWords.of(saying{t.by[post], story.Needs[i].Quote})
		}
	}
	t.titled, t.again = bucketed(t.title, len(byTitle)), bucketed(t.said, len(byWords))
}

// A saying is what an author asks, in words.
type saying struct {
	by    int32
	words string
}

// Repeats number what is met in several places.
type repeats[K comparable] map[K]*repeat

type repeat struct {
	number, place int32
	several       bool
}

func (r repeats[K]) add(key K, place int32) {
	if known := r[key]; known != nil {
		known.several = known.several || known.place != place
		return
	}
	r[key] = &repeat{number: int32(len(r)), place: place}
}

// of returns the number of what is met in several places, else noPost.
func (r repeats[K]) of(key K) int32 {
	if known := r[key]; known != nil && known.several {
		return known.number
	}
	return noPost
}

// plainTitle returns a title without the marks of a reply or of a message passed on.
func plainTitle(title string) string {
	title = strings.ToLower(strings.Join(strings.Fields(title), " "))
	for {
		mark, rest, found := strings.Cut(title, ":")
		switch mark {
		case "re", "r", "aw", "sv", "fw", "fwd", "rif", "i":
		default:
			found = false
		}
		if !found {
			return title
		}
		title = strings.TrimSpace(rest)
	}
}

// elsewhere returns the first post by somebody else that answers post i outside its conversation: under its
// title where what is answered is not known; in other conversations of its title in which its author wrote;
// and after posts in which that author asks in the same words.
func (t talk) elsewhere(i int32) int32 {
	var in []int32 // conversations
	found := int32(noPost)
	near := func(k int32) bool {
		return t.activity[k].CreatedAt.Sub(t.activity[i].CreatedAt).Abs() <= askedAgain
	}
	sooner := func(k int32) {
		if k != noPost && near(k) && (found == noPost || t.activity[k].CreatedAt.Before(t.activity[found].CreatedAt)) {
			found = k
		}
	}
	for _, k := range t.titled.of(t.title[i]) {
		switch {
		case t.thread[k] == t.thread[i] || !near(k):
		case t.by[k] == t.by[i]:
			in = append(in, t.thread[k])
		case t.lost(k) && !t.activity[k].CreatedAt.Before(t.activity[i].CreatedAt):
			sooner(k)
		}
	}
	for _, thread := range in {
		sooner(t.next(t.threads.of(thread), i))
	}
	for _, k := range t.again.of(t.said[i]) {
		if k != i && near(k) && !t.activity[k].CreatedAt.Before(t.activity[i].CreatedAt) {
			sooner(t.next(t.answers.of(k), k))
			sooner(t.next(t.threads.of(t.thread[k]), k))
		}
	}
	return found
}

// lost reports whether post k answers a post that is not known.
func (t talk) lost(k int32) bool {
	p := &t.activity[k]
	return !p.Parent.IsZero() && t.post(p.Parent) == noPost
}
