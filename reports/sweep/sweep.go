// Package sweep tells what a grid of runs found: one CSV table, and one self-contained page with a
// picture per measure. Both are pure: equal tables give equal bytes.
package sweep

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/csv"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
)

//go:embed sweep.html sweep.css
var files embed.FS

// A Param is one parameter of a run as text.
type Param struct{ Key, Value string }

// A Row is one run of the grid.
type Row struct {
	Run       string
	Params    []Param  // every one, in the same order in all rows
	Point     []string // the values of the table's axes
	Seed      uint64
	Tribes    int
	Coverage  float64 // share of the people who are in a tribe
	Stability float64
	Agreement float64 // AMI with the base
}

// A Table is a sweep.
type Table struct {
	Project string
	Base    string // run that the others are compared with
	AsOf    time.Time
	People  int
	Posts   int
	Axes    []string   // names of what was varied, beside the seed
	Values  [][]string // of each axis, in the order they were asked for
	Rows    []Row
}

// WriteCSV writes one line per run: its id, what it found, what was varied, the seed, and every other parameter.
func WriteCSV(w io.Writer, t Table) error {
	header := []string{"run", "tribes", "coverage", "stability", "agreement_with_base", "base"}
	var order []int // of the parameters of every row
	if len(t.Rows) > 0 {
		params := t.Rows[0].Params
		for _, name := range append(slices.Clone(t.Axes), "seed") {
			if i := slices.IndexFunc(params, func(p Param) bool { return p.Key == strings.ReplaceAll(name, "-", "_") }); i >= 0 {
				order = append(order, i)
			}
		}
		for i := range params {
			if !slices.Contains(order, i) {
				order = append(order, i)
			}
		}
		for _, i := range order {
			header = append(header, params[i].Key)
		}
	}
	lines := [][]string{header}
	for _, r := range t.Rows {
		line := []string{r.Run, strconv.Itoa(r.Tribes), decimal(r.Coverage), decimal(r.Stability), decimal(r.Agreement), t.Base}
		for _, i := range order {
			line = append(line, safe(r.Params[i].Value))
		}
		lines = append(lines, line)
	}
	if err := csv.NewWriter(w).WriteAll(lines); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return nil
}

// safe keeps text from being run as a formula.
func safe(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

func decimal(x float64) string { return strconv.FormatFloat(x, 'f', 4, 64) }

// Render returns the page: a picture per measure and axis, a grid where there are two axes, and the table.
func Render(t Table) ([]byte, error) {
	style, err := files.ReadFile("sweep.css")
	if err != nil {
		return nil, fmt.Errorf("read style: %w", err)
	}
	page, err := template.ParseFS(files, "sweep.html")
	if err != nil {
		return nil, fmt.Errorf("parse page: %w", err)
	}
	sum := sha256.Sum256(style)
	view := struct {
		Table
		Style  template.CSS
		Policy string
		Day    string
		Seeds  int
		Charts []chart
		Grids  []grid
		Lines  [][]string
	}{t, template.CSS(style), "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'",
		t.AsOf.Format("2 January 2006"), seeds(t), charts(t), grids(t), lines(t)}
	var out bytes.Buffer
	if err := page.Execute(&out, view); err != nil {
		return nil, fmt.Errorf("render sweep: %w", err)
	}
	return out.Bytes(), nil
}

func seeds(t Table) int {
	seen := make(map[uint64]bool)
	for _, r := range t.Rows {
		seen[r.Seed] = true
	}
	return len(seen)
}

func lines(t Table) [][]string {
	var out [][]string
	for _, r := range t.Rows {
		line := append([]string{r.Run}, r.Point...)
		out = append(out, append(line, strconv.FormatUint(r.Seed, 10), strconv.Itoa(r.Tribes), percent(r.Coverage), percent(r.Stability), fmt.Sprintf("%.2f", r.Agreement)))
	}
	return out
}

func percent(x float64) string { return fmt.Sprintf("%.0f %%", 100*x) }

// A measure is one figure of a run.
type measure struct {
	name  string
	of    func(Row) float64
	write func(float64) string
	share bool // lies in 0..1
}

func measures() []measure {
	whole := func(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
	two := func(x float64) string { return fmt.Sprintf("%.2f", x) }
	return []measure{
		{"Tribes", func(r Row) float64 { return float64(r.Tribes) }, whole, false},
		{"People in a tribe", func(r Row) float64 { return r.Coverage }, percent, true},
		{"Stability", func(r Row) float64 { return r.Stability }, two, true},
		{"Agreement with the base (AMI)", func(r Row) float64 { return r.Agreement }, two, true},
	}
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	if n == 0 {
		return 0
	}
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}
