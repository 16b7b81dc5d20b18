package tribes

import (
	"testing"
	"time"

	"tribu/data"
	"tribu/tribes/planted"
)

// TestWhyTellsRefining: of whom Why says that refining placed them, more ties and shared needs lead to
// another group, and more of what they say and whom they meet speaks for their own. A cause that ends
// it does so in the world without it.
func TestWhyTellsRefining(t *testing.T) {
	posts, _, err := planted.Posts(planted.Plan{Scenario: planted.InteractionWeak, Authors: 250, Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	p := Params{AsOf: time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC), Window: 8 * 7 * 24 * time.Hour, Repeats: 5, Resolution: 2}.withDefaults()
	in := load(t, hear(posts), p)
	r, err := Form(in, p)
	if err != nil {
		t.Fatal(err)
	}
	whole, all, told, refinedOnes, ended := buildLayers(in, p), 0, 0, 0, 0
	for _, m := range r.Members {
		if m.Tribe == "" || m.Rank > 0 {
			continue
		}
		v, _ := in.number(m.Author)
		s, out := standOf(in, r, p, v), []Because{{Tribe: m.Tribe}}
		s.place(whole, out)
		if all++; s.told {
			told++
		}
		if !out[0].Refined {
			continue
		}
		refinedOnes++
		share := newTally(groupCount(s.groups))
		embedded(whole, s.groups, v, share)
		if own := share.of[m.Placed]; own >= share.of[share.most()] || out[0].Likelier <= 0 {
			t.Errorf("%s: refined, but %.3f of the weight is theirs of at most %.3f, %.2f likelier", m.Author, own, share.of[share.most()], out[0].Likelier)
		}
		if ended < 2 && refinedOnes <= 6 {
			ended += checkEnds(t, in, r, p, m.Author)
		}
	}
	if refinedOnes == 0 || told*10 < all*9 || ended == 0 {
		t.Errorf("of %d people %d are told by what speaks for them, %d refined, %d causes end a membership; want nine in ten, some and some", all, told, refinedOnes, ended)
	}
}

// checkEnds counts the posts that Why says end a membership, each tried anew.
func checkEnds(t *testing.T, in Input, r data.RunRecord, p Params, author data.AuthorID) (ended int) {
	t.Helper()
	all, err := Why(in, r, author)
	if err != nil {
		t.Fatal(err)
	}
	v, _ := in.number(author)
	for _, c := range all[0].Posts {
		s := standOf(in, r, p, v)
		s.place(buildLayers(in, p), []Because{{Tribe: all[0].Tribe}})
		less := buildLayers(in.without(c.Post), p)
		_, member := s.footings(less)
		if still := member[s.groups[v]] && s.toldOwn(less); still == c.Leaves {
			t.Errorf("%s without %s: still a member %t, Why says that it ends: %t", author, c.ID, still, c.Leaves)
		}
		if c.Leaves {
			ended++
		}
	}
	return ended
}
