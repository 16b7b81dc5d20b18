package tribes

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"tribu/data"
)

const (
	sameAtJaccard = 0.3 // from which two tribes of consecutive runs are linked
	sameAtShare   = 0.5 // or from this share of the smaller one
	leastShared   = 2   // people
	leavingAt     = 0.2 // from this share of a tribe that goes on, those who left it are a part of it
	grownAt       = 1.2 // After/Before from which a tribe grew; its inverse, shrank

	dormancy = (21*24 + 12) * time.Hour // three weeks, and what clocks shift: a tribe that is not found sleeps for so long, then it has died
)

// A priorRun is the run before as lineage and warm start need it.
type priorRun struct {
	tribes []data.Tribe                  // of the run before, then those asleep, then those born in the run that is replaced
	sets   []map[data.AuthorID]bool      // whose first tribe each is
	whole  []map[data.AuthorID]bool      // everybody in each
	seen   []time.Time                   // as-of of the run that saw each last
	awake  int                           // tribes that are of the run before
	twins  int                           // tribes that are of the run that is replaced
	rows   map[data.AuthorID]data.Member // first of each author
	placed int                           // authors in a group
	asOf   time.Time                     // of the run at hand
	rests  map[string]int                // letters of tribes that are no more, and how many runs ago they were
}

func priorOf(in Input) *priorRun {
	if in.Parent == nil && in.Replaced == nil {
		return nil
	}
	p := &priorRun{rows: make(map[data.AuthorID]data.Member), asOf: in.Window.To}
	if in.Parent != nil {
		p.goOn(in)
	}
	if in.Replaced != nil {
		p.takePlace(*in.Replaced)
	}
	return p
}

// goOn remembers the run before, and the tribes asleep.
func (p *priorRun) goOn(in Input) {
	p.rests = in.Parent.Worn
	for _, t := range in.Parent.Tribes {
		p.remember(*in.Parent, t)
	}
	p.awake = len(p.tribes)
	for _, l := range in.Parent.Lineage {
		if l.Event == data.Dormant {
			p.recall(in.Earlier, l.From)
		}
	}
	for _, m := range in.Parent.Members {
		if m.Rank > 0 {
			continue
		}
		p.rows[m.Author] = m
		if m.Placed >= 0 {
			p.placed++
		}
	}
}

// takePlace remembers the tribes of r, a run of the same week, that the runs before do not have.
func (p *priorRun) takePlace(r data.RunRecord) {
	for _, t := range r.Tribes {
		if !slices.ContainsFunc(p.tribes, func(o data.Tribe) bool { return o.ID == t.ID }) {
			p.remember(r, t)
			p.twins++
		}
	}
}

// known counts the tribes that are of the run before, or asleep.
func (p *priorRun) known() int { return len(p.tribes) - p.twins }

// recall remembers a tribe asleep as the newest of the earlier runs saw it.
func (p *priorRun) recall(earlier []data.RunRecord, id data.TribeID) {
	for _, r := range earlier {
		for _, t := range r.Tribes {
			if t.ID == id {
				p.remember(r, t)
				return
			}
		}
	}
}

func (p *priorRun) remember(r data.RunRecord, t data.Tribe) {
	set, whole := make(map[data.AuthorID]bool), make(map[data.AuthorID]bool)
	for _, m := range r.Members {
		if m.Tribe == t.ID {
			whole[m.Author] = true
			if m.Rank == 0 {
				set[m.Author] = true
			}
		}
	}
	p.tribes, p.sets, p.whole, p.seen = append(p.tribes, t), append(p.sets, set), append(p.whole, whole), append(p.seen, r.AsOf)
}

func (p *priorRun) isNew(id data.AuthorID) bool {
	if p == nil || len(p.rows) == 0 {
		return false
	}
	row, known := p.rows[id]
	return !known || row.Placed < 0
}

// A link says that tribe from of the run before and tribe to of this one are the first of the same people.
type link struct {
	from, to, shared int
	jaccard, share   float64 // share of from that went to to
}

// lineage matches tribes with those of the run before by sets, those whose first tribe each is; gives
// each its permanent ID, letter, birth and parents, and tells what became of whom, of everybody in whole: by
// from, then to; births last. A tribe that goes on is never said to split into itself or to merge with
// itself. A tribe born in the run that is replaced is itself, and still born.
func lineage(run string, prior *priorRun, tribes []data.Tribe, sets, whole []map[data.AuthorID]bool) []data.Lineage {
	if prior == nil {
		prior = &priorRun{}
	}
	links := prior.linked(sets)
	heirOf := heirsOf(links, sets, len(prior.tribes), prior.known())
	links = slices.DeleteFunc(links, func(l link) bool {
		goesOn := heirOf[l.from] != nowhere && heirOf[l.from] != l.to
		return goesOn && l.share < leavingAt
	})
	prior.letterAll(tribes, heirOf)
	sources := make([]int, len(tribes))
	for _, l := range links {
		if l.from < prior.known() {
			sources[l.to]++
		}
	}
	for to := range tribes {
		tribes[to].Born, tribes[to].ID = run, newTribeID(run, tribes[to].Letter)
		for _, l := range links {
			if l.to != to {
				continue
			}
			from := prior.tribes[l.from]
			if heirOf[l.from] == to {
				tribes[to].ID, tribes[to].Born = from.ID, from.Born
			}
			if l.from < prior.known() && (sources[to] > 1 || heirOf[l.from] != to) {
				tribes[to].Parents = append(tribes[to].Parents, from.ID)
			}
		}
	}
	return steps(run, tribes, whole, prior, links, heirOf)
}

