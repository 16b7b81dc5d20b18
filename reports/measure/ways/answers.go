package ways

import (
	"cmp"
	"math"
	"slices"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/stats"
)

// A Way is one kind of answer and how often the asker gives thanks for it, against all other answers
// the tribe got.
type Way struct {
	Key      string // figures, address, own, long, short, maker
	With     stats.Share
	Without  stats.Share
	Better   bool
	Evidence measure.Evidence // answers of that kind that got thanks
}

// fewestAnswers is how many answers of a kind, and of all others, a rate needs.
const fewestAnswers = 100

// answerKindsTold is how many kinds of answers are looked at in each tribe.
const answerKindsTold = 6

// answers tells the kinds of answers for which askers of the tribe give thanks more or less often than
// for others, by more than chance over all tribes and kinds looked at.
func (pr *Profile) answers(r *measure.Reading, requests []measure.Request, book wordings) {
	type count struct {
		k, n     int
		evidence measure.Evidence
	}
	kinds := make(map[string]*count)
	k, n := 0, 0
	for _, q := range requests {
		back := thanked(r, q)
		for _, a := range q.Answers {
			n++
			if back[a.ID] {
				k++
			}
			for _, key := range answerKinds(r, a, book) {
				c := kinds[key]
				if c == nil {
					c = &count{}
					kinds[key] = c
				}
				c.n++
				if back[a.ID] {
					c.k++
					c.evidence = c.evidence.Add(a.ID)
				}
			}
		}
	}
	for key, c := range kinds {
		if c.n < fewestAnswers || n-c.n < fewestAnswers || !apartIn(answerKindsTold*len(r.Tribes), c.k, c.n, k-c.k, n-c.n) {
			continue
		}
		w := Way{Key: key, With: stats.ShareAt(c.k, c.n, fewestAnswers), Without: stats.ShareAt(k-c.k, n-c.n, fewestAnswers), Evidence: c.evidence}
		w.Better = w.With.Value > w.Without.Value
		pr.Ways = append(pr.Ways, w)
	}
	slices.SortFunc(pr.Ways, func(a, b Way) int { return cmp.Or(cmp.Compare(b.gap(), a.gap()), cmp.Compare(a.Key, b.Key)) })
}

func (w Way) gap() float64 { return math.Abs(w.With.Value - w.Without.Value) }

// thanked returns the answers that the asker gave thanks for: in a post that answers them, or, where
// posts do not say what they answer, comes next.
func thanked(r *measure.Reading, q measure.Request) map[data.PostID]bool {
	out := make(map[data.PostID]bool)
	var last data.PostID
	for _, p := range r.Thread(q.Post.Thread) {
		switch {
		case p.Author != q.Post.Author:
			last = p.ID
		case !r.Thanks(p.ID):
		case !p.Parent.IsZero() && p.Parent != q.Post.ID:
			out[p.Parent] = true
		case !last.IsZero():
			out[last] = true
		}
	}
	return out
}

// answerKinds tells the kinds an answer is of; nothing where its words are not at hand.
func answerKinds(r *measure.Reading, a data.PostMeta, book wordings) []string {
	w, ok := book[a.ID]
	if !ok {
		return nil
	}
	var out []string
	for _, is := range []struct {
		key string
		yes bool
	}{
		{"figures", len(r.Signs(a.ID).Amounts) > 0}, {"address", w.address}, {"own", w.own},
		{"long", w.words > longPost}, {"short", w.words < 15}, {"maker", r.Makers[a.Author]},
	} {
		if is.yes {
			out = append(out, is.key)
		}
	}
	return out
}
