package export

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tribu/data"
)

// An Outcome says what an export holds, and why that is not everybody.
type Outcome struct {
	Rows       int
	People     int // of a list of members: fewer than Rows where some are in several tribes
	Unplaced   int // people of the window in no tribe, of the preset where one was chosen, who are left out
	Strangers  int // members who are not among the contacts
	Shortfalls []Shortfall
	Warnings   []string
}

// A Shortfall is a tribe of which not everybody is on the list.
type Shortfall struct {
	Letter, Name   string
	People, Listed int
	Reasons        []Reason // most people first
}

// A Reason says how many people are missing for it.
type Reason struct {
	Why    string
	People int
}

// Lines tells the shortfalls, one line each.
func (o Outcome) Lines() []string {
	var out []string
	for _, s := range o.Shortfalls {
		var parts []string
		for _, r := range s.Reasons {
			parts = append(parts, thousands(r.People)+" "+r.Why)
		}
		out = append(out, fmt.Sprintf("tribe %s: %s of %s people listed: %s", s.Letter, thousands(s.Listed), thousands(s.People), strings.Join(parts, ", ")))
	}
	if o.Strangers > 0 {
		out = append(out, fmt.Sprintf("left out: %s members who are not among your contacts", thousands(o.Strangers)))
	}
	return out
}

// thousands writes n for readers: 4,226.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// unplaced counts the people in no tribe who would be listed if they were in one, where no tribe was chosen.
func (l *list) unplaced() (n int) {
	if l.Preset == All || len(l.Tribes) > 0 {
		return 0
	}
	for _, m := range l.Story.Members {
		if m.Tribe == "" && m.Rank == 0 && l.preset(m) && (l.Match == nil || len(l.matches(m.Author)) > 0) {
			n++
		}
	}
	return n
}

func persons(rows []data.Member) int {
	seen := make(map[data.AuthorID]bool, len(rows))
	for _, m := range rows {
		seen[m.Author] = true
	}
	return len(seen)
}

func (l *list) outcome(rows []data.Member) Outcome {
	out := Outcome{Rows: len(rows), People: persons(rows), Unplaced: l.unplaced()}
	listed, known := make(map[data.TribeID]int), make(map[data.TribeID]int)
	for _, m := range rows {
		listed[m.Tribe]++
	}
	missing, strange := make(map[data.TribeID]map[string]int), make(map[data.TribeID]int)
	makers, strangers := make(map[data.AuthorID]bool), make(map[data.AuthorID]bool)
	for _, m := range l.Story.Members {
		known[m.Tribe]++
		why := cmp.Or(l.without(m), l.heldBack(m))
		if why == reasonStranger {
			strangers[m.Author], strange[m.Tribe] = true, strange[m.Tribe]+1
		}
		if why == "" || why == reasonElsewhere || why == reasonStranger {
			continue
		}
		if why == reasonMaker {
			makers[m.Author] = true
		}
		if missing[m.Tribe] == nil {
			missing[m.Tribe] = make(map[string]int)
		}
		missing[m.Tribe][why]++
	}
	out.Strangers = len(strangers)
	if n := len(makers); n > 0 {
		out.Warnings = append(out.Warnings, fmt.Sprintf("left out of an offer, speaking for a company: %d of the makers in tribu.yaml", n))
	}
	for _, t := range l.Story.Tribes {
		if _, ok := l.chosen[t.ID]; !ok || listed[t.ID]+strange[t.ID] == t.People {
			continue
		}
		s := Shortfall{Letter: t.Letter, Name: t.Name, People: t.People, Listed: listed[t.ID]}
		reasons := missing[t.ID]
		if reasons == nil {
			reasons = make(map[string]int)
		}
		if gone := t.People - known[t.ID]; gone > 0 {
			reasons[reasonGone] += gone
		}
		for why, n := range reasons {
			s.Reasons = append(s.Reasons, Reason{why, n})
		}
		slices.SortFunc(s.Reasons, func(a, b Reason) int { return cmp.Or(b.People-a.People, strings.Compare(a.Why, b.Why)) })
		out.Shortfalls = append(out.Shortfalls, s)
	}
	return out
}
