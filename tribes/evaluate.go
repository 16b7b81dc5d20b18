package tribes

import (
	"bytes"
	"fmt"
	"maps"
	"slices"

	"tribu/data"
	"tribu/tribes/graph"
)

// A Score says how well one grouping of the authors agrees with known groups. AMI, NMI and ARI are
// over the covered authors; AMIAll is over all, those not covered as one more group.
type Score struct {
	Coverage float64 `json:"coverage"`
	AMI      float64 `json:"ami"`
	NMI      float64 `json:"nmi"`
	ARI      float64 `json:"ari"`
	AMIAll   float64 `json:"ami_all"`
}

// An Agreement says how well a run agrees with known groups, and how well simpler ways would.
type Agreement struct {
	TruthAuthors    int     `json:"truth_authors"` // authors of known group
	Covered         int     `json:"covered"`       // of them, members of a tribe
	Coverage        float64 `json:"coverage"`
	Tribes          int     `json:"tribes"`
	AMI             float64 `json:"ami"`
	NMI             float64 `json:"nmi"`
	ARI             float64 `json:"ari"`
	Homogeneity     float64 `json:"homogeneity"`
	Completeness    float64 `json:"completeness"`
	VMeasure        float64 `json:"v_measure"`
	AMIAll          float64 `json:"ami_all"`
	Placed          Score   `json:"placed"`           // every author in the nearest group, before any cut-off
	Areas           Score   `json:"areas"`            // problem areas
	KMeans          Score   `json:"kmeans"`           // k-means on the authors' words, told the true number of groups
	TextOnly        Score   `json:"text_only"`        // the problem layer alone
	InteractionOnly Score   `json:"interaction_only"` // the interaction layer alone
}

// Evaluate compares rec with known groups of authors, and computes the simpler ways from in with
// the parameters of rec. Authors of truth who did not write in the window count as covered by nothing.
func Evaluate(in Input, rec data.RunRecord, truth map[data.AuthorID]string) (Agreement, error) {
	p, err := ParamsOf(rec.Run)
	if err != nil {
		return Agreement{}, fmt.Errorf("evaluate run %s: %w", rec.ID, err)
	}
	k := knownGroups(in, truth)
	published, placed, areas := k.read(rec)
	a := Agreement{TruthAuthors: len(k.authors), Tribes: len(rec.Tribes)}
	score, full := k.score(published)
	a.Covered, a.Coverage, a.AMIAll = k.covered(published), score.Coverage, score.AMIAll
	a.AMI, a.NMI, a.ARI = full.AMI, full.NMI, full.ARI
	a.Homogeneity, a.Completeness, a.VMeasure = full.Homogeneity, full.Completeness, full.VMeasure
	a.Placed, _ = k.score(placed)
	a.Areas, _ = k.score(areas)
	if len(in.authors) > 0 {
		k.simplerWays(in, p, &a)
	}
	return a, nil
}

func (k known) simplerWays(in Input, p Params, a *Agreement) {
	l := buildLayers(in, p)
	told := p
	told.K = k.groups
	a.KMeans, _ = k.score(placeByKMeans(l, told))
	a.TextOnly, _ = k.score(place(l.weighed(1), p, memory{}))
	alone := l.weighed(0)
	alone.points = graph.NewMatrix(l.points.Rows, l.points.Cols)
	a.InteractionOnly, _ = k.score(place(alone, p, memory{}))
}

// A Cell is a setting and how well the groups that it places the authors in agree with known ones.
type Cell struct {
	Resolution, NeedWeight float64
	Score
}

// Grid tries all pairs of resolutions and need weights on in, with p for the rest and no run before.
func Grid(in Input, p Params, truth map[data.AuthorID]string, resolutions, needWeights []float64) (all []Cell) {
	p = p.withDefaults()
	k, l := knownGroups(in, truth), buildLayers(in, p)
	l.credit = newTrial(in, l, p).credit()
	for _, w := range needWeights {
		weighed := l.weighed(w)
		for _, r := range resolutions {
			f := former{in: in, p: p, l: weighed}
			f.p.Resolution, f.p.NeedWeight = r, w
			f.place()
			t := Cell{Resolution: r, NeedWeight: w}
			t.Score, _ = k.score(f.groups)
			all = append(all, t)
		}
	}
	return all
}

// A known holds the authors of the input whose group is known.
type known struct {
	authors []int // numbers in the input; absent for those who did not write
	truth   graph.Partition
	groups  int
	number  map[data.AuthorID]int // of all authors of the input
	all     int
}

func knownGroups(in Input, truth map[data.AuthorID]string) known {
	k := known{number: make(map[data.AuthorID]int), all: len(in.authors)}
	names := make(map[string]uint32)
	for v, id := range in.authors {
		k.number[id] = v
		if group, ok := truth[id]; ok {
			k.authors = append(k.authors, v)
			k.truth = append(k.truth, number(names, group))
		}
	}
	for _, id := range slices.SortedFunc(maps.Keys(truth), func(a, b data.AuthorID) int { return bytes.Compare(a[:], b[:]) }) {
		if _, wrote := k.number[id]; !wrote {
			k.authors = append(k.authors, absent)
			k.truth = append(k.truth, number(names, truth[id]))
		}
	}
	k.groups = len(names)
	return k
}

// absent stands for an author of known group who did not write in the window.
const absent = -1

// read returns each author's tribe, group and area in rec.
func (k known) read(rec data.RunRecord) (published, placed, areas []int) {
	published, placed, areas = make([]int, k.all), make([]int, k.all), make([]int, k.all)
	for v := range k.all {
		published[v], placed[v], areas[v] = nowhere, nowhere, nowhere
	}
	tribe := make(map[data.TribeID]int)
	for i, t := range rec.Tribes {
		tribe[t.ID] = i
	}
	for _, m := range rec.Members {
		v, ok := k.number[m.Author]
		if !ok || m.Rank > 0 {
			continue
		}
		if i, ok := tribe[m.Tribe]; ok {
			published[v] = i
		}
		placed[v], areas[v] = m.Placed, m.Area
	}
	return published, placed, areas
}

func (k known) covered(groups []int) int {
	n := 0
	for _, v := range k.authors {
		if v != absent && groups[v] != nowhere {
			n++
		}
	}
	return n
}

func (k known) score(groups []int) (Score, graph.Agreement) {
	var truth, found, all graph.Partition
	rest := uint32(groupCount(groups))
	for i, v := range k.authors {
		if v == absent || groups[v] == nowhere {
			all = append(all, rest)
			continue
		}
		all = append(all, uint32(groups[v]))
		truth, found = append(truth, k.truth[i]), append(found, uint32(groups[v]))
	}
	if len(truth) == 0 {
		return Score{}, graph.Agreement{}
	}
	a := graph.Compare(truth, found)
	return Score{
		Coverage: float64(len(truth)) / float64(len(k.authors)),
		AMI:      a.AMI, NMI: a.NMI, ARI: a.ARI,
		AMIAll: graph.Compare(k.truth, all).AMI,
	}, a
}
