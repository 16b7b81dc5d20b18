// Package conduct measures how companies behave in public, as far as threads show: whether they
// answer those who turn to them, whether they keep the promises they make there, whose answers
// help more, theirs or those of peers, and what comes of many people complaining together. It also
// tells the mood of people, and sets apart what was heard with too little confidence.
//
// Companies are the accounts named as makers; without any there is nothing to measure.
package conduct

import (
	"slices"
	"time"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/stats"
)

// NoMakers is the state of everything about companies where no account is named as one.
const NoMakers stats.State = "no makers are named"

// Params holds the thresholds; zero fields take the defaults.
type Params struct {
	Within  time.Duration // an answer or a kept promise comes within: 72 h, unless the promise says when
	Joint   int           // people who agree that make a complaint a joint one: 5
	Answers int           // fewest answers on each side to compare trust: 20
}

func (p Params) filled() Params {
	if p.Within == 0 {
		p.Within = 72 * time.Hour
	}
	if p.Joint == 0 {
		p.Joint = 5
	}
	if p.Answers == 0 {
		p.Answers = 20
	}
	return p
}

// PromisesKept returns the share kept of the promises to come back that are due: the first by a
// company in each thread of the window.
func PromisesKept(r *measure.Reading, params Params) stats.Share {
	p := params.filled()
	kept, due := 0, 0
	for _, id := range r.Threads() {
		x, ok := promiseIn(r, p, r.Thread(id))
		if !ok || x.open {
			continue
		}
		due++
		if x.kept {
			kept++
		}
	}
	share := stats.ShareOf(kept, due)
	if len(r.Makers) == 0 {
		share.State = NoMakers
	}
	return share
}

// A promise is kept by another post of a company in time, and open while it is not due.
type promise struct{ kept, open bool }

func promiseIn(r *measure.Reading, p Params, thread []data.PostMeta) (promise, bool) {
	i := slices.IndexFunc(thread, func(m data.PostMeta) bool {
		return r.Makers[m.Author] && r.Window.Contains(m.CreatedAt) && r.Signs(m.ID).Has(signs.Promise)
	})
	if i < 0 {
		return promise{}, false
	}
	due := thread[i].CreatedAt.Add(stated(r, thread[i].ID, p.Within))
	kept := slices.ContainsFunc(thread[i+1:], func(m data.PostMeta) bool { return r.Makers[m.Author] && !m.CreatedAt.After(due) })
	return promise{kept: kept, open: !kept && due.After(r.AsOf)}, true
}

// stated returns the time a promise names: the first one that is a limit, or else any.
func stated(r *measure.Reading, id data.PostID, otherwise time.Duration) time.Duration {
	best := time.Duration(0)
	for _, a := range r.Signs(id).Amounts {
		if a.Kind != signs.Time || a.Vague || a.Stance == signs.Went {
			continue
		}
		if a.Stance == signs.Limit {
			return time.Duration(a.Value * float64(time.Second))
		}
		if best == 0 {
			best = time.Duration(a.Value * float64(time.Second))
		}
	}
	if best == 0 {
		return otherwise
	}
	return best
}

// A Response is how companies answer the needs turned to them.
type Response struct {
	Tribe     data.TribeID // empty: everybody
	Addressed int          // posts with a wanting need that turn to a maker, and whose time to be answered is over
	Answered  stats.Share  // of these, by a maker in the thread within the time
	Delay     stats.Summary
	Evidence  measure.Evidence
	State     stats.State
}

// Responses returns the response to everybody, then to each tribe.
func Responses(r *measure.Reading, params Params) []Response {
	out := []Response{response(r, params, func(data.AuthorID) bool { return true })}
	for _, t := range r.Tribes {
		x := response(r, params, func(a data.AuthorID) bool { return r.Home[a] == t.ID })
		x.Tribe = t.ID
		out = append(out, x)
	}
	return out
}

