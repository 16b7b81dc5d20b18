package tribes

import (
	"math"
	"testing"
)

// TestEvidence: two groups of three, who say 0 and 1 or 2 and 3, and meet among themselves; the
// seventh is told to be of the first.
func TestEvidence(t *testing.T) {
	tests := []struct {
		name     string
		words    []uint32
		meets    []uint32
		for1st   bool
		speaks   bool
		ofNobody bool
	}{
		{name: "says and meets what the group does", words: []uint32{0, 1}, meets: []uint32{0, 1}, for1st: true, speaks: true},
		{name: "says what the other does", words: []uint32{2, 3}, speaks: true},
		{name: "meets the other", meets: []uint32{3, 4, 5}, speaks: true},
		{name: "says nothing, meets nobody"},
		{name: "is in no group", words: []uint32{0, 1}, meets: []uint32{0, 1}, ofNobody: true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rows := [][]uint32{{0, 1}, {0, 1}, {0, 1}, {2, 3}, {2, 3}, {2, 3}, test.words}
			l := layers{words: &sparse{columns: 4, offsets: []int{0}}}
			for _, row := range rows {
				for _, c := range row {
					l.words.column, l.words.value = append(l.words.column, c), append(l.words.value, 1)
				}
				l.words.offsets = append(l.words.offsets, len(l.words.column))
			}
			for _, pair := range [][2]uint32{{0, 1}, {1, 2}, {3, 4}, {4, 5}} {
				l.met = append(l.met, arc{pair[0], pair[1], 1})
			}
			for _, to := range test.meets {
				l.met = append(l.met, arc{6, to, 1})
			}
			groups := []int{0, 0, 0, 1, 1, 1, 0}
			if test.ofNobody {
				groups[6] = nowhere
			}
			got := l.evidence(groups)[6]
			if math.IsNaN(got) || (got != 0) != test.speaks || test.speaks && (got > 0) != test.for1st {
				t.Errorf("words %v, meets %v: evidence %.3f; want some: %t, for the group: %t", test.words, test.meets, got, test.speaks, test.for1st)
			}
		})
	}
}

func TestHolds(t *testing.T) {
	tests := []struct {
		name  string
		s     standing
		share []float64
		want  []int
	}{
		{"enough ties, nothing said", standing{with: 1}, []float64{.3, 0, 0}, []int{0}},
		{"too few ties", standing{with: 1}, []float64{.12, 0, 0}, nil},
		{"too few ties, words and meetings for it", standing{with: 1, evidence: 5}, []float64{.12, 0, 0}, []int{0}},
		{"enough ties, words and meetings against it", standing{with: 1, evidence: -5}, []float64{.25, 0, 0}, nil},
		{"more evidence than counts", standing{with: 1, evidence: -100}, []float64{.6, 0, 0}, []int{0}},
		{"too few for a newcomer, not for who stayed", standing{with: 1, stayed: true}, []float64{.12, 0, 0}, []int{0}},
		{"who stayed is not sent away by words", standing{with: 1, stayed: true, evidence: -5}, []float64{.12, 0, 0}, []int{0}},
		{"who stayed has too few ties by now", standing{with: 1, stayed: true, evidence: -5}, []float64{.05, 0, 0}, nil},
		{"another one half as strong", standing{with: 1}, []float64{.5, .4, .1}, []int{0, 1}},
		{"another one with more of their ties is no stronger", standing{with: .5}, []float64{.55, .45, 0}, []int{0, 1}},
	}
	for _, test := range tests {
		share := newTally(3)
		for g, x := range test.share {
			if x > 0 {
				share.add(g, x)
			}
		}
		var got []int
		all := test.s.holds(share, []float64{1, .8, .8})
		for _, h := range all {
			got = append(got, h.group)
			if h.strength > all[0].strength {
				t.Errorf("%s: group %d holds with %.2f, more than the first with %.2f", test.name, h.group, h.strength, all[0].strength)
			}
		}
		if len(got) != len(test.want) || len(got) > 0 && got[0] != test.want[0] {
			t.Errorf("%s: %+v, shares %v: got %v, want %v", test.name, test.s, test.share, got, test.want)
		}
	}
}
