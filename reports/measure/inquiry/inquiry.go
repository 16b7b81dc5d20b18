// Package inquiry prepares a contextual inquiry: what to read and what to ask before going where
// people try to get an outcome. It draws posts with the talk around them, lays frustrations,
// expectations and goals along the journey, and writes open questions in people's own words.
package inquiry

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/signs"
)

// packSize is how many posts a pack holds.
const packSize = 15

// around is how many posts of the thread before and after are shown at most.
const around = 20

// Elsewhere is the place of posts that do not say where they are.
const Elsewhere signs.Sign = "other"

// A Case is one post of a pack, with what stands around it.
type Case struct {
	Quote         measure.Quote
	Place         signs.Sign // home, office, shop, travel, other
	Stage         signs.Sign
	Community     string // source and place it was written in
	Text          string // the whole post where its words are at hand
	Before, After []Turn // posts of the thread, oldest first
}

// A Turn is a post of the same thread.
type Turn struct {
	Post  data.PostMeta
	Text  string
	Asker bool // by the author of the case
}

// A Pack is what to read before asking: at most 15 cases by different authors, drawn evenly
// from the strata (tribe, place, language) with the seed, so that the same seed gives the same pack.
type Pack struct {
	Seed  uint64
	Of    int // posts it was drawn from, one per author
	Cases []Case
}

// Draw draws the pack of an outcome from the posts that state it.
func Draw(r *measure.Reading, posts []data.PostID, seed uint64) Pack {
	rows := oncePerAuthor(r, posts)
	rng := rand.New(rand.NewPCG(seed, 0x696e7175))
	strata, order := make(map[string][]data.NeedRow), []string{}
	for _, n := range rows {
		k := string(r.Home[n.Author]) + "\x00" + string(placeOf(r, n.ID)) + "\x00" + string(n.Need.Lang)
		if strata[k] == nil {
			order = append(order, k)
		}
		strata[k] = append(strata[k], n)
	}
	slices.Sort(order)
	for _, k := range order {
		s := strata[k]
		rng.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
	}
	p := Pack{Seed: seed, Of: len(rows)}
	for round := 0; len(p.Cases) < min(packSize, len(rows)); round++ {
		for _, k := range order {
			if round < len(strata[k]) && len(p.Cases) < packSize {
				p.Cases = append(p.Cases, caseOf(r, strata[k][round]))
			}
		}
	}
	slices.SortStableFunc(p.Cases, func(a, b Case) int {
		return cmp.Or(a.Quote.At.Compare(b.Quote.At), slices.Compare(a.Quote.Post[:], b.Quote.Post[:]))
	})
	return p
}

// oncePerAuthor returns the first need of each of posts, one post per author, by time.
func oncePerAuthor(r *measure.Reading, posts []data.PostID) []data.NeedRow {
	wanted := make(map[data.PostID]bool, len(posts))
	for _, id := range posts {
		wanted[id] = true
	}
	seen := make(map[data.AuthorID]bool)
	var out []data.NeedRow
	for _, n := range r.Needs {
		if wanted[n.ID] && !seen[n.Author] {
			seen[n.Author] = true
			out = append(out, n)
		}
	}
	return out
}

func placeOf(r *measure.Reading, id data.PostID) signs.Sign {
	if at := r.Signs(id).Of(signs.Places()); len(at) > 0 {
		return at[0]
	}
	return Elsewhere
}

func caseOf(r *measure.Reading, n data.NeedRow) Case {
	c := Case{Quote: measure.QuoteOf(n), Place: placeOf(r, n.ID), Stage: stage(r, n), Community: community(n.PostMeta), Text: r.Said(n.ID)}
	thread := r.Thread(n.Thread)
	at := slices.IndexFunc(thread, func(p data.PostMeta) bool { return p.ID == n.ID })
	for i := max(0, at-around); at >= 0 && i < min(len(thread), at+around+1); i++ {
		turn := Turn{thread[i], r.Said(thread[i].ID), thread[i].Author == n.Author}
		switch {
		case i < at:
			c.Before = append(c.Before, turn)
		case i > at:
			c.After = append(c.After, turn)
		}
	}
	return c
}

func community(p data.PostMeta) string {
	if p.Place == "" {
		return p.Source
	}
	return p.Source + " / " + p.Place
}
