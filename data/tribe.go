package data

import (
	"cmp"
	"slices"
	"strings"
)

// A TribeID names a tribe for as long as it lives: "t" and 6 hexadecimal digits, given at birth.
type TribeID string

// A TribeKind says which of the two keys a group holds.
type TribeKind string

// A tribe holds on shared need and on interaction, a crowd on need alone, a clique on ties alone. Where
// seven in eight of its people wrote in one conversation, a group that holds on both is that conversation.
const (
	KindTribe  TribeKind = "tribe"
	KindCrowd  TribeKind = "crowd"
	KindClique TribeKind = "clique"
	KindThread TribeKind = "conversation"
)

// TribeKinds returns all kinds, the whole one first.
func TribeKinds() []TribeKind { return []TribeKind{KindTribe, KindCrowd, KindClique, KindThread} }

// A Bond is what holds a tribe together.
type Bond string

// The bonds.
const (
	BondProblem   Bond = "problem"
	BondNeed      Bond = "need"
	BondPassion   Bond = "passion"
	BondBelonging Bond = "belonging"
)

// A Tribe is a group of authors held together by a shared problem and by talking to each other.
type Tribe struct {
	Run       string
	ID        TribeID
	Letter    string // A, B, … Z, AA, … given at birth as ID is, by size where several are born in a run; A2 where people split a part off A
	Name      string // made of words its members use, in the language most of them write
	Kind      TribeKind
	Bond      Bond
	People    int       // members
	Posts     int       // of its members in the window
	Stability float64   // mean best Jaccard over the reruns, 0..1
	NeedZ     float64   // cohesion on shared need against its null
	TieZ      float64   // cohesion on interaction against its null
	Area      int       // problem area above it
	Words     []Term    // what its members say more than others, most distinctive first; Count = people
	Themes    []Theme   // what it writes about: of its name, then what reaches most, whatever the language
	Told      []Telling // in each language that enough of its people write, the one that most write first
	Needs     []TribeNeed
	Meeting   ThreadID   // the conversation of its own in which most of its people wrote; zero where few did
	Met       int        // how many
	Exemplars []PostID   // posts that speak for it, by different authors
	Central   []AuthorID // most connected within
	Faded     int        // runs in a row in which few of its people use its name, or many more another that lasts
	Old, Used int        // where it has another name than in the run before: its people who use the old one, and this
	Born      string     // run it was born in
	Parents   []TribeID  // the tribes it came from, at a split or a merger
}

// A Telling is how a tribe is told of in a language.
type Telling struct {
	Lang  Lang
	Name  string // of words its people write in Lang; empty where that is no more than Tribe.Name
	Words []Term // of Tribe.Words those written in Lang
	Faded int    // as Tribe.Faded, of Name
}

// A Theme is a thing that people of a tribe write about, one of a few that together most of them do.
type Theme struct {
	Term      // Count = people
	Adds int  // of these, who write about none of the themes before it
	Lang Lang // that Form is of
}

// IsTribe reports whether t holds both keys and is more than one conversation; a group of no kind is a tribe.
func (t Tribe) IsTribe() bool { return t.Kind == "" || t.Kind == KindTribe }

// TribeCount returns how many of groups are tribes.
func TribeCount(groups []Tribe) (n int) {
	for i := range groups {
		if groups[i].IsTribe() {
			n++
		}
	}
	return n
}

// ByLetter compares the letters of two tribes as people look them up: A, its part A2, B … Z, then AA.
func ByLetter(a, b string) int {
	whole := func(l string) string { return strings.TrimRight(l, "0123456789") }
	return cmp.Or(len(whole(a))-len(whole(b)), strings.Compare(whole(a), whole(b)), len(a)-len(b), strings.Compare(a, b))
}

// TellingIn returns how t is told of in lang; the zero Telling where that is no other than in any.
func (t Tribe) TellingIn(lang Lang) Telling {
	for _, told := range t.Told {
		if told.Lang == lang {
			return told
		}
	}
	return Telling{}
}

// CalledIn returns t under its name in lang, where it has one there; it keeps the other for the languages told by that.
func (t Tribe) CalledIn(lang Lang) Tribe {
	name := t.TellingIn(lang).Name
	if name == "" {
		return t
	}
	t.Told = slices.Clone(t.Told)
	for i := range t.Told {
		t.Told[i].Name = cmp.Or(t.Told[i].Name, t.Name)
	}
	t.Name = name
	return t
}

// Names returns what t is called: by its name, then by those of its own in other languages.
func (t Tribe) Names() []string {
	all := []string{t.Name}
	for _, told := range t.Told {
		if told.Name != "" && !slices.Contains(all, told.Name) {
			all = append(all, told.Name)
		}
	}
	return all
}

// IsCalled reports whether name is one of t's names, in small letters or capitals.
func (t Tribe) IsCalled(name string) bool {
	return slices.ContainsFunc(t.Names(), func(own string) bool { return strings.EqualFold(own, name) })
}

// A TribeNeed is a need that members of a tribe share.
type TribeNeed struct {
	Topic    string    // what Problem is called, else Need.Topic
	Problem  ProblemID // the canonical problem; empty where it is none
	Type     NeedType  // the most frequent
	People   int       // distinct members who voice it
	Evidence PostID    // the post whose words say it best
}

// A Role is what a member does for the tribe.
type Role string

// The roles.
const (
	RoleCore     Role = "core"
	RoleHelper   Role = "helper"
	RoleBridge   Role = "bridge"
	RoleVoice    Role = "voice"
	RoleNewcomer Role = "newcomer"
	RoleMember   Role = "member"
	RoleEdge     Role = "edge"
)

// A Member is one author's place in one run. Tribe is empty for the unaffiliated; an author in
// several tribes has one Member per tribe, Rank 0 first.
type Member struct {
	Run       string
	Author    AuthorID
	Tribe     TribeID
	Rank      int
	Strength  float64 // 0..1: co-assignment over the reruns times embeddedness
	Stability float64 // 0..1: share of reruns with the rest of the tribe
	Role      Role
	Placed    int    // group before any cut-off; -1 where none
	Area      int    // problem area; -1 where none
	Posts     int    // in the window
	Why       string // one line in plain words, from the strongest ties and needs
}

// A LineageEvent says what became of a tribe from one run to the next.
type LineageEvent string

// The events.
const (
	Born     LineageEvent = "born"
	Continue LineageEvent = "continue"
	Grow     LineageEvent = "grow"
	Shrink   LineageEvent = "shrink"
	Merge    LineageEvent = "merge"
	Split    LineageEvent = "split"
	Dormant  LineageEvent = "dormant"
	Died     LineageEvent = "died"
)

// A Lineage is one step of one tribe's life. From is empty at a birth, To at a death. People are
// counted where they belong first of all: a split is a part of From that is now in To, whether To is
// new or was there before, while From goes on; a merger is what became of a From that does not.
type Lineage struct {
	Run     string
	Event   LineageEvent
	From    TribeID
	To      TribeID
	Shared  int     // people who were in From and are in To
	Before  int     // people who were in From
	After   int     // people in To
	Jaccard float64 // Shared / union
}
