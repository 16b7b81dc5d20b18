package nlp

import "testing"

// TestTally counts every bit by itself, of few numbers, of as many as a byte counts, and of more.
func TestTally(t *testing.T) {
	for _, n := range []int{0, 1, 2, 3, 254, 255, 256, 700} {
		var ones tally
		counts := [64]int{}
		h := uint64(n)
		for range n {
			h = mix(h)
			ones.add(h)
			for i := range counts {
				counts[i] += int(h>>i&1)*2 - 1
			}
		}
		want := uint64(0)
		for i, c := range counts {
			if c > 0 {
				want |= 1 << i
			}
		}
		if got := ones.most(); got != want {
			t.Errorf("most of %d numbers = %x, want %x", n, got, want)
		}
	}
}
