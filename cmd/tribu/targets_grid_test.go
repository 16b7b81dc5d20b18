package main

import (
	"fmt"
	"path/filepath"

	"tribu/tribes"
)

// grid prints how far what auto chooses is from the best of a grid of weights and resolutions, on the
// real corpora.
func (b bench) grid() {
	root := shared(b.t)
	var losses []float64
	for _, c := range corpora[:3] {
		dir, folder := filepath.Join(b.t.TempDir(), c.name), filepath.Join(root, "corpora", c.name)
		run(b.t, exitDone, "init", dir, "--yes")
		run(b.t, exitDone, "-C", dir, "import", filepath.Join(folder, "posts.jsonl.gz"))
		run(b.t, exitDone, "-C", dir, "analyse")
		ami := func(args ...string) float64 {
			var r runRow
			var g tribes.Agreement
			answer(b.t, exitDone, &r, append([]string{"-C", dir, "cluster", "--as-of", c.asOf, "--window", c.window}, args...)...)
			answer(b.t, exitDone, &g, "-C", dir, "evaluate", "--truth", filepath.Join(folder, "truth.csv"), "--run", r.ID)
			return g.Placed.AMIAll
		}
		auto, best, at := ami(), 0.0, ""
		for _, resolution := range []string{"0.5", "0.7", "1", "1.5", "2", "3"} {
			for _, weight := range []string{"0.25", "0.5", "0.75"} {
				if x := ami("--resolution", resolution, "--need-weight", weight); x > best {
					best, at = x, "γ "+resolution+", weight "+weight
				}
			}
		}
		losses = append(losses, best-auto)
		b.row("T7", "auto on "+c.name, fmt.Sprintf("AMI %.3f", auto), fmt.Sprintf("best of the grid %.3f at %s", best, at))
	}
	b.row("T7", "mean loss to the best of the grid", fmt.Sprintf("%.3f", mean(losses)), "want ≤ .030")
}

func mean(all []float64) float64 {
	sum := 0.0
	for _, x := range all {
		sum += x / float64(len(all))
	}
	return sum
}
