package problem

// averageLink groups 0 … n-1: two groups are one as long as the mean likeness of their members is
// at least the given one. Nearest-neighbour chains: O(n²) time and memory. Ties go to the lower
// number.
func averageLink(n int, likeness func(i, j int) float64, least float64) [][]int {
	l := newLink(n, likeness)
	var chain []int
	for start := 0; start < n; {
		if len(chain) == 0 {
			if !l.open[start] {
				start++
				continue
			}
			chain = append(chain, start)
		}
		top := chain[len(chain)-1]
		next, s := l.nearest(top, chain)
		switch {
		case next < 0 || s < float32(least): // nothing that is left will ever come closer
			l.open[top] = false
			chain = chain[:len(chain)-1]
		case len(chain) > 1 && next == chain[len(chain)-2]:
			chain = chain[:len(chain)-2]
			l.merge(next, top)
		default:
			chain = append(chain, next)
		}
	}
	var groups [][]int
	for _, members := range l.members {
		if len(members) > 0 {
			groups = append(groups, members)
		}
	}
	return groups
}

type link struct {
	n       int
	like    []float32
	open    []bool // may still be joined
	members [][]int
}

func newLink(n int, likeness func(i, j int) float64) *link {
	l := &link{n: n, like: make([]float32, n*n), open: make([]bool, n), members: make([][]int, n)}
	for i := range n {
		l.open[i], l.members[i] = true, []int{i}
		for j := range i {
			s := float32(likeness(i, j))
			l.like[i*n+j], l.like[j*n+i] = s, s
		}
	}
	return l
}

// nearest returns the open group most like i; among equals the one before i in the chain, so that
// chains end, then the lowest.
func (l *link) nearest(i int, chain []int) (int, float32) {
	best, most := -1, float32(0)
	if len(chain) > 1 {
		best = chain[len(chain)-2]
		most = l.like[i*l.n+best]
	}
	for j, s := range l.like[i*l.n : (i+1)*l.n] {
		if l.open[j] && j != i && (best < 0 || s > most) {
			best, most = j, s
		}
	}
	return best, most
}

// merge puts group b into the lower of the two.
func (l *link) merge(a, b int) {
	a, b = min(a, b), max(a, b)
	x, y := float32(len(l.members[a])), float32(len(l.members[b]))
	for j := range l.n {
		if l.open[j] && j != a && j != b {
			s := (x*l.like[a*l.n+j] + y*l.like[b*l.n+j]) / (x + y)
			l.like[a*l.n+j], l.like[j*l.n+a] = s, s
		}
	}
	l.members[a] = append(l.members[a], l.members[b]...)
	l.members[b], l.open[b] = nil, false
}
