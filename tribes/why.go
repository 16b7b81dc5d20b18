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
	Leaves   bool                 `json:"leaves"`   // too little is left to be a member
}

// Why says, for every tribe of an author in run r, which 3 of their posts and which 3 interactions
// would weaken the membership most if they had not happened. in is the input of r. Each is taken
// away on its own and both layers are computed anew with all that follows from it, in the groups and
// with the steadiness that r stored: no estimate. A post goes with the needs, words, interactions and
// meetings it carries. Causes that would not weaken it are left out.
func Why(in Input, r data.RunRecord, author data.AuthorID) ([]Because, error) {
	p, err := ParamsOf(r.Run)
	if err != nil {
		return nil, err
	}
	v, known := in.number(author)
	if !known {
		return nil, nil
	}
	s := stand{in: in, p: p, groups: storedGroups(in, r), v: v}
	var out []Because
	for _, m := range r.Members {
		if m.Author == author && m.Tribe != "" {
			out = append(out, Because{Tribe: m.Tribe, Strength: m.Strength, Posts: []Cause{}, Ties: []Cause{}})
			s.places = append(s.places, foothold{groupOf(in, r, m.Tribe, s.groups), steadinessOf(r, m)})
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
	v      int
	places []foothold
}

// A foothold is one membership: the group, and what its share of the author's weight is multiplied with.
type foothold struct {
	group  int
	steady float64
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

// groupOf returns the group that became the tribe.
func groupOf(in Input, r data.RunRecord, tribe data.TribeID, groups []int) int {
	for _, m := range r.Members {
		if v, ok := in.number(m.Author); ok && m.Rank == 0 && m.Tribe == tribe {
			return groups[v]
		}
	}
	return nowhere
}

// steadinessOf returns what a membership's share is multiplied with: in the author's own group how
// often they stay with it, in another how steady that is.
func steadinessOf(r data.RunRecord, m data.Member) float64 {
	if m.Rank == 0 {
		return m.Stability
	}
	for _, t := range r.Tribes {
		if t.ID == m.Tribe {
			return t.Stability
		}
	}
	return 0
}

// strengths returns the strength of each place in the world of in.
func (s *stand) strengths(l layers) []float64 {
	out := make([]float64, len(s.places))
	if max(l.need.Degree(uint32(s.v)), l.tie.Degree(uint32(s.v))) < leastTies {
		return out
	}
	share := newTally(groupCount(s.groups))
	embedded(l, s.groups, s.v, share)
	for i, place := range s.places {
		if place.group != nowhere {
			out[i] = share.of[place.group] * place.steady
		}
	}
	return out
}

// weigh takes away the author's posts and interactions one by one.
func (s *stand) weigh(out []Because) {
	whole := buildLayers(s.in, s.p)
	now := s.strengths(whole)
	note := func(list func(*Because) *[]Cause, c Cause, left []float64) {
		for i := range out {
			c.Drop, c.Strength = rounded(now[i]-left[i]), rounded(left[i])
			c.Leaves = left[i] < leastOf(out[i].Strength, i)
			out[i].Tried++
			*list(&out[i]) = append(*list(&out[i]), c)
		}
	}
	for _, i := range s.latest(len(s.in.posts), func(i int) bool { return int(s.in.posts[i].author) == s.v }) {
		q := s.in.posts[i]
		left := s.strengths(buildLayers(s.in.without(q.id), s.p))
		note(func(b *Because) *[]Cause { return &b.Posts }, Cause{Post: q.id, ID: q.id.String(), At: q.at.time()}, left)
	}
	for _, i := range s.latest(len(s.in.ties), func(i int) bool { return int(s.in.ties[i].from) == s.v || int(s.in.ties[i].to) == s.v }) {
		t, less := s.in.ties[i], s.in
		less.ties = slices.Delete(slices.Clone(s.in.ties), i, i+1)
		l := whole
		l.tie = tieGraph(len(less.authors), arcs(less, s.p))
		l = l.weighed(s.p.NeedWeight)
		c := Cause{Post: t.post, ID: t.post.String(), At: t.at.time(), Kind: t.kind, From: s.in.authors[t.from], To: s.in.authors[t.to]}
		note(func(b *Because) *[]Cause { return &b.Ties }, c, s.strengths(l))
	}
}

// leastOf returns the strength below which a membership of that strength and rank would end; one
// that is weaker than a newcomer's may be is of somebody who was there before.
func leastOf(strength float64, rank int) float64 {
	switch {
	case rank > 0:
		return leastSecond
	case strength < leastStrength:
		return keptStrength
	}
	return leastStrength
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

// heaviest returns the causes with the largest drop, at most three, none that drops nothing.
func heaviest(all []Cause) []Cause {
	slices.SortStableFunc(all, func(a, b Cause) int { return cmp.Compare(b.Drop, a.Drop) })
	n := 0
	for n < min(mostCauses, len(all)) && all[n].Drop > 0 {
		n++
	}
	return all[:n]
}
