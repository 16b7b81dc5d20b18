package gauge

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"tribu/data"
)

const helpReach = 72 * time.Hour

// An Aid is how a tribe helps.
type Aid struct {
	Recognition Reading `json:"recognition"` // members whom two others turned to by name
	Help        Reading `json:"help"`        // requests that a member answered within 72 hours
	Hours       float64 `json:"hours"`       // median to the first answer
	Gini        float64 `json:"gini"`        // of the answers given: 0 all help alike
	BusFactor   int     `json:"bus_factor"`  // fewest members who give half of the help
	Trust       Reading `json:"trust"`       // answers the asker thanked for
}

// aidOf reads recognition, help and trust.
func aidOf(w *World, t data.TribeID) Aid {
	in := w.members(t)
	a := Aid{Recognition: Reading{Gauge: "recognition"}, Help: Reading{Gauge: "help"}, Trust: Reading{Gauge: "trust"}}
	if a.Recognition.enough(len(in), 20) {
		named := 0
		for _, by := range w.namers(in) {
			if by >= 2 {
				named++
			}
		}
		a.Recognition.share(named, len(in), "%d of %d members were turned to by name by two others")
	}
	answers, asked := w.answers(in)
	helped, hours, given := 0, []float64(nil), make(map[int]int)
	first := make(map[data.PostID]time.Duration)
	accepted, all := 0, 0
	for _, x := range answers {
		if w.Makers[x.by] {
			continue
		}
		all++
		if x.thanked {
			accepted++
		}
		if in[x.by] && x.after <= helpReach {
			given[x.by]++
			if d, seen := first[x.to]; !seen || x.after < d {
				first[x.to] = x.after
			}
		}
	}
	for _, d := range first {
		helped++
		hours = append(hours, d.Hours())
	}
	if a.Help.enough(asked, 20) {
		a.Help.share(helped, asked, "%d of %d requests were answered by a member within 72 hours")
		a.Hours = round(quantile(hours, 0.5))
		counts := make([]int, 0, len(in))
		for v := range in {
			counts = append(counts, given[v])
		}
		a.Gini, a.BusFactor = round(gini(counts)), busFactor(counts)
	}
	if a.Trust.enough(all, 20) {
		a.Trust.share(accepted, all, "%d of %d answers were thanked for")
	}
	return a
}

func (r *Reading) share(k, n int, says string) {
	p, low, high := wilson(k, n)
	r.Value, r.Low, r.High, r.Says = round(p), round(low), round(high), fmt.Sprintf(says, k, n)
}

// namers returns how many other members turned to each member by name.
func (w *World) namers(in map[int]bool) map[int]int {
	var named [][2]int
	for _, t := range w.Ties {
		if in[t.From] && in[t.To] && (t.Kind == data.Mention || t.Kind == data.Name) {
			named = append(named, [2]int{t.To, t.From})
		}
	}
	out := make(map[int]int)
	for _, e := range unique(named) {
		out[e[0]]++
	}
	return out
}

// An answer is a reply that helps with a member's request, as data.Helps tells it.
type answer struct {
	to      data.PostID
	by      int
	after   time.Duration
	thanked bool // the asker replied to it with praise
}

// answers returns the replies that help with members' requests, and the number of those requests.
func (w *World) answers(in map[int]bool) (out []answer, asked int) {
	at := make(map[data.PostID]int, len(w.Posts))
	replies := make(map[data.PostID][]int)
	for i, p := range w.Posts {
		at[p.ID] = i
		if !p.Parent.IsZero() {
			replies[p.Parent] = append(replies[p.Parent], i)
		}
	}
	for _, p := range w.Posts {
		if !in[p.Author] || !p.Said.Asks() {
			continue
		}
		asked++
		for _, i := range replies[p.ID] {
			r := w.Posts[i]
			if !data.Helps(r.Said, p.Said) {
				continue
			}
			x := answer{to: p.ID, by: r.Author, after: r.At.Sub(p.At)}
			for _, j := range replies[r.ID] {
				x.thanked = x.thanked || w.Posts[j].Author == p.Author && praises(w.Posts[j])
			}
			out = append(out, x)
		}
	}
	return out, asked
}

