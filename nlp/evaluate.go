package nlp

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"

	"tribu/data"
)

// An Example is a text with the label a person gave it: 0 or 1, a word, or for aspects an object
// whose keys are the aspects.
type Example struct {
	Text  string          `json:"text"`
	Label json.RawMessage `json:"label"`
	At    string          `json:"-"` // where it stands, for errors; may be empty
}

// Scores say how well the analyzer agrees with labels. For tasks with two answers precision,
// recall and F1 are those of the positive one; for polarity and language the means over the
// classes; for aspects over all pairs of text and aspect (micro).
type Scores struct {
	N         int                       `json:"n"`
	Positives int                       `json:"positives"`
	Precision float64                   `json:"precision"`
	Recall    float64                   `json:"recall"`
	F1        float64                   `json:"f1"`
	MacroF1   float64                   `json:"macro_f1"`
	Accuracy  float64                   `json:"accuracy"`
	Confusion map[string]map[string]int `json:"confusion"` // label → answer → count
	Errors    []Miss                    `json:"errors"`    // the worst, at most 20
}

// A Miss is an example on which the analyzer disagrees with the label.
type Miss struct {
	Text  string `json:"text"`
	Label string `json:"label"`
	Got   string `json:"got"`
	Score int    `json:"score"` // points behind the answer: the more, the worse the error
}

// Tasks are the names Evaluate knows.
func Tasks() []string {
	return []string{"request", "tip", "complaint", "question", "polarity", "aspects", "language"}
}

const maxMisses = 20

// Evaluate compares what the analyzer hears for task with the labels of examples.
func (a *Analyzer) Evaluate(ctx context.Context, task string, examples iter.Seq2[Example, error]) (Scores, error) {
	answer, lang, err := a.answerer(task)
	if err != nil {
		return Scores{}, err
	}
	t := agreement{confusion: map[string]map[string]int{}}
	for e, err := range examples {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return Scores{}, fmt.Errorf("evaluate %s: %w", task, err)
		}
		labels, err := labelsFor(task, e)
		if err != nil {
			return Scores{}, fmt.Errorf("evaluate %s: %w", task, err)
		}
		d := a.reader.read(data.Post{Body: e.Text})
		a.tongue.detect(d, lang)
		a.grammar.mark(d)
		got, points := answer(d)
		t.add(e.Text, labels, got, points)
	}
	return t.scores(task), nil
}

// An answerer returns what is heard in a document, and the points behind it.
type answerer func(*document) ([]string, int)

// answerer returns how task is answered and the language its texts are likely in.
func (a *Analyzer) answerer(task string) (answerer, data.Lang, error) {
	switch task {
	case "request":
		return a.fired(wish), data.LangEN, nil
	case "tip":
		return a.fired(tip), data.LangEN, nil
	case "complaint":
		return a.complains, data.LangEN, nil
	case "question":
		return a.questions, data.LangIT, nil
	case "polarity":
		return a.feels, data.LangIT, nil
	case "aspects":
		return a.aspects, data.LangIT, nil
	case "language":
		return func(d *document) ([]string, int) { return []string{string(d.lang)}, 0 }, "", nil
	}
	return nil, "", fmt.Errorf("evaluate: unknown task %q, want one of %s", task, strings.Join(Tasks(), ", "))
}

func yes(b bool) []string {
	if b {
		return []string{"1"}
	}
	return []string{"0"}
}

// fired answers whether a sentence voices k.
func (a *Analyzer) fired(k class) answerer {
	return func(d *document) ([]string, int) {
		best := 0
		for _, r := range a.cues.readings(d) {
			best = max(best, r.score[k])
		}
		return yes(best >= fires), best
	}
}

// complains answers whether the post as a whole complains or reports a problem: more speaks for it
// than against, in all its sentences together.
func (a *Analyzer) complains(d *document) ([]string, int) {
	sum := 0
	for _, r := range a.cues.readings(d) {
		sum += r.score[complaint] + r.score[problem]
	}
	return yes(sum > 0), sum
}

// feels answers with the polarity of the post.
func (a *Analyzer) feels(d *document) ([]string, int) {
	up, down := a.feeling(d)
	switch {
	case up > down:
		return []string{"positive"}, up - down
	case down > up:
		return []string{"negative"}, down - up
	}
	return []string{"neutral"}, 0
}

// aspects answers with the aspects of a place or service that the post judges. A word within a longer cue is that
// cue's: the old of an old town is no house.
func (a *Analyzer) aspects(d *document) ([]string, int) {
	points := map[string]int{}
	for _, r := range a.cues.readings(d) {
		end := 0
		for _, h := range r.hits {
			if h.cue.class != aspect {
				continue
			}
			if h.to > end {
				points[h.cue.name] += h.cue.weight
			}
			end = max(end, h.to)
		}
	}
	var names []string
	for name, p := range points {
		if p >= fires {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, len(names)
}

// agreement collects answers.
type agreement struct {
	n, right, shared, given, wanted int
	confusion                       map[string]map[string]int
	misses                          []Miss
}

func (t *agreement) add(text string, want, got []string, points int) {
	t.n++
	t.wanted += len(want)
	t.given += len(got)
	for _, w := range want {
		if slices.Contains(got, w) {
			t.shared++
		}
	}
	w, g := strings.Join(want, "+"), strings.Join(got, "+")
	if t.confusion[w] == nil {
		t.confusion[w] = map[string]int{}
	}
	t.confusion[w][g]++
	if w == g {
		t.right++
		return
	}
	t.misses = append(t.misses, Miss{Text: text, Label: w, Got: g, Score: points})
}

func (t *agreement) scores(task string) Scores {
	s := Scores{N: t.n, Accuracy: ratio(t.right, t.n), Confusion: t.confusion}
	slices.SortStableFunc(t.misses, func(a, b Miss) int { return cmp.Compare(b.Score, a.Score) })
	s.Errors = append([]Miss{}, t.misses[:min(len(t.misses), maxMisses)]...)
	switch task {
	case "aspects":
		s.Positives = t.wanted
		s.Precision, s.Recall = ratio(t.shared, t.given), ratio(t.shared, t.wanted)
		s.F1 = harmonic(s.Precision, s.Recall)
		s.MacroF1 = s.F1
	case "polarity":
		t.means(&s, []string{"negative", "neutral", "positive"})
	case "language":
		t.means(&s, sortedKeys(t.confusion))
	default:
		s.Positives = sum(t.confusion["1"])
		s.Precision, s.Recall, s.F1 = t.one("1")
		_, _, no := t.one("0")
		s.MacroF1 = (s.F1 + no) / 2
	}
	return s
}

// means sets the means over classes.
func (t *agreement) means(s *Scores, classes []string) {
	for _, c := range classes {
		p, r, f := t.one(c)
		s.Positives += sum(t.confusion[c])
		s.Precision += p / float64(len(classes))
		s.Recall += r / float64(len(classes))
		s.F1 += f / float64(len(classes))
	}
	s.MacroF1 = s.F1
}

// one returns precision, recall and F1 of one class.
func (t *agreement) one(c string) (p, r, f float64) {
	given := 0
	for _, answers := range t.confusion {
		given += answers[c]
	}
	p, r = ratio(t.confusion[c][c], given), ratio(t.confusion[c][c], sum(t.confusion[c]))
	return p, r, harmonic(p, r)
}

func sum(m map[string]int) int {
	n := 0
	for _, v := range m {
		n += v
	}
	return n
}

func sortedKeys(m map[string]map[string]int) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

func harmonic(p, r float64) float64 {
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}
