package figures

// A tally counts the few words that a thing goes by.
type tally[K ~string] []tallied[K]

type tallied[K ~string] struct {
	key K
	n   int
}

func (t *tally[K]) add(key K) {
	for i := range *t {
		if (*t)[i].key == key {
			(*t)[i].n++
			return
		}
	}
	*t = append(*t, tallied[K]{key, 1})
}

// top returns the most frequent key, of equals the first in order.
func (t tally[K]) top() K {
	var best tallied[K]
	for _, c := range t {
		if c.n > best.n || c.n == best.n && c.key < best.key {
			best = c
		}
	}
	return best.key
}

// most returns how often the most frequent key was counted.
func (t tally[K]) most() int {
	n := 0
	for _, c := range t {
		n = max(n, c.n)
	}
	return n
}

// marks is a set of small numbers that is emptied at no cost.
type marks struct {
	at    []int32
	round int32
}

func (m *marks) clear() { m.round++ }

// set adds i and reports whether it is new.
func (m *marks) set(i int32) bool {
	for int(i) >= len(m.at) {
		m.at = append(m.at, 0)
	}
	if m.at[i] > m.round {
		return false
	}
	m.at[i] = m.round + 1
	return true
}

func (m *marks) has(i int32) bool { return int(i) < len(m.at) && m.at[i] > m.round }
