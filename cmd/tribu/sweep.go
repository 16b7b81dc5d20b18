package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tribu/cmd/tribu/config"
	"tribu/data"
	"tribu/data/sqlite"
	"tribu/reports/sweep"
	"tribu/tribes"
)

// mostSweeps is the number of runs one sweep may ask for.
const mostSweeps = 500

// sweepFlags are the flags of cluster sweep.
type sweepFlags struct {
	cluster clusterFlags
	grid    []string
	seeds   int
	out     string
}

func newSweep(a *app) *cobra.Command {
	var f sweepFlags
	c := &cobra.Command{Use: "sweep", Short: "Cluster over a grid of parameters and compare: one table, one page", Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error {
		return a.write(c.Context(), func(db *sqlite.DB) error { return a.sweep(c, db, f) })
	}}
	f.cluster.bind(c)
	c.Flags().StringArrayVar(&f.grid, "grid", nil, "`PARAMETER=VALUE,VALUE,…`, several times: resolution, need-weight, half-life, window, repeats, min-tribe, k, algorithm")
	c.Flags().IntVar(&f.seeds, "seeds", 1, "runs per point, each with another seed")
	c.Flags().StringVarP(&f.out, "output", "o", "sweep", "`FOLDER` for sweep.csv and sweep.html")
	return c
}

// sweep forms tribes for every point of the grid and every seed, as side runs.
func (a *app) sweep(c *cobra.Command, db *sqlite.DB, f sweepFlags) error {
	axes, err := parseGrid(f.grid)
	if err != nil {
		return err
	}
	p, err := a.clusterParams(c, db, f.cluster)
	if err != nil {
		return err
	}
	points := everyPoint(axes)
	for _, point := range points {
		if _, err := paramsAt(p, axes, point); err != nil {
			return err
		}
	}
	if n := len(points) * f.seeds; f.seeds < 1 || n > mostSweeps {
		return usage("the grid asks for %d runs; want 1 to %d", n, mostSweeps)
	}
	if a.dryRun {
		a.log("sweep", "would make %s", count(len(points)*f.seeds, "run"))
		return nil
	}
	if err := a.unheard(c.Context(), db, p); err != nil {
		return err
	}
	base, err := a.sweepBase(c.Context(), db, p)
	if err != nil {
		return err
	}
	t := sweep.Table{Project: a.cfg.Project, Base: base.ID, AsOf: base.AsOf, People: base.People, Posts: base.Posts}
	for _, axis := range axes {
		t.Axes, t.Values = append(t.Axes, axis.name), append(t.Values, axis.values)
	}
	b := a.progress("sweep", "runs", int64(len(points)*f.seeds))
	defer b.done()
	for _, point := range points {
		for seed := range f.seeds {
			row, err := a.sweepPoint(c.Context(), db, p, base, axes, point, p.Seed+uint64(seed))
			if err != nil {
				return err
			}
			t.Rows = append(t.Rows, row)
			b.set(int64(len(t.Rows)), int64(len(points)*f.seeds))
		}
	}
	return a.writeSweep(t, f.out)
}

// sweepBase returns the main-line run as of p, or where there is none a side run with p as it is.
func (a *app) sweepBase(ctx context.Context, db *sqlite.DB, p tribes.Params) (data.RunRecord, error) {
	r, err := db.Latest(ctx, p.AsOf.Add(time.Second))
	if err == nil && r.AsOf.Equal(p.AsOf) {
		return r, nil
	}
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		return r, err
	}
	return a.sideRun(ctx, db, p)
}

func (a *app) sideRun(ctx context.Context, db *sqlite.DB, p tribes.Params) (data.RunRecord, error) {
	p.Main, p.Name = false, strings.TrimSpace("sweep "+p.Name)
	r, _, err := tribes.Cluster(ctx, db, db, p)
	if errors.Is(err, data.ErrTooFew) {
		err = nil
	}
	return r, err
}

func (a *app) sweepPoint(ctx context.Context, db *sqlite.DB, p tribes.Params, base data.RunRecord, axes []axis, point []string, seed uint64) (sweep.Row, error) {
	p, err := paramsAt(p, axes, point)
	if err != nil {
		return sweep.Row{}, err
	}
	if seed != p.Seed {
		p.Seed, p.Name = seed, fmt.Sprintf("%s seed=%d", p.Name, seed)
	}
	r, err := a.sideRun(ctx, db, p)
	if err != nil {
		return sweep.Row{}, err
	}
	row := sweep.Row{Run: r.ID, Params: everyParam(r.Params), Point: point, Seed: seed, Tribes: len(r.Tribes), Stability: r.Stability, Agreement: tribes.Compare(base, r).AMI}
	for _, m := range r.Members {
		if m.Rank == 0 && m.Tribe != "" {
			row.Coverage += 1 / float64(r.People)
		}
	}
	return row, nil
}

