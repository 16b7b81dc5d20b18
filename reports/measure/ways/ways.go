// Package ways measures how each tribe goes about talking: when its requests are answered, where it
// writes, in which way it writes against everybody else, what it expects, and which kind of answer
// gets thanks. Every figure carries its count; where there is too little it says so.
package ways

import (
	"cmp"
	"math"
	"slices"
	"time"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/stats"
)

// Params holds the thresholds; zero fields take the defaults.
type Params struct {
	Location *time.Location        // of hours and days; UTC where nil
	NoHours  bool                  // the sources give no time of day: nothing is told of hours
	Released map[data.TribeID]bool // tribes of whose hours nothing is told: somebody lets their posts pass
	Fewest   int                   // posts that a share of a tribe needs: 20
	Within   time.Duration         // a reply that came in time, for hours of the week: 2 h
}

func (p Params) filled() Params {
	if p.Location == nil {
		p.Location = time.UTC
	}
	p.Fewest = cmp.Or(p.Fewest, Fewest)
	p.Within = cmp.Or(p.Within, 2*time.Hour)
	return p
}

// A Profile is how one tribe goes about it.
type Profile struct {
	Tribe    data.TribeID
	Posts    int             // in the window
	Modes    []Mode          // in the order of Modes; insufficient ones included
	Slots    []Slot          // the best hours to ask, at most three
	Channels []Channel       // where they write, most posts first
	Expects  []time.Duration // how soon members say they want a thing, the first time each says so, ascending
	Waits    stats.Summary   // of Expects, in hours
	Ways     []Way           // answers that get thanks more or less often than others
}

// A Mode is one way of writing, as a share of the tribe's posts against that of everybody.
type Mode struct {
	Key      string // opens, asks, address, long, evening, weekend, formal
	Tribe    stats.Share
	All      stats.Share
	Index    float64 // 100 is as everybody
	Distinct bool    // at least 120 or at most 80, by three points of a hundred, and by more than chance
	Evidence measure.Evidence
}

// A Channel is one place with its share of a tribe's posts against that of everybody.
type Channel struct {
	Source, Place string
	Posts         int
	Share         float64
	Index         float64 // 0 where too few
}

// Modes are the keys of all modes, in order.
func Modes() []string {
	return []string{"opens", "asks", "address", "long", "evening", "weekend", "formal"}
}

// Fewest is how many posts a share of a tribe needs by default.
const Fewest = 20

// Index thresholds: what counts as distinct.
const (
	high   = 120
	low    = 80
	points = 0.03 // of a share
)

// Read measures the tribes of r, in their order.
func Read(r *measure.Reading, params Params) []Profile {
	p := params.filled()
	book := readWords(r)
	marks := markPosts(r, p, book)
	all := count(marks)
	homes := measure.ByHome(r, marks, func(m *mark) data.AuthorID { return m.post.Author })
	needs := measure.ByHome(r, r.Needs, func(n *data.NeedRow) data.AuthorID { return n.Author })
	requests := measure.ByHome(r, r.AllRequests(measure.Week), func(q *measure.Request) data.AuthorID { return q.Post.Author })
	out := make([]Profile, 0, len(r.Tribes))
	for _, t := range r.Tribes {
		pr := Profile{Tribe: t.ID, Posts: len(homes[t.ID])}
		pr.modes(homes[t.ID], all, p)
		pr.channels(homes[t.ID], all, p)
		pr.expectations(needs[t.ID], r.Window)
		if !p.NoHours && !p.Released[t.ID] {
			pr.slots(requests[t.ID], r.AsOf, p)
		}
		pr.answers(r, measure.Within(requests[t.ID], r.Window), book)
		out = append(out, pr)
	}
	return out
}

// A mark is one post of the window with the modes it shows.
type mark struct {
	post      data.PostMeta
	is, known uint16 // bits of Modes: what it shows, and what it can say anything about
}

func markPosts(r *measure.Reading, p Params, book wordings) []mark {
	out := make([]mark, 0, len(r.Posts))
	for _, post := range r.Posts {
		if !r.Window.Contains(post.CreatedAt) || r.Makers[post.Author] {
			continue
		}
		m := mark{post: post}
		m.read(r, p, book)
		out = append(out, m)
	}
	return out
}

// The bits of Modes.
const (
	opens = 1 << iota
	asks
	address
	long
	evening
	weekend
	formal

	modes = iota
)

func (m *mark) set(bit uint16, is bool) {
	m.known |= bit
	if is {
		m.is |= bit
	}
}

