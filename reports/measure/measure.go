// Package measure holds the read model of everything that is measured beyond counting: how well
// people are served, what they want besides the answer, whether makers keep their word. A Reading
// is a story laid out for these questions; the sub-packages answer them. All of it is pure: equal
// readings give equal answers in equal order, and where there is too little data the answer is a
// state that says so.
package measure

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"time"

	"tribu/data"
	"tribu/reports/measure/signs"
)

// Privacy is the fewest authors a soft label may be told about.
const Privacy = 10

// Week is the length of a week.
const Week = 7 * 24 * time.Hour

// An Input is what is read. Posts and Needs may reach back before Window: the weeks before are what
// this week is compared with. Words holds the plain text of posts where it is at hand; without it a
// post says what its needs quote.
type Input struct {
	AsOf         time.Time
	Window       data.Window
	Posts        []data.PostMeta
	Needs        []data.NeedRow
	Interactions []data.Interaction
	Tribes       []data.Tribe
	Members      []data.Member
	Words        map[data.PostID]string
	Makers       map[data.AuthorID]bool // accounts that speak for companies
	Review       []data.NeedRow         // heard with too little confidence: not in Needs, for a person to look at
	Seed         uint64
}

// FromStory lays out story. makers are handles, names or native ids, without regard to case or a
// leading @; words may be nil.
func FromStory(story data.Story, words map[data.PostID]string, makers []string, seed uint64) Input {
	return Input{
		AsOf: story.AsOf, Window: story.Window, Posts: story.Activity, Needs: story.Needs, Interactions: story.Interactions,
		Tribes: story.Tribes, Members: story.Members, Words: words, Makers: Makers(story.Authors, makers), Seed: seed,
	}
}

// Makers returns which authors carry one of names as handle, name or native id.
func Makers(authors map[data.AuthorID]data.Author, names []string) map[data.AuthorID]bool {
	wanted := make(map[string]bool, len(names))
	for _, n := range names {
		wanted[Handle(n)] = true
	}
	delete(wanted, "")
	out := make(map[data.AuthorID]bool)
	for id, a := range authors {
		if wanted[Handle(a.Handle)] || wanted[Handle(a.Name)] || wanted[Handle(a.NativeID)] {
			out[id] = true
		}
	}
	return out
}

// Handle returns a handle as it is compared: without case, a leading @ and space around.
func Handle(s string) string { return strings.ToLower(strings.TrimPrefix(strings.TrimSpace(s), "@")) }

// A Reading is an input with the ways through it: posts by thread and time, needs by post, and the
// tribe each author belongs to most. It remembers what it read: it is not for concurrent use.
type Reading struct {
	Input
	Home    map[data.AuthorID]data.TribeID // empty for people in no tribe
	threads map[data.ThreadID][]int        // indices of Posts, by time
	posts   map[data.PostID]int
	crowded map[data.ThreadID]bool // conversations that do not show who answers whom
	needs   map[data.PostID][]int
	signs   map[data.PostID]signs.Set
	quotes  map[string]signs.Set
	asked   map[time.Duration][]Request // by how soon a need voiced again counts as repeated
	book    *signs.Book
	answers *signs.Book // read where it is asked for
	words   []string    // room for those of the post that is read
	once    map[any]any // what measures keep for each other, by a key of theirs
}

// Read lays out in. Its slices are put in order: posts and needs by time, then id.
func Read(in Input) *Reading {
	in.Posts = inOrder(in.Posts, func(a, b *data.PostMeta) int { return byTime(a, b) })
	in.Needs = inOrder(in.Needs, func(a, b *data.NeedRow) int {
		return cmp.Or(byTime(&a.PostMeta, &b.PostMeta), a.Evidence.Start-b.Evidence.Start)
	})
	r := &Reading{
		Input: in, Home: map[data.AuthorID]data.TribeID{}, threads: map[data.ThreadID][]int{}, posts: make(map[data.PostID]int, len(in.Posts)),
		needs: map[data.PostID][]int{}, signs: map[data.PostID]signs.Set{}, quotes: map[string]signs.Set{}, asked: map[time.Duration][]Request{}, book: signs.NewBook(),
		once: map[any]any{},
	}
	for i, p := range in.Posts {
		r.posts[p.ID] = i
		r.threads[p.Thread] = append(r.threads[p.Thread], i)
	}
	r.crowded = data.Guestbooks(func(yield func(*data.PostMeta) bool) {
		for i := range in.Posts {
			if !yield(&in.Posts[i]) {
				return
			}
		}
	}, in.Interactions)
	for i, n := range in.Needs {
		r.needs[n.ID] = append(r.needs[n.ID], i)
	}
	for _, m := range in.Members {
		if m.Rank == 0 {
			r.Home[m.Author] = m.Tribe
		}
	}
	return r
}

