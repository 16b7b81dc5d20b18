package reports

import (
	"slices"
	"strconv"
	"strings"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/stats"
)

// A servedView is the section that says how well people are served.
type servedView struct {
	Title      []span
	Intro      []span
	Key        bool // some row is drawn
	Good       bool // some row has what people call good enough
	Moves      bool // of some row it is told what it may move
	Rows       []serviceView
	Short      []span // what there is too little of to say
	Candidates []outcomeView
	Actions    []actionView // what is worth working on, most first
	More       [][]span     // makers, complaints, mood
	Makers     bool         // some are known
	Notes      [][]span
}

// A serviceView is one figure of this week on its strip: an outcome, or what threads show whatever
// the outcome.
type serviceView struct {
	outcomeView
	Strip *stripView
	Scale []span // what the strip shows, in words
	Word  string // better, worse or as usual
	Class string
	Few   string    // in place of a strip
	Of    []badge   // tribes that ask for it most
	Moves []span    // the motive that it may move
	Told  *evidence // what people tell they got or paid this week
}

// An actionView is an outcome worth working on, with the words behind it.
type actionView struct {
	Told     []span
	Evidence *evidence
}

// An outcomeView is something people want.
type outcomeView struct {
	ID       string
	Topic    string
	Href     string // of the need that it is the measure of
	Title    string // in somebody's own words
	Lang     string // of Title
	What     string // how many people, and in which steps
	Status   string
	Evidence *evidence
}

const (
	toldOutcomes   = 8
	toldCandidates = 5
	askingTribes   = 5
	candidateFrom  = 5 // people who state a candidate worth telling
	candidateCares = 3 // of them who say that it matters, where it is no need of its own
)

func outcomeID(i int) string { return "outcome-" + strconv.Itoa(i+1) }

// served tells how well people are served.
func (b *builder) served() *servedView {
	v := &servedView{}
	if row, ok := b.paceRow(); ok {
		v.Rows = append(v.Rows, row)
	}
	if b.Measures == nil {
		if len(v.Rows) == 0 {
			return nil
		}
		v.Title = b.servedTitle()
		v.keys()
		return v
	}
	v.Title = b.servedTitle()
	var short []string
	b.outcomes(v, &short)
	v.Intro = append(v.Intro, b.draw("draw")...)
	short, v.Makers = b.threads(v, short), b.Measures.Makers != nil
	for _, part := range [...]func(*[]string) [][]span{b.makers, b.together} {
		v.More = append(v.More, part(&short)...)
	}
	if len(short) > 0 {
		v.Short = b.rich("served.short", "list", b.join(short))
	}
	v.More = append(v.More, b.mood()...)
	v.Actions, v.Notes = b.actions(), b.servedNotes()
	if v.Moves {
		v.Notes = append([][]span{b.rich("served.moves.note")}, v.Notes...)
	}
	v.keys()
	return v
}

// keys says which marks the rows need explained.
func (v *servedView) keys() {
	for _, r := range v.Rows {
		v.Key = v.Key || r.Strip != nil
		v.Good = v.Good || r.Strip != nil && r.Strip.Field > 0
	}
}

// outcomes tells the outcomes that people say matter; of those nobody told of this week and usually
// it only names what is known too little of.
func (b *builder) outcomes(v *servedView, short *[]string) {
	m := b.Measures
	told, qualified := 0, false
	for i, o := range m.Outcomes {
		qualified = qualified || o.Status == cpi.Qualified
		switch {
		case o.Status == cpi.Qualified && told < toldOutcomes && !b.hasFigure(i):
			if weighed(o) {
				*short = append(*short, b.text("served.lacking", "name", b.outcomeName(o), "n", 0))
				told++
			}
		case o.Status == cpi.Qualified && told < toldOutcomes:
			row := serviceView{outcomeView: b.outcome(i, o)}
			b.perform(&row, m.Served[i], b.text("served.n", "n", m.Served[i].This().N), m.Served[i].Currency)
			b.expected(&row, o, m.Served[i].This().N)
			row.Of = b.asking(o)
			b.inWords(&row, o)
			row.Told, row.Moves = b.got(row, m.Served[i]), b.moved(o)
			v.Moves = v.Moves || row.Moves != nil
			v.Rows, told = append(v.Rows, row), told+1
		case o.Status != cpi.Qualified && len(v.Candidates) < toldCandidates && b.promising(o):
			v.Candidates = append(v.Candidates, b.outcome(i, o))
		}
	}
	switch {
	case qualified:
		v.Intro = b.rich("served.intro")
	case len(m.Outcomes) == 0:
		v.Intro = b.rich("served.nothing", "n", m.People)
	default:
		v.Intro = b.rich("served.none", "n", len(m.Outcomes), "people", b.number(m.People))
	}
}

// promising reports whether an outcome that passes no test yet is worth telling: the measure of a told need, or what its
// people weigh, and somebody speaks of it of late. One that more people state than any need is of several needs, and measures none.
func (b *builder) promising(o cpi.Outcome) bool {
	switch {
	case o.Facet == "" || o.Authors < candidateFrom:
		return false
	case b.needOf(o) >= 0:
		return !b.Figures.Needs[b.needOf(o)].Stale
	case !b.long && b.old(o.Posts):
		return false
	case len(b.Figures.Needs) > 0 && o.Authors > b.Figures.Needs[0].People:
		return false
	}
	return weighed(o)
}

// old reports whether none of posts is of the last two weeks.
func (b *builder) old(posts measure.Evidence) bool {
	all := b.Story.Activity
	for i := len(all) - 1; i >= 0; i-- {
		if slices.Contains(posts, all[i].ID) {
			return b.Story.AsOf.Sub(all[i].CreatedAt) > freshFor
		}
	}
	return false
}