// paramsAt returns p at a point of the grid, named after it.
func paramsAt(p tribes.Params, axes []axis, point []string) (tribes.Params, error) {
	var at []string
	for i, axis := range axes {
		if err := axis.set(&p, point[i]); err != nil {
			return p, usage("--grid %s=%s: %v", axis.name, point[i], err)
		}
		at = append(at, axis.name+"="+point[i])
	}
	if err := p.Check(); err != nil {
		return p, usage("--grid %s: %v", strings.Join(at, " "), err)
	}
	if err := groupsOf(p); err != nil {
		return p, err
	}
	p.Name = strings.Join(at, " ")
	return p, nil
}

func (a *app) writeSweep(t sweep.Table, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return a.fileProblem(dir, err)
	}
	page, err := sweep.Render(t)
	if err != nil {
		return err
	}
	table, picture := filepath.Join(dir, "sweep.csv"), filepath.Join(dir, "sweep.html")
	if err := writeFile(a, table, func(w io.Writer) error { return sweep.WriteCSV(w, t) }); err != nil {
		return err
	}
	if err := writeFile(a, picture, func(w io.Writer) error { _, err := w.Write(page); return err }); err != nil {
		return err
	}
	return a.result("cluster.sweep", map[string]any{"base": t.Base, "runs": len(t.Rows), "table": table, "page": picture}, a.measure(t.Posts*len(t.Rows)),
		func(w io.Writer) { fmt.Fprintf(w, "%s\n%s\n", table, picture) })
}

// An axis is one parameter that is varied.
type axis struct {
	name   string
	values []string
	set    func(*tribes.Params, string) error
}

func parseGrid(flags []string) ([]axis, error) {
	var axes []axis
	for _, flag := range flags {
		name, list, ok := strings.Cut(flag, "=")
		set := setters()[name]
		if !ok || set == nil || list == "" {
			return nil, usage("--grid %q: want PARAMETER=VALUE,VALUE,… with resolution, need-weight, half-life, window, repeats, min-tribe, k or algorithm", flag)
		}
		axes = append(axes, axis{name, strings.Split(list, ","), set})
	}
	if len(axes) == 0 {
		return nil, usage("cluster sweep needs at least one --grid").then("such as --grid resolution=0.6,0.8,1.0,1.4")
	}
	return axes, nil
}

func setters() map[string]func(*tribes.Params, string) error {
	return map[string]func(*tribes.Params, string) error{
		"resolution": func(p *tribes.Params, s string) error {
			var v config.AutoReal
			err := v.Set(s)
			if err == nil && !v.Auto && v.Value == 0 {
				err = errors.New("want a number above 0, or auto")
			}
			p.Resolution, p.AutoResolution = v.Value, v.Auto
			return err
		},
		"need-weight": func(p *tribes.Params, s string) error {
			var v config.AutoReal
			err := v.Set(s)
			p.NeedWeight, p.AutoWeight, p.TiesOnly = v.Value, v.Auto, !v.Auto && v.Value == 0
			return err
		},
		"half-life": func(p *tribes.Params, s string) error {
			v, err := config.ParseSpan(s)
			if err == nil && v == 0 {
				err = errors.New("want a length of time above 0, or off")
			}
			p.HalfLife = time.Duration(v)
			return err
		},
		"window": func(p *tribes.Params, s string) error {
			v, err := config.ParseSpan(s)
			p.Window = length(v)
			return err
		},
		"repeats":   func(p *tribes.Params, s string) error { return scanGiven(s, &p.Repeats) },
		"min-tribe": func(p *tribes.Params, s string) error { return scanGiven(s, &p.MinTribe) },
		"k":         func(p *tribes.Params, s string) error { _, err := fmt.Sscan(s, &p.K); return err },
		"algorithm": func(p *tribes.Params, s string) error { p.Algorithm = tribes.Algorithm(s); return nil },
	}
}

func scanGiven(text string, n *int) error {
	_, err := fmt.Sscan(text, n)
	*n = given(*n)
	return err
}

// everyPoint returns all combinations of the axes' values, the last axis fastest.
func everyPoint(axes []axis) [][]string {
	points := [][]string{nil}
	for _, axis := range axes {
		var next [][]string
		for _, p := range points {
			for _, v := range axis.values {
				next = append(next, append(p[:len(p):len(p)], v))
			}
		}
		points = next
	}
	return points
}

// everyParam lists the parameters of a run by name, lengths of time as people write them; accounts of
// makers are but counted, as their ids here are known nowhere else.
func everyParam(text string) []sweep.Param {
	var values map[string]any
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	if dec.Decode(&values) != nil {
		return nil
	}
	var out []sweep.Param
	for key, v := range values {
		s := fmt.Sprint(v)
		if list, ok := v.([]any); ok {
			s = fmt.Sprint(len(list))
		}
		if n, ok := v.(json.Number); ok && (key == "half_life" || key == "window") {
			d, _ := n.Int64()
			s = config.Span(d).String()
		}
		out = append(out, sweep.Param{Key: key, Value: s})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Key < out[j].Key })
	return out
}
