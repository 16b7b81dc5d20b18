package cpi

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/stats"
)

// An Outcome is something people want of the experience of one thing, with what the two tests say.
type Outcome struct {
	Key
	Called     map[data.Lang]string // the thing, in the word most of its people use; a need's own name where no side is named
	Status     Status
	Authors    int // distinct people who state it in the window
	Posts      measure.Evidence
	Langs      []data.Lang // it was said in
	Tribes     []TribeCount
	Important  stats.Share // of the authors, who say that it matters
	Test1      bool        // Authors and Important.Low reach their thresholds
	Increments []IncrementCount
	WithStep   int       // authors who state an increment
	Increment  Increment // the one most authors state; the facet's own where none does
	Test2      bool
	Expected   Expectation
	Served     Served
	Quotes     []measure.Quote // at most 5, of different authors, the most telling first
	Limits     []measure.Quote // of each language the words that state a limit nearest to what is expected
	Why        string          // why it has its status, in one line
}

// A TribeCount is how many people of a tribe state an outcome.
type TribeCount struct {
	Tribe  data.TribeID // empty: people in no tribe
	People int
}

// An IncrementCount is how many authors state an increment.
type IncrementCount struct {
	Increment Increment
	Authors   int
}

// Served counts the authors who say they have the outcome and those who say they lack it.
type Served struct {
	Have, Lack int
	Share      stats.Share // Have of both
}

// Mine returns the outcomes of the window: qualified ones first, then those of enough people, each
// by how many say in which steps, then by people and by key; those whose side is named come before
// the others. Outcomes that fewer than three people state are left out.
//
// Test 1: at least Params.Authors distinct authors state it, and the Wilson lower bound of the
// share of them who say that it matters (in those words, with urgency, or in two posts of the
// window) is at least Params.Importance. Test 2: at least Params.IncrementShare of them state an increment, with a unit
// or by comparison, and one kind holds at least Params.DominantShare of those. Both: QUALIFIED;
// the first only: it needs an increment, to be found by asking people; else a CANDIDATE.
func Mine(r *measure.Reading, params Params) []Outcome {
	p := params.filled()
	groups := mentions(r, p, r.Window)
	var out []Outcome
	for _, k := range sortedKeys(groups) {
		o := outcome(r, p, k, groups[k])
		if o.Authors >= 3 {
			out = append(out, o)
		}
	}
	slices.SortStableFunc(out, func(a, b Outcome) int {
		return cmp.Or(rank(p, a)-rank(p, b), b.WithStep-a.WithStep, bare(a)-bare(b), b.Authors-a.Authors)
	})
	return out
}

// bare is 1 for a thing whose side nobody names.
func bare(o Outcome) int {
	if o.Facet == "" {
		return 1
	}
	return 0
}

// rank is 0 for a qualified outcome, 1 for one that enough people state, 2 for the others.
func rank(p Params, o Outcome) int {
	switch {
	case o.Status == Qualified:
		return 0
	case o.Authors >= p.Authors:
		return 1
	}
	return 2
}

// An author's part in one outcome.
type part struct {
	posts      int
	matters    bool
	increments []Increment
	have, lack bool
}

func outcome(r *measure.Reading, p Params, k Key, ms []mention) Outcome {
	o := Outcome{Key: k}
	parts := make(map[data.AuthorID]*part)
	var order []data.AuthorID
	tribes := make(map[data.TribeID]int)
	for _, m := range ms {
		a := parts[m.row.Author]
		if a == nil {
			a = &part{}
			parts[m.row.Author] = a
			order = append(order, m.row.Author)
			tribes[r.Home[m.row.Author]]++
		}
		before := len(o.Posts)
		o.Posts = o.Posts.Add(m.row.ID)
		a.matters = a.matters || m.matters
		if len(o.Posts) > before {
			a.posts++
			a.matters = a.matters || a.posts > 1
		}
		a.have, a.lack = a.have || m.direction > 0, a.lack || m.direction < 0
		for _, i := range m.increments {
			if !slices.Contains(a.increments, i) {
				a.increments = append(a.increments, i)
			}
		}
		if !slices.Contains(o.Langs, m.row.Need.Lang) {
			o.Langs = append(o.Langs, m.row.Need.Lang)
		}
	}
	slices.Sort(o.Langs)
	o.Authors, o.Tribes = len(order), tribeCounts(tribes)
	o.weigh(p, order, parts)
	o.Expected, o.Called = expected(p, o.Increment, ms), called(ms)
	o.Quotes, o.Limits = quotes(ms), limits(ms, o.Expected)
	return o
}

func tribeCounts(count map[data.TribeID]int) []TribeCount {
	out := make([]TribeCount, 0, len(count))
	for id, n := range count {
		out = append(out, TribeCount{id, n})
	}
	slices.SortFunc(out, func(a, b TribeCount) int { return cmp.Or(b.People-a.People, cmp.Compare(a.Tribe, b.Tribe)) })
	return out
}

