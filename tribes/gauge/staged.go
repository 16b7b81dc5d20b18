package gauge

import (
	"fmt"
	"math/bits"
	"slices"
	"time"

	"tribu/data"
)

const (
	atOnce      = 2 * time.Minute
	nearlySame  = 3    // bits in which the fingerprints of copies differ at most
	stagedShare = 0.15 // of copies, from which a tribe is possibly staged
)

// A Stage says whether a tribe may be put on.
type Stage struct {
	Copies    Reading `json:"copies"`    // posts that nearly repeat another member's
	Synchrony Reading `json:"synchrony"` // posts within two minutes of another member's, over what chance gives
	Staged    bool    `json:"possibly_staged"`
}

// Staged reads copy-paste and synchrony. Chance moves each member's posts by whole days of their
// own, which keeps everybody's hours.
func Staged(w *World, t data.TribeID) Stage {
	s := Stage{Copies: Reading{Gauge: "copies"}, Synchrony: Reading{Gauge: "synchrony"}}
	in := w.members(t)
	var posts []Post
	printed := 0
	for _, p := range w.Posts {
		if in[p.Author] {
			posts = append(posts, p)
			if p.Print != 0 {
				printed++
			}
		}
	}
	if s.Copies.enough(printed, 20) {
		s.Copies.share(copies(posts), printed, "%d of %d posts nearly repeat another member's")
	}
	if s.Synchrony.enough(len(posts), 20) {
		s.Synchrony.synchrony(w, posts)
	}
	s.Staged = s.Copies.State == "" && s.Copies.Low >= stagedShare || s.Synchrony.State == "" && s.Synchrony.P < 0.01 && s.Synchrony.Value >= 3
	return s
}

// copies counts the posts whose words are nearly those of an earlier one by another.
func copies(posts []Post) int {
	n := 0
	for i, p := range posts {
		if p.Print != 0 && slices.ContainsFunc(posts[:i], func(q Post) bool {
			return q.Print != 0 && q.Author != p.Author && bits.OnesCount64(p.Print^q.Print) <= nearlySame
		}) {
			n++
		}
	}
	return n
}

func (r *Reading) synchrony(w *World, posts []Post) {
	times, who := make([]int64, len(posts)), make([]int, len(posts))
	for i, p := range posts {
		times[i], who[i] = p.At.Unix(), p.Author
	}
	got := together(times, who)
	var by []float64
	random := w.random(6)
	members := slices.Compact(slices.Sorted(slices.Values(who)))
	for range shuffles {
		days := make(map[int]int64)
		for _, v := range members {
			days[v] = int64(random.IntN(29) - 14)
		}
		moved := make([]int64, len(times))
		for i := range times {
			moved[i] = times[i] + 86400*days[who[i]]
		}
		by = append(by, float64(together(moved, who)))
	}
	r.Value, r.P = round(float64(got)/max(1, mean(by))), chanceOf(float64(got), by)
	r.Says = fmt.Sprintf("%d of %d posts within two minutes of another member's; chance gives %.1f", got, len(posts), mean(by))
}

// together counts the posts that have one of another author within two minutes.
func together(times []int64, who []int) int {
	order := make([]int, len(times))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(times[a] - times[b]) })
	met := make([]bool, len(times))
	for i, a := range order {
		for _, b := range order[i+1:] {
			if times[b]-times[a] > int64(atOnce/time.Second) {
				break
			}
			if who[a] != who[b] {
				met[a], met[b] = true, true
			}
		}
	}
	n := 0
	for _, m := range met {
		if m {
			n++
		}
	}
	return n
}
