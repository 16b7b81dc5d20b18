package gauge

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// TestInfluenceIsMoreThanLuck: forty people of whom everybody hears five. Where all name things at
// moments of their own, of many somebody seems followed by luck; where ten hear one and name what
// that one named within two days, that one is followed.
func TestInfluenceIsMoreThanLuck(t *testing.T) {
	told := 0
	for seed := range uint64(20) {
		s := heardByFive(seed)
		w := s.world(nil)
		if _, leaders := influence(&w, "ta"); len(leaders) > 0 {
			told++
		}
	}
	if told > 3 {
		t.Errorf("moments of their own: somebody is followed in %d of 20 worlds, want at most 3", told)
	}
	s := heardByFive(1)
	for i := 1; i <= 10; i++ {
		s.turn(i, 0, 0)
	}
	for k := range 6 {
		topic := fmt.Sprint("new", k)
		s.post(0, float64(400*k), topic)
		for i := 1; i <= 10; i++ {
			s.post(i, float64(400*k+i*4), topic)
		}
	}
	w := s.world(nil)
	r, leaders := influence(&w, "ta")
	if len(leaders) != 1 || leaders[0].Author != who(0) || r.P > 0.05 || r.Says != "1 member is followed beyond chance" {
		t.Errorf("one who is followed: got %+v, %+v, want that one", r, leaders)
	}
}

func heardByFive(seed uint64) *scene {
	s := newScene(40)
	s.random = rand.New(rand.NewPCG(seed, 3))
	for i := range 40 {
		for k := 1; k <= 5; k++ {
			s.turn(i, (i+k)%40, 0)
		}
		for range 12 {
			s.post(i, 2400*s.random.Float64(), fmt.Sprint("topic", s.random.IntN(15)))
		}
	}
	return s
}
