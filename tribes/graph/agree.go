package graph

import "math"

// An Agreement says how well two partitions of the same nodes agree.
type Agreement struct {
	AMI          float64 // adjusted mutual information, arithmetic mean: 0 by chance, 1 equal
	NMI          float64 // normalised mutual information, arithmetic mean
	ARI          float64 // adjusted Rand index
	Homogeneity  float64 // 1 where every found group lies within one true group
	Completeness float64 // 1 where every true group lies within one found group
	VMeasure     float64 // harmonic mean of the two
}

// Compare returns the agreement of found with truth. Both must be of one length; equal to each
// other up to names, they agree 1 in everything. Nothing to compare agrees 1.
func Compare(truth, found Partition) Agreement {
	t := crossTable(truth, found)
	information, hTruth, hFound := t.information(), entropy(t.rows, t.n), entropy(t.columns, t.n)
	a := Agreement{Homogeneity: 1, Completeness: 1, NMI: 1, AMI: t.ami(information, hTruth, hFound), ARI: t.ari()}
	if hTruth > 0 {
		a.Homogeneity = information / hTruth
	}
	if hFound > 0 {
		a.Completeness = information / hFound
	}
	if hTruth+hFound > 0 {
		a.NMI = 2 * information / (hTruth + hFound)
	}
	if a.Homogeneity+a.Completeness > 0 {
		a.VMeasure = 2 * a.Homogeneity * a.Completeness / (a.Homogeneity + a.Completeness)
	}
	return a
}

type cell struct{ row, column, count int }

// A contingency holds how many nodes two partitions put into each pair of groups.
type contingency struct {
	n             int
	rows, columns []int
	cells         []cell // non-empty ones
}

func crossTable(a, b Partition) contingency {
	a, b = a.Renumbered(), b.Renumbered()
	t := contingency{n: len(a), rows: a.Sizes(), columns: b.Sizes()}
	at := make(map[[2]uint32]int)
	for v := range a {
		key := [2]uint32{a[v], b[v]}
		i, ok := at[key]
		if !ok {
			i = len(t.cells)
			at[key] = i
			t.cells = append(t.cells, cell{row: int(a[v]), column: int(b[v])})
		}
		t.cells[i].count++
	}
	return t
}

func entropy(sizes []int, n int) float64 {
	h := 0.0
	for _, s := range sizes {
		p := float64(s) / float64(n)
		h -= p * math.Log(p)
	}
	return h
}

func (t contingency) information() float64 {
	n, sum := float64(t.n), 0.0
	for _, c := range t.cells {
		x := float64(c.count)
		sum += x / n * math.Log(n*x/(float64(t.rows[c.row])*float64(t.columns[c.column])))
	}
	return max(0, sum)
}

func (t contingency) ari() float64 {
	pairs := func(x int) float64 { return float64(x) * float64(x-1) / 2 }
	both, first, second := 0.0, 0.0, 0.0
	for _, c := range t.cells {
		both += pairs(c.count)
	}
	for _, s := range t.rows {
		first += pairs(s)
	}
	for _, s := range t.columns {
		second += pairs(s)
	}
	if t.n < 2 {
		return 1
	}
	expected := first * second / pairs(t.n)
	if top := (first+second)/2 - expected; top != 0 {
		return (both - expected) / top
	}
	return 1
}

func (t contingency) ami(information, hTruth, hFound float64) float64 {
	if len(t.rows) == len(t.columns) && (len(t.rows) <= 1 || len(t.rows) == t.n) {
		return 1
	}
	expected := t.expectedInformation()
	top := (hTruth+hFound)/2 - expected
	if math.Abs(top) < 1e-15 {
		return 0
	}
	return (information - expected) / top
}

// expectedInformation is the mean mutual information of two random partitions with these group
// sizes (Vinh et al. 2010, equation 24a). Equal pairs of sizes are summed once.
func (t contingency) expectedInformation() float64 {
	logFactorial := make([]float64, t.n+1)
	for i := 2; i <= t.n; i++ {
		logFactorial[i] = logFactorial[i-1] + math.Log(float64(i))
	}
	rows, columns := histogram(t.rows), histogram(t.columns)
	n, sum := float64(t.n), 0.0
	for _, r := range rows {
		for _, c := range columns {
			a, b := r.size, c.size
			fixed := logFactorial[a] + logFactorial[b] + logFactorial[t.n-a] + logFactorial[t.n-b] - logFactorial[t.n]
			part := 0.0
			for x := max(1, a+b-t.n); x <= min(a, b); x++ {
				p := math.Exp(fixed - logFactorial[x] - logFactorial[a-x] - logFactorial[b-x] - logFactorial[t.n-a-b+x])
				part += float64(x) / n * math.Log(n*float64(x)/(float64(a)*float64(b))) * p
			}
			sum += part * float64(r.count) * float64(c.count)
		}
	}
	return sum
}

type sizeCount struct{ size, count int }

// histogram returns how many groups have each size, by size.
func histogram(sizes []int) []sizeCount {
	top := 0
	for _, s := range sizes {
		top = max(top, s)
	}
	counts := make([]int, top+1)
	for _, s := range sizes {
		counts[s]++
	}
	var out []sizeCount
	for s, c := range counts {
		if c > 0 && s > 0 {
			out = append(out, sizeCount{s, c})
		}
	}
	return out
}
