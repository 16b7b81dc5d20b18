package figures

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tribu/data"
)

// A Quote is what somebody wrote, in their own words.
type Quote struct {
	Post     data.PostMeta
	Text     string
	Lang     data.Lang
	Type     data.NeedType // of the need it says
	Answered bool          // in time; or nothing was asked
	Late     bool          // answered, and not in time
	Key      string        // of a request: under which its need is counted
	Own      bool          // it speaks of its writer
	Opens    bool          // its post opens a conversation
	Outright bool          // of a request: a whole sentence, not the title, that asks in so many words
	score    float64
	grip     grip
}

// SaysName reports whether the quote says the name of the need it is of.
func (q Quote) SaysName() bool { return q.grip >= firmly }

// SaysAll reports whether it says every word of a longer name.
func (q Quote) SaysAll() bool { return q.grip == wholly }

// InSoManyWords reports whether two people say every word of what a need is called, where it is called by more than two
// words: else that is a quote of one of them.
func (n Need) InSoManyWords() bool {
	if name := namingOf([]string{n.Label}); len(name) == 0 || len(name[0]) <= 2 {
		return true
	}
	said := 0
	for _, q := range n.Quotes {
		if q.SaysAll() {
			said++
		}
	}
	return said > 1
}

// maxQuotes is how many quotes of a need are kept: more than any page shows.
const maxQuotes = 24

// half is what a quote loses that is no whole sentence: more than any other fault costs it.
const half = 3

// wholeOf returns those of quotes that are whole sentences; all of them where none is.
func wholeOf(quotes []Quote) []Quote {
	whole := slices.DeleteFunc(slices.Clone(quotes), func(q Quote) bool { return !Whole(q.Text) })
	if len(whole) == 0 {
		return quotes
	}
	return whole
}

// quotes returns the best of what the needs in rows say, one per author: those first that say
// what they are called, and of these whole sentences; and whether more than half of the authors do not say that.
func quotes(needs []data.NeedRow, rows []int32, called naming, f Figures, t talk) (out []Quote, mixed bool) {
	type candidate struct {
		row   int32
		score float64
		grip  grip
	}
	all, byWhen := make([]candidate, 0, len(rows)), limited(needs, rows)
	for _, i := range rows {
		n := &needs[i]
		if n.Quote == "" {
			continue
		}
		c := candidate{row: i, score: score(&n.Need)}
		if !Whole(n.Quote) {
			c.score -= half
		}
		if len(called) > 0 {
			if c.grip = called.grip(n.Quote, n.Object); c.grip == partly && byWhen && n.Expectation > 0 {
				c.grip = firmly // it says the thing, and by when
			}
			c.score += float64(c.grip)
		}
		if len(called) > 0 && n.Speaks && c.grip > loose {
			c.score += 0.2
		}
		all = append(all, c)
	}
	slices.SortFunc(all, func(x, y candidate) int {
		a, b := &needs[x.row], &needs[y.row]
		return cmp.Or(boolOrder(x.grip >= firmly, y.grip >= firmly), cmp.Compare(y.score, x.score), compareID(a.ID, b.ID), cmp.Compare(a.Quote, b.Quote))
	})
	said, heard := 0, make(map[data.AuthorID]bool)
	for _, c := range all { // the best of each author first
		if who := needs[c.row].Author; !heard[who] {
			heard[who] = true
			if c.grip >= firmly {
				said++
			}
		}
	}
	out = make([]Quote, 0, min(len(all), maxQuotes))
	for _, c := range all {
		n := &needs[c.row]
		if len(out) == maxQuotes {
			break
		}
		if slices.ContainsFunc(out, func(q Quote) bool { return q.Text == n.Quote || f.hands.one(q.Post.Author, n.Author, q.Text, n.Quote) }) {
			continue
		}
		reply, answered := t.answered(t.voiced[c.row], f.Params.ReplyWithin)
		answered = answered || !t.asks(t.voiced[c.row]) || t.settledBy(t.voiced[c.row], f.Params.ReplyWithin)
		out = append(out, Quote{Post: n.PostMeta, Text: n.Quote, Lang: n.Need.Lang, Type: n.Type, Answered: answered, Late: reply != nil && !answered, Own: OwnVoice(n.Quote), Opens: t.voiced[c.row] != noPost && t.opens(t.voiced[c.row]), score: c.score, grip: c.grip})
	}
	return out, len(called) > 0 && 2*said < len(heard)
}

// score prefers sure, self-contained sentences that ask outright and read at a glance.
func score(n *data.Need) float64 {
	s := n.Confidence + legible(n.Quote)
	switch {
	case n.Type == data.HowTo, n.Type == data.Recommendation, n.Type == data.Wish && !n.Negated:
		s += 0.5
	case n.Type.Wanting():
		s += 0.3
	}
	if OwnVoice(n.Quote) {
		s += 0.2
	}
	if n.Negated || n.Hypothetical {
		s -= 0.2
	}
	return s
}

// OwnVoice reports whether a sentence speaks of its writer, alone or with others.
func OwnVoice(quote string) bool {
	own := false
	eachWord(quote, func(w string) {
		switch w {
		case "I", "my", "My", "me", "we", "We", "our", "us", "io", "Io", "mi", "Mi", "mio", "mia", "miei", "mie", "ci", "Ci", "noi", "nostro", "nostra", "ho", "Ho", "cerco", "Cerco", "vorrei", "Vorrei":
			own = true
		}
	})
	return own
}

// legible says how well a sentence reads by itself: whole, of a line or so, without marks of other
// people's words, of a log or of code.
func legible(quote string) float64 {
	s := 0.0
	switch runes := utf8.RuneCountInString(quote); {
	case runes >= 30 && runes <= 110:
		s += 0.5
	case runes > 110 && runes <= 160:
		s += 0.2
	case runes < 15:
		s -= 0.5
	}
	if first, _ := utf8.DecodeRuneInString(quote); !unicode.IsUpper(first) {
		s -= 0.2
	}
	switch last, _ := utf8.DecodeLastRuneInString(quote); {
	case last == '?':
		s += 0.1
	case last != '.' && last != '!' || strings.HasSuffix(quote, " ."): // cut off, or leads to what is not quoted
		s -= 0.5
	}
	if i := strings.IndexByte(quote, '>'); i >= 0 && i < 8 { // somebody else's words
		s--
	}
	if marks, letters := strange(quote); 12*marks > letters {
		s -= 0.6
	}
	return s
}

// strange counts the marks and capitals that people's sentences hold few of, and all else.
func strange(quote string) (marks, letters int) {
	upper := 0
	for _, r := range quote {
		switch {
		case 'a' <= r && r <= 'z', r == ' ': // most of them
			letters++
		case unicode.IsUpper(r):
			upper++
			letters++
		case unicode.IsLetter(r):
			letters++
		case strings.ContainsRune("<>|/\\_=*#{}[]()~^@$;", r), unicode.IsDigit(r):
			marks++
		}
	}
	if 3*upper > letters {
		marks += upper
	}
	return marks, letters
}

// Best returns which of needs says best what it is called: a sure, self-contained sentence that
// names the thing and reads at a glance.
func Best(needs []*data.NeedRow, called string) *data.NeedRow {
	name := namingOf([]string{called})
	best, top := needs[0], -math.MaxFloat64
	for _, n := range needs {
		if s := score(&n.Need) + float64(name.grip(n.Quote, n.Object)); s > top {
			best, top = n, s
		}
	}
	return best
}
