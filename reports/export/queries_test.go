package export

import (
	"bytes"
	"encoding/csv"
	"regexp"
	"strings"
	"testing"
)

// TestQueriesNameColumns: each question of queries.sql asks for columns that its tables have.
func TestQueriesNameColumns(t *testing.T) {
	o := options()
	o.WithText = true
	files, _, err := Bundle(CSV, story(), o)
	if err != nil {
		t.Fatal(err)
	}
	columns, queries := make(map[string][]string), ""
	for _, f := range files {
		if name, ok := strings.CutSuffix(f.Name, ".csv"); ok {
			if columns[name], err = csv.NewReader(bytes.NewReader(f.Body)).Read(); err != nil {
				t.Fatal(err)
			}
		} else if f.Name == "queries.sql" {
			queries = string(f.Body)
		}
	}
	for name := range columns {
		if want := "read_csv('" + name + ".csv', header = true, quote = '\"', escape = '\"')"; !strings.Contains(queries, want) {
			t.Errorf("%s is read without %q: of many plain rows a program guesses that nothing is quoted", name, want)
		}
	}
	if strings.Contains(queries, "n.topic") {
		t.Error("a need is counted by what each post calls it, which follows its language")
	}
	words := regexp.MustCompile(`\b[a-z_][a-z0-9_]*`)
	asked := 0
	for _, q := range strings.Split(regexp.MustCompile(`(?m)^--.*$|'[^']*'`).ReplaceAllString(queries, ""), ";") {
		if q = strings.TrimSpace(q); !strings.HasPrefix(q, "SELECT") {
			continue
		}
		asked++
		known := map[string]bool{"count": true, "sum": true}
		for _, m := range regexp.MustCompile(`(?:FROM|JOIN) ([a-z_]+)`).FindAllStringSubmatch(q, -1) {
			known[m[1]] = true
			for _, c := range columns[m[1]] {
				known[c] = true
			}
		}
		for _, m := range regexp.MustCompile(`AS ([a-z_]+)`).FindAllStringSubmatch(q, -1) {
			known[m[1]] = true
		}
		for _, w := range words.FindAllString(q, -1) {
			if !known[w] {
				t.Errorf("%q is no column of what is asked in\n%s", w, q)
			}
		}
	}
	if asked < 5 {
		t.Errorf("%d questions in\n%s", asked, queries)
	}
}
