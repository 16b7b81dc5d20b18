package problem

import "tribu/data"

// A Need is what grouping looks at in a need: those of all posts are held at once.
type Need struct {
	ID      data.PostID
	Author  data.AuthorID
	Thread  data.ThreadID
	Quote   string
	Object  string
	Concept string
	Facet   string // the first
	Title   string // of the conversation
	Rule    string
	Type    data.NeedType
	Lang    data.Lang // of the sentence, or else of the post
	At      int64     // Unix seconds
	Start   int32     // of the sentence
	Ord     int32
	sure    float64 // confidence
	flags
}

type flags struct {
	inTitle, opens, others, aside, hypothetical, negated, timed bool
	unsure                                                      bool // of the sentence's own language
}

// NeedOf returns what grouping looks at in n.
func NeedOf(n data.NeedRow) Need {
	out := Need{
		ID: n.ID, Author: n.Author, Thread: n.Thread, Quote: n.Quote, Object: n.Object, Concept: n.Concept, Title: n.Title, Rule: n.Rule, Type: n.Type,
		Lang: n.Need.Lang, At: n.CreatedAt.Unix(), Start: int32(n.Evidence.Start), Ord: int32(n.Ord), sure: n.Confidence,
		flags: flags{inTitle: n.Evidence.InTitle, opens: n.Parent.IsZero(), others: n.Voice == "role", aside: n.Voice == data.VoiceAside, hypothetical: n.Hypothetical, negated: n.Negated, timed: n.Expectation > 0},
	}
	if out.Lang == data.LangUnd || out.Lang == "" {
		out.Lang, out.unsure = n.PostMeta.Lang, true
	}
	if len(n.Facets) > 0 {
		out.Facet = n.Facets[0].Name
	} else if out.timed {
		out.Facet = "Speed"
	}
	return out
}

// needsOf returns what grouping looks at in rows.
func needsOf(rows []data.NeedRow) []Need {
	all := make([]Need, len(rows))
	for i := range rows {
		all[i] = NeedOf(rows[i])
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
