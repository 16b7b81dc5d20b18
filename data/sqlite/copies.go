package sqlite

import (
	"bytes"
	"cmp"
	"math/bits"
	"slices"

	"tribu/data"
)

const (
	bands    = 4  // of a print; two within copyBits of each other agree in one of them
	bandBits = 16 // of one
	copyBits = 3  // in which the prints of near-duplicates differ at most (Manku and others 2007)
)

// markCopies marks the posts whose print lies within copyBits of an earlier one by the same author
// that is no copy itself.
func markCopies(all []listened) {
	writers := map[data.AuthorID]uint32{}
	printed := make([]printedPost, 0, len(all))
	for i := range all {
		if p := &all[i]; p.print != 0 {
			writer, known := writers[p.Author]
			if !known {
				writer = uint32(len(writers))
				writers[p.Author] = writer
			}
			printed = append(printed, printedPost{writer, p.CreatedAt.Unix(), p})
		}
	}
	slices.SortFunc(printed, func(a, b printedPost) int {
		if order := cmp.Or(cmp.Compare(a.writer, b.writer), cmp.Compare(a.at, b.at)); order != 0 {
			return order
		}
		return bytes.Compare(a.ID[:], b.ID[:])
	})
	var seen prints
	for i, p := range printed {
		if i > 0 && printed[i-1].writer != p.writer {
			seen = prints{all: seen.all[:0]}
		}
		if seen.near(p.print) {
			p.copy = true
			continue
		}
		seen.add(p.print)
	}
}

// A printedPost is a post with a print, beside what it is ordered by.
type printedPost struct {
	writer uint32
	at     int64
	*listened
}

// Prints are those of an author's posts that are no copies.
type prints struct {
	all    []uint64
	byBand map[uint32][]uint64 // once they are many
}

const manyPrints = 64

func (s *prints) add(print uint64) {
	s.all = append(s.all, print)
	switch {
	case len(s.all) < manyPrints:
	case s.byBand == nil:
		s.byBand = map[uint32][]uint64{}
		for _, p := range s.all {
			s.band(p)
		}
	default:
		s.band(print)
	}
}

func (s *prints) band(print uint64) {
	for b := range uint32(bands) {
		s.byBand[band(print, b)] = append(s.byBand[band(print, b)], print)
	}
}

// near reports whether one lies within copyBits of print.
func (s *prints) near(print uint64) bool {
	if s.byBand == nil {
		return within(s.all, print)
	}
	for b := range uint32(bands) {
		if within(s.byBand[band(print, b)], print) {
			return true
		}
	}
	return false
}

func within(all []uint64, print uint64) bool {
	for _, earlier := range all {
		if bits.OnesCount64(earlier^print) <= copyBits {
			return true
		}
	}
	return false
}

func band(print uint64, b uint32) uint32 {
	return b<<bandBits | uint32(print>>(b*bandBits))&(1<<bandBits-1)
}
