package tribes

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tribu/data"
)

const (
	mostWords     = 12
	mostNeeds     = 5
	mostExemplars = 3
	mostCentral   = 3
)

// A teller writes down what is worth saying about the groups that are shown.
type teller struct {
	*former
	byAuthor [][]uint32 // posts
	users    []int      // authors of each word
	counts   *tally     // room to count words
	spoken   int        // sum of users
	uses     [][]uint32 // words of each author, ascending
	nouns    []bool     // words that are topics or objects of needs
	heads    []float64  // how often a word is what a phrase is about
	written  []bool     // words that somebody writes, and not only what a need is called
	needsOf  [][]int    // needs of each author
	words    map[int][]distinct
	speech   map[int][]*speech
	telling  map[uint32]said       // of each distinctive word
	bonds    map[data.Bond]float64 // needs of everybody
	giving   [][]uint32            // authors each author turned to
	getting  [][]uint32
	inside   map[int]float64
	said     map[uint32][]uint32   // who uses each distinctive word
	read     []heading             // titles
	wrote    []int                 // in each conversation
	holding  map[string][]int32    // titles with each word
	cut      map[string]int        // titles of which a word is a piece
	named    map[string]bool       // names that are given
	forms    map[string][]wordForm // of all words, by how they begin
}

func newTeller(f *former) *teller {
	t := &teller{former: f, byAuthor: postsByAuthor(f.in), words: make(map[int][]distinct), speech: make(map[int][]*speech), named: make(map[string]bool)}
	t.countWords()
	t.heads = f.in.heads()
	t.needsOf = make([][]int, len(f.in.authors))
	t.bonds = make(map[data.Bond]float64)
	for i, n := range f.in.needs {
		t.needsOf[n.author] = append(t.needsOf[n.author], i)
		if b := bondOf(f.in.types[n.need]); b != "" {
			t.bonds[b]++
		}
	}
	t.giving, t.getting = make([][]uint32, len(f.in.authors)), make([][]uint32, len(f.in.authors))
	for _, a := range f.in.ties {
		if a.kind == data.Topic {
			continue
		}
		t.giving[a.from] = append(t.giving[a.from], a.to)
		t.getting[a.to] = append(t.getting[a.to], a.from)
	}
	for v := range t.giving {
		t.giving[v], t.getting[v] = distinctSorted(t.giving[v]), distinctSorted(t.getting[v])
	}
	for _, g := range f.shown {
		t.words[g] = t.distinctive(g)
	}
	t.loudest()
	return t
}

// A said is a group with how much a word stands out in it.
type said struct {
	group int
	z     float64
}

func distinctSorted[T cmp.Ordered](list []T) []T {
	slices.Sort(list)
	return slices.Compact(list)
}

// tribe tells about group g; its name and themes are callAll's to give, ID, letter, birth and parents the lineage's.
func (t *teller) tribe(g int) data.Tribe {
	out := data.Tribe{
		Run: t.id, People: len(t.members[g]), Area: t.areas[g],
		Stability: rounded(t.steady.group[g]), NeedZ: rounded(t.pulls[g].need), TieZ: rounded(t.pulls[g].tie),
	}
	for _, m := range t.members[g] {
		out.Posts += t.l.posts[m.author]
	}
	t.speech[g] = t.speechesOf(g)
	for k, s := range t.speech[g] {
		s.parts = t.nameParts(s)
		if k == 0 {
			out.Words = tellingWords(s.parts, false)
		}
		out.Told = append(out.Told, data.Telling{Lang: t.in.langs[s.lang], Words: tellingWords(s.parts, true)})
	}
	out.Meeting, out.Met = t.meeting(g)
	out.Kind = kindOf(t.pulls[g].need, t.pulls[g].tie, float64(out.Met)/float64(out.People))
	out.Needs, out.Bond = t.needs(g), t.bond(g)
	out.Exemplars, out.Central = t.exemplars(g), t.central(g)
	return out
}

// central returns the members with the most weight to other members.
func (t *teller) central(g int) []data.AuthorID {
	ranked := slices.Clone(t.members[g])
	weight := func(m membership) float64 { return t.weightInside(m) }
	slices.SortStableFunc(ranked, func(a, b membership) int { return cmp.Compare(weight(b), weight(a)) })
	var out []data.AuthorID
	for _, m := range ranked[:min(mostCentral, len(ranked))] {
		out = append(out, t.in.authors[m.author])
	}
	return out
}

// weightInside returns the weight of the member's ties of interaction within the group, and where
// the group has none, of shared need.
func (t *teller) weightInside(m membership) float64 {
	tie, need := 0.0, 0.0
	t.l.tie.Neighbours(uint32(m.author), func(u uint32, w float32) {
		if t.groups[u] == m.group {
			tie += float64(w)
		}
	})
	t.l.need.Neighbours(uint32(m.author), func(u uint32, w float32) {
		if t.groups[u] == m.group {
			need += float64(w)
		}
	})
	return tie + need/1000
}

// role says what a member does for the tribe.
func (t *teller) role(m membership) data.Role {
	given, got := t.peers(t.giving, m), t.peers(t.getting, m)
	switch {
	case got >= 20 && len(t.giving[m.author])*100 < got:
		return data.RoleVoice
	case m.steady < 0.6:
		return data.RoleEdge
	case len(t.belongs[m.author]) > 1:
		return data.RoleBridge
	case given >= 3 && given >= 2*got:
		return data.RoleHelper
	case t.isCore(m):
		return data.RoleCore
	case t.prior.isNew(t.in.authors[m.author]):
		return data.RoleNewcomer
	}
	return data.RoleMember
}

// isCore reports whether a member is among the tenth with most weight inside.
func (t *teller) isCore(m membership) bool {
	if t.inside == nil {
		t.inside = make(map[int]float64)
	}
	limit, ok := t.inside[m.group]
	if !ok {
		var all []float64
		for _, o := range t.members[m.group] {
			all = append(all, t.weightInside(o))
		}
		slices.Sort(all)
		limit = all[len(all)-1-len(all)/10]
		t.inside[m.group] = limit
	}
	return t.weightInside(m) >= limit
}

// peers counts the others of m's group among those that reach gives for m's author.
func (t *teller) peers(reach [][]uint32, m membership) int {
	n := 0
	for _, u := range reach[m.author] {
		if t.groups[u] == m.group {
			n++
		}
	}
	return n
}

// why says in one line what holds a member in the tribe.
func (t *teller) why(m membership) string {
	var parts []string
	if n := t.peers(t.giving, m); n > 0 {
		parts = append(parts, "answered "+people(n)+" here")
	}
	if n := t.peers(t.getting, m); n > 0 {
		parts = append(parts, "was answered by "+people(n)+" here")
	}
	if len(parts) == 0 {
		met := 0
		t.l.tie.Neighbours(uint32(m.author), func(u uint32, _ float32) {
			if t.groups[u] == m.group {
				met++
			}
		})
		if met > 0 {
			parts = append(parts, "wrote in the same threads as "+people(met)+" here")
		}
	}
	if shared := t.sharedWords(m); len(shared) > 0 {
		parts = append(parts, "shares: "+strings.Join(shared, ", "))
	}
	return strings.Join(parts, "; ")
}

func people(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}

func (t *teller) sharedWords(m membership) []string {
	var out []string
	for _, d := range t.words[m.group] {
		if _, ok := slices.BinarySearch(t.uses[m.author], d.word); ok && len(out) < 3 {
			form, _ := t.form(t.speech[m.group][0], d)
			out = append(out, form)
		}
	}
	return out
}
