package data

// A ProblemID names a canonical problem for as long as it lives: "p" and 8 hexadecimal digits,
// given when it is first seen.
type ProblemID string

// A SharedProblem is one thing that several people need, whatever words they choose for it:
// "people who need X".
type SharedProblem struct {
	ID      ProblemID
	Wanting bool            // its members lack something; else they give or praise it
	Head    string          // concept or object that its members are about
	Facet   string          // side of the outcome most members touch; empty where none
	Name    string          // given by people; empty where nobody did
	Phrases map[Lang]string // what members of a language call it; LangUnd: most of them
	People  int             // distinct authors
	Needs   int             // members
	Area    int             // problem area it lies in; -1 where there are too few problems for areas
	Spoken  NeedRef         // the member that speaks for it best
	Label   string          // the sentence of Spoken, filled by the store
	Members []NeedRef       // filled where it is written, not where it is read
}

// A ProblemTrace is by what the next grouping knows a problem again: hashes of its members, at
// most 64, that tell nothing about what they say.
type ProblemTrace struct {
	ID      ProblemID
	Anchors []uint64 // ascending
}

// A NeedRef points at one need: the Ord-th that was heard in Post.
type NeedRef struct {
	Post PostID
	Ord  int
}

// Call returns what p is called in lang: the name people gave it, else its phrase.
func (p SharedProblem) Call(lang Lang) string {
	if p.Name != "" {
		return p.Name
	}
	if s := p.Phrases[lang]; s != "" {
		return s
	}
	return p.Phrases[LangUnd]
}

// A ProblemDecision is what people decided about a problem; it holds for all later groupings.
type ProblemDecision struct {
	Problem ProblemID
	Into    ProblemID // merged into that one, no longer merged where it is itself; empty where it is a name
	Name    string
}
