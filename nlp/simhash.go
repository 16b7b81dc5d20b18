package nlp

import "math"

const (
	fnvOffset  = 14695981039346656037
	fnvPrime   = 1099511628211
	minSimhash = 6 // words below which a text is too short to be a copy
)

// fingerprint returns the 64-bit simhash of the words of tokens, taken three at a time (Charikar
// 2002); 0 where there are too few.
func fingerprint(tokens []token) uint64 {
	var ones tally
	var one, two uint64
	n := 0
	for _, t := range tokens {
		if t.kind != word && t.kind != number {
			continue
		}
		h := hash(t.key)
		n++
		if n >= 3 {
			ones.add(mix(h + mix(one+mix(two))))
		}
		one, two = h, one
	}
	if n < minSimhash {
		return 0
	}
	return ones.most()
}

// A tally counts in how many numbers each bit is set: the last few in bytes, eight bits at once.
type tally struct {
	all   int32
	ones  [64]int32
	few   [8]uint64 // by byte of the numbers: a byte for each of its bits
	added uint8     // numbers in few
}

// spread returns the bits of b as the lowest of eight bytes.
func spread(b byte) uint64 {
	const each = 0x0101010101010101
	alone := uint64(b) * each & 0x8040201008040201 // bit i in byte i
	return (alone + 0x7f*each) >> 7 & each
}

func (t *tally) add(h uint64) {
	for i := range t.few {
		t.few[i] += spread(byte(h >> (8 * i)))
	}
	if t.added++; t.added == math.MaxUint8 {
		t.flush()
	}
}

func (t *tally) flush() {
	for i := range t.ones {
		t.ones[i] += int32(byte(t.few[i/8] >> (i % 8 * 8)))
	}
	t.all += int32(t.added)
	t.few, t.added = [8]uint64{}, 0
}

// most returns the bits that are set in more than half of the numbers.
func (t *tally) most() (sum uint64) {
	t.flush()
	for i, n := range t.ones {
		if 2*n > t.all {
			sum |= 1 << i
		}
	}
	return sum
}

// hash is FNV-1a.
func hash(s string) uint64 {
	h := uint64(fnvOffset)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * fnvPrime
	}
	return h
}

// mix spreads the bits of h (splitmix64, Steele 2014).
func mix(h uint64) uint64 {
	h += 0x9e3779b97f4a7c15
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}
