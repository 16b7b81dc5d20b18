package soft

import (
	"math"
	"slices"
	"testing"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/stats"
)

func TestDeference(t *testing.T) {
	if got := Deference(9, 3); got != 0.5 {
		t.Errorf("Deference(9, 3) = %v, want .5", got)
	}
}

func TestStandings(t *testing.T) {
	world := newCommunity()
	world.tribe("ta", 7, 0, "")
	for _, who := range []string{"ta1", "ta2", "ta3", "ta4"} {
		world.post(who, "", "x", "ta0")
	}
	world.post("ta5", "", "x", "ta1")
	got := Standings(measure.Read(world.in), "ta")
	if got[0].Author != author("ta0") || got[0].Class != Leader || got[0].In != 4 || got[0].Deference != 1 {
		t.Errorf("first = %+v, want ta0 as leader", got[0])
	}
	sum := 0.0
	for _, s := range got {
		sum += s.PageRank
		if s.Author == author("ta1") && (s.Betweenness != 1 || s.Class != Bridge) {
			t.Errorf("ta1 = %+v, want the bridge from ta5 to ta0", s)
		}
	}
	if math.Abs(sum-1) > 1e-9 {
		t.Errorf("PageRanks add up to %v, want 1", sum)
	}
}

func TestStrip(t *testing.T) {
	world := newCommunity()
	world.tribe("ta", 30, 0, "")
	for range 12 {
		world.post("ta0", "", "my beloved zeppelin over the garden")
	}
	r := measure.Read(world.in)
	agreed := map[data.AuthorID]bool{author("ta0"): true, author("ta1"): true}
	got, state := Strip(r, author("ta0"), agreed)
	if state != stats.Known || !slices.ContainsFunc(got, func(h Habit) bool { return h.Word == "zeppelin" }) || slices.ContainsFunc(got, func(h Habit) bool { return h.Word == "garden" }) {
		t.Errorf("strip = %+v, %q; want the zeppelin, not the garden", got, state)
	}
	if _, state := Strip(r, author("ta1"), agreed); state != stats.Insufficient {
		t.Errorf("strip of one post = %q, want %q", state, stats.Insufficient)
	}
	if got, state := Strip(r, author("ta0"), nil); state != Withheld || got != nil {
		t.Errorf("strip without consent = %v, %q, want %q", got, state, Withheld)
	}
}
