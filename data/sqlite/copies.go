package sqlite

import (
	"bytes"
	"cmp"
	"math/bits"
	"slices"
)

const (
	bands    = 4  // of a print; two within copyBits of each other agree in one of them
	bandBits = 16 // of one
	copyBits = 3  // in which the prints of near-duplicates differ at most (Manku and others 2007)
)

// markCopies marks the posts whose print lies within copyBits of an earlier one by the same author
// that is no copy itself.
func markCopies(all []listened) {
	printed := make([]*listened, 0, len(all))
	for i := range all {
		if all[i].print != 0 {
			printed = append(printed, &all[i])
		}
	}
	slices.SortFunc(printed, func(a, b *listened) int {
		return cmp.Or(bytes.Compare(a.Author[:], b.Author[:]), a.CreatedAt.Compare(b.CreatedAt), bytes.Compare(a.ID[:], b.ID[:]))
	})
	seen := map[uint32][]uint64{} // prints by band
	for i, p := range printed {
		if i > 0 && printed[i-1].Author != p.Author {
			clear(seen)
		}
		if repeats(seen, p.print) {
			p.copy = true
			continue
		}
		for b := range uint32(bands) {
			seen[band(p.print, b)] = append(seen[band(p.print, b)], p.print)
		}
	}
}

func band(print uint64, b uint32) uint32 {
	return b<<bandBits | uint32(print>>(b*bandBits))&(1<<bandBits-1)
}

func repeats(seen map[uint32][]uint64, print uint64) bool {
	for b := range uint32(bands) {
		for _, earlier := range seen[band(print, b)] {
			if bits.OnesCount64(earlier^print) <= copyBits {
				return true
			}
		}
	}
	return false
}
