package soft

import (
	"errors"
	"fmt"
	"time"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/stats"
)

// A Stage says how far a soft KPI has come.
type Stage string

// The stages. A soft KPI is detected in people's words, defined in one's own, targeted by something
// one does, and then converted, where a measure before and after shows it, or dropped.
const (
	Detected  Stage = "detected"
	Defined   Stage = "defined"
	Targeted  Stage = "targeted"
	Converted Stage = "converted"
	Dropped   Stage = "dropped"
)

// quotesToDefine is how many quotes a definition rests on.
const quotesToDefine = 3

// An Entry is one soft KPI of one tribe or client.
type Entry struct {
	ID         string
	Subject    string // a tribe's id, or a client's name
	Class      signs.Sign
	Wording    string
	Evidence   []data.PostID
	Quotes     []string
	Stage      Stage
	Provenance string // observed, interview or copied
	Steps      []Step // the first is the detection
}

// A Step is one transition, with its note.
type Step struct {
	To   Stage
	At   time.Time
	Note string
}

// Detect opens an entry.
func Detect(id, subject string, class signs.Sign, evidence []data.PostID, quotes []string, at time.Time) Entry {
	return Entry{ID: id, Subject: subject, Class: class, Evidence: evidence, Quotes: quotes, Stage: Detected, Provenance: "observed", Steps: []Step{{Detected, at, ""}}}
}

// CopyTo opens an entry for another subject from e. It is marked as copied, and linted as such:
// soft KPIs are defined case by case.
func (e Entry) CopyTo(id, subject string, at time.Time) Entry {
	return Entry{ID: id, Subject: subject, Class: e.Class, Wording: e.Wording, Stage: Detected, Provenance: "copied", Steps: []Step{{Detected, at, "copied from " + e.ID}}}
}

// A Change compares a class before and after, among the same people.
type Change struct {
	People   int        // in both readings
	Wanted   stats.Test // the change of the share who show the motive
	Received stats.Test // the change of the share who were thanked or credited
	State    stats.State
}

// Converts reports whether the change shows a need met: fewer of the same people show it, or more
// of them are recognised where that is what they want, with p < 0.05.
func (c Change) Converts(class signs.Sign) bool {
	met := c.Wanted.Diff < 0 && c.Wanted.P < 0.05
	seen := class == signs.Recognition && c.Received.Diff > 0 && c.Received.P < 0.05
	return c.State == stats.Known && (met || seen)
}

// Compare reads the change of a class from before to after among the people of a tribe who wrote in
// both; an empty tribe means everybody. Tribes are those of the reading after.
func Compare(before, after *measure.Reading, tribe data.TribeID, class signs.Sign, seed uint64) Change {
	a, b := count(marks(before)), count(marks(after))
	thankedBefore, thankedAfter := thankedIn(before), thankedIn(after)
	var wanted, received []float64
	for _, id := range sorted(b.active) {
		if !a.active[id] || tribe != "" && after.Home[id] != tribe {
			continue
		}
		wanted = append(wanted, float64(first(b.authors[class][id])-first(a.authors[class][id])))
		received = append(received, float64(first(thankedAfter[id])-first(thankedBefore[id])))
	}
	c := Change{People: len(wanted)}
	if c.People < measure.Privacy {
		c.State = stats.Insufficient
		return c
	}
	c.Wanted, c.Received = stats.PermutePaired(wanted, seed), stats.PermutePaired(received, seed)
	return c
}

func thankedIn(r *measure.Reading) map[data.AuthorID]bool {
	out := make(map[data.AuthorID]bool)
	for _, t := range Thanks(r) {
		out[t.To] = true
	}
	return out
}

// Define moves a detected entry on: in words of one's own, resting on at least three quotes.
func (e Entry) Define(wording, note string, at time.Time) (Entry, error) {
	switch {
	case len(e.Quotes) < quotesToDefine:
		return e, fmt.Errorf("%s rests on %d quotes, %d are needed", e.ID, len(e.Quotes), quotesToDefine)
	case wording == "":
		return e, fmt.Errorf("%s has no wording", e.ID)
	case e.Provenance == "copied":
		return e, fmt.Errorf("%s is copied; soft KPIs are defined case by case, from people's own words", e.ID)
	}
	next, err := e.step(Detected, Defined, note, at)
	if err == nil {
		next.Wording = wording
	}
	return next, err
}

// Target moves a defined entry on: the note says what will be done.
func (e Entry) Target(note string, at time.Time) (Entry, error) {
	return e.step(Defined, Targeted, note, at)
}

// Convert closes a targeted entry, where change shows that the need was met.
func (e Entry) Convert(change Change, note string, at time.Time) (Entry, error) {
	if !change.Converts(e.Class) {
		return e, fmt.Errorf("%s cannot be converted: no measured change before and after among the same %d people", e.ID, change.People)
	}
	return e.step(Targeted, Converted, note, at)
}

