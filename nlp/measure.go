package nlp

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"tribu/data"
	"tribu/nlp/lexicon"
)

// quantity reads the number at token i: digits, a number word, or an article that counts one.
func (g *grammar) quantity(d *document, i int) (float64, bool) {
	t := &d.tokens[i]
	if t.kind == number {
		v, err := strconv.ParseFloat(strings.Replace(strings.TrimRight(t.key, "hkgm%"), ",", ".", 1), 64)
		return v, err == nil
	}
	v, ok := g.numbers[data.LangUnd][t.key]
	return v, ok
}

// unitOf returns what a quantity before token i counts.
func (g *grammar) unitOf(d *document, i int) unit { return g.units[data.LangUnd][d.tokens[i].key] }

// expectation returns the speed that x states: "within a day", "entro 24 ore"; 0 where none.
func (g *grammar) expectation(d *document, x *sentence) time.Duration {
	for i := x.from; i+1 < x.to; i++ {
		if !limits(d, x, i) {
			continue
		}
		for k := i + 1; k < min(x.to, i+5); k++ {
			if v, ok := g.quantity(d, k); ok {
				for u := k + 1; u < min(x.to, k+4); u++ {
					if of := g.unitOf(d, u); of.kind == "time" {
						return time.Duration(v * float64(of.each))
					}
				}
			}
		}
	}
	return 0
}

// limits reports whether the word at token i sets a time limit.
func limits(d *document, x *sentence, i int) bool {
	roles := d.tokens[i].roles
	return roles&limit != 0 || roles&limitBehind != 0 && i > x.from && d.tokens[i-1].roles&due != 0
}

// incrementOf returns the step of value that x states beside a comparison; nil where none.
func (g *grammar) incrementOf(d *document, x *sentence) *data.Increment {
	for i := x.from; i < x.to; i++ {
		if step := g.stepAt(d, x, i); step != nil {
			return step
		}
		v, ok := g.quantity(d, i)
		if !ok || i+1 >= x.to {
			continue
		}
		if kind := g.unitOf(d, i+1).kind; kind != "" && (kind == "ease" || kind == "options" || compares(d, x, i)) {
			return &data.Increment{Kind: kind, Value: v, Unit: d.tokens[i+1].key}
		}
	}
	return nil
}

// A spokenStep is a step of value that is said without a number: half the price.
type spokenStep struct {
	words []string // "~": any
	step  data.Increment
}

// addStep reads a phrase and what it says: a kind, how much, and of what.
func (g *grammar) addStep(e lexicon.Entry) (err error) {
	words := strings.Fields(fold(e.Phrase))
	if len(words) == 0 || words[0] == "~" || len(e.Attrs) != 1 && len(e.Attrs) != 3 {
		return fmt.Errorf("line %d: want a phrase, a kind, and a value and its unit or neither", e.Line)
	}
	s := spokenStep{words, data.Increment{Kind: e.Attrs[0]}}
	if len(e.Attrs) == 3 {
		s.step.Unit = e.Attrs[2]
		s.step.Value, err = strconv.ParseFloat(e.Attrs[1], 64)
	}
	g.steps[words[0]] = append(g.steps[words[0]], s)
	return err
}

// stepAt returns the step that begins at token i of x, said without a number; nil where none does.
func (g *grammar) stepAt(d *document, x *sentence, i int) *data.Increment {
	for _, s := range g.steps[d.tokens[i].key] {
		said := i+len(s.words) <= x.to
		for k := 1; said && k < len(s.words); k++ {
			said = s.words[k] == "~" || s.words[k] == d.tokens[i+k].key
		}
		if said {
			step := s.step
			return &step
		}
	}
	return nil
}

// compares reports whether the quantity at token i is a step: something is so much better or worse,
// saved, or more than it. "Two years on the waiting list" and "two days before I leave" are none.
func compares(d *document, x *sentence, i int) bool {
	for k := max(x.from, i-3); k < i; k++ {
		if d.tokens[k].roles&gains != 0 {
			return true
		}
	}
	for k := i + 2; k < min(x.to, i+5); k++ {
		switch t := &d.tokens[k]; {
		case t.roles&comparing != 0:
			return true
		case t.roles&ordersTime != 0:
			return k+1 == x.to || d.tokens[k+1].key != "di" && d.tokens[k+1].key != "che"
		case t.kind == mark:
			return false
		}
	}
	return false
}
