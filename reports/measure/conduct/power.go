package conduct

import (
	"slices"
	"time"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/stats"
)

// A Complaint is a thread that opens with one, and what came of it.
type Complaint struct {
	Post     data.PostMeta
	Quote    measure.Quote
	Agreeing int           // distinct others who agree in the thread, or complain of the same
	Reaction time.Duration // of the first post of a maker; negative where there is none
	Conceded data.PostID   // a maker's post with a fix, a refund or an apology; zero where there is none
}

// A Power says what people get by complaining together.
type Power struct {
	Complaints []Complaint   // by time
	Joint      stats.Share   // of the threads, in which at least Params.Joint others agree
	Reaction   stats.Summary // seconds to the first reaction, of those with one
	Reacted    stats.Share
	Conceded   stats.Share
	Unfair     stats.Share      // of the people who wrote, those who call something unfair
	Called     measure.Evidence // the posts in which they do
	State      stats.State      // about makers
}

// PowerOf reads the complaint threads that open in the window.
func PowerOf(r *measure.Reading, params Params) Power {
	p := params.filled()
	var out Power
	joint, conceded := 0, 0
	var waits []float64
	for _, id := range r.Threads() {
		c, ok := complaintIn(r, r.Thread(id))
		if !ok {
			continue
		}
		out.Complaints = append(out.Complaints, c)
		if c.Agreeing >= p.Joint {
			joint++
		}
		if c.Reaction >= 0 {
			waits = append(waits, c.Reaction.Seconds())
		}
		if !c.Conceded.IsZero() {
			conceded++
		}
	}
	n := len(out.Complaints)
	out.Joint, out.Reaction = stats.ShareOf(joint, n), stats.Summarise(waits, 5)
	out.Reacted, out.Conceded = stats.ShareOf(len(waits), n), stats.ShareOf(conceded, n)
	out.Unfair, out.Called = unfair(r)
	if len(r.Makers) == 0 {
		out.State, out.Reacted, out.Conceded = NoMakers, stats.Share{N: n, State: NoMakers}, stats.Share{N: n, State: NoMakers}
	}
	return out
}

func complaintIn(r *measure.Reading, thread []data.PostMeta) (Complaint, bool) {
	opens := thread[0]
	if !opens.Parent.IsZero() || !r.Window.Contains(opens.CreatedAt) || r.Makers[opens.Author] {
		return Complaint{}, false
	}
	needs := r.NeedsOf(opens.ID)
	i := slices.IndexFunc(needs, func(n *data.NeedRow) bool { return n.Type == data.Complaint })
	if i < 0 {
		return Complaint{}, false
	}
	c := Complaint{Post: opens, Quote: measure.QuoteOf(*needs[i]), Reaction: -1}
	agreeing := make(map[data.AuthorID]bool)
	for _, m := range thread[1:] {
		switch {
		case !r.Makers[m.Author]:
			if m.Author != opens.Author && agrees(r, m, needs[i]) {
				agreeing[m.Author] = true
			}
		default:
			if c.Reaction < 0 {
				c.Reaction = m.CreatedAt.Sub(opens.CreatedAt)
			}
			if c.Conceded.IsZero() && r.Signs(m.ID).Has(signs.Concession) {
				c.Conceded = m.ID
			}
		}
	}
	c.Agreeing = len(agreeing)
	return c, true
}

func agrees(r *measure.Reading, m data.PostMeta, with *data.NeedRow) bool {
	if r.Signs(m.ID).Has(signs.Agreement) {
		return true
	}
	return slices.ContainsFunc(r.NeedsOf(m.ID), func(n *data.NeedRow) bool {
		return n.Type == data.Complaint && n.Topic() != "" && n.Topic() == with.Topic()
	})
}

func unfair(r *measure.Reading) (share stats.Share, called measure.Evidence) {
	wrote, told := make(map[data.AuthorID]bool), make(map[data.AuthorID]bool)
	for _, p := range r.Posts {
		if !r.Window.Contains(p.CreatedAt) || r.Makers[p.Author] {
			continue
		}
		wrote[p.Author] = true
		if r.Signs(p.ID).Has(signs.Unfair) {
			told[p.Author], called = true, called.Add(p.ID)
		}
	}
	return stats.ShareOf(len(told), len(wrote)), called
}
