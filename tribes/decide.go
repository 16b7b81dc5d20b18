package tribes

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"tribu/data"
)

// InForce returns the decisions that no later decision in force undoes, undos left out, oldest first; nor
// are those in force that are about a tribe whose split is undone.
func InForce(all []data.TribeDecision) []data.TribeDecision {
	undone, gone := make(map[int]bool), make(map[data.TribeID]bool)
	var out []data.TribeDecision
	for _, d := range slices.Backward(all) {
		switch {
		case undone[d.Num]:
			if d.Kind == data.SplitOff {
				gone[d.Into] = true
			}
		case d.Kind == data.Undo:
			undone[d.Undoes] = true
		default:
			out = append(out, d)
		}
	}
	slices.Reverse(out)
	return slices.DeleteFunc(out, func(d data.TribeDecision) bool {
		split := d.Kind == data.SplitOff
		if split && !gone[d.Tribe] {
			delete(gone, d.Into) // split off again
		}
		lost := gone[d.Tribe] || gone[d.Into]
		if lost && split {
			gone[d.Into] = true
		}
		return lost
	})
}

// SplitID names the tribe that a split makes of authors; the same people split off the same tribe
// have the same id.
func SplitID(tribe data.TribeID, authors []data.AuthorID) data.TribeID {
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\x00", tribe)
	for _, a := range authors {
		sum.Write(a[:])
	}
	return data.TribeID("t" + hex.EncodeToString(sum.Sum(nil)[:3]))
}

// Decide lays what people decided over a run, and leaves the run itself as it is. Names follow a
// tribe's id, locked authors are members of it as long as they write, a merged tribe's people belong
// to the other whatever the run found, and those split off are a tribe of their own. Where any of this changed
// who is in a tribe, its needs are counted anew in needs, those voiced in the window. Tribes keep
// their letters; what is split off A is A2, then A3. Stability and cohesion of such a tribe are the lowest of what it was
// made from: nobody measured the whole.
func Decide(r data.RunRecord, needs []data.NeedRow, all []data.TribeDecision) data.RunRecord {
	o := overlay{changed: make(map[data.TribeID]bool), became: make(map[data.TribeID]data.TribeID)}
	force := InForce(all)
	if len(force) == 0 {
		return r
	}
	r.Tribes, r.Members, r.Lineage = slices.Clone(r.Tribes), slices.Clone(r.Members), slices.Clone(r.Lineage)
	o.r = &r
	for _, d := range force {
		switch d.Kind {
		case data.Rename:
			o.rename(d)
		case data.LockIn:
			o.lock(d)
		case data.MergeInto:
			o.merge(d)
		case data.SplitOff:
			o.split(d)
		}
	}
	if len(o.changed) > 0 {
		o.settle(needs)
	}
	return r
}

// An overlay is a run on which decisions are being laid.
type overlay struct {
	r       *data.RunRecord
	changed map[data.TribeID]bool         // other people are in it
	became  map[data.TribeID]data.TribeID // merged
	parts   []string                      // letters of what was split off, merged since or not
}

// now returns the tribe that holds id's people by now.
func (o *overlay) now(id data.TribeID) data.TribeID {
	for range len(o.became) {
		next, ok := o.became[id]
		if !ok {
			break
		}
		id = next
	}
	return id
}

func (o *overlay) tribe(id data.TribeID) *data.Tribe {
	for i := range o.r.Tribes {
		if o.r.Tribes[i].ID == id {
			return &o.r.Tribes[i]
		}
	}
	return nil
}

func (o *overlay) rename(d data.TribeDecision) {
	if t := o.tribe(o.now(d.Tribe)); t != nil {
		t.Name, t.Told, t.Old, t.Used = d.Text, nil, 0, 0
	}
}

// lock makes the authors, where they wrote in the window, members of the tribe, where there is one.
func (o *overlay) lock(d data.TribeDecision) {
	id := o.now(d.Tribe)
	if o.tribe(id) == nil {
		return
	}
	for _, author := range d.Authors {
		var rows []data.Member
		at, found := 0, false
		for i, m := range o.r.Members {
			if m.Author == author {
				at, found = i, found || m.Tribe == id
				rows = append(rows, m)
			}
		}
		if found || len(rows) == 0 {
			continue
		}
		m := rows[0]
		m.Tribe, m.Rank, m.Strength, m.Stability, m.Role = id, 0, leastStanding, 0, data.RoleMember
		m.Why = fmt.Sprintf("kept here by decision d%d", d.Num)
		first := at - len(rows) + 1
		if rows[0].Tribe == "" {
			o.r.Members[first] = m
		} else {
			o.r.Members = slices.Insert(o.r.Members, first, m)
			for i := range rows {
				o.r.Members[first+1+i].Rank = i + 1
			}
		}
		o.changed[id] = true
	}
}

