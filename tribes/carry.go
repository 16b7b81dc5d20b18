package tribes

import (
	"slices"

	"tribu/data"
)

// CarriedOn returns, where one run takes the place of another of the same moment, what is to be decided
// anew so that what people decided about tribes that only the run before knew holds for those that most
// of their people are in now, and what holds for none. What was ever decided is not decided again.
func CarriedOn(was, is data.RunRecord, all []data.TribeDecision) (anew, lost []data.TribeDecision) {
	now := heirsIn(was, is)
	force := InForce(all)
	for _, d := range force {
		tribe, oneMoved := now[d.Tribe]
		into, otherMoved := now[d.Into]
		if !oneMoved && !otherMoved {
			continue
		}
		next := d
		if oneMoved {
			next.Tribe = tribe
		}
		if otherMoved {
			next.Into = into
		}
		if d.Kind == data.SplitOff && next.Tribe != "" {
			next.Into = SplitID(next.Tribe, d.Authors)
			now[d.Into] = next.Into
		}
		next.Num, next.Run = 0, is.ID
		switch {
		case next.Tribe == "" || next.Into == "" && d.Into != "":
			lost = append(lost, d)
		case !slices.ContainsFunc(all, func(o data.TribeDecision) bool { return sameDecision(o, next) }):
			anew = append(anew, next)
		}
	}
	return anew, lost
}

// heirsIn returns which tribe of is carries on each that only was knows; empty where none does.
func heirsIn(was, is data.RunRecord) map[data.TribeID]data.TribeID {
	before, after := firstOf(was), firstOf(is)
	heirs := heirsOf(linked(before, after), after, len(before), len(before))
	knows := func(r data.RunRecord, id data.TribeID) bool {
		return slices.ContainsFunc(r.Tribes, func(t data.Tribe) bool { return t.ID == id })
	}
	now := make(map[data.TribeID]data.TribeID)
	for i, t := range was.Tribes {
		if knows(is, t.ID) {
			continue
		}
		now[t.ID] = ""
		if at := heirs[i]; at != nowhere && !knows(was, is.Tribes[at].ID) {
			now[t.ID] = is.Tribes[at].ID
		}
	}
	return now
}

// firstOf returns, tribe by tribe, whose first tribe each is.
func firstOf(r data.RunRecord) []map[data.AuthorID]bool {
	at := make(map[data.TribeID]int)
	sets := make([]map[data.AuthorID]bool, len(r.Tribes))
	for i, t := range r.Tribes {
		at[t.ID], sets[i] = i, make(map[data.AuthorID]bool)
	}
	for _, m := range r.Members {
		if i, ok := at[m.Tribe]; ok && m.Rank == 0 {
			sets[i][m.Author] = true
		}
	}
	return sets
}

func sameDecision(a, b data.TribeDecision) bool {
	return a.Kind == b.Kind && a.Tribe == b.Tribe && a.Into == b.Into && a.Text == b.Text && slices.Equal(a.Authors, b.Authors)
}