// weigh puts the outcome to both tests.
func (o *Outcome) weigh(p Params, order []data.AuthorID, parts map[data.AuthorID]*part) {
	important := 0
	count := make(map[Increment]int)
	for _, id := range order {
		a := parts[id]
		if a.matters {
			important++
		}
		if len(a.increments) > 0 {
			o.WithStep++
		}
		for _, i := range a.increments {
			count[i]++
		}
		switch {
		case a.have && !a.lack:
			o.Served.Have++
		case a.lack:
			o.Served.Lack++
		}
	}
	o.Served.Share = stats.ShareOf(o.Served.Have, o.Served.Have+o.Served.Lack)
	o.Important = stats.ShareAt(important, o.Authors, p.Authors)
	for _, i := range Increments() {
		if count[i] > 0 {
			o.Increments = append(o.Increments, IncrementCount{i, count[i]})
		}
	}
	slices.SortStableFunc(o.Increments, func(a, b IncrementCount) int { return b.Authors - a.Authors })
	o.judge(p)
}

// judge sets the status and says why.
func (o *Outcome) judge(p Params) {
	o.Increment = IncrementOf(o.Facet)
	most := 0
	if len(o.Increments) > 0 {
		o.Increment, most = o.Increments[0].Increment, o.Increments[0].Authors
	}
	o.Test1 = o.Authors >= p.Authors && o.Important.Low >= p.Importance
	o.Test2 = o.WithStep > 0 && float64(o.WithStep) >= p.IncrementShare*float64(o.Authors) && float64(most) >= p.DominantShare*float64(o.WithStep)
	switch {
	case o.Test1 && o.Test2:
		o.Status, o.Why = Qualified, "people say that it matters, and in which steps"
	case o.Test1:
		o.Status, o.Why = NeedsIncrement, "people say that it matters, but not in steps: send to contextual inquiry"
	case o.Authors < p.Authors:
		o.Status, o.Why = Candidate, stats.Insufficient.Told(o.Authors)
	default:
		o.Status, o.Why = Candidate, "too few say that it matters: "+o.Important.String()
	}
}

// expected sums up the limits that authors state in increment i, one per author: their median.
func expected(p Params, i Increment, ms []mention) Expectation {
	unit := ""
	if i == Money {
		unit = mostUsed(ms, i, limitsOf)
	}
	e := Expectation{Summary: stats.Summarise(perAuthor(ms, i, unit, limitsOf), p.Expectations), Kind: i, Unit: unit}
	if i == Time {
		e.Unit = "seconds"
	}
	return e
}

// called returns what the thing is called in each language, by its people.
func called(ms []mention) map[data.Lang]string {
	saying := map[data.Lang]crowd[data.AuthorID]{}
	for _, m := range ms {
		if m.thing == "" {
			continue
		}
		if saying[m.row.Need.Lang] == nil {
			saying[m.row.Need.Lang] = crowd[data.AuthorID]{}
		}
		saying[m.row.Need.Lang].add(m.thing, m.row.Author)
	}
	out := make(map[data.Lang]string, len(saying))
	for lang, words := range saying {
		out[lang] = slices.MinFunc(slices.Collect(maps.Keys(words)), func(a, b string) int {
			return cmp.Or(len(words[b])-len(words[a]), strings.Compare(a, b))
		})
	}
	return out
}

// Name returns what the thing is called in lang, else in the first language it was said in.
func (o Outcome) Name(lang data.Lang) string {
	if name := o.Called[lang]; name != "" {
		return name
	}
	for _, l := range o.Langs {
		if name := o.Called[l]; name != "" {
			return name
		}
	}
	return o.Topic
}

// Label returns the outcome as people read it: "Speed/delivery", and for a need without a side what
// it is called, "spotted leaves".
func (o Outcome) Label(lang data.Lang) string {
	if o.Facet != "" {
		return o.String()
	}
	return o.Name(lang)
}

// Find returns the outcome of that key, or else the one that people read under that name in any language,
// or alone under what a list has shortened to it with an ellipsis.
func Find(all []Outcome, name string) (Outcome, bool) {
	if i := slices.IndexFunc(all, func(o Outcome) bool { return o.String() == name }); i >= 0 {
		return all[i], true
	}
	for _, o := range all {
		for _, called := range o.Called {
			if o.Facet == "" && strings.EqualFold(called, strings.TrimPrefix(name, "Any/")) {
				return o, true
			}
		}
	}
	var found []Outcome
	for _, o := range all {
		if o.Facet == "" && (o.String() == "Any/"+name || o.shortened(name)) {
			found = append(found, o)
		}
	}
	if len(found) != 1 {
		return Outcome{}, false
	}
	return found[0], true
}

// shortened reports whether name is what o is called in some language, cut off with an ellipsis.
func (o Outcome) shortened(name string) bool {
	start, short := strings.CutSuffix(name, "…")
	for _, called := range o.Called {
		if short && start != "" && strings.HasPrefix(called, start) {
			return true
		}
	}
	return false
}