// inOrder returns rows in the order of less, those that are equal as they come: rows themselves
// where they stand so, else a copy.
func inOrder[T any](rows []T, less func(a, b *T) int) []T {
	at := make([]int, len(rows))
	sorted := true
	for i := range rows {
		at[i] = i
		sorted = sorted && (i == 0 || less(&rows[i-1], &rows[i]) <= 0)
	}
	if sorted {
		return rows
	}
	slices.SortStableFunc(at, func(i, k int) int { return less(&rows[i], &rows[k]) })
	out := make([]T, len(rows))
	for i, k := range at {
		out[i] = rows[k]
	}
	return out
}

func byTime(a, b *data.PostMeta) int {
	return cmp.Or(a.CreatedAt.Compare(b.CreatedAt), bytes.Compare(a.ID[:], b.ID[:]))
}

// Once returns what read returns, and reads but once for each key: what one measure read of r,
// another need not. Keys are of a type of the caller's own.
func Once[V any](r *Reading, key any, read func() V) V {
	if v, ok := r.once[key].(V); ok {
		return v
	}
	v := read()
	r.once[key] = v
	return v
}

// ByHome deals rows to the tribes their authors belong to most, in the order they come; those of
// people in no tribe stand under the empty id.
func ByHome[T any](r *Reading, rows []T, author func(*T) data.AuthorID) map[data.TribeID][]T {
	out := make(map[data.TribeID][]T, len(r.Tribes)+1)
	for i := range rows {
		home := r.Home[author(&rows[i])]
		out[home] = append(out[home], rows[i])
	}
	return out
}

// Thread returns the posts of a thread by time.
func (r *Reading) Thread(id data.ThreadID) []data.PostMeta {
	at := r.threads[id]
	out := make([]data.PostMeta, len(at))
	for i, k := range at {
		out[i] = r.Posts[k]
	}
	return out
}

// Threads returns the ids of all threads, by their first post.
func (r *Reading) Threads() []data.ThreadID {
	seen := make(map[data.ThreadID]bool, len(r.threads))
	out := make([]data.ThreadID, 0, len(r.threads))
	for _, p := range r.Posts {
		if !seen[p.Thread] {
			seen[p.Thread] = true
			out = append(out, p.Thread)
		}
	}
	return out
}

// Post returns the post of an id, and false where it is not in the reading.
func (r *Reading) Post(id data.PostID) (data.PostMeta, bool) {
	i, ok := r.posts[id]
	if !ok {
		return data.PostMeta{}, false
	}
	return r.Posts[i], true
}

// NeedsOf returns the needs voiced in a post, as the reading holds them.
func (r *Reading) NeedsOf(id data.PostID) []*data.NeedRow {
	at := r.needs[id]
	if len(at) == 0 {
		return nil
	}
	out := make([]*data.NeedRow, len(at))
	for i, k := range at {
		out[i] = &r.Needs[k]
	}
	return out
}

// Said returns what a post says: its words where they are at hand, else what its needs quote.
func (r *Reading) Said(id data.PostID) string {
	if w, ok := r.Words[id]; ok {
		return w
	}
	var quotes []string
	for _, i := range r.needs[id] {
		if q := r.Needs[i].Quote; !slices.Contains(quotes, q) {
			quotes = append(quotes, q)
		}
	}
	return strings.Join(quotes, "\n")
}

// Signs returns what the words of a post show, each sign where it shows first.
func (r *Reading) Signs(id data.PostID) signs.Set {
	s, ok := r.signs[id]
	if !ok {
		said := r.Said(id)
		r.words = signs.AppendWords(r.words[:0], said)
		s = r.book.ReadWords(r.words, strings.Contains(said, "?")).Firsts()
		r.signs[id] = s
	}
	return s
}

// Quoted returns what the words of a need show.
func (r *Reading) Quoted(quote string) signs.Set {
	s, ok := r.quotes[quote]
	if !ok {
		s = r.book.Read(quote)
		r.quotes[quote] = s
	}
	return s
}

// Book returns the cues the reading reads by.
func (r *Reading) Book() *signs.Book { return r.book }

// Answers returns the cues of answers and of the thanks for them.
func (r *Reading) Answers() *signs.Book {
	if r.answers == nil {
		r.answers = signs.AnswersBook()
	}
	return r.answers
}

// Weeks returns n weeks up to the as-of, oldest first.
func (r *Reading) Weeks(n int) []data.Window {
	out := make([]data.Window, n)
	for i := range out {
		to := r.AsOf.Add(-time.Duration(n-1-i) * Week)
		out[i] = data.Window{From: to.Add(-Week), To: to}
	}
	return out
}

// A Quote is what somebody wrote, with where to find it.
type Quote struct {
	Post   data.PostID
	Author data.AuthorID
	At     time.Time
	Text   string
	Lang   data.Lang
	URL    string
}

// QuoteOf returns the words of a need.
func QuoteOf(n data.NeedRow) Quote {
	return Quote{n.ID, n.Author, n.CreatedAt, n.Quote, n.Need.Lang, n.URL}
}

// Evidence is the posts behind a number, each once, in order of time.
type Evidence []data.PostID

// Add returns e with id, unless it was added last.
func (e Evidence) Add(id data.PostID) Evidence {
	if len(e) > 0 && e[len(e)-1] == id {
		return e
	}
	return append(e, id)
}
