package signs

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
)

// feltIn returns the lines of the project's labelled posts, by file and line, as plain words.
func feltIn(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, set := range []string{"posts", "kinds", "forum"} {
		eachLine(t, "../../../nlp/testdata/"+set+".txt", func(n int, line string) {
			if parts := strings.SplitN(line, " | ", 3); len(parts) == 3 && line[0] != '#' {
				out[fmt.Sprint(set, " ", n)] = parts[2]
			}
		})
	}
	return out
}

func eachLine(t *testing.T, path string, do func(n int, line string)) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		do(n, lines.Text())
	}
}

// TestEmotions: on the labelled posts each emotion that is heard is there in as many posts as its stated
// precision says, at the least.
func TestEmotions(t *testing.T) {
	labels := map[string]string{}
	eachLine(t, "testdata/emotions.txt", func(_ int, line string) {
		if set, felt, ok := strings.Cut(line, " "); ok && line[0] != '#' {
			n, emotions, _ := strings.Cut(felt, " ")
			labels[set+" "+n] = emotions
		}
	})
	heard, right, wanted := map[Sign]int{}, map[Sign]int{}, map[Sign]int{}
	book := NewBook()
	for at, text := range feltIn(t) {
		said := book.Read(text)
		for _, e := range Emotions() {
			is := strings.Contains(labels[at], string(e))
			if is {
				wanted[e]++
			}
			if said.Has(e) && is {
				right[e]++
			}
			if said.Has(e) {
				heard[e]++
			}
			if said.Has(e) && !is {
				t.Logf("%s is not in %s: %s", e, at, text)
			}
		}
	}
	for _, e := range Emotions() {
		t.Logf("%-8s heard %2d right %2d of %2d", e, heard[e], right[e], wanted[e])
		if float64(right[e]) < EmotionPrecision(e)*float64(heard[e]) || heard[e] == 0 {
			t.Errorf("%s: %d of %d posts in which it is heard are right, want %.2f", e, right[e], heard[e], EmotionPrecision(e))
		}
	}
}
