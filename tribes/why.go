package tribes

import (
	"cmp"
	"slices"
	"time"

	"tribu/data"
)

const (
	mostCauses = 3
	mostTried  = 60 // of an author's posts, and of their interactions, the latest: each costs the layers once
)

// A Because says what holds one author in one tribe.
type Because struct {
	Tribe    data.TribeID `json:"tribe"`
	Strength float64      `json:"strength"` // of the membership, as the run found it
	Posts    []Cause      `json:"posts"`    // whose removal would drop it most
	Ties     []Cause      `json:"ties"`
	Tried    int          `json:"tried"` // posts and interactions that were taken away, one at a time

	// Refined says that more of the author's ties and shared needs lead to another group, Elsewhere where
	// that is a tribe, and that they are here because what they say and whom they meet is likelier of
	// this tribe's people than of those: by Likelier, a natural logarithm.
	Refined   bool         `json:"refined"`
	Elsewhere data.TribeID `json:"elsewhere,omitempty"`
	Likelier  float64      `json:"likelier,omitempty"`
}

// A Cause is one post or interaction and what the membership would be without it.
type Cause struct {
	Post     data.PostID          `json:"-"`
	ID       string               `json:"post"`
	At       time.Time            `json:"at"`
	Kind     data.InteractionKind `json:"kind,omitempty"` // empty for a post
	From     data.AuthorID        `json:"-"`
	To       data.AuthorID        `json:"-"`
	Drop     float64              `json:"drop"`     // of the strength
	Strength float64              `json:"strength"` // that is left
	Leaves   bool                 `json:"leaves"`   // too little is left of ties, words and meetings to be a member, or more of them speaks for another group
}

// Why says, for every tribe of an author in run r, which 3 of their posts and which 3 interactions
// would weaken the membership most if they had not happened. in is the input of r. Each is taken
// away on its own, and both layers and the evidence are computed anew with all that follows from it,
// in the groups and with the steadiness that r stored, and with them in which of the groups the author would be: no
// estimate. in.Parent, where it is known, says whom the run before held where. A post goes with the needs,
// words, interactions and meetings it carries. Causes that would not weaken it are left out.
func Why(in Input, r data.RunRecord, author data.AuthorID) ([]Because, error) {
	p, err := ParamsOf(r.Run)
	if err != nil {
		return nil, err
	}
	v, known := in.number(author)
	if !known {
		return nil, nil
	}
	s := standOf(in, r, p, v)
	var out []Because
	for _, m := range r.Members {
		if m.Author == author && m.Tribe != "" {
			out = append(out, Because{Tribe: m.Tribe, Strength: m.Strength, Posts: []Cause{}, Ties: []Cause{}})
		}
	}
	if len(out) == 0 {
		return out, nil
	}
	s.weigh(out)
	for i := range out {
		out[i].Posts, out[i].Ties = heaviest(out[i].Posts), heaviest(out[i].Ties)
	}
	return out, nil
}

// A stand is where one author stands in the groups of a stored run.
type stand struct {
	in     Input
	p      Params
	groups []int
	became map[data.TribeID]int // the group of each tribe
	steady []float64            // of each group that is a tribe
	v      int
	with   float64 // share of the reruns with the rest of their own group
	stayed bool
	lens   lens  // fitted to the groups
	home   []int // what became of everybody's group of the run before
	told   bool  // what they say and whom they meet speaks most for their own group
}

func standOf(in Input, r data.RunRecord, p Params, v int) stand {
	s := stand{in: in, p: p, groups: storedGroups(in, r), v: v}
	s.became = groupsOfTribes(r)
	s.steady = make([]float64, groupCount(s.groups))
	for _, t := range r.Tribes {
		if g, known := s.became[t.ID]; known {
			s.steady[g] = t.Stability
		}
	}
	for _, m := range r.Members {
		if m.Author == in.authors[v] && m.Tribe != "" && s.became[m.Tribe] == m.Placed {
			s.with = m.Stability
		}
	}
	return s
}

func storedGroups(in Input, r data.RunRecord) []int {
	groups := make([]int, len(in.authors))
	for i := range groups {
		groups[i] = nowhere
	}
	for _, m := range r.Members {
		if v, ok := in.number(m.Author); ok && m.Rank == 0 {
			groups[v] = m.Placed
		}
	}
	return groups
}

// groupsOfTribes returns the group that became each tribe: where most are whom it holds before others.
func groupsOfTribes(r data.RunRecord) map[data.TribeID]int {
	people := make(map[data.TribeID]map[int]int)
	for _, m := range r.Members {
		if m.Rank == 0 && m.Tribe != "" {
			if people[m.Tribe] == nil {
				people[m.Tribe] = make(map[int]int)
			}
			people[m.Tribe][m.Placed]++
		}
	}
	became := make(map[data.TribeID]int)
	for t, counts := range people {
		became[t] = nowhere
		for g, n := range counts {
			if best := became[t]; best == nowhere || n > counts[best] || n == counts[best] && g < best {
				became[t] = g
			}
		}
	}
	return became
}

