// Package soft measures what people want beyond the answer: to be recognised by their peers, to be
// first, to see their own image in a firm's, to hear somebody say it for them, to dream, to belong.
//
// These motives are intimate. They are told of tribes, never of a person who did not agree, and
// only where at least measure.Privacy people show them; quotes come without name and address. What
// else moves people has no cues that hold on real talk: it is not counted.
//
// Against the hard figures, which are the ground, a motive is a figure only where a tribe shows it
// distinctly more than everybody else.
package soft

import (
	"cmp"
	"slices"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/stats"
)

// Withheld is the state of a label that fewer than measure.Privacy people show.
const Withheld stats.State = "withheld: too few people"

// GoodEnough is the precision on labelled posts from which a label is shown as one; below it is a
// hypothesis.
const GoodEnough = 0.80

// Params says how sure the labels are. The zero value makes every label a hypothesis.
type Params struct {
	Precision map[signs.Sign]float64 // of each motive as needs record it, on labelled posts
	Consent   map[data.AuthorID]bool // persons who agreed to be looked at
}

// A Label is one motive in one tribe.
type Label struct {
	Motive     signs.Sign
	State      stats.State // Withheld, Insufficient, or Known
	Authors    int         // who show it; 0 where withheld
	Confirmed  int         // of them, those of whom the record of a need says so too
	Some       bool        // where withheld: somebody shows it
	Rate       stats.Share // of the tribe's active people
	Elsewhere  stats.Share // of everybody else who wrote; withheld where fewer than measure.Privacy of them show it
	Z          float64     // how much more than everybody else
	Figure     bool        // Z ≥ 1.96
	Hypothesis bool        // its precision is unknown or below GoodEnough, or fewer than measure.Privacy are confirmed
	Precision  float64
	Spread     float64          // 1 − HHI over the places it shows in
	Quotes     []measure.Quote  // at most 3, of different people, without name and address
	Evidence   measure.Evidence // for checking; not to be printed or linked, it leads to people
}

// A Panel is what moves one tribe.
type Panel struct {
	Tribe       data.TribeID
	Active      int         // people with a post in the window
	Labels      []Label     // figures first, by Z; then the others in the order of signs.Motives
	Soft        stats.Share // of the tribe's posts, in which a person, not a role, shows a motive
	Recognition Recognition
	Told        string // "no soft signal found (n=…)" where there is none to show
}

// A mark is what one post shows.
type mark struct {
	post    data.PostMeta
	motives []signs.Sign
	also    []signs.Sign // of motives, those that a need of the post records too
	role    bool
}

// marks reads the posts of the window by authors who speak for no company.
func marks(r *measure.Reading) []mark {
	var out []mark
	for _, p := range r.Posts {
		if r.Window.Contains(p.CreatedAt) && !r.Makers[p.Author] {
			out = append(out, markOf(r, p))
		}
	}
	return out
}

// markOf reads the motives of a post: those its sentences show of their author, and those that what they
// want or feel records.
func markOf(r *measure.Reading, p data.PostMeta) mark {
	m := mark{post: p}
	said := r.Signs(p.ID)
	m.role = said.Has(signs.Company, signs.Role)
	needs := r.NeedsOf(p.ID)
	for _, motive := range signs.Motives() {
		also := slices.ContainsFunc(needs, func(n *data.NeedRow) bool { return slices.Contains(n.Motives, string(motive)) })
		if !also && !said.Has(motive) || sentence(r, p.ID, motive) == "" {
			continue
		}
		m.motives = append(m.motives, motive)
		if also {
			m.also = append(m.also, motive)
		}
	}
	for _, n := range needs {
		m.role = m.role || n.Voice == "role"
	}
	return m
}

// felt returns the words in which a post tells a motive beside what its author feels, wants or misses; empty where
// none does. Beside a question or advice it is told by the way.
func felt(r *measure.Reading, id data.PostID, motive signs.Sign) string {
	for _, n := range r.NeedsOf(id) {
		switch n.Type {
		case data.Wish, data.Complaint, data.Praise, data.Belonging, data.Passion, data.Problem:
			if slices.Contains(n.Motives, string(motive)) {
				return n.Quote
			}
		}
	}
	return ""
}

// Read returns a panel per tribe, in the order of the reading's tribes.
func Read(r *measure.Reading, p Params) []Panel {
	all := marks(r)
	world := count(all)
	homes := measure.ByHome(r, all, func(m *mark) data.AuthorID { return m.post.Author })
	out := make([]Panel, 0, len(r.Tribes))
	for _, t := range r.Tribes {
		out = append(out, panel(r, p, t.ID, count(homes[t.ID]), world))
	}
	return out
}

// A tally counts the people and posts of one group.
type tally struct {
	active  map[data.AuthorID]bool
	authors map[signs.Sign]map[data.AuthorID]bool
	also    map[signs.Sign]map[data.AuthorID]bool // whom a need's record confirms
	places  map[signs.Sign]map[string]float64
	marks   map[signs.Sign][]mark
	posts   int
	soft    int                    // posts in which a person shows a motive
	movers  map[data.AuthorID]bool // who wrote those
}

