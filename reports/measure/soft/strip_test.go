package soft

import (
	"slices"
	"testing"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/stats"
)

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
