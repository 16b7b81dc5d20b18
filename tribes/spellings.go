package tribes

import (
	"hash/maphash"
	"strings"
)

// A spelling is a key in a form and a language.
type spelling struct {
	key, form string
	lang      uint32
}

// A spelt is what is known of a spelling.
type spelt struct {
	spelling
	hash   uint64
	word   uint32
	posts  uint32 // that write it
	barred bool   // the form is demographic
}

// Spellings are a hash table that looks up in place, and once: nearly every word of every post is
// one of the few that were met before.
type spellings struct {
	seed  maphash.Seed
	slots []uint64 // the upper half of the hash, and 1 + the place in all
	all   []spelt
}

func newSpellings() spellings {
	return spellings{seed: maphash.MakeSeed(), slots: make([]uint64, 1<<10)}
}

// of returns what is known of a spelling, which add makes where it is new. What is kept is a copy:
// it may be part of a text of many.
func (s *spellings) of(what spelling, add func(*spelt)) *spelt {
	hash := maphash.String(s.seed, what.key) ^ uint64(what.lang)*0x9e3779b97f4a7c15
	if what.form != what.key {
		hash = hash*0xff51afd7ed558ccd ^ maphash.String(s.seed, what.form)
	}
	at := s.slot(hash, what)
	if s.slots[at] == 0 {
		if 2*len(s.all) >= len(s.slots) {
			s.grow()
			at = s.slot(hash, what)
		}
		known := spelt{spelling: spelling{strings.Clone(what.key), "", what.lang}, hash: hash}
		if known.form = known.key; what.form != what.key {
			known.form = strings.Clone(what.form)
		}
		add(&known)
		s.all = append(s.all, known)
		s.slots[at] = hash>>32<<32 | uint64(len(s.all))
	}
	return &s.all[uint32(s.slots[at])-1]
}

// slot returns where a spelling is, or the free slot where it belongs.
func (s *spellings) slot(hash uint64, what spelling) uint64 {
	last := uint64(len(s.slots) - 1)
	for at := hash & last; ; at = (at + 1) & last {
		found := s.slots[at]
		if found == 0 || found>>32 == hash>>32 && s.all[uint32(found)-1].spelling == what {
			return at
		}
	}
}

func (s *spellings) grow() {
	s.slots = make([]uint64, 2*len(s.slots))
	last := uint64(len(s.slots) - 1)
	for i := range s.all {
		at := s.all[i].hash & last
		for s.slots[at] != 0 {
			at = (at + 1) & last
		}
		s.slots[at] = s.all[i].hash>>32<<32 | uint64(i+1)
	}
}
