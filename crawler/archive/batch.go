package archive

import (
	"iter"
	"slices"
	"strings"

	"tribu/data"
)

// A batch is a data.Batch that names every author and thread once.
type batch struct {
	data.Batch
	ids     latestIDs
	authors map[data.AuthorID]int
	threads map[data.ThreadID]int
	begun   map[data.ThreadID]bool // that have their title from the post that starts them
}

func newBatch() batch {
	return batch{authors: map[data.AuthorID]int{}, threads: map[data.ThreadID]int{}, begun: map[data.ThreadID]bool{}}
}

// clear empties b and keeps its room.
func (b *batch) clear() {
	clear(b.Posts)
	b.Posts, b.Authors, b.Threads, b.Interactions, b.Failures = b.Posts[:0], b.Authors[:0], b.Threads[:0], b.Interactions[:0], b.Failures[:0]
	clear(b.authors)
	clear(b.threads)
	clear(b.begun)
}

func (b *batch) add(r *row) {
	b.Posts = append(b.Posts, r.post(&b.ids))
	p := &b.Posts[len(b.Posts)-1]
	b.addAuthor(r.author(p.Author))
	b.addThread(r.threadOf(p.Thread), r.ParentID == "")
	b.addInteractions(r, p)
}

// addAuthor keeps a real name over the handle that stands in for one.
func (b *batch) addAuthor(a data.Author) {
	i, known := b.authors[a.ID]
	if !known {
		b.authors[a.ID] = len(b.Authors)
		b.Authors = append(b.Authors, a)
	} else if a.Name != a.NativeID {
		b.Authors[i] = a
	}
}

// addThread keeps the title of the post that starts the thread, the first where several answer
// nothing, over those of its replies.
func (b *batch) addThread(t data.Thread, starts bool) {
	t.Title = replyTitle(t.Title)
	i, known := b.threads[t.ID]
	if !known {
		b.threads[t.ID] = len(b.Threads)
		b.Threads = append(b.Threads, t)
	} else if starts && t.Title != "" && !b.begun[t.ID] || b.Threads[i].Title == "" {
		b.Threads[i].Title = firstOf(t.Title, b.Threads[i].Title)
		b.Threads[i].Place = firstOf(b.Threads[i].Place, t.Place)
	}
	if starts && t.Title != "" {
		b.begun[t.ID] = true
	}
}

// replyTitle returns the title of what is answered: "Re: R: Chains" tells of "Chains".
func replyTitle(title string) string {
	for {
		head, rest, found := strings.Cut(title, ":")
		switch strings.ToLower(strings.TrimSpace(head)) {
		case "re", "r", "aw", "fw", "fwd", "i", "rif":
		default:
			return title
		}
		if !found {
			return title
		}
		title = strings.TrimSpace(rest)
	}
}

func (b *batch) addInteractions(r *row, p *data.Post) {
	add := func(i data.Interaction) {
		i.Post, i.At = p.ID, p.CreatedAt
		if i.From.IsZero() {
			i.From = p.Author
		}
		b.Interactions = append(b.Interactions, i)
	}
	if !p.Parent.IsZero() {
		add(data.Interaction{Kind: p.ParentBy, ToPost: p.Parent})
	}
	if r.own() {
		for i := range r.turned() {
			if i.Kind == data.Boost {
				i.From, i.To = i.To, p.Author
			}
			add(i)
		}
		return
	}
	for _, q := range distinct(r.Quotes, r.ID) {
		add(data.Interaction{Kind: data.Quote, ToPost: data.NewPostID(r.Source, q)})
	}
	for _, who := range distinct(r.Boosts, r.Author) {
		add(data.Interaction{Kind: data.Boost, From: data.NewAuthorID(r.Source, who), To: p.Author})
	}
	mentioned, quoted := distinct(r.Mentions, r.Author), []string(nil)
	if r.Mentions == nil {
		mentioned, quoted = handles(p.Body, p.Format == data.FormatHTML, firstOf(r.handle, string(r.Author)))
	}
	for _, h := range quoted {
		add(data.Interaction{Kind: data.Quote, ToHandle: h})
	}
	for _, h := range mentioned {
		add(data.Interaction{Kind: data.Mention, ToHandle: h})
	}
}

// distinct returns values in their order, each once, without blanks and without except.
func distinct(values []scalar, except scalar) []string {
	var out []string
	seen := map[string]bool{"": true, string(except): true}
	for _, v := range values {
		s := strings.TrimSpace(clean(strings.TrimPrefix(string(v), "@")))
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// turned returns to whom a row of tribu's own list turns, and under To who boosted it.
func (r *row) turned() iter.Seq[data.Interaction] {
	return func(yield func(data.Interaction) bool) {
		for _, word := range strings.Fields(r.TurnedTo) {
			kind, other, _ := strings.Cut(word, ":")
			who, err := data.ParseAuthorID(other)
			if err == nil && slices.Contains([]data.InteractionKind{data.Reply, data.Quote, data.Mention, data.Name, data.Boost, data.Topic}, data.InteractionKind(kind)) &&
				!yield(data.Interaction{Kind: data.InteractionKind(kind), To: who}) {
				return
			}
		}
	}
}