func praises(p Post) bool {
	return slices.ContainsFunc(p.Needs, func(n VoicedBy) bool { return n.Type == data.Praise })
}

// trustRatio returns how much likelier answers of peers are accepted than those of makers.
func trustRatio(peers, ofPeers, makers, ofMakers int) float64 {
	return Lift(peers, ofPeers, makers, ofMakers)
}

// peersAgainstMakers reads whether members thank peers more than companies for an answer: the ratio
// of the shares. Both sides need twenty answers.
func peersAgainstMakers(w *World, t data.TribeID) Reading {
	r := Reading{Gauge: "peers against makers"}
	answers, _ := w.answers(w.members(t))
	var k, n [2]int
	for _, x := range answers {
		side := 0
		if w.Makers[x.by] {
			side = 1
		}
		n[side]++
		if x.thanked {
			k[side]++
		}
	}
	if !r.enough(min(n[0], n[1]), 20) {
		if len(w.Makers) == 0 {
			r.State += ": no makers are named in the settings"
		}
		return r
	}
	r.Value, r.P = round(trustRatio(k[0], n[0], k[1], n[1])), sharesDiffer(k[0], n[0], k[1], n[1])
	r.Says = fmt.Sprintf("peers are thanked for %d of %d answers, makers for %d of %d", k[0], n[0], k[1], n[1])
	return r
}

// sharesDiffer returns the two-sided p of two shares being the same (normal, pooled).
func sharesDiffer(k1, n1, k2, n2 int) float64 {
	pooled := float64(k1+k2) / float64(n1+n2)
	deviation := math.Sqrt(pooled * (1 - pooled) * (1/float64(n1) + 1/float64(n2)))
	if deviation == 0 {
		return 1
	}
	return round(twoSided((float64(k1)/float64(n1) - float64(k2)/float64(n2)) / deviation))
}

// A Status is one member's place among the others.
type Status struct {
	Author    data.AuthorID `json:"-"`
	ID        string        `json:"author"`
	Deference float64       `json:"deference"` // (in − out)/(in + out): above 0, others come to them
	Rank      float64       `json:"pagerank"`
	Between   float64       `json:"betweenness"` // share of shortest ways of others through them
	Class     string        `json:"class"`       // leader, bridge or member
}

// deference returns (in − out)/(in + out), 0 where there is neither.
func deference(in, out int) float64 {
	if in+out == 0 {
		return 0
	}
	return float64(in-out) / float64(in+out)
}

// statusMap returns the members by PageRank, the highest first: leaders are the top 5 % whom others
// come to, bridges the top 5 % of betweenness. Below twenty members there is none.
func statusMap(w *World, t data.TribeID) (Reading, []Status) {
	r := Reading{Gauge: "status map"}
	in := w.members(t)
	if !r.enough(len(in), 20) {
		return r, nil
	}
	edges := w.edgesWithin(in)
	got, gave := make(map[int]int), make(map[int]int)
	for _, x := range w.Ties {
		if in[x.From] && in[x.To] {
			gave[x.From]++
			got[x.To]++
		}
	}
	rank, between := pageRank(in, edges), betweenness(in, edges)
	var out []Status
	for v := range in {
		out = append(out, Status{w.Authors[v], w.Authors[v].String(), round(deference(got[v], gave[v])), round(rank[v]), round(between[v]), "member"})
	}
	top := max(1, len(out)/20)
	slices.SortFunc(out, func(a, b Status) int { return cmp.Or(cmp.Compare(b.Between, a.Between), cmp.Compare(a.ID, b.ID)) })
	for i := range top {
		if out[i].Between > 0 {
			out[i].Class = "bridge"
		}
	}
	slices.SortFunc(out, func(a, b Status) int { return cmp.Or(cmp.Compare(b.Rank, a.Rank), cmp.Compare(a.ID, b.ID)) })
	leaders := 0
	for i := range top {
		if out[i].Deference > 0 {
			out[i].Class = "leader"
			leaders++
		}
	}
	r.Value, r.Says = float64(leaders), fmt.Sprintf("%d of %d members lead: others come to them", leaders, len(in))
	return r, out
}
