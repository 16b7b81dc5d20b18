package data

import (
	"slices"
	"time"
)

// A Format says how the bytes of a post's body are to be read.
type Format string

// The formats a body comes in.
const (
	FormatText Format = "text"
	FormatHTML Format = "html"
)

// A Lang is a BCP-47 primary language tag; LangUnd where it cannot be told.
type Lang string

// The languages the product hears, and the tag of those it cannot tell.
const (
	LangEN  Lang = "en"
	LangIT  Lang = "it"
	LangUnd Lang = "und"
)

// Heard returns the languages in which needs are heard and tribes told: those with a folder in nlp/lexicon.
func Heard() []Lang { return []Lang{LangEN, LangIT} }

// Heard reports whether needs are heard in l.
func (l Lang) Heard() bool { return slices.Contains(Heard(), l) }

// A Post is one public message as its source gave it.
type Post struct {
	ID        PostID
	Source    string // the source's name in the configuration
	NativeID  string // the source's own id
	Author    AuthorID
	Thread    ThreadID
	Parent    PostID          // zero: starts a thread, or the source does not say
	ParentBy  InteractionKind // what Parent rests on; Reply where the source says so
	CreatedAt time.Time       // UTC, whole seconds
	Guessed   bool            // CreatedAt is the time of fetching: the source's own was unusable
	Title     string
	Body      string // the original bytes, valid UTF-8; Evidence spans point into it
	Format    Format
	URL       string // absolute http(s), or empty
	LangHint  Lang   // what the source claims
	Score     int
	Views     int
	Place     string // category, board or list within the source

	// ThreadTitle is the title of the thread, set only on posts read back that have no Title.
	ThreadTitle string

	// Prior is the language that its author's and its thread's other posts lend it, LangUnd where
	// they lend none; set only on posts read back to be heard again.
	Prior Lang
}

// A PostMeta is a post without its words: who wrote where and when.
type PostMeta struct {
	ID        PostID
	Source    string
	Author    AuthorID
	Thread    ThreadID
	Parent    PostID
	CreatedAt time.Time
	URL       string
	Place     string
	Lang      Lang // detected; LangUnd before analysis
	Acts      Acts // 0 before analysis
}

// An Author is an account that writes in public. Name is what readers see, Handle what they type.
type Author struct {
	ID       AuthorID
	Source   string
	NativeID string
	Handle   string // without a leading @
	Name     string
	URL      string
	OptedOut bool // the profile asks not to be collected; nothing of such an author is kept
}

// A Thread is a conversation: the posts under one title.
type Thread struct {
	ID       ThreadID
	Source   string
	NativeID string
	Title    string
	URL      string
	Place    string
}

// A Page is the raw answer of a source, kept so that parsing again never means crawling again.
type Page struct {
	Source    string
	URL       string
	FetchedAt time.Time
	Status    int
	Body      []byte // as received, decompressed
}

// A Window is the half-open span of time (From, To].
type Window struct{ From, To time.Time }

// Contains reports whether t lies in w.
func (w Window) Contains(t time.Time) bool { return t.After(w.From) && !t.After(w.To) }