// weighed reports whether half of the people who state an outcome say that it matters, as several must, or in which steps
// they want it. What most only mention beside a fault is no outcome that they want.
func weighed(o cpi.Outcome) bool {
	return o.Important.K >= candidateCares && 2*max(o.Important.K, o.WithStep) >= o.Authors
}

// asking returns the tribes in which most people state an outcome.
func (b *builder) asking(o cpi.Outcome) (out []badge) {
	for _, t := range o.Tribes {
		if tribe := b.badgeOf(t.Tribe); tribe.Colour >= 0 && t.People > 1 && len(out) < askingTribes {
			out = append(out, tribe)
		}
	}
	return out
}

// threads tells what threads show whatever the outcome. How long a first reply takes is told by the
// pace of new conversations, where that is known: never by two counts.
func (b *builder) threads(v *servedView, short []string) []string {
	paced := len(v.Rows) > 0 && v.Rows[0].ID == "pace"
	for _, p := range b.Measures.Threads {
		if p.Unit == cpi.SecondsToHelp && paced {
			continue
		}
		this := p.This()
		if this.State != stats.Known || p.Usual.State != stats.Known && this.Value == 0 { // which says nothing with nothing beside it
			key := "served.lacking"
			if p.Unit == cpi.SecondsToHelp {
				key = "served.lacking.week" // elsewhere all requests of the window are told
			}
			short = append(short, b.text(key, "name", b.text("lacking."+p.Name), "n", this.N))
			continue
		}
		row := serviceView{outcomeView: outcomeView{ID: "service-" + p.Name, Topic: b.text("service." + p.Name), What: b.text("unit." + string(p.Unit))}}
		b.perform(&row, p, b.text("served.requests", "n", this.N), "")
		row.Scale = linked(row.Scale, b.cite(row.ID, []span{{Text: row.Topic}}, this.Evidence, this.N))
		v.Rows = append(v.Rows, row)
	}
	return short
}

func verdictKey(v cpi.Verdict) string { return strings.ReplaceAll(string(v), " ", ".") }

func (b *builder) outcome(i int, o cpi.Outcome) outcomeView {
	v := outcomeView{ID: outcomeID(i), Topic: upper(b.outcomeName(o)), What: b.text("served.people", "n", o.Authors)}
	need := b.needOf(o)
	switch {
	case need >= 0:
		v.Href = "#" + needID(need)
		_, more := b.beyondNeed(o, b.Figures.Needs[need])
		v.What = b.sameAs(b.Figures.Needs[need], more)
	case len(b.Figures.Needs) > 0 && o.Authors > b.Figures.Needs[0].People:
		v.What += b.text("served.several")
	}
	if o.Test2 && o.Increment != cpi.Other {
		v.What += " · " + b.text("increment."+string(o.Increment))
	}
	if o.Status != cpi.Qualified {
		v.Status = b.candidateReason(o)
	}
	if o.Status == cpi.Candidate && o.Important.State != stats.Known {
		v.What, v.Status = v.Status, ""
	}
	if b.Options.Anonymise || len(o.Quotes) == 0 {
		return v
	}
	if v.Evidence = b.quoted(v.ID+"-posts", o, need); need >= 0 {
		return v
	}
	q := o.Quotes[max(0, slices.IndexFunc(o.Quotes, func(q measure.Quote) bool { return q.Lang == b.lang }))]
	v.Title, v.Lang = cut(clean(q.Text), 150), langTag(q.Lang)
	return v
}

// sameAs says how many voice a need, and how many more say that it matters or how much of it they want
// in words that were not counted for it.
func (b *builder) sameAs(n figures.Need, more int) string {
	told := b.text("served.same", "n", n.People) + b.lately(n)
	if more == 0 {
		return told
	}
	return told + b.text("served.same.more", "n", more)
}

func (b *builder) candidateReason(o cpi.Outcome) string {
	switch {
	case o.Status == cpi.NeedsIncrement:
		return b.text("candidate.increment")
	case o.Important.State != stats.Known:
		return b.text("candidate.few", "n", o.Authors)
	}
	return b.text("candidate.importance", "n", o.Important.K, "of", o.Important.N)
}

// quoted shows what people say of an outcome: of one that is the measure of a need, what does not stand
// there; nothing where all of it does.
func (b *builder) quoted(id string, o cpi.Outcome, need int) *evidence {
	posts, people, key := []data.PostID(o.Posts), o.Authors, "evidence.outcome"
	var shown []figures.Quote
	if need >= 0 {
		var more map[data.PostID]bool
		more, people = b.beyondNeed(o, b.Figures.Needs[need])
		key = "evidence.outcome.more"
		posts = slices.DeleteFunc(slices.Clone(posts), func(id data.PostID) bool { return !more[id] })
		shown = b.saidIn(posts)
	} else {
		for _, q := range o.Quotes {
			shown = append(shown, b.quoteFrom(q))
		}
	}
	label := b.rich(key, "n", len(posts), "people", b.text("people", "n", people))
	e := b.evidence(id, []span{{Text: b.outcomeName(o), Collected: true}}, label, shown, quotesEach, quotedFirst(shown, posts))
	e.reads(b)
	return e
}

// saidIn returns what the needs in posts say, one of each post.
func (b *builder) saidIn(posts []data.PostID) []figures.Quote {
	var out []figures.Quote
	for i := range b.Story.Needs {
		n := &b.Story.Needs[i]
		if n.Quote != "" && slices.Contains(posts, n.ID) && !slices.ContainsFunc(out, func(q figures.Quote) bool { return q.Post.ID == n.ID }) {
			out = append(out, figures.Quote{Text: n.Quote, Lang: n.Need.Lang, Answered: true, Post: n.PostMeta})
		}
	}
	return out
}
