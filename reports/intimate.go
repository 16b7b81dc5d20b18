package reports

import (
	"strings"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/stats"
)

// Sentences that show a motive told of a tribe are intimate: they stand without name and address,
// wherever they stand.
type intimates struct {
	said  map[string]bool // what needs that record such a motive say
	shown []string        // that the section of motives quotes
}

// leastOverlap is how long a text must be to be known again within another.
const leastOverlap = 20

func intimatesOf(v View) intimates {
	out := intimates{said: make(map[string]bool)}
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
		}
	}
	for i := range v.Story.Needs {
		n := &v.Story.Needs[i]
		for _, motive := range n.Motives {
			if home, known := v.Figures.Home[n.Author]; known && home != figures.None && told[v.Figures.Tribes[home].ID][motive] {
				out.said[clean(n.Quote)] = true
			}
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

// insults reports whether text calls somebody names, or speaks of what is as private: no portrait of a tribe does.
func (b *builder) insults(text string) bool {
	return b.Options.Insults != nil && b.Options.Insults(text)
}
