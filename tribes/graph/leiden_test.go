package graph

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// known reads a graph with known groups; the test is skipped where it is missing.
func known(t testing.TB, name string) (*Graph, Partition) {
	t.Helper()
	folder := filepath.Join("..", "..", "..", "shared", "data", "graphs", name)
	file, err := os.Open(filepath.Join(folder, "edges.tsv"))
	if err != nil {
		t.Skipf("known graph %s is missing: %v", name, err)
	}
	defer file.Close()
	g, names, err := Read(file)
	if err != nil {
		t.Fatal(err)
	}
	labels, err := os.Open(filepath.Join(folder, "labels.tsv"))
	if err != nil {
		t.Skipf("known graph %s has no labels: %v", name, err)
	}
	defer labels.Close()
	group, number := map[string]uint32{}, map[string]uint32{}
	for lines := bufio.NewScanner(labels); lines.Scan(); {
		f := strings.Fields(lines.Text())
		if len(f) < 2 || strings.HasPrefix(f[0], "#") || f[0] == "node" {
			continue
		}
		if _, ok := number[f[1]]; !ok {
			number[f[1]] = uint32(len(number))
		}
		group[f[0]] = number[f[1]]
	}
	truth := make(Partition, len(names))
	for v, n := range names {
		truth[v] = group[n]
	}
	return g, truth
}

func TestLeidenOnKnownGraphs(t *testing.T) {
	tests := []struct {
		name    string
		minAMI  float64
		quality float64
	}{
		{"karate", 0, .4185},
		{"football", .75, 0},
		{"lfr_n1000_mu10", .99, 0},
		{"lfr_n1000_mu30", .95, 0},
		{"lfr_n1000_mu50", .4, 0},
		{"lfr_n5000_mu30", .9, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			g, truth := known(t, test.name)
			p := Leiden(g, Options{Seed: 1, Iterations: -1})
			a, q := Compare(truth, p), Score(g, p, Modularity, 1)
			t.Logf("n=%d m=%d groups=%d of %d AMI=%.3f NMI=%.3f Q=%.4f truth Q=%.4f", g.Nodes(), g.Edges(), p.Groups(), truth.Groups(), a.AMI, a.NMI, q, Score(g, truth, Modularity, 1))
			if a.AMI < test.minAMI || q < test.quality {
				t.Errorf("AMI %.3f, quality %.4f; want at least %.3f, %.4f", a.AMI, q, test.minAMI, test.quality)
			}
			e := Leiden(Ensemble(g, 16, Options{Seed: 1}), Options{Seed: 1})
			t.Logf("ensemble groups=%d AMI=%.3f", e.Groups(), Compare(truth, e).AMI)
			if _, broken := Connected(g, p); broken > 0 {
				t.Errorf("%d groups are not connected", broken)
			}
		})
	}
}
