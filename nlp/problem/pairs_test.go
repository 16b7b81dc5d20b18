package problem

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"tribu/data"
	"tribu/nlp"
)

type sentencePair struct {
	same   bool
	en, it string
}

func readPairs(t *testing.T) (pairs []sentencePair) {
	t.Helper()
	f, err := os.Open("testdata/pairs.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := lines.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		parts := strings.Split(line, "\t")
		if len(parts) != 3 || parts[0] != "+" && parts[0] != "-" {
			t.Fatalf("testdata/pairs.txt: %q is not a sign, an English and an Italian sentence", line)
		}
		pairs = append(pairs, sentencePair{same: parts[0] == "+", en: parts[1], it: parts[2]})
	}
	return pairs
}

// TestPairsMeet pins how often an English and an Italian sentence with the same need are in one
// problem, and how often two that only sound alike are. All sentences are grouped together, each by
// an author of its own in a conversation of its own.
func TestPairsMeet(t *testing.T) {
	analyzer, err := nlp.New(nlp.Config{})
	if err != nil {
		t.Fatal(err)
	}
	words, err := nlp.NewWording(nlp.Config{})
	if err != nil {
		t.Fatal(err)
	}
	pairs := readPairs(t)
	for _, test := range []struct {
		name            string
		asIfHeard       bool // sentences in which no need is heard count as one about their first concept
		least, mistaken int
	}{
		{"as heard", false, leastMet, mostMistaken},
		{"as if all were heard", true, leastMetOfAll, mostMistakenOfAll},
	} {
		t.Run(test.name, func(t *testing.T) {
			total, heard, met := meet(t, analyzer, words, pairs, test.asIfHeard)
			t.Logf("same need: %d of %d meet (%d heard on both sides); sound alike: %d of %d meet (%d heard on both sides)",
				met[true], total[true], heard[true], met[false], total[false], heard[false])
			if total[true] < 60 || total[false] < 60 {
				t.Errorf("got %d pairs and %d non-pairs, want 60 of each", total[true], total[false])
			}
			if met[true] < test.least || met[false] > test.mistaken {
				t.Errorf("%d pairs and %d non-pairs meet, want at least %d and at most %d", met[true], met[false], test.least, test.mistaken)
			}
		})
	}
}

// What the test set gives today; a change that makes it better moves the pins.
const (
	leastMet          = 70
	mostMistaken      = 1
	leastMetOfAll     = 77
	mostMistakenOfAll = 1
)

// meet groups all sentences and counts the pairs, those heard on both sides and those that meet.
func meet(t *testing.T, a *nlp.Analyzer, words *nlp.Wording, pairs []sentencePair, asIfHeard bool) (total, heard, met map[bool]int) {
	t.Helper()
	total, heard, met = map[bool]int{}, map[bool]int{}, map[bool]int{}
	var needs []data.NeedRow
	for i, p := range pairs {
		total[p.same]++
		both := 0
		for side, text := range []string{p.en, p.it} {
			rows := hear(t, a, fmt.Sprintf("%d/%d", i, side), text)
			if len(rows[0].Rule) > 0 {
				both++
			}
			if len(rows[0].Rule) > 0 || asIfHeard {
				needs = append(needs, rows...)
			}
		}
		if both == 2 {
			heard[p.same]++
		}
	}
	concepts(needs, words)
	home := map[data.PostID]map[int]bool{}
	for p, found := range Group(needsOf(needs), Config{Words: words}) {
		for _, m := range found.Members {
			id := needs[m].ID
			if home[id] == nil {
				home[id] = map[int]bool{}
			}
			home[id][p] = true
		}
	}
	for i, p := range pairs {
		together := false
		for problem := range home[data.NewPostID("pairs", fmt.Sprintf("%d/0", i))] {
			together = together || home[data.NewPostID("pairs", fmt.Sprintf("%d/1", i))][problem]
		}
		if together {
			met[p.same]++
		}
		if together != p.same {
			t.Logf("together %v, same need %v: %s | %s", together, p.same, p.en, p.it)
		}
	}
	return total, heard, met
}

// concepts gives needs that were not heard the first concept of their sentence as what they are about.
func concepts(needs []data.NeedRow, words *nlp.Wording) {
	for i := range needs {
		n := &needs[i]
		if n.Rule != "" {
			continue
		}
		all, _ := words.Words(n.Need.Lang, n.Quote)
		for _, w := range all {
			if n.Concept == "" && w.Shared != "" && !strings.HasPrefix(w.Shared, "to ") {
				n.Object, n.Concept = w.Form, w.Shared
			}
		}
	}
}

func hear(t *testing.T, a *nlp.Analyzer, native, text string) (rows []data.NeedRow) {
	t.Helper()
	p := data.Post{ID: data.NewPostID("pairs", native), Author: data.NewAuthorID("pairs", native), Thread: data.NewThreadID("pairs", native),
		CreatedAt: time.Unix(1e9, 0).UTC(), Body: text, Format: data.FormatText}
	heard, err := a.Analyze(p)
	if err != nil {
		t.Fatal(err)
	}
	for i, n := range heard.Needs {
		rows = append(rows, data.NeedRow{PostMeta: data.PostMeta{ID: p.ID, Author: p.Author, Thread: p.Thread, CreatedAt: p.CreatedAt, Lang: heard.Lang}, Need: n, Ord: i})
	}
	if len(rows) == 0 {
		lang := data.LangEN
		if strings.HasSuffix(native, "/1") {
			lang = data.LangIT
		}
		rows = append(rows, data.NeedRow{PostMeta: data.PostMeta{ID: p.ID, Author: p.Author, Thread: p.Thread, CreatedAt: p.CreatedAt, Lang: lang},
			Need: data.Need{Type: data.Problem, Quote: text, Lang: lang}})
	}
	return rows
}