func (m *mark) read(r *measure.Reading, p Params, book wordings) {
	m.set(opens, m.post.Parent.IsZero())
	m.set(asks, r.Remark(m.post).Asks())
	if w, ok := book[m.post.ID]; ok {
		m.set(address, w.address)
		m.set(long, w.words > longPost)
		if w.tu || w.lei {
			m.set(formal, w.lei)
		}
	}
	if !p.NoHours {
		at := m.post.CreatedAt.In(p.Location)
		m.set(evening, at.Hour() >= 18)
		m.set(weekend, at.Weekday() == time.Saturday || at.Weekday() == time.Sunday)
	}
}

// A tally counts posts: by what they show, in the order of Modes, and by where they stand.
type tally struct {
	posts     int
	is, known [modes]int
	at        map[place]int
}

type place struct{ source, place string }

func count(marks []mark) tally {
	t := tally{posts: len(marks), at: make(map[place]int)}
	for _, m := range marks {
		t.at[place{m.post.Source, m.post.Place}]++
		for i := range modes {
			t.known[i] += int(m.known >> i & 1)
			t.is[i] += int(m.known & m.is >> i & 1)
		}
	}
	return t
}

func (pr *Profile) modes(marks []mark, all tally, p Params) {
	own := count(marks)
	for i, key := range Modes() {
		if p.Released[pr.Tribe] && (key == "evening" || key == "weekend") {
			continue
		}
		mode := Mode{Key: key, Tribe: stats.ShareAt(own.is[i], own.known[i], p.Fewest), All: stats.ShareAt(all.is[i], all.known[i], p.Fewest)}
		for _, m := range marks {
			if m.known&m.is>>i&1 == 1 {
				mode.Evidence = mode.Evidence.Add(m.post.ID)
			}
		}
		if mode.Tribe.State == stats.Known && all.is[i] > 0 {
			mode.Index, _ = stats.Index100(mode.Tribe.Value, mode.All.Value)
			mode.Distinct = (mode.Index >= high || mode.Index <= low) && math.Abs(mode.Tribe.Value-mode.All.Value) >= points && apart(own.is[i], own.known[i], all.is[i]-own.is[i], all.known[i]-own.known[i])
		}
		pr.Modes = append(pr.Modes, mode)
	}
}

// Distinct returns the modes that set the tribe apart, the furthest from everybody first; none
// means no distinct mode.
func (pr Profile) Distinct() []Mode {
	var out []Mode
	for _, m := range pr.Modes {
		if m.Distinct {
			out = append(out, m)
		}
	}
	slices.SortStableFunc(out, func(a, b Mode) int { return cmp.Compare(far(b), far(a)) })
	return out
}

func far(m Mode) float64 { return math.Abs(math.Log(math.Max(m.Index, 1) / 100)) }

// apart reports whether k of n and j of m differ by more than chance (two proportions, 5 %).
func apart(k, n, j, m int) bool { return apartIn(1, k, n, j, m) }

// apartIn reports whether they do as one of so many pairs looked at (Bonferroni).
func apartIn(tries, k, n, j, m int) bool {
	if n == 0 || m == 0 {
		return false
	}
	p, q := float64(k)/float64(n), float64(j)/float64(m)
	pooled := float64(k+j) / float64(n+m)
	z := math.Sqrt2 * math.Erfinv(1-0.05/float64(tries))
	return (p-q)*(p-q) > z*z*pooled*(1-pooled)*(1/float64(n)+1/float64(m))
}

func (pr *Profile) channels(marks []mark, all tally, p Params) {
	for at, n := range count(marks).at {
		c := Channel{Source: at.source, Place: at.place, Posts: n, Share: float64(n) / float64(pr.Posts)}
		if pr.Posts >= p.Fewest && n >= 5 {
			c.Index, _ = stats.Index100(c.Share, float64(all.at[at])/float64(all.posts))
		}
		pr.Channels = append(pr.Channels, c)
	}
	slices.SortFunc(pr.Channels, func(a, b Channel) int {
		return cmp.Or(b.Posts-a.Posts, cmp.Compare(a.Source, b.Source), cmp.Compare(a.Place, b.Place))
	})
}

// soon reports whether a need says how soon its author wants a thing: what troubles them, and what takes years, does not.
func soon(n data.NeedRow) bool {
	asked := n.Type == data.Wish || n.Type == data.HowTo || n.Type == data.Recommendation
	return asked && n.Lacks() && n.Expectation > 0 && n.Expectation < 365*24*time.Hour
}

// fewestExpectations is how many stated expectations make a median.
const fewestExpectations = 5

func (pr *Profile) expectations(needs []data.NeedRow, window data.Window) {
	var hours []float64
	said := make(map[data.AuthorID]bool)
	for _, n := range needs {
		if soon(n) && window.Contains(n.CreatedAt) && !said[n.Author] {
			said[n.Author] = true
			pr.Expects = append(pr.Expects, n.Expectation)
			hours = append(hours, n.Expectation.Hours())
		}
	}
	slices.Sort(pr.Expects)
	pr.Waits = stats.Summarise(hours, fewestExpectations)
}