func steps(run string, tribes []data.Tribe, whole []map[data.AuthorID]bool, prior *priorRun, links []link, heirOf []int) []data.Lineage {
	var out []data.Lineage
	came := make([]bool, len(tribes))
	for from, tribe := range prior.tribes[:prior.known()] {
		gone, before := true, len(prior.whole[from])
		for _, l := range links {
			if l.from == from {
				shared, after := both(prior.whole[from], whole[l.to]), len(whole[l.to])
				step := data.Lineage{Run: run, From: tribe.ID, To: tribes[l.to].ID, Shared: shared, Before: before, After: after, Jaccard: rounded(float64(shared) / float64(before+after-shared))}
				step.Event = eventOf(step, heirOf[from] != nowhere)
				out = append(out, step)
				gone, came[l.to] = false, true
			}
		}
		if gone {
			step := data.Lineage{Run: run, Event: data.Dormant, From: tribe.ID, Before: before}
			if prior.asOf.Sub(prior.seen[from]) > dormancy {
				step.Event = data.Died
			}
			out = append(out, step)
		}
	}
	for to := range tribes {
		if !came[to] {
			out = append(out, data.Lineage{Run: run, Event: data.Born, To: tribes[to].ID, After: len(whole[to])})
		}
	}
	return out
}

// eventOf says what a step is, where the tribe it comes from goes on or not.
func eventOf(s data.Lineage, goesOn bool) data.LineageEvent {
	switch {
	case s.From != s.To && goesOn:
		return data.Split
	case s.From != s.To:
		return data.Merge
	case float64(s.After) >= grownAt*float64(s.Before):
		return data.Grow
	case float64(s.Before) >= grownAt*float64(s.After):
		return data.Shrink
	}
	return data.Continue
}

// linked returns the pairs of tribes that share enough people, by from, then to. A tribe asleep
// wakes in one that would else be born: what carries on another's life is not its own. Of the same
// week, a tribe is itself though it split off another.
func (p *priorRun) linked(sets []map[data.AuthorID]bool) []link {
	links := linked(p.sets, sets)
	carries := make(map[int]bool)
	for _, l := range links {
		carries[l.to] = carries[l.to] || l.from < p.awake
	}
	return slices.DeleteFunc(links, func(l link) bool { return l.from >= p.awake && l.from < p.known() && carries[l.to] })
}

// linked returns the pairs of sets that share enough people, by from, then to.
func linked(before, after []map[data.AuthorID]bool) []link {
	var links []link
	for from, a := range before {
		for to, b := range after {
			shared := both(a, b)
			if shared < leastShared {
				continue
			}
			l := link{from: from, to: to, shared: shared, share: float64(shared) / float64(len(a))}
			l.jaccard = float64(shared) / float64(len(a)+len(b)-shared)
			if l.jaccard >= sameAtJaccard || float64(shared) >= sameAtShare*float64(min(len(a), len(b))) {
				links = append(links, l)
			}
		}
	}
	return links
}

// both counts who is in a and in b.
func both(a, b map[data.AuthorID]bool) int {
	n := 0
	for id := range a {
		if b[id] {
			n++
		}
	}
	return n
}

// heirsOf returns which of the tribes after carries on each earlier one's ID, −1 where none does: pairs
// with the largest shared part choose first, a tribe carries on one only, and none of which most came
// from another; but from known on, earlier ones are of the same week, and what most came from another had then.
func heirsOf(links []link, after []map[data.AuthorID]bool, before, known int) []int {
	heir := make([]int, before)
	for i := range heir {
		heir[i] = nowhere
	}
	order := slices.Clone(links)
	slices.SortStableFunc(order, func(a, b link) int {
		return cmp.Or(cmp.Compare(b.shared, a.shared), cmp.Compare(b.jaccard, a.jaccard))
	})
	taken, stranger := make(map[int]bool), make(map[int]bool)
	for _, l := range order {
		if heir[l.from] == nowhere && !taken[l.to] && (l.from >= known || !stranger[l.to]) {
			heir[l.from], taken[l.to] = l.to, true
		}
		stranger[l.to] = stranger[l.to] || 2*l.shared > len(after[l.to])
	}
	return heir
}

func newTribeID(run, letter string) data.TribeID {
	sum := sha256.Sum256([]byte(run + "\x00" + letter))
	return data.TribeID("t" + hex.EncodeToString(sum[:3]))
}
