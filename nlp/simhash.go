package nlp

const (
	fnvOffset  = 14695981039346656037
	fnvPrime   = 1099511628211
	minSimhash = 6 // words below which a text is too short to be a copy
)

// fingerprint returns the 64-bit simhash of the words of tokens, taken three at a time (Charikar
// 2002); 0 where there are too few.
func fingerprint(tokens []token) uint64 {
	var counts [64]int32
	var one, two uint64
	n := 0
	for _, t := range tokens {
		if t.kind != word && t.kind != number {
			continue
		}
		h := hash(t.key)
		n++
		if n >= 3 {
			tally(&counts, mix(h+mix(one+mix(two))))
		}
		one, two = h, one
	}
	if n < minSimhash {
		return 0
	}
	var sum uint64
	for i, c := range counts {
		if c > 0 {
			sum |= 1 << i
		}
	}
	return sum
}

func tally(counts *[64]int32, h uint64) {
	for i := range counts {
		counts[i] += int32(h>>i&1)*2 - 1
	}
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
