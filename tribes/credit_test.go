package tribes

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"tribu/tribes/planted"
)

// TestFit: people choose one of four groups by what their words and ties tell, which is known; some of
// them are told to be in any of the four.
func TestFit(t *testing.T) {
	tests := []struct {
		name          string
		wrong         float64
		fit           func([][]proof) proof
		words, ties   float64 // of what made the choice, that are found: at least
		words2, ties2 float64 // and at most
	}{
		{"everybody is where they are told to be", 0, fitted, .9, .45, 1.1, .55},
		{"the same, in doubt", 0, fittedInDoubt, .9, .45, 1.1, .55},
		{"one in five is anywhere", .2, fitted, .1, .05, .6, .35},
		{"the same, in doubt", .2, fittedInDoubt, .88, .43, 1.12, .57},
	}
	for _, test := range tests {
		got := test.fit(choices(4000, proof{words: 1, ties: .5}, test.wrong))
		if got.words < test.words || got.words > test.words2 || got.ties < test.ties || got.ties > test.ties2 {
			t.Errorf("%s: got words %.3f, ties %.3f; want %.2f–%.2f, %.2f–%.2f", test.name, got.words, got.ties, test.words, test.words2, test.ties, test.ties2)
		}
	}
}

// choices draws the proofs of people who choose by so much of them, a share of whom is told to be anywhere.
func choices(people int, by proof, wrong float64) [][]proof {
	random := rand.New(rand.NewPCG(1, 0x66697474))
	all := make([][]proof, people)
	for v := range all {
		proofs := make([]proof, 4)
		for s := range proofs {
			proofs[s] = proof{words: 2 * random.NormFloat64(), ties: 4 * random.NormFloat64()}
		}
		at, left := 0, random.Float64()
		for s, share := range softmax(proofs, by) {
			if at = s; left < share {
				break
			}
			left -= share
		}
		if random.Float64() < wrong {
			at = random.IntN(4)
		}
		proofs[0], proofs[at] = proofs[at], proofs[0]
		all[v] = proofs
	}
	return all
}

// Groups made of meetings are told best by meetings, and those made of words by words; what the other
// half of the conversations shows tells how much both are worth, whatever the groups were made of.
func TestCreditDoesNotDependOnWhatMadeTheGroups(t *testing.T) {
	posts, _, err := planted.Posts(planted.Plan{Scenario: planted.SharedProblem, Authors: 800, Seed: 4})
	if err != nil {
		t.Fatal(err)
	}
	p := Params{AsOf: time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC), Window: 8 * 7 * 24 * time.Hour}.withDefaults()
	in := load(t, hear(posts), p)
	l := buildLayers(in, p)
	told := newTrial(in, l, p).credit()
	ratio := func(t proof) float64 { return math.Log(t.words / t.ties) }
	meetings, words := told, told
	for made, c := range map[float64]*credit{.25: &meetings, .75: &words} {
		alone := l.weighed(made)
		c.trust = newRefining(alone, place(alone, p, memory{}), memory{}).trust
	}
	if circular := ratio(words.trust) - ratio(meetings.trust); circular < 1 {
		t.Errorf("of groups made of words and of meetings, words count beside meetings %.2f apart; want a world in which that is more than 1", circular)
	}
	q := p
	q.NeedWeight = .25
	other := newTrial(in, l.weighed(.25), q).credit()
	if told != other {
		t.Errorf("got %+v, and %+v where the run weighs words less; want the same", told, other)
	}
	if told.trust.words != 1 || told.trust.ties < .3 || told.trust.ties > .7 {
		t.Errorf("got trust in words %.2f, in ties %.2f; want 1 and about .5, as the groups that were planted tell", told.trust.words, told.trust.ties)
	}
	if few := newTrial(in.only(firstFew(len(in.authors), 60)), l, p).credit(); few != (credit{}) {
		t.Errorf("60 people: got %+v, want nothing where so few spoke in both halves", few)
	}
}

func firstFew(all, few int) []bool {
	keep := make([]bool, all)
	for v := range few {
		keep[v] = true
	}
	return keep
}
