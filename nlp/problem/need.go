package problem

import (
	"strings"

	"tribu/data"
)

// A Need is what grouping looks at in a need: those of all posts are held at once, and have one copy of what
// many of them have in common.
type Need struct {
	ID     data.PostID
	Author data.AuthorID
	*conversation
	*manner
	*subject
	Quote string
	At    int64 // Unix seconds
	Start int32 // of the sentence
	Ord   int32
	sure  float64 // confidence
	flags
}

// A conversation is where needs are voiced.
type conversation struct {
	Thread data.ThreadID
	Title  string
}

// A manner is how a need is said.
type manner struct {
	Facet string // the first
	Rule  string
	Type  data.NeedType
	Lang  data.Lang // of the sentence, or else of the post
}

// A subject is what a need is about.
type subject struct{ Object, Concept string }

type flags struct {
	inTitle, opens, others, aside, hypothetical, negated, timed bool
	unsure                                                      bool // of the sentence's own language
}

// A sharer makes needs that share what they have in common.
type sharer struct {
	conversations map[data.ThreadID]*conversation
	manners       map[manner]*manner
	subjects      map[subject]*subject
}

func newSharer() sharer {
	return sharer{map[data.ThreadID]*conversation{}, map[manner]*manner{}, map[subject]*subject{}}
}

// NeedOf returns what grouping looks at in n.
func NeedOf(n data.NeedRow) Need { return newSharer().need(n) }

// need returns what grouping looks at in n, and keeps no other text of it.
func (s sharer) need(n data.NeedRow) Need {
	out := Need{
		ID: n.ID, Author: n.Author, Quote: strings.Clone(n.Quote), At: n.CreatedAt.Unix(), Start: int32(n.Evidence.Start), Ord: int32(n.Ord), sure: n.Confidence,
		flags: flags{inTitle: n.Evidence.InTitle, opens: n.Parent.IsZero(), others: n.Voice == "role", aside: n.Voice == data.VoiceAside, hypothetical: n.Hypothetical, negated: n.Negated, timed: n.Expectation > 0},
	}
	said := manner{Rule: n.Rule, Type: n.Type, Lang: n.Need.Lang}
	if said.Lang == data.LangUnd || said.Lang == "" {
		said.Lang, out.unsure = n.PostMeta.Lang, true
	}
	if len(n.Facets) > 0 {
		said.Facet = n.Facets[0].Name
	} else if out.timed {
		said.Facet = "Speed"
	}
	out.conversation, out.manner, out.subject = s.conversation(n.Thread, n.Title), s.manner(said), s.subject(subject{n.Object, n.Concept})
	return out
}

func (s sharer) conversation(id data.ThreadID, title string) *conversation {
	c := s.conversations[id]
	if c == nil || c.Title != title {
		c = &conversation{id, title}
		s.conversations[id] = c
	}
	return c
}

func (s sharer) manner(of manner) *manner {
	m := s.manners[of]
	if m == nil {
		m = &manner{strings.Clone(of.Facet), strings.Clone(of.Rule), data.NeedType(strings.Clone(string(of.Type))), data.Lang(strings.Clone(string(of.Lang)))}
		s.manners[*m] = m
	}
	return m
}

func (s sharer) subject(of subject) *subject {
	m := s.subjects[of]
	if m == nil {
		m = &subject{strings.Clone(of.Object), strings.Clone(of.Concept)}
		s.subjects[*m] = m
	}
	return m
}

// needsOf returns what grouping looks at in rows.
func needsOf(rows []data.NeedRow) []Need {
	all, same := make([]Need, len(rows)), newSharer()
	for i := range rows {
		all[i] = same.need(rows[i])
	}
	return all
}

// sentence returns n as far as its sentence can be shortened by it.
func (n *Need) sentence() *data.Need {
	out := &data.Need{Type: n.Type, Object: n.Object, Quote: n.Quote, Rule: n.Rule, Lang: n.Lang}
	if n.unsure {
		out.Lang = data.LangUnd
	}
	if n.timed {
		out.Expectation = 1
	}
	return out
}

func (n *Need) ref() data.NeedRef { return data.NeedRef{Post: n.ID, Ord: int(n.Ord)} }
