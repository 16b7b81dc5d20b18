package tribes

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tribu/data"
)

// A Corpus holds what people wrote and heard in a window. Analyzed yields the posts that version
// annotated; Interactions those with a known target; Called the titles and handles that its
// conversations and people have: what tribes may be called, and what not. InputDigest names everything
// these would yield, and may be empty until all were read to their ends.
type Corpus interface {
	Analyzed(ctx context.Context, version string, w data.Window) iter.Seq2[data.AnalyzedPost, error]
	Interactions(ctx context.Context, w data.Window) iter.Seq2[data.Interaction, error]
	Called(ctx context.Context, w data.Window, title func(data.ThreadID, string), handle func(data.AuthorID, string)) error
	InputDigest(ctx context.Context, version string, w data.Window) (string, error)
}

// An Input is all that tribes are formed from: who wrote when and where, in which words and needs,
// and who turned to whom. It holds no attribute of a person. It does not depend on the order in
// which the corpus yields, and is not changed by use.
type Input struct {
	Window     data.Window
	Digest     string
	Parent     *data.RunRecord     // run before, of an earlier week; nil on the first
	Replaced   *data.RunRecord     // the newest run of the same week before, whose place this one takes; nil where there is none
	Earlier    []data.RunRecord    // the runs before Parent, newest first, as far back as a tribe may sleep
	authors    []data.AuthorID     // ascending
	posts      []post              // by time, then id
	ties       []tie               // by time, then ends
	words      []string            // keys, ascending; what a feature's number names
	forms      []string            // of each word, as most people write it
	formsIn    [][]string          // the same in each language; empty where nobody writes it
	plurals    map[wordIn]string   // of words that name countable things
	proper     []bool              // of each word, whether it is a proper name
	acts       []bool              // of each word, whether people mostly say what they do by it
	threadIDs  []data.ThreadID     // ascending; what a thread's number names
	titles     []string            // of each thread
	titleWords map[string][]uint32 // which words what stands in titles, in small letters, is a form of
	handles    []string            // of each author, in small letters
	langs      []data.Lang         // ascending; what a language's number names
	needs      []voicedNeed        // by post
	types      []data.NeedType     // what a need's type numbers
	threads    int
	places     int
	small      smallWords
	copies     int // near-duplicates whose words do not count
}

// A feature is one key of a post's words with how often it stands there.
type feature struct {
	word  uint32
	kind  featureKind
	count uint16
}

// order is by word, kind and count.
func (f feature) order() uint64 { return uint64(f.word)<<32 | uint64(f.kind)<<16 | uint64(f.count) }

type featureKind uint8

const (
	isTerm featureKind = iota
	isTopic
	isNeed
)

type post struct {
	id       data.PostID
	author   uint32
	thread   uint32
	lang     uint32
	at       moment
	features []feature
}

type tie struct {
	from, to uint32
	at       moment
	post     data.PostID
	kind     data.InteractionKind
}

type voicedNeed struct {
	post   uint32
	author uint32
	topic  uint32 // a word
	quote  uint32 // runes
	trust  float64
	need   uint8 // a number of Input's types
	shared bool  // topic is a canonical problem
	lacks  bool  // its author needs it
}

// A moment is a time in Unix seconds: millions of them are held at once.
type moment int64

func (m moment) time() time.Time { return time.Unix(int64(m), 0).UTC() }

// LoadInput reads the window of p from c.
func LoadInput(ctx context.Context, c Corpus, p Params) (Input, error) {
	digest, err := c.InputDigest(ctx, p.Annotation, p.Span())
	if err != nil {
		return Input{}, fmt.Errorf("digest input: %w", err)
	}
	return loadInput(ctx, c, p, digest)
}

// loadInput reads the window, whose digest is known or empty.
func loadInput(ctx context.Context, c Corpus, p Params, digest string) (Input, error) {
	w := p.Span()
	small, err := newSmallWords(wordLists)
	if err != nil {
		return Input{}, err
	}
	r := reader{
		in:      Input{Window: w, small: small},
		authors: make(map[data.AuthorID]uint32), threads: make(map[data.ThreadID]uint32),
		makers: p.makers(), words: make(map[string]uint32), langs: make(map[data.Lang]uint32), spelt: newSpellings(), places: make(map[[2]string]bool),
	}
	for p, err := range c.Analyzed(ctx, p.Annotation, w) {
		if err != nil {
			return Input{}, fmt.Errorf("read posts: %w", err)
		}
		if !r.makers[p.Author] {
			r.post(p)
		}
	}
	for i, err := range c.Interactions(ctx, w) {
		if err != nil {
			return Input{}, fmt.Errorf("read interactions: %w", err)
		}
		r.tie(i)
	}
	if err := r.names(ctx, c, w); err != nil {
		return Input{}, err
	}
	if digest == "" {
		var err error
		if digest, err = c.InputDigest(ctx, p.Annotation, w); err != nil {
			return Input{}, fmt.Errorf("digest input: %w", err)
		}
	}
	if digest == "" {
		return Input{}, errors.New("read input: it changed while it was read")
	}
	in := r.finish()
	in.Digest = digest
	return in, nil
}

