package data

import "time"

// An Annotation is what one version of the nlp stage heard in one post.
type Annotation struct {
	Post        PostID
	Version     string
	Lang        Lang
	Lent        Lang   // what the author's and the thread's other posts lent a post that leaves doubt about its language, LangUnd: nothing; empty where it leaves none
	Words       int    // word tokens of the author's own text: quotes, code and signatures excluded
	Fingerprint uint64 // simhash of the own text; 0 where there is too little of it
	Copy        bool   // a near-duplicate of an earlier post by the same author in the window read: its words do not count again
	Terms       []Term // informative terms, by Key
	Topics      []Term // noun phrases and hashtags, by Key
	Needs       []Need // in order of their evidence
	Acts        Acts   // what it does where people ask and help each other
}

// A Term is a word or phrase of a post. Key is its stem (stems joined by a space), comparable
// within a language; Form is the most frequent form in the post, in the author's own spelling.
type Term struct {
	Key   string
	Form  string
	Count int
}

// A NeedType says which act of speech carries the need.
type NeedType string

// The types of need. A Wish goes to a maker, a Tip to a peer: different acts.
const (
	Problem        NeedType = "problem"
	Wish           NeedType = "wish"
	Tip            NeedType = "tip"
	HowTo          NeedType = "howto"
	Recommendation NeedType = "recommendation"
	Complaint      NeedType = "complaint"
	Praise         NeedType = "praise"
	Belonging      NeedType = "belonging"
	Passion        NeedType = "passion"
)

// Wanting reports whether the author lacks something: what a report may rank as a need.
func (t NeedType) Wanting() bool {
	switch t {
	case Problem, Wish, HowTo, Recommendation, Complaint:
		return true
	}
	return false
}

// A NeedKind is one of the five things people search for in public.
type NeedKind string

// The five kinds.
const (
	KindPurpose  NeedKind = "purpose"
	KindProblem  NeedKind = "problem"
	KindNeed     NeedKind = "need"
	KindIntent   NeedKind = "intent"
	KindQuestion NeedKind = "question"
)

// A Facet is the side of an outcome a need touches. Direction is +1 where the author has or
// praises it, -1 where it is lacking, 0 where it is asked for.
type Facet struct {
	Name      string // Speed, Ease, Choice, Money, Recognition, Reliability, FirstTimeFix, Control, Safety, Support, Quality, Access
	Direction int
}

// An Increment is a stated step of value: "two days faster", "half the price".
type Increment struct {
	Kind  string // time, ease, options, money, recognition, integrity, quantity
	Value float64
	Unit  string
}

// A Span is a range of bytes [Start, End) of a post's original Title or Body.
type Span struct {
	InTitle    bool
	Start, End int
}

// A Need is what one author needs, in their own words, with the bytes that prove it.
type Need struct {
	Type         NeedType
	Kind         NeedKind
	Object       string // lemma or lower-case head of what it is about; empty where none was found
	Aspect       string
	Action       string // lemma of the verb
	Concept      string // language-neutral id of Object where the concept table has one
	Facets       []Facet
	Polarity     int // -1, 0, +1
	Negated      bool
	Hypothetical bool
	Increment    *Increment
	Expectation  time.Duration // stated speed; 0 where none
	Evidence     Span          // the cue and its clause, in the original bytes
	Quote        string        // the whole sentence as plain text, at most 280 runes
	Lang         Lang          // of the sentence
	Motives      []string      // what the author wants beyond the answer: recognition, pioneering, image, voice, dream, belonging
	Voice        string        // person, role where they speak for a firm, aside where they answer and speak of others; empty where it was not read
	Rule         string        // id of the rule that fired
	Confidence   float64       // precision of that rule on labelled posts, 0..1
	Problem      ProblemID     // canonical problem it belongs to, known to the store; empty where none
	Called       string        // what Problem is called in Lang
	Given        bool          // people gave Problem that name
	Speaks       bool          // its sentence speaks for Problem
}

// VoiceAside is the voice of whoever answers somebody and does not speak of themselves.
const VoiceAside = "aside"

// Lacks reports whether the author of the post lacks it, as a report counts people who do.
func (n Need) Lacks() bool { return n.Type.Wanting() && n.Voice != VoiceAside }

// Topic returns the key under which people with the same need meet: the concept where there is
// one, else the object; empty where the need is about nothing that was found.
func (n Need) Topic() string {
	if n.Concept != "" {
		return n.Concept
	}
	return n.Object
}

// Subject returns the key under which people with the same need are counted, and what to call it:
// the canonical problem where the need belongs to one, else its Topic.
func (n Need) Subject() (key, called string) {
	if n.Problem != "" {
		return string(n.Problem), n.Called
	}
	return n.Topic(), n.Topic()
}

// An AnalyzedPost is a post's meta data with what was heard in it.
type AnalyzedPost struct {
	PostMeta
	Annotation
}

// A NeedRow is one need with the post it stands in.
type NeedRow struct {
	PostMeta
	Need
	Ord    int    // its place among the needs of the post
	Title  string // of its conversation, where the reader asked for it
	Spoken string // where Called stands for a name that is kept back, that name: people say it, no output does
}