func count(all []mark) tally {
	t := tally{active: map[data.AuthorID]bool{}, movers: map[data.AuthorID]bool{}, authors: map[signs.Sign]map[data.AuthorID]bool{}, also: map[signs.Sign]map[data.AuthorID]bool{}, places: map[signs.Sign]map[string]float64{}, marks: map[signs.Sign][]mark{}}
	for _, s := range signs.Motives() {
		t.authors[s], t.also[s], t.places[s] = map[data.AuthorID]bool{}, map[data.AuthorID]bool{}, map[string]float64{}
	}
	for _, m := range all {
		t.posts++
		t.active[m.post.Author] = true
		if m.role {
			continue // it is the firm that speaks
		}
		if len(m.motives) > 0 {
			t.soft++
			t.movers[m.post.Author] = true
		}
		for _, s := range m.motives {
			t.authors[s][m.post.Author] = true
			t.places[s][m.post.Source+"\x00"+m.post.Place]++
			t.marks[s] = append(t.marks[s], m)
			if slices.Contains(m.also, s) {
				t.also[s][m.post.Author] = true
			}
		}
	}
	return t
}

func panel(r *measure.Reading, p Params, id data.TribeID, own, world tally) Panel {
	out := Panel{Tribe: id, Active: len(own.active)}
	for _, s := range signs.Motives() {
		out.Labels = append(out.Labels, label(r, p, s, own, world))
	}
	slices.SortStableFunc(out.Labels, func(a, b Label) int {
		return cmp.Or(first(b.Figure)-first(a.Figure), cmp.Compare(shownZ(b), shownZ(a)))
	})
	out.Soft = stats.ShareOf(own.soft, own.posts)
	switch {
	case len(own.active) < stats.Enough:
		out.Soft = stats.Share{N: len(own.active), State: stats.Insufficient}
	case len(own.movers) < measure.Privacy:
		out.Soft = stats.Share{N: len(own.active), State: Withheld}
	}
	out.Recognition = recognition(r, own)
	if !slices.ContainsFunc(out.Labels, func(l Label) bool { return l.State == stats.Known }) {
		out.Told = stats.State("no soft signal found").Told(out.Active)
	}
	return out
}

func first(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func shownZ(l Label) float64 {
	if l.Figure {
		return l.Z
	}
	return 0
}

// label puts one motive of a tribe against everybody else: log-odds with the whole as prior.
func label(r *measure.Reading, p Params, s signs.Sign, own, world tally) Label {
	l := Label{Motive: s, Precision: p.Precision[s], Confirmed: len(own.also[s])}
	l.Hypothesis = l.Precision < GoodEnough || l.Confirmed < measure.Privacy
	y, n, all, total := len(own.authors[s]), len(own.active), len(world.authors[s]), len(world.active)
	switch {
	case y < measure.Privacy:
		l.State, l.Confirmed, l.Some = Withheld, 0, y > 0
		return l
	case n < stats.Enough:
		l.State = stats.Insufficient
		return l
	}
	l.Authors, l.Rate, l.Elsewhere = y, stats.ShareOf(y, n), stats.ShareOf(all-y, total-n)
	if all-y < measure.Privacy {
		l.Elsewhere = stats.Share{N: total - n, State: Withheld}
	}
	_, l.Z = stats.LogOdds(float64(y), float64(n), float64(all-y), float64(total-n), float64(all), float64(total))
	l.Figure = l.Z >= stats.DistinctAt
	l.Spread = 1 - stats.HHI(ordered(own.places[s]))
	l.Quotes, l.Evidence = quotes(r, p, s, own.marks[s])
	return l
}

func ordered(m map[string]float64) []float64 {
	var out []float64
	for _, v := range m {
		out = append(out, v)
	}
	slices.Sort(out)
	return out
}

// quotes returns the sentences that show a motive, of different people, without name and address
// unless the person agreed.
func quotes(r *measure.Reading, p Params, s signs.Sign, ms []mark) ([]measure.Quote, measure.Evidence) {
	var out []measure.Quote
	var evidence measure.Evidence
	seen := make(map[data.AuthorID]bool)
	for _, m := range ms {
		evidence = evidence.Add(m.post.ID)
	}
	ms = slices.Clone(ms)
	slices.SortStableFunc(ms, func(a, b mark) int { return first(slices.Contains(b.also, s)) - first(slices.Contains(a.also, s)) })
	for _, m := range ms {
		text := sentence(r, m.post.ID, s)
		if seen[m.post.Author] || text == "" || len(out) == 3 {
			continue
		}
		seen[m.post.Author] = true
		q := measure.Quote{Text: text, Lang: m.post.Lang}
		if p.Consent[m.post.Author] {
			q = measure.Quote{Post: m.post.ID, Author: m.post.Author, At: m.post.CreatedAt, Text: text, Lang: m.post.Lang, URL: m.post.URL}
		}
		out = append(out, q)
	}
	return out, evidence
}

// Motives returns what a post shows of what moves its author.
func Motives(r *measure.Reading, p data.PostMeta) []signs.Sign { return markOf(r, p).motives }

// sentence returns the sentence of a post that shows s of its author, else the words of a need that records
// it; empty where none does. What moves somebody they say of themselves; an image and a voice are somebody else's.
func sentence(r *measure.Reading, id data.PostID, s signs.Sign) string {
	for _, x := range signs.Sentences(r.Said(id)) {
		said := r.Book().Read(x)
		if said.Has(s) && (said.Has(signs.Self) || !slices.Contains([]signs.Sign{signs.Recognition, signs.Pioneering, signs.Dream, signs.Belonging}, s)) {
			return x
		}
	}
	return felt(r, id, s)
}
