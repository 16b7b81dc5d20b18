package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// homes names the one package in which each dependency may be imported.
var homes = map[string][]string{
	"github.com/gocolly/colly":            {"crawler"},
	"github.com/temoto/robotstxt":         {"crawler"},
	"github.com/mattn/go-sqlite3":         {"data/sqlite"},
	"github.com/pressly/goose":            {"data/sqlite"},
	"database/sql":                        {"data/sqlite"},
	"github.com/jdkato/prose":             {"nlp/tagger"},
	"github.com/clipperhouse/uax29":       {"nlp"},
	"github.com/blevesearch/snowballstem": {"nlp"},
	"github.com/petar-dambovaliev":        {"nlp"},
	"github.com/robfig/cron":              {"cmd/tribu"},
	"github.com/spf13/cobra":              {"cmd/tribu"},
	"github.com/goccy/go-yaml":            {"cmd/tribu/config"},
	"github.com/schollz/progressbar":      {"cmd/tribu"},
	"github.com/muesli/clusters":          {"tribes", "nlp/problem"},
	"github.com/xuri/excelize":            {"reports/export"},
	"github.com/parquet-go/parquet-go":    {"reports/export"},
	"github.com/wneessen/go-mail":         {"reports/notify"},
	"github.com/klauspost/compress":       {"crawler/archive", "data/sqlite"},
}

type listed struct {
	ImportPath string
	Imports    []string
}

func imports(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "tribu/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatalf("decode go list: %v", err)
		}
		all = append(all, p)
	}
}

// TestLayout holds the absences the architecture is made of: who must not import whom.
func TestLayout(t *testing.T) {
	stage := regexp.MustCompile(`^tribu/(crawler|nlp|tribes|reports)(/|$)`)
	for _, p := range imports(t) {
		for _, i := range p.Imports {
			from, to := stage.FindStringSubmatch(p.ImportPath), stage.FindStringSubmatch(i)
			switch {
			case from != nil && to != nil && from[1] != to[1]:
				t.Errorf("%s imports %s: stages never import each other", p.ImportPath, i)
			case from != nil && (strings.HasPrefix(i, "tribu/data/") || strings.HasPrefix(i, "tribu/cmd")):
				t.Errorf("%s imports %s: stages know neither store, sample nor command line", p.ImportPath, i)
			case p.ImportPath == "tribu/data" && strings.Contains(i, "."):
				t.Errorf("tribu/data imports %s: the vocabulary needs the standard library only", i)
			case strings.HasPrefix(p.ImportPath, "tribu/tribes/graph") && strings.HasPrefix(i, "tribu/"):
				t.Errorf("%s imports %s: the graph knows no product words", p.ImportPath, i)
			}
			for dep, home := range homes {
				if strings.HasPrefix(i, dep) && !slices.Contains(home, strings.TrimPrefix(p.ImportPath, "tribu/")) {
					t.Errorf("%s imports %s, whose home is %v", p.ImportPath, i, home)
				}
			}
		}
	}
}