// A reader numbers what it reads in the order of arrival; finish renumbers by value.
type reader struct {
	in      Input
	authors map[data.AuthorID]uint32
	threads map[data.ThreadID]uint32
	words   map[string]uint32
	langs   map[data.Lang]uint32
	makers  map[data.AuthorID]bool // who write nothing here
	spelt   spellings
	places  map[[2]string]bool // sources and places
	room    []feature          // for the posts to come
	titles  []string           // of threads, as they are numbered
	handles []string
}

func number[K comparable](table map[K]uint32, key K) uint32 {
	n, ok := table[key]
	if !ok {
		n = uint32(len(table))
		table[key] = n
	}
	return n
}

func (r *reader) post(p data.AnalyzedPost) {
	at := uint32(len(r.in.posts))
	out := post{id: p.ID, author: number(r.authors, p.Author), thread: number(r.threads, p.Thread), lang: number(r.langs, p.Annotation.Lang), at: moment(p.CreatedAt.Unix())}
	if at := [2]string{p.Source, p.Place}; !r.places[at] {
		r.places[[2]string{strings.Clone(p.Source), strings.Clone(p.Place)}] = true
	}
	if p.Copy {
		r.in.copies++
		r.in.posts = append(r.in.posts, out)
		return
	}
	r.room = roomFor(r.room, len(p.Terms)+len(p.Topics)+len(p.Needs))
	for _, t := range p.Terms {
		r.say(isTerm, spelling{t.Key, t.Form, out.lang}, t.Count)
	}
	for _, t := range p.Topics {
		r.say(isTopic, spelling{t.Key, t.Form, out.lang}, t.Count)
	}
	for _, n := range p.Needs {
		key, called := n.Subject()
		if key == "" {
			continue
		}
		if word, spoken := r.say(isNeed, spelling{key, called, out.lang}, 1); spoken {
			r.in.needs = append(r.in.needs, voicedNeed{at, out.author, word, uint32(utf8.RuneCountInString(n.Quote)), n.Confidence, r.typeOf(n), n.Problem != "", n.Lacks()})
		}
	}
	out.features, r.room = r.room[:len(r.room):len(r.room)], r.room[len(r.room):]
	r.in.posts = append(r.in.posts, out)
}

// roomFor returns room with space for n features: one array holds those of many posts.
func roomFor(room []feature, n int) []feature {
	const most = 1 << 16
	if cap(room) < n {
		return make([]feature, 0, max(n, most))
	}
	return room
}

// say notes a key in the post at hand, unless its form is demographic, and returns its number.
func (r *reader) say(kind featureKind, what spelling, count int) (word uint32, spoken bool) {
	known := r.spelt.of(what, r.meet)
	if known.barred {
		return 0, false
	}
	known.posts++
	r.room = append(r.room, feature{known.word, kind, uint16(min(count, 1<<15))})
	return known.word, true
}

// meet takes in a spelling that is new.
func (r *reader) meet(what *spelt) {
	if what.barred = r.in.small.demographic(what.form); !what.barred {
		what.word = number(r.words, what.key)
	}
}

// typeOf returns the number of a need's type, kept in a copy of its own.
func (r *reader) typeOf(n data.Need) uint8 {
	at := slices.Index(r.in.types, n.Type)
	if at < 0 {
		at = len(r.in.types)
		r.in.types = append(r.in.types, data.NeedType(strings.Clone(string(n.Type))))
	}
	return uint8(at)
}

func (r *reader) tie(i data.Interaction) {
	from, known := r.authors[i.From]
	to, alsoKnown := r.authors[i.To]
	if known && alsoKnown && from != to {
		r.in.ties = append(r.in.ties, tie{from, to, moment(i.At.Unix()), i.Post, i.Kind})
	}
}