// Drop closes an entry that is still open.
func (e Entry) Drop(note string, at time.Time) (Entry, error) {
	if e.Stage == Converted || e.Stage == Dropped {
		return e, fmt.Errorf("drop soft KPI %s: it is %s already", e.ID, e.Stage)
	}
	return e.step(e.Stage, Dropped, note, at)
}

func (e Entry) step(from, to Stage, note string, at time.Time) (Entry, error) {
	switch {
	case e.Stage != from:
		return e, fmt.Errorf("move soft KPI %s to %s: it is %s, not %s", e.ID, to, e.Stage, from)
	case note == "":
		return e, fmt.Errorf("move soft KPI %s to %s: %w", e.ID, to, errNote)
	}
	e.Stage = to
	e.Steps = append(e.Steps[:len(e.Steps):len(e.Steps)], Step{to, at, note})
	return e, nil
}

var errNote = errors.New("every step needs a note")

// Lint returns what is wrong with an entry, given the other ones: one that is copied, in so many
// words or by its wording, from another subject.
func Lint(e Entry, others []Entry) []string {
	var out []string
	if e.Provenance == "copied" {
		out = append(out, "copied: soft KPIs are defined case by case")
	}
	for _, o := range others {
		if o.ID != e.ID && o.Subject != e.Subject && o.Wording != "" && o.Wording == e.Wording {
			out = append(out, fmt.Sprintf("same wording as %s of %s: soft KPIs are defined case by case", o.ID, o.Subject))
		}
	}
	return out
}

// ConversionRate returns converted / (converted + targeted + dropped) among the entries that came
// to one of these stages within span and stand there at its end.
func ConversionRate(entries []Entry, span data.Window) (rate float64, of int, state stats.State) {
	converted := 0
	for _, e := range entries {
		switch e.in(span) {
		case Converted:
			converted++
			of++
		case Targeted, Dropped:
			of++
		}
	}
	if of == 0 {
		return 0, 0, stats.Undefined
	}
	return float64(converted) / float64(of), of, stats.Known
}

// in returns the last stage an entry came to within span.
func (e Entry) in(span data.Window) (last Stage) {
	for _, s := range e.Steps {
		if span.Contains(s.At) {
			last = s.To
		}
	}
	return last
}

// A Signal is when a motive was first heard in a tribe.
type Signal struct {
	Tribe     data.TribeID
	Motive    signs.Sign
	FirstSeen time.Time
	Authors   int // who showed it in the week of FirstSeen
}

// Log returns known with the signals of r that are not in it, by tribe and motive. A signal is
// logged once measure.Privacy people of the tribe showed it.
func Log(r *measure.Reading, known []Signal) []Signal {
	out := append([]Signal(nil), known...)
	all := everything(r)
	for _, t := range r.Tribes {
		for _, s := range signs.Motives() {
			if logged(known, t.ID, s) {
				continue
			}
			if x, ok := firstSeen(r, all, t.ID, s); ok {
				out = append(out, x)
			}
		}
	}
	return out
}

func everything(r *measure.Reading) []mark {
	var out []mark
	for _, p := range r.Posts {
		if m := markOf(r, p); !m.role && !r.Makers[p.Author] {
			out = append(out, m)
		}
	}
	return out
}

func logged(known []Signal, tribe data.TribeID, motive signs.Sign) bool {
	for _, s := range known {
		if s.Tribe == tribe && s.Motive == motive {
			return true
		}
	}
	return false
}

func firstSeen(r *measure.Reading, all []mark, tribe data.TribeID, motive signs.Sign) (Signal, bool) {
	s := Signal{Tribe: tribe, Motive: motive}
	people := make(map[data.AuthorID]bool)
	for _, m := range all {
		if r.Home[m.post.Author] != tribe || !has(m, motive) {
			continue
		}
		if s.FirstSeen.IsZero() {
			s.FirstSeen = m.post.CreatedAt
		}
		people[m.post.Author] = true
		if m.post.CreatedAt.Sub(s.FirstSeen) < measure.Week {
			s.Authors = len(people)
		}
	}
	return s, len(people) >= measure.Privacy
}

func has(m mark, motive signs.Sign) bool {
	for _, s := range m.motives {
		if s == motive {
			return true
		}
	}
	return false
}

// LeadTime returns the weeks from when a signal was first seen to when its soft KPI was defined.
func LeadTime(s Signal, e Entry) (weeks float64, ok bool) {
	for _, step := range e.Steps {
		if step.To == Defined {
			return step.At.Sub(s.FirstSeen).Hours() / measure.Week.Hours(), true
		}
	}
	return 0, false
}
