package experiment

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"tribu/reports/measure/customer"
	"tribu/reports/measure/stats"
)

// Caption stands under every lagged correlation.
const Caption = "correlation, not proof; see hypotheses"

// maxLag is how many weeks ahead a CPI is compared with a KPI.
const maxLag = 8

// fewestPairs is how many weeks a lagged correlation needs.
const fewestPairs = 8

// A Lag is how a CPI goes along with a KPI some weeks later.
type Lag struct {
	Weeks int
	Rho   float64 // Spearman, between CPI(t) and KPI(t+Weeks)
	Pairs int
	P     float64 // over all circular shifts of the CPI
	Q     float64 // P corrected for all lags tried together
	State stats.State
}

// Explore compares two weekly series at lags of 0 to 8 weeks. It proves nothing, and says so.
func Explore(cpi, kpi []float64) []Lag {
	out := make([]Lag, 0, maxLag+1)
	var ps []float64
	n := min(len(cpi), len(kpi))
	for k := range maxLag + 1 {
		l := Lag{Weeks: k, Pairs: max(n-k, 0), P: 1, Q: 1}
		if l.Pairs < fewestPairs {
			l.State = stats.FewWeeks
		} else {
			x, y := cpi[:n-k], kpi[k:n]
			l.Rho = stats.Spearman(x, y)
			l.P = shiftP(x, y, l.Rho)
			ps = append(ps, l.P)
		}
		out = append(out, l)
	}
	for i, q := range stats.Adjust(ps) {
		out[i].Q = q
	}
	return out
}

// shiftP is the share of circular shifts of x, the true one included, that go along with y at least
// as closely.
func shiftP(x, y []float64, rho float64) float64 {
	count := 0
	for s := range x {
		shifted := slices.Concat(x[s:], x[:s])
		if math.Abs(stats.Spearman(shifted, y)) >= math.Abs(rho)-1e-12 {
			count++
		}
	}
	return float64(count) / float64(len(x))
}

// A State says where an edge of the CPI→KPI graph stands.
type State string

// The states of an edge.
const (
	Hypothesised State = "hypothesised"
	Running      State = "running"
	Proven       State = "confirmed"
	Disproven    State = "refuted"
	Open         State = "inconclusive"
)

// An Edge says what is known of a CPI's bearing on a KPI.
type Edge struct {
	CPI, KPI   string
	State      State
	Experiment string // empty: none yet
	Effect     float64
	Low, High  float64
}

// Graph returns the edges of plans by CPI, KPI and experiment. results are by hypothesis id; a plan
// without one is running from its registration, and hypothesised before it has one.
func Graph(plans []Plan, results map[string]Result, now time.Time) []Edge {
	out := make([]Edge, 0, len(plans))
	for _, p := range plans {
		e := Edge{CPI: p.CPI, KPI: p.KPI, State: Hypothesised, Experiment: p.ID}
		if p.Registered.IsZero() || p.Registered.After(now) {
			e.Experiment = ""
		} else {
			e.State = Running
		}
		if r, ok := results[p.ID]; ok && !r.Peeked && r.State == stats.Known {
			e.State, e.Effect, e.Low, e.High = State(r.Verdict), r.Effect, r.Low, r.High
		}
		out = append(out, e)
	}
	slices.SortStableFunc(out, func(a, b Edge) int {
		return strings.Compare(a.CPI+"\x00"+a.KPI+"\x00"+a.Experiment, b.CPI+"\x00"+b.KPI+"\x00"+b.Experiment)
	})
	return out
}

// ConfirmedCPIs returns the CPIs with a confirmed edge.
func ConfirmedCPIs(edges []Edge) map[string]bool {
	out := make(map[string]bool)
	for _, e := range edges {
		if e.State == Proven {
			out[e.CPI] = true
		}
	}
	return out
}

// WriteGraph writes edges as CSV; every edge names its experiment or says "none yet".
func WriteGraph(w io.Writer, edges []Edge) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"cpi", "kpi", "state", "experiment", "effect", "low", "high"}}
	for _, e := range edges {
		row := []string{e.CPI, e.KPI, string(e.State), e.Experiment, "", "", ""}
		if e.Experiment == "" {
			row[3] = "none yet"
		}
		if e.State == Proven || e.State == Disproven || e.State == Open {
			row[4], row[5], row[6] = number(e.Effect), number(e.Low), number(e.High)
		}
		for i, cell := range row[:4] {
			row[i] = customer.Cell(cell)
		}
		rows = append(rows, row)
	}
	if err := out.WriteAll(rows); err != nil {
		return fmt.Errorf("write CPI graph: %w", err)
	}
	return nil
}

func number(x float64) string { return strconv.FormatFloat(x, 'g', 6, 64) }

// A Peek is one early look at a result; it is kept with the hypothesis for good.
type Peek struct {
	Hypothesis string
	At         time.Time
	Effect     float64
	P          float64
	State      stats.State // of Effect and P
}

// PeekOf returns the line to log for a result that was read early.
func PeekOf(r Result, at time.Time) (Peek, bool) {
	return Peek{r.Hypothesis.ID, at, r.Effect, r.P, r.State}, r.Peeked
}
