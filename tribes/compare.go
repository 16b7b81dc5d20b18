package tribes

import (
	"cmp"
	"slices"

	"tribu/data"
	"tribu/tribes/graph"
)

// A Difference says how far two runs agree about the authors both of them saw.
type Difference struct {
	A       string  `json:"a"`
	B       string  `json:"b"`
	Common  int     `json:"common"` // authors in both runs
	AMI     float64 `json:"ami"`    // over them; all who are in no tribe count as one group
	ARI     float64 `json:"ari"`
	Matches []Match `json:"matches"`
	Moves   []Move  `json:"moves"`   // authors whose tribe is not the match of the one they were in
	Moved   int     `json:"moved"`   // their number
	Changed int     `json:"changed"` // of Moved, who are in a tribe in both runs
	Left    int     `json:"left"`    // authors in both who were in a tribe and are in none
	Joined  int     `json:"joined"`  // authors in both who were in none and are in a tribe
	Gone    int     `json:"gone"`    // authors of A alone who were in a tribe
	New     int     `json:"new"`     // authors of B alone who are in a tribe
	Steps   []Step  `json:"steps"`   // births, splits, merges and ends, where B followed A

	Keeping *Keeping `json:"keeping,omitempty"` // where Explain was asked, and B followed A
}

// A Step is a birth, a split, a merge or an end of a tribe with what it rests on.
type Step struct {
	Event   data.LineageEvent `json:"event"`
	From    data.TribeID      `json:"from"`
	To      data.TribeID      `json:"to"`
	Shared  int               `json:"shared"` // members in both
	Before  int               `json:"before"` // members of From
	After   int               `json:"after"`  // members of To
	Why     string            `json:"why"`
	Members []Move            `json:"members"` // some who went that way, strongest first
}

// A Match pairs a tribe of one run with the tribe of the other that shares most with it; B is empty
// where nobody of A is in a tribe of the other run.
type Match struct {
	A       string       `json:"a"` // letter
	B       string       `json:"b"`
	FromID  data.TribeID `json:"from_id"`
	ToID    data.TribeID `json:"to_id"`
	Shared  int          `json:"shared"`
	Jaccard float64      `json:"jaccard"`
}

// A Move is an author who changed tribe; an empty tribe is none.
type Move struct {
	Author string       `json:"author"`
	From   data.TribeID `json:"from"`
	To     data.TribeID `json:"to"`
	Why    string       `json:"why,omitempty"` // what changed for them, where Explain was asked
}

// Compare matches the tribes of two runs and lists who moved between them.
func Compare(a, b data.RunRecord) Difference {
	first, second := firstTribes(a), firstTribes(b)
	d := Difference{A: a.ID, B: b.ID, Matches: []Match{}, Moves: []Move{}, Steps: stepsBetween(a, b)}
	var x, y graph.Partition
	numbers := map[data.TribeID]uint32{}
	var common []data.AuthorID
	for author := range first {
		if _, ok := second[author]; ok {
			common = append(common, author)
		}
	}
	slices.SortFunc(common, func(p, q data.AuthorID) int { return slices.Compare(p[:], q[:]) })
	for _, author := range common {
		from, to := first[author], second[author]
		x, y = append(x, number(numbers, from)), append(y, number(numbers, to))
	}
	d.Common = len(common)
	if d.Common > 0 {
		agreement := graph.Compare(x.Renumbered(), y.Renumbered())
		d.AMI, d.ARI = agreement.AMI, agreement.ARI
	}
	matched := d.match(a, b)
	for _, author := range common {
		from, to := first[author], second[author]
		switch {
		case from != "" && to == "":
			d.Left++
		case from == "" && to != "":
			d.Joined++
		case matched[from] != to:
			d.Changed++
		}
		if matched[from] != to {
			d.Moves = append(d.Moves, Move{Author: author.String(), From: from, To: to})
		}
	}
	d.Moved = len(d.Moves)
	d.Gone, d.New = placedOnlyIn(first, second), placedOnlyIn(second, first)
	return d
}

// placedOnlyIn counts who is in a tribe of one run and not in the other run at all.
func placedOnlyIn(one, other map[data.AuthorID]data.TribeID) (n int) {
	for author, tribe := range one {
		if _, known := other[author]; tribe != "" && !known {
			n++
		}
	}
	return n
}

// match pairs each tribe of a with the tribe of b that has most of its members, all counted that are
// in either: those whose strongest tribe is another, too.
func (d *Difference) match(a, b data.RunRecord) map[data.TribeID]data.TribeID {
	matched := map[data.TribeID]data.TribeID{}
	shared, inA, inB := sharedMembers(a, b)
	for _, t := range a.Tribes {
		best := Match{A: t.Letter, FromID: t.ID}
		for _, u := range b.Tribes {
			n := shared[[2]data.TribeID{t.ID, u.ID}]
			if n > best.Shared {
				best.B, best.ToID, best.Shared = u.Letter, u.ID, n
				best.Jaccard = float64(n) / float64(inA[t.ID]+inB[u.ID]-n)
			}
		}
		matched[t.ID] = best.ToID
		d.Matches = append(d.Matches, best)
	}
	slices.SortStableFunc(d.Matches, func(p, q Match) int { return cmp.Compare(q.Shared, p.Shared) })
	return matched
}

// sharedMembers counts the members of each tribe, and of each pair those in both.
func sharedMembers(a, b data.RunRecord) (shared map[[2]data.TribeID]int, inA, inB map[data.TribeID]int) {
	shared, inA, inB = map[[2]data.TribeID]int{}, map[data.TribeID]int{}, map[data.TribeID]int{}
	in := map[data.AuthorID][]data.TribeID{}
	for _, m := range a.Members {
		if m.Tribe != "" {
			in[m.Author] = append(in[m.Author], m.Tribe)
			inA[m.Tribe]++
		}
	}
	for _, m := range b.Members {
		if m.Tribe == "" {
			continue
		}
		inB[m.Tribe]++
		for _, t := range in[m.Author] {
			shared[[2]data.TribeID{t, m.Tribe}]++
		}
	}
	return shared, inA, inB
}

// firstTribes returns the strongest tribe of every author.
func firstTribes(r data.RunRecord) map[data.AuthorID]data.TribeID {
	of := make(map[data.AuthorID]data.TribeID, len(r.Members))
	for _, m := range r.Members {
		if m.Rank == 0 {
			of[m.Author] = m.Tribe
		}
	}
	return of
}
