package reports

import (
	"cmp"
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports/figures"
)

const (
	everywhere = 3  // tribes that voice a need, from which it tells none of them where none voices most of it
	readWords  = 25 // of a quote that is read at a glance
)

// telling puts those of a tribe's quotes first that say a word of its own, behind them those that are long or turn to
// somebody first, and last what people of many tribes need, and what is said in a language that is not the tribe's.
func (b *builder) telling(t figures.Tribe, quotes []figures.Quote) []figures.Quote {
	fault := make(map[data.PostID]int, len(quotes))
	for _, q := range quotes {
		n := 0
		if b.ofMany(q.Post.ID) || foreign(t.Tribe, q.Lang) {
			n += 4
		}
		if words := strings.Fields(q.Text); len(words) > readWords || len(words) > 0 && strings.HasSuffix(words[0], ",") {
			n += 2
		}
		if !slices.ContainsFunc(t.Words, func(w data.Term) bool { return namedIn(q.Text, w.Form) }) {
			n++
		}
		fault[q.Post.ID] = n
	}
	slices.SortStableFunc(quotes, func(x, y figures.Quote) int { return cmp.Compare(fault[x.Post.ID], fault[y.Post.ID]) })
	return quotes
}

// ofMany reports whether a post voices a told need that people of several tribes voice.
func (b *builder) ofMany(post data.PostID) bool {
	return slices.ContainsFunc(b.Figures.Needs[:min(len(b.Figures.Needs), toldNeeds)], func(n figures.Need) bool {
		return everybodys(n) && slices.Contains(n.Posts, post)
	})
}

// everybodys reports whether people of several tribes voice a need, and no tribe most of it.
func everybodys(n figures.Need) bool {
	return len(n.Within) >= everywhere && !slices.ContainsFunc(n.Within, func(s figures.Share) bool { return 2*s.People > n.People })
}

// foreign reports whether a tribe is told of, and not in lang.
func foreign(t data.Tribe, lang data.Lang) bool {
	return lang != "" && lang != data.LangUnd && len(t.Told) > 0 && !slices.ContainsFunc(t.Told, func(told data.Telling) bool { return told.Lang == lang })
}

// tribeQuotes returns what members wrote: the needs counted, else the words of the exemplars.
func (b *builder) tribeQuotes(t figures.Tribe) []figures.Quote {
	out := slices.Clone(t.Quotes)
	if len(out) >= 2 {
		return out
	}
	seen := make(map[data.AuthorID]bool)
	for _, q := range out {
		seen[q.Post.Author] = true
	}
	for _, id := range t.Exemplars {
		p, ok := b.Posts[id]
		if text := words(p); ok && text != "" && !seen[p.Author] {
			seen[p.Author] = true
			out = append(out, figures.Quote{Text: text, Answered: true, Post: data.PostMeta{
				ID: p.ID, Source: p.Source, Author: p.Author, Thread: p.Thread, CreatedAt: p.CreatedAt, URL: p.URL, Place: p.Place, Lang: p.LangHint}})
		}
	}
	return out
}
