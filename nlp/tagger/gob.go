package tagger

import (
	"errors"
	"fmt"
	"math"
	"math/bits"

	"github.com/jdkato/prose/v2"
)

// A gobReader reads one map or list of texts and numbers from a stream of encoding/gob, piece by piece:
// a whole map of maps would cost more to make than to read.
type gobReader struct {
	rest string
	bad  bool
}

var errDamaged = errors.New("damaged model")

// openModel returns a file of the model that prose carries, from its value on.
func openModel(name string) (*gobReader, error) {
	b, err := prose.Asset("model/AveragedPerceptron/" + name + ".gob")
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	in := &gobReader{rest: string(b)}
	in.skipTypes()
	return in, nil
}

// skipTypes goes to the value behind the messages that define its type: their number is negative.
func (in *gobReader) skipTypes() {
	for !in.bad {
		size := int(in.uint())
		before := len(in.rest)
		if number := in.uint(); number&1 == 0 {
			in.uint() // 0: the value is no struct
			return
		}
		in.take(size - (before - len(in.rest)))
	}
}

// err tells of a stream that could not be read.
func (in *gobReader) err() error {
	if in.bad {
		return errDamaged
	}
	return nil
}

// uint reads a number: itself up to 127, else the bytes of it behind how many they are, negated.
func (in *gobReader) uint() uint64 {
	first := in.take(1)
	switch {
	case first == "":
		return 0
	case first[0] < 128:
		return uint64(first[0])
	}
	n := -int(int8(first[0]))
	if n > 8 {
		in.bad = true
		return 0
	}
	sum := uint64(0)
	for _, b := range []byte(in.take(n)) {
		sum = sum<<8 | uint64(b)
	}
	return sum
}

// count reads how many entries follow.
func (in *gobReader) count() int {
	n := in.uint()
	in.bad = in.bad || n > uint64(len(in.rest))
	if in.bad {
		return 0
	}
	return int(n)
}

// text reads a text, which shares the memory of the stream.
func (in *gobReader) text() string { return in.take(in.count()) }

func (in *gobReader) real() float64 {
	return math.Float64frombits(bits.ReverseBytes64(in.uint()))
}

// take reads n bytes; none where there are fewer.
func (in *gobReader) take(n int) string {
	if n < 0 || n > len(in.rest) {
		in.bad = true
		return ""
	}
	text := in.rest[:n]
	in.rest = in.rest[n:]
	return text
}
