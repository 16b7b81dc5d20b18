package tribes

// A tally adds up what goes to each of many, of whom few are met: clearing it costs no more.
type tally struct {
	of  []float64
	met []int // those with anything, in the order they were met
}

func newTally(n int) *tally { return &tally{of: make([]float64, n)} }

// add counts x, which must be above 0, for i.
func (t *tally) add(i int, x float64) {
	if t.of[i] == 0 {
		t.met = append(t.met, i)
	}
	t.of[i] += x
}

func (t *tally) clear() {
	for _, i := range t.met {
		t.of[i] = 0
	}
	t.met = t.met[:0]
}

// most returns who has most, the first of equals; nowhere where nobody has anything.
func (t *tally) most() int {
	best := nowhere
	for _, i := range t.met {
		if best == nowhere || t.of[i] > t.of[best] || t.of[i] == t.of[best] && i < best {
			best = i
		}
	}
	return best
}

// dot returns the sum of the products of what both have.
func (t *tally) dot(other *tally) float64 {
	sum := 0.0
	for _, i := range t.met {
		sum += t.of[i] * other.of[i]
	}
	return sum
}
