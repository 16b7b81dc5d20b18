package problem

import (
	"cmp"
	"slices"
)

// A mark is what a voice has in common with others, as a hash: putting marks in order takes a
// fraction of the room of a table of who has which.
type mark struct {
	hash  uint64
	voice int32
}

// eachAlike puts marks in order and calls each with those of one hash, by voice.
func eachAlike(marks []mark, each func([]mark)) {
	slices.SortFunc(marks, func(a, b mark) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.voice, b.voice)) })
	for start, i := 0, 1; i <= len(marks); i++ {
		if i == len(marks) || marks[i].hash != marks[start].hash {
			each(marks[start:i])
			start = i
		}
	}
}

// several reports whether marks are of n or more, by what of says of a voice.
func several[T comparable](marks []mark, n int, of func(voice int32) T) bool {
	var met []T
	for _, m := range marks {
		if t := of(m.voice); !slices.Contains(met, t) {
			met = append(met, t)
		}
		if len(met) >= n {
			return true
		}
	}
	return false
}
