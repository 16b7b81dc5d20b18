package reports

import (
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/stats"
)

// Sentences that show a motive told of a tribe are intimate: they stand without name and address,
// wherever they stand, and so does whatever else their post says: its address would lead to them.
type intimates struct {
	said  map[string]bool // what needs that record such a motive say
	shown []string        // that the section of motives quotes
	posts map[data.PostID]bool
}

// leastOverlap is how long a text must be to be known again within another.
const leastOverlap = 20

func intimatesOf(v View) intimates {
	out := intimates{said: make(map[string]bool), posts: make(map[data.PostID]bool)}
	if v.Measures == nil {
		return out
	}
	told := make(map[data.TribeID]map[string]bool)
	for _, p := range v.Measures.Motives {
		told[p.Tribe] = make(map[string]bool)
		for _, l := range p.Labels {
			if l.State != stats.Known || l.Rate.State != stats.Known {
				continue
			}
			told[p.Tribe][string(l.Motive)] = true
			for _, q := range l.Quotes {
				out.shown = append(out.shown, clean(q.Text))
			}
			for _, id := range l.Evidence {
				out.posts[id] = true
			}
		}
	}
	for i := range v.Story.Needs {
		n := &v.Story.Needs[i]
		if len(n.Motives) == 0 {
			continue
		}
		in := v.Figures.In(n.Author)
		if home, known := v.Figures.Home[n.Author]; known && home != figures.None {
			in = append(in, home)
		}
		if slices.ContainsFunc(in, func(t int) bool {
			return slices.ContainsFunc(n.Motives, func(motive string) bool { return told[v.Figures.Tribes[t].ID][motive] })
		}) {
			out.said[clean(n.Quote)], out.posts[n.ID] = true, true
		}
	}
	return out
}

// has reports whether text, or part of it, is such a sentence.
func (in intimates) has(text string) bool {
	text = clean(text)
	if in.said[text] {
		return true
	}
	for _, s := range in.shown {
		if text == s || len(text) >= leastOverlap && strings.Contains(s, text) || len(s) >= leastOverlap && strings.Contains(text, s) {
			return true
		}
	}
	return false
}

// holds reports whether what somebody said stands without name and address: it, or its post, shows such a motive.
func (in intimates) holds(post data.PostID, text string) bool { return in.posts[post] || in.has(text) }

// insults reports whether text calls somebody names, or speaks of what is as private: no portrait of a tribe does.
func (b *builder) insults(text string) bool {
	return b.Options.Insults != nil && b.Options.Insults(text)
}
