package nlp

import (
	"fmt"
	"maps"
	"strconv"
	"strings"
	"time"

	"tribu/data"
)

// A Role is what a word does in a sentence, whatever the sentence is about.
type Role uint64

// By the names they have in link.txt, grammar.txt and naming.txt, where they are explained.
const (
	turns Role = 1 << iota
	opensPhrase
	fills
	acts
	leads
	closesPhrase
	binds
	inTime
	troubled
	unable
	writer
	joint
	ours
	toReader
	talks
	appeals
	said
	opener
	divider
	Negation
	turnsAround
	standsIn
	preposition
	Partitive
	determiner
	announcer
	beforeVerb
	beforeInfinitive
	notInfinitive
	likens
	adjectival
	beforeParticiple
	finite
	finiteNot
	Past
	must
	Asks
	relative
	verbToo
	Light
	limit
	limitBehind
	due
	gains
	comparing
	ordersTime
	leadsI
	leadsE
	endsE
	Fault
	Elsewhere
	Wrong
	Whatever
	Calls
	Oneself
	Pointer
	Points
	Greets
	Thanks
	GoesOn
	Refers
	Or
	States
	Tells

	linking = turns | opensPhrase | fills | acts | leads | closesPhrase | binds | inTime | troubled | unable // of link.txt
)

var roleNames = [...]string{"turn", "opens", "filler", "person", "article", "particle", "binder", "deadline", "trouble", "unable",
	"writer", "joint", "ours", "reader", "talks", "appeal", "nosearch", "opener", "divider", "negation", "not", "standin", "preposition", "part",
	"determiner", "announces", "before-verb", "before-infinitive", "not-infinitive", "likens", "adjective", "auxiliary", "finite", "finite-not", "past", "must", "asks", "relative",
	"verb-too", "light", "limit", "limit-behind", "due", "gains", "compares", "order-of-time", "plural-i", "plural-e", "ends-e", "fault",
	"elsewhere", "wrong", "whatever", "calls", "oneself", "pointer", "points", "greets", "thanks", "goes-on", "refers", "or", "states", "tells"}

// A grammar is the closed classes of the languages heard: by language, and of all under LangUnd.
type grammar struct {
	roles   map[data.Lang]map[string]Role
	numbers map[data.Lang]map[string]float64
	units   map[data.Lang]map[string]unit
	steps   map[string][]spokenStep // by their first word
}

// A unit is what a quantity counts: the kind of increment and, for time, how long one is.
type unit struct {
	kind string
	each time.Duration
}

func newGrammar(w wordLists) (*grammar, error) {
	g := &grammar{map[data.Lang]map[string]Role{data.LangUnd: {}}, map[data.Lang]map[string]float64{data.LangUnd: {}}, map[data.Lang]map[string]unit{data.LangUnd: {}}, map[string][]spokenStep{}}
	for _, lang := range w.heard {
		g.roles[lang], g.numbers[lang], g.units[lang] = map[string]Role{}, map[string]float64{}, map[string]unit{}
		for name, add := range map[string]func(data.Lang, string, string) error{"link": g.addRole, "grammar": g.addRole, "naming": g.addRole, "number": g.addNumber, "unit": g.addUnit} {
			entries, err := w.Load(string(lang) + "/" + name + ".txt")
			if err != nil {
				return nil, fmt.Errorf("read grammar: %w", err)
			}
			for _, e := range entries {
				if len(e.Attrs) == 0 {
					return nil, fmt.Errorf("read grammar: %s/%s: line %d: want what %q does", lang, name, e.Line, e.Phrase)
				}
				for _, attr := range e.Attrs {
					if err := add(lang, fold(e.Phrase), attr); err != nil {
						return nil, fmt.Errorf("read grammar: %s/%s: line %d: %w", lang, name, e.Line, err)
					}
				}
			}
		}
		steps, err := w.Load(string(lang) + "/increment.txt")
		if err != nil {
			return nil, fmt.Errorf("read grammar: %w", err)
		}
		for _, e := range steps {
			if err := g.addStep(e); err != nil {
				return nil, fmt.Errorf("read grammar: %s/increment: %w", lang, err)
			}
		}
		for word, roles := range g.roles[lang] {
			g.roles[data.LangUnd][word] |= roles &^ linking
		}
		maps.Copy(g.numbers[data.LangUnd], g.numbers[lang])
		maps.Copy(g.units[data.LangUnd], g.units[lang])
	}
	return g, nil
}

func (g *grammar) addRole(lang data.Lang, word, name string) error {
	for i, known := range roleNames {
		if name == known {
			g.roles[lang][word] |= 1 << i
			return nil
		}
	}
	return fmt.Errorf("unknown role %q", name)
}

func (g *grammar) addNumber(lang data.Lang, word, value string) (err error) {
	g.numbers[lang][word], err = strconv.ParseFloat(value, 64)
	return err
}

// addUnit reads "time=24h" or "money".
func (g *grammar) addUnit(lang data.Lang, word, attr string) (err error) {
	u := unit{}
	kind, each, timed := strings.Cut(attr, "=")
	if u.kind = kind; timed {
		u.each, err = time.ParseDuration(each)
	}
	g.units[lang][word] = u
	return err
}

// mark enters what the words of d do in their language; where that is not heard, in any.
func (g *grammar) mark(d *document) {
	for i := range d.sentences {
		x := &d.sentences[i]
		roles := g.roles[x.lang]
		if roles == nil {
			roles = g.roles[data.LangUnd]
		}
		for k := x.from; k < x.to; k++ {
			t := &d.tokens[k]
			if t.kind == mark {
				continue
			}
			first, _, several := strings.Cut(t.key, " ")
			t.opens = roles[first]
			if t.roles = t.opens; several {
				t.roles = roles[t.key]
			}
		}
	}
}

// any reports whether a word of a phrase has one of roles, in whichever language.
func (g *grammar) any(phrase string, roles Role) bool {
	for f := range strings.FieldsSeq(phrase) {
		if g.roles[data.LangUnd][f]&roles != 0 {
			return true
		}
	}
	return false
}
