package sweep

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

func example() Table {
	t := Table{Project: "Garden <script>", Base: "2026-W47-00000a", AsOf: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC), People: 100, Posts: 400,
		Axes: []string{"resolution", "need-weight"}, Values: [][]string{{"0.5", "1"}, {"0", "1"}}}
	for i, point := range [][]string{{"0.5", "0"}, {"0.5", "1"}, {"1", "0"}, {"1", "1"}} {
		for seed := range uint64(3) {
			t.Rows = append(t.Rows, Row{Run: "2026-W47-" + strings.Repeat(string(rune('a'+i)), 6), Point: point, Seed: seed + 1,
				Params: []Param{{"algorithm", "leiden"}, {"name", "=cmd()"}, {"need_weight", point[1]}, {"resolution", point[0]}, {"seed", "1"}}, Tribes: 4*i + int(seed), Coverage: .5, Stability: .8, Agreement: .25 * float64(i)})
		}
	}
	return t
}

func TestWriteCSV(t *testing.T) {
	var out bytes.Buffer
	if err := WriteCSV(&out, example()); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 13 {
		t.Fatalf("got %d lines, want a header and 12 runs", len(lines))
	}
	if want := "run,tribes,coverage,stability,agreement_with_base,base,resolution,need_weight,seed,algorithm,name"; lines[0] != want {
		t.Errorf("header: got %s, want %s", lines[0], want)
	}
	if want := "2026-W47-aaaaaa,0,0.5000,0.8000,0.0000,2026-W47-00000a,0.5,0,1,leiden,'=cmd()"; lines[1] != want {
		t.Errorf("first run: got %s, want %s", lines[1], want)
	}
}

func TestRender(t *testing.T) {
	page, err := Render(example())
	if err != nil {
		t.Fatal(err)
	}
	again, _ := Render(example())
	if !bytes.Equal(page, again) {
		t.Error("two renderings differ")
	}
	text := string(page)
	for _, want := range []string{"Garden &lt;script&gt;", "with 3 seeds each", `aria-label="Tribes along resolution, medians: 0.5: 3, 1: 11"`, "Both at once", "<td class=\"s9\">13</td>"} {
		if !strings.Contains(text, want) {
			t.Errorf("page lacks %q", want)
		}
	}
	if n := strings.Count(text, "<svg"); n != 8 {
		t.Errorf("pictures: got %d, want 4 measures along 2 axes", n)
	}
	for _, never := range []string{"<script", "http://", "https://", "ZgotmplZ", "src="} {
		if strings.Contains(text, never) {
			t.Errorf("page contains %q", never)
		}
	}
}
