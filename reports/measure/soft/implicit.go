package soft

import (
	"slices"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/stats"
)

// An Implicit is a trouble that asks for nothing: what is expected is inferred, from its sentence.
type Implicit struct {
	Post     data.PostMeta
	Trigger  string // the sentence it is inferred from
	Inferred string // always "inferred", with the side that is lacking where it is known
}

// Unspoken are the implicit needs of the window.
type Unspoken struct {
	Found []Implicit  // by time
	Share stats.Share // implicit / all posts with a need or a trouble
}

// ImplicitNeeds returns the posts that complain or show bad feeling and hold no request, question
// or wish.
func ImplicitNeeds(r *measure.Reading) Unspoken {
	var out Unspoken
	posts := 0
	people := make(map[data.AuthorID]bool)
	for _, p := range r.Posts {
		if !r.Window.Contains(p.CreatedAt) || r.Makers[p.Author] {
			continue
		}
		trigger, lacking, troubled, asks := trouble(r, p)
		if !troubled && !asks {
			continue
		}
		posts++
		people[p.Author] = true
		if troubled && !asks {
			out.Found = append(out.Found, Implicit{p, trigger, lacking})
		}
	}
	out.Share = stats.ShareAt(len(out.Found), posts, 1)
	if len(people) < stats.Enough {
		out.Share = stats.Share{N: len(people), State: stats.Insufficient}
	}
	return out
}

// trouble reads whether a post complains and whether it asks for something.
func trouble(r *measure.Reading, p data.PostMeta) (trigger, lacking string, troubled, asks bool) {
	said := r.Signs(p.ID)
	asks = said.Has(signs.Asking)
	lacking = "inferred"
	for _, n := range r.NeedsOf(p.ID) {
		switch n.Type {
		case data.Wish, data.HowTo, data.Recommendation:
			asks = true
		case data.Complaint:
			if !troubled {
				trigger, troubled = n.Quote, true
			}
			if i := slices.IndexFunc(n.Facets, func(f data.Facet) bool { return f.Direction < 0 }); i >= 0 && lacking == "inferred" {
				lacking = "inferred: " + n.Facets[i].Name
			}
		}
	}
	if !troubled && said.Has(signs.Trouble) {
		trigger, troubled = sentence(r, p.ID, signs.Trouble), true
	}
	return trigger, lacking, troubled, asks
}

// A Feed says how much of one source is worth reading.
type Feed struct {
	Source string
	Share  stats.Share // posts with a need or a motive, of all
	Weekly []float64   // the same share by week, oldest first; −1 in a week without posts
	Remove bool        // below 1 % in each of eight weeks with posts
}

// Feeds returns the signal share of each source in the order of their first post.
func Feeds(r *measure.Reading) []Feed {
	weeks := r.Weeks(8)
	type sum struct{ k, n [8]int }
	sums, order := make(map[string]*sum), []string{}
	total := make(map[string][2]int)
	for _, p := range r.Posts {
		if sums[p.Source] == nil {
			sums[p.Source] = &sum{}
			order = append(order, p.Source)
		}
		hit := first(len(r.NeedsOf(p.ID)) > 0 || r.Signs(p.ID).Has(signs.Motives()...))
		if i := slices.IndexFunc(weeks, func(w data.Window) bool { return w.Contains(p.CreatedAt) }); i >= 0 {
			sums[p.Source].k[i] += hit
			sums[p.Source].n[i]++
		}
		if r.Window.Contains(p.CreatedAt) {
			t := total[p.Source]
			total[p.Source] = [2]int{t[0] + hit, t[1] + 1}
		}
	}
	var out []Feed
	for _, name := range order {
		f := Feed{Source: name, Share: stats.ShareOf(total[name][0], total[name][1]), Remove: true}
		for i := range weeks {
			share := -1.0
			if n := sums[name].n[i]; n > 0 {
				share = float64(sums[name].k[i]) / float64(n)
			}
			f.Weekly = append(f.Weekly, share)
			f.Remove = f.Remove && share >= 0 && share < 0.01
		}
		out = append(out, f)
	}
	return out
}
