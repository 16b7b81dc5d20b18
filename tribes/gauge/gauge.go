// Package gauge measures human nature in a tribe: do people return what they get, follow each
// other, grow alike, help. Every gauge is a pure function with a test against what chance or a
// simpler cause would give, and says that there is too little data instead of giving a figure.
//
// Shuffles and draws come from the seed that is passed in: equal worlds and seeds give equal readings.
package gauge

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"tribu/data"
)

// A Reading is what one gauge shows.
type Reading struct {
	Gauge string  `json:"gauge"`
	Value float64 `json:"value"`
	Low   float64 `json:"low"`  // of the 95 % interval; with High 0 where there is none
	High  float64 `json:"high"` //
	P     float64 `json:"p"`    // chance of as much where there is nothing; 1 where no test applies
	N     int     `json:"n"`    // observations behind it
	Least int     `json:"least_n"`
	State string  `json:"state"` // empty, or why there is no figure: insufficient data (n=…)
	Says  string  `json:"says"`  // in plain words
}

// enough reports whether n suffices; where not, r says so and holds no figure.
func (r *Reading) enough(n, least int) bool {
	r.N, r.Least, r.P = n, least, 1
	if n < least {
		r.State = fmt.Sprintf("insufficient data (n=%d)", n)
		return false
	}
	return true
}

// A Post is one post as the gauges see it.
type Post struct {
	ID      data.PostID
	Author  int
	Parent  data.PostID
	At      time.Time
	Place   string // source and board
	Source  string
	Lang    data.Lang
	Print   uint64      // fingerprint of the words; 0 where there are too few
	Signals []int       // topics and needs it names, ascending
	Needs   []VoicedBy  // needs it voices
	Said    data.Remark // the same, where people ask and help
}

// A VoicedBy is one need of a post.
type VoicedBy struct {
	Type   data.NeedType
	Signal int
}

// A Tie is one author turning to another.
type Tie struct {
	From, To int
	Kind     data.InteractionKind
	At       time.Time
	Post     data.PostID
}

// A World is what happened in the window of a run and of the run before it.
type World struct {
	Authors []data.AuthorID // ascending; everything else names them by number
	Posts   []Post          // by time, then id
	Ties    []Tie           // by time, then post, ends
	Tribe   []data.TribeID  // of each author, the strongest; empty for none
	Before  []data.TribeID  // the same in the run before
	Split   time.Time       // as-of of the run before: what is later was not known to it; zero where there is none
	Makers  map[int]bool    // authors who speak for companies
	Seed    uint64
}

// NewWorld orders what was read. posts and ties may come in any order; before is the run before r,
// or the zero run; makers speak for companies.
func NewWorld(posts []data.AnalyzedPost, ties []data.Interaction, r, before data.RunRecord, makers map[data.AuthorID]bool, seed uint64) World {
	w := World{Seed: seed, Makers: make(map[int]bool), Split: before.AsOf}
	numbers := make(map[data.AuthorID]int)
	for _, p := range posts {
		numbers[p.Author] = 0
	}
	for id := range numbers {
		w.Authors = append(w.Authors, id)
	}
	slices.SortFunc(w.Authors, func(a, b data.AuthorID) int { return slices.Compare(a[:], b[:]) })
	for i, id := range w.Authors {
		numbers[id] = i
		if makers[id] {
			w.Makers[i] = true
		}
	}
	w.Tribe, w.Before = strongest(r, numbers), strongest(before, numbers)
	signals := signalNumbers(posts)
	by := make(map[data.PostID]data.AuthorID, len(posts))
	for i := range posts {
		by[posts[i].ID] = posts[i].Author
	}
	crowded := data.Guestbooks(func(yield func(*data.PostMeta) bool) {
		for i := range posts {
			if !yield(&posts[i].PostMeta) {
				return
			}
		}
	}, ties)
	for _, p := range posts {
		if crowded[p.Thread] {
			p.PostMeta.Acts = 0
		}
		answers := !p.Parent.IsZero() && by[p.Parent] != p.Author
		w.Posts = append(w.Posts, postOf(p, numbers[p.Author], answers, signals))
	}
	slices.SortFunc(w.Posts, func(a, b Post) int { return cmp.Or(a.At.Compare(b.At), slices.Compare(a.ID[:], b.ID[:])) })
	for _, t := range ties {
		from, known := numbers[t.From]
		to, alsoKnown := numbers[t.To]
		if known && alsoKnown && from != to && t.Kind != data.Topic {
			w.Ties = append(w.Ties, Tie{from, to, t.Kind, t.At, t.Post})
		}
	}
	slices.SortFunc(w.Ties, func(a, b Tie) int {
		return cmp.Or(a.At.Compare(b.At), slices.Compare(a.Post[:], b.Post[:]), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Kind, b.Kind))
	})
	return w
}

func strongest(r data.RunRecord, numbers map[data.AuthorID]int) []data.TribeID {
	out := make([]data.TribeID, len(numbers))
	for _, m := range r.Members {
		if i, ok := numbers[m.Author]; ok && m.Rank == 0 {
			out[i] = m.Tribe
		}
	}
	return out
}

// signalNumbers numbers the topics and the subjects of needs, in their order.
func signalNumbers(posts []data.AnalyzedPost) map[string]int {
	all := make(map[string]int)
	for _, p := range posts {
		for _, t := range p.Topics {
			all[t.Key] = 0
		}
		for _, n := range p.Needs {
			if key, _ := n.Subject(); key != "" {
				all[key] = 0
			}
		}
	}
	keys := make([]string, 0, len(all))
	for k := range all {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for i, k := range keys {
		all[k] = i
	}
	return all
}

func postOf(p data.AnalyzedPost, author int, answers bool, signals map[string]int) Post {
	out := Post{ID: p.ID, Author: author, Parent: p.Parent, At: p.CreatedAt, Source: p.Source, Place: p.Source + "/" + p.Place, Lang: p.PostMeta.Lang, Print: p.Fingerprint,
		Said: data.Remark{Author: p.Author, Answers: answers, Acts: p.PostMeta.Acts}}
	if !p.Copy {
		for _, t := range p.Topics {
			out.Signals = append(out.Signals, signals[t.Key])
		}
	}
	for _, n := range p.Needs {
		v := VoicedBy{n.Type, -1}
		if key, _ := n.Subject(); key != "" {
			v.Signal = signals[key]
			out.Signals = append(out.Signals, v.Signal)
		}
		out.Needs = append(out.Needs, v)
	}
	slices.Sort(out.Signals)
	out.Signals = slices.Compact(out.Signals)
	return out
}

// members returns who is in the tribe.
func (w *World) members(t data.TribeID) map[int]bool {
	in := make(map[int]bool)
	for v, tribe := range w.Tribe {
		if tribe == t && t != "" {
			in[v] = true
		}
	}
	return in
}

// A stream of random numbers of its own for each gauge, so that adding one moves no other.
func (w *World) random(stream uint64) *rand.Rand { return rand.New(rand.NewPCG(w.Seed, stream)) }

// shuffles is how often chance is tried.
const shuffles = 200