// Nearest returns the tribe that came of the group an author was placed in, a member or not.
func Nearest(r data.RunRecord, author data.AuthorID) (data.TribeID, bool) {
	at := slices.IndexFunc(r.Members, func(m data.Member) bool { return m.Author == author && m.Rank == 0 })
	if at < 0 || r.Members[at].Placed == nowhere {
		return "", false
	}
	became := groupsOfTribes(r)
	for _, t := range r.Tribes {
		if g, known := became[t.ID]; known && g == r.Members[at].Placed {
			return t.ID, true
		}
	}
	return "", false
}

// footings returns how strongly each group holds the author in the world of l, and whether the
// author is its member.
func (s *stand) footings(l layers) (strength map[int]float64, member map[int]bool) {
	strength, member = make(map[int]float64), make(map[int]bool)
	own := s.groups[s.v]
	if own == nowhere || l.untied(s.v) {
		return strength, member
	}
	share := newTally(len(s.steady))
	embedded(l, s.groups, s.v, share)
	strength[own] = share.of[own] * s.with
	for _, g := range s.became {
		if g != own {
			strength[g] = min(share.of[g]*s.steady[g], strength[own])
		}
	}
	now := standing{own: own, with: s.with, evidence: l.evidence(s.groups)[s.v], stayed: s.stayed}
	for _, h := range now.holds(share, s.steady) {
		member[h.group] = true
	}
	return strength, member
}

// weigh takes away the author's posts and interactions one by one.
func (s *stand) weigh(out []Because) {
	whole := buildLayers(s.in, s.p)
	whole.credit = newTrial(s.in, whole, s.p).credit()
	s.place(whole, out)
	now, member := s.footings(whole)
	s.stayed = len(member) == 0 // too little for a newcomer
	note := func(list func(*Because) *[]Cause, c Cause, less layers) {
		left, stays := s.footings(less)
		if s.told && !s.toldOwn(less) {
			stays[s.groups[s.v]] = false
		}
		for i := range out {
			g := s.became[out[i].Tribe]
			c.Drop, c.Strength, c.Leaves = rounded(now[g]-left[g]), rounded(left[g]), !stays[g]
			out[i].Tried++
			*list(&out[i]) = append(*list(&out[i]), c)
		}
	}
	for _, i := range s.latest(len(s.in.posts), func(i int) bool { return int(s.in.posts[i].author) == s.v }) {
		q := s.in.posts[i]
		note(func(b *Because) *[]Cause { return &b.Posts }, Cause{Post: q.id, ID: q.id.String(), At: q.at.time()}, buildLayers(s.in.without(q.id), s.p))
	}
	for _, i := range s.latest(len(s.in.ties), func(i int) bool { return int(s.in.ties[i].from) == s.v || int(s.in.ties[i].to) == s.v }) {
		t, less := s.in.ties[i], s.in
		less.ties = slices.Delete(slices.Clone(s.in.ties), i, i+1)
		l := whole
		l.met = arcs(less, s.p)
		l.tie = tieGraph(len(less.authors), l.met)
		l = l.weighed(s.p.NeedWeight)
		c := Cause{Post: t.post, ID: t.post.String(), At: t.at.time(), Kind: t.kind, From: s.in.authors[t.from], To: s.in.authors[t.to]}
		note(func(b *Because) *[]Cause { return &b.Ties }, c, l)
	}
}

// latest returns the last mostTried numbers below n that are wanted.
func (s *stand) latest(n int, wanted func(int) bool) []int {
	var out []int
	for i := n - 1; i >= 0 && len(out) < mostTried; i-- {
		if wanted(i) {
			out = append(out, i)
		}
	}
	return out
}

// without returns in as if the post had never been written.
func (in Input) without(id data.PostID) Input {
	at := slices.IndexFunc(in.posts, func(q post) bool { return q.id == id })
	in.posts = slices.Delete(slices.Clone(in.posts), at, at+1)
	in.ties = slices.DeleteFunc(slices.Clone(in.ties), func(t tie) bool { return t.post == id })
	in.needs = nil // Form tells from them; the layers do not read them
	return in
}

// heaviest returns the causes without which there is no membership, then those with the largest drop: at
// most three, none that changes nothing.
func heaviest(all []Cause) []Cause {
	ends := func(c Cause) int {
		if c.Leaves {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(all, func(a, b Cause) int { return cmp.Or(ends(a)-ends(b), cmp.Compare(b.Drop, a.Drop)) })
	n := 0
	for n < min(mostCauses, len(all)) && (all[n].Leaves || all[n].Drop > 0) {
		n++
	}
	return all[:n]
}
