package problem

import (
	"cmp"
	"math"
	"slices"
)

// A sparse is a vector of few non-zero values, by ascending column.
type sparse []cell

type cell struct {
	column uint32
	value  float32
}

// Columns of trigrams and conversations are marked, so that they never meet those of features.
const (
	gram = 1 << 31
	talk = 1 << 30
)

func (s sparse) scale(by float64) {
	for i := range s {
		s[i].value = float32(float64(s[i].value) * by)
	}
}

func (s sparse) length() float64 {
	sum := 0.0
	for _, c := range s {
		sum += float64(c.value) * float64(c.value)
	}
	return math.Sqrt(sum)
}

// to scales s to the given length; a zero vector stays.
func (s sparse) to(length float64) {
	if l := s.length(); l > 0 {
		s.scale(length / l)
	}
}

func (s sparse) sort() {
	slices.SortStableFunc(s, func(a, b cell) int { return cmp.Compare(a.column, b.column) })
}

// has reports whether s has a value in column.
func (s sparse) has(column uint32) bool {
	_, found := slices.BinarySearchFunc(s, column, func(c cell, column uint32) int { return cmp.Compare(c.column, column) })
	return found
}

func dot(a, b sparse) float64 {
	sum := 0.0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].column < b[j].column:
			i++
		case a[i].column > b[j].column:
			j++
		default:
			sum += float64(a[i].value) * float64(b[j].value)
			i++
			j++
		}
	}
	return sum
}

func dotDense(a, b []float32) float64 {
	sum := float32(0)
	for i, x := range a {
		sum += x * b[i]
	}
	return float64(sum)
}

// total adds vectors up, in their order.
func total(all []sparse) sparse {
	size := 0
	for _, s := range all {
		size += len(s)
	}
	out := make(sparse, 0, size)
	for _, s := range all {
		out = append(out, s...)
	}
	out.sort()
	kept := out[:0]
	for _, c := range out {
		if n := len(kept); n > 0 && kept[n-1].column == c.column {
			kept[n-1].value += c.value
			continue
		}
		kept = append(kept, c)
	}
	if 2*len(kept) < size {
		return slices.Clone(kept)
	}
	return kept
}
