package main

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"

	"tribu/tribes"
)

// corpora prints how far what auto chooses is from the best of a grid of weights and resolutions, on
// the real corpora, means of five seeds.
func (b bench) corpora() {
	const seeds = 5
	root := shared(b.t)
	var losses []float64
	for _, c := range corpora[:3] {
		dir, folder := filepath.Join(b.t.TempDir(), c.name), filepath.Join(root, "corpora", c.name)
		run(b.t, exitDone, "init", dir, "--yes")
		run(b.t, exitDone, "-C", dir, "import", filepath.Join(folder, "posts.jsonl.gz"))
		run(b.t, exitDone, "-C", dir, "analyse")
		auto, cells := 0.0, []tribes.Cell(nil)
		for seed := range seeds {
			w := b.formed(dir, filepath.Join(folder, "truth.csv"), "--as-of", c.asOf, "--window", c.window, "--seed", fmt.Sprint(seed+1))
			auto += w.score.Placed.AMIAll / seeds
			for i, cell := range b.grid(w) {
				cell.AMIAll /= seeds
				if seed == 0 {
					cells = append(cells, cell)
					continue
				}
				cells[i].AMIAll += cell.AMIAll
			}
		}
		best := slices.MaxFunc(cells, func(x, y tribes.Cell) int { return cmp.Compare(x.AMIAll, y.AMIAll) })
		losses = append(losses, best.AMIAll-auto)
		b.row("T7", "auto on "+c.name, fmt.Sprintf("AMI %.3f", auto), fmt.Sprintf("best of the grid %.3f at γ %g, weight %g", best.AMIAll, best.Resolution, best.NeedWeight))
	}
	b.row("T7", "mean loss to the best of the grid", fmt.Sprintf("%.3f", mean(losses)), fmt.Sprintf("want ≤ %.3f", gap))
}

func mean(all []float64) float64 {
	sum := 0.0
	for _, x := range all {
		sum += x / float64(len(all))
	}
	return sum
}