func response(r *measure.Reading, params Params, in func(data.AuthorID) bool) Response {
	p := params.filled()
	var out Response
	if len(r.Makers) == 0 {
		out.State = NoMakers
		return out
	}
	addressed, asked := addressedPosts(r), []data.PostMeta{}
	for _, m := range r.Posts {
		if addressed[m.ID] && in(m.Author) && r.Window.Contains(m.CreatedAt) {
			asked = append(asked, m)
		}
	}
	answered, waits := 0, []float64{}
	for _, m := range asked {
		at, ok := makerAnswer(r, m)
		wait := at.Sub(m.CreatedAt)
		if !ok && r.AsOf.Sub(m.CreatedAt) < p.Within {
			continue
		}
		out.Addressed++
		out.Evidence = out.Evidence.Add(m.ID)
		if ok {
			waits = append(waits, wait.Seconds())
		}
		if ok && wait <= p.Within {
			answered++
		}
	}
	out.Answered, out.Delay = stats.ShareOf(answered, out.Addressed), stats.Summarise(waits, 5)
	return out
}

// addressedPosts returns the posts with a wanting need that turn to a maker.
func addressedPosts(r *measure.Reading) map[data.PostID]bool {
	turned := make(map[data.PostID]bool)
	for _, i := range r.Interactions {
		if r.Makers[i.To] && i.Kind != data.Boost && i.Kind != data.Topic {
			turned[i.Post] = true
		}
	}
	out := make(map[data.PostID]bool)
	for _, n := range r.Needs {
		parent, ok := r.Post(n.Parent)
		if n.Lacks() && !r.Makers[n.Author] && (turned[n.ID] || ok && r.Makers[parent.Author]) {
			out[n.ID] = true
		}
	}
	return out
}

// makerAnswer returns when a maker next wrote in the thread of m.
func makerAnswer(r *measure.Reading, m data.PostMeta) (time.Time, bool) {
	for _, x := range r.Thread(m.Thread) {
		if r.Makers[x.Author] && x.CreatedAt.After(m.CreatedAt) {
			return x.CreatedAt, true
		}
	}
	return time.Time{}, false
}

// A Trust compares how often the answers of peers and of makers are accepted.
type Trust struct {
	Peers, Makers stats.Share // accepted / answers
	Ratio         float64     // of the two; above 1 people go by their peers
	State         stats.State
}

// fewestAccepted is how many answers must have been accepted for the shares to be told apart.
const fewestAccepted = 5

// trustRatio returns (peersAccepted/peers) / (makersAccepted/makers), Insufficient where either
// side gave fewer than fewest answers or hardly any was accepted, Undefined where no answer of a maker was accepted.
func trustRatio(peersAccepted, peers, makersAccepted, makers, fewest int) Trust {
	t := Trust{Peers: stats.ShareAt(peersAccepted, peers, fewest), Makers: stats.ShareAt(makersAccepted, makers, fewest)}
	switch {
	case peers < fewest || makers < fewest:
		t.State = stats.Insufficient
	case makersAccepted == 0:
		t.State = stats.Undefined
	case makersAccepted+peersAccepted < fewestAccepted:
		t.State = stats.Insufficient
	default:
		t.Ratio = t.Peers.Value / t.Makers.Value
	}
	return t
}

// TrustOf reads the answers to the requests of the window.
func TrustOf(r *measure.Reading, params Params) Trust {
	p := params.filled()
	var accepted, answers [2]int
	for _, q := range r.Requests(r.Window, measure.Week) {
		for _, a := range q.Answers {
			answers[side(r, a.Author)]++
		}
		if a, ok := r.Accepted(q, q.Thanked); ok {
			accepted[side(r, a.Author)]++
		}
	}
	t := trustRatio(accepted[0], answers[0], accepted[1], answers[1], p.Answers)
	if len(r.Makers) == 0 {
		t.State = NoMakers
	}
	return t
}

func side(r *measure.Reading, a data.AuthorID) int {
	if r.Makers[a] {
		return 1
	}
	return 0
}