// merge makes the people of one tribe people of the other.
func (o *overlay) merge(d data.TribeDecision) {
	from, into := o.now(d.Tribe), o.now(d.Into)
	if from == into {
		return
	}
	o.became[from] = into
	gone := o.tribe(from)
	if gone == nil {
		return
	}
	if whole := o.tribe(into); whole == nil {
		gone.ID = into // what is left of both carries on under the name they were given
	} else {
		absorb(whole, *gone)
		o.r.Tribes = slices.DeleteFunc(o.r.Tribes, func(t data.Tribe) bool { return t.ID == from })
	}
	o.move(from, into, nil)
}

// absorb adds what is told of part to whole. Of two conversations most people met in, the larger one
// is told; people of both tribes count once they are settled.
func absorb(whole *data.Tribe, part data.Tribe) {
	switch {
	case whole.Meeting == part.Meeting:
		whole.Met += part.Met
	case part.Met > whole.Met:
		whole.Meeting, whole.Met = part.Meeting, part.Met
	}
	whole.People += part.People
	whole.Stability = min(whole.Stability, part.Stability)
	whole.NeedZ, whole.TieZ = min(whole.NeedZ, part.NeedZ), min(whole.TieZ, part.TieZ)
	whole.Kind = kindOf(whole.NeedZ, whole.TieZ, float64(whole.Met)/float64(max(1, whole.People)))
	whole.Words, whole.Told = alternate(whole.Words, part.Words, mostWords), nil
	whole.Central = alternate(whole.Central, part.Central, mostCentral)
	whole.Exemplars = alternate(whole.Exemplars, part.Exemplars, mostExemplars)
	whole.Parents = append(slices.Clone(whole.Parents), part.ID)
}

// kindOf says what a group is by its cohesion on both keys and the share of its people who met in one conversation.
func kindOf(need, tie, met float64) data.TribeKind {
	switch {
	case tie < holdsAt:
		return data.KindCrowd
	case need < holdsAt:
		return data.KindClique
	case met >= oneConversation:
		return data.KindThread
	}
	return data.KindTribe
}

// alternate takes from both lists in turn, at most n.
func alternate[T any](a, b []T, n int) []T {
	var out []T
	for i := 0; i < max(len(a), len(b)) && len(out) < n; i++ {
		if i < len(a) {
			out = append(out, a[i])
		}
		if i < len(b) && len(out) < n {
			out = append(out, b[i])
		}
	}
	return out
}

// split makes a tribe of the authors who are in d.Tribe. A tribe that was found since the decision and of
// which they are the larger part is that tribe.
func (o *overlay) split(d data.TribeDecision) {
	from, listed := o.now(d.Tribe), make(map[data.AuthorID]bool)
	for _, a := range d.Authors {
		listed[a] = true
	}
	leaving, found := 0, make(map[data.TribeID]int)
	size := make(map[data.TribeID]int)
	for _, m := range o.r.Members {
		size[m.Tribe]++
		switch {
		case !listed[m.Author] || m.Tribe == "":
		case m.Tribe == from:
			leaving++
		default:
			found[m.Tribe]++
		}
	}
	for i := range o.r.Tribes {
		if t := &o.r.Tribes[i]; 2*found[t.ID] > size[t.ID] && weekIn(t.Born) >= weekIn(d.Run) {
			o.became[t.ID] = d.Into
			o.move(t.ID, d.Into, nil)
			t.ID = d.Into
			break
		}
	}
	if leaving == 0 || o.tribe(from) == nil {
		return
	}
	if o.tribe(d.Into) == nil {
		part := *o.tribe(from)
		part.ID, part.Letter, part.Parents = d.Into, o.partOf(part.Letter), []data.TribeID{from}
		part.Name, part.Told = cmp.Or(d.Text, part.Name+" 2"), nil
		o.r.Tribes = append(o.r.Tribes, part)
	}
	o.move(from, d.Into, listed)
}

// weekIn returns the ISO week that the id of a run begins with.
func weekIn(run string) string { return run[:max(0, strings.LastIndexByte(run, '-'))] }

// move makes members of one tribe members of the other: those listed, or all where listed is nil.
func (o *overlay) move(from, into data.TribeID, listed map[data.AuthorID]bool) {
	o.changed[from], o.changed[into] = true, true
	has := make(map[data.AuthorID]bool)
	for _, m := range o.r.Members {
		if m.Tribe == into {
			has[m.Author] = true
		}
	}
	moves := func(m data.Member) bool { return m.Tribe == from && (listed == nil || listed[m.Author]) }
	o.r.Members = slices.DeleteFunc(o.r.Members, func(m data.Member) bool { return moves(m) && has[m.Author] })
	for i := range o.r.Members {
		if m := &o.r.Members[i]; moves(*m) {
			m.Tribe = into
		}
	}
	rerank(o.r.Members)
}

// rerank closes the gaps that a membership taken away leaves.
func rerank(all []data.Member) {
	for i := range all {
		all[i].Rank = 0
		if i > 0 && all[i].Author == all[i-1].Author {
			all[i].Rank = all[i-1].Rank + 1
		}
	}
}
