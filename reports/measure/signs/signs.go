// Package signs reads what the words of a post show beside its needs: that something matters, that
// an answer helped, that somebody gave their word, where and at which step of the way people are,
// and what moves them. It goes by hand-written cues in English and Italian, and by stated amounts.
package signs

import (
	"embed"
	"slices"
	"strings"
)

// A Sign is one thing that words show.
type Sign string

// The signs. Motives, emotions, places and steps of the journey are signs too.
const (
	Importance Sign = "importance"
	Urgency    Sign = "urgency"
	Thanks     Sign = "thanks"     // an answer helped
	Courtesy   Sign = "courtesy"   // a word of thanks, for whatever
	Success    Sign = "success"    // it works, or was what somebody needed
	Promise    Sign = "promise"    // somebody said they would come back
	Holding    Sign = "holding"    // it was passed on to somebody else
	Concession Sign = "concession" // a fix, a refund or an apology
	Offer      Sign = "offer"      // something is put up for sale
	Agreement  Sign = "agreement"  // the same happens to the author
	Unfair     Sign = "unfair"
	Trouble    Sign = "trouble" // a complaint or bad feeling
	Asking     Sign = "asking"  // a request, question or wish
	Role       Sign = "role"    // the author speaks for a firm
	Company    Sign = "company" // a plural "we" that is a firm
	Self       Sign = "self"    // the author speaks of themselves
	Other      Sign = "other"   // the author speaks to somebody
	Failure    Sign = "failure" // something does not do what it should
	Frequency  Sign = "frequency"

	Recognition Sign = "recognition"
	Pioneering  Sign = "pioneering"
	Image       Sign = "image"
	Voice       Sign = "voice"
	Dream       Sign = "dream"
	Belonging   Sign = "belonging"

	Joy     Sign = "joy"
	Anger   Sign = "anger"
	Fear    Sign = "fear"
	Sadness Sign = "sadness"

	Home   Sign = "home"
	Office Sign = "office"
	Shop   Sign = "shop"
	Travel Sign = "travel"

	Trigger  Sign = "trigger"
	Search   Sign = "search"
	Compare  Sign = "compare"
	Decide   Sign = "decide"
	Use      Sign = "use"
	Problem  Sign = "problem"
	Advocate Sign = "advocate"
	Leave    Sign = "leave"

	Time      Sign = "time" // an increment of that kind is given by comparison, with others or with what would do
	Ease      Sign = "ease"
	Options   Sign = "options"
	Money     Sign = "money"
	Honour    Sign = "honour"
	Integrity Sign = "integrity"
	Quantity  Sign = "quantity"

	Pace   Sign = "pace" // the side of an experience a step is on, without a step
	Effort Sign = "effort"
	Range  Sign = "range"
	Price  Sign = "price"
	Empty  Sign = "empty" // words that name no thing, whatever reads them as one

	Reservation Sign = "reservation" // takes some of what was said back
	Advice      Sign = "advice"      // what to do, what somebody will do, or why it is so
	Telling     Sign = "telling"     // tells the reader what to do or offers them something, wherever it stands
	Order       Sign = "order"       // tells the reader what to do at the start of a clause
	Quarrel     Sign = "quarrel"     // weighs what somebody says, not what they asked for
	Deed        Sign = "deed"        // what somebody did about it
	Against     Sign = "against"     // speaks against it, or knows no way
	Applause    Sign = "applause"    // praise and courtesy
)

// Motives returns what moves people beyond the answer.
func Motives() []Sign { return []Sign{Recognition, Pioneering, Image, Voice, Dream, Belonging} }

// Emotions returns what people feel.
func Emotions() []Sign { return []Sign{Joy, Anger, Fear, Sadness} }

// EmotionPrecision returns how often an emotion that is heard is there, on labelled posts, at the least.
func EmotionPrecision(e Sign) float64 {
	switch e {
	case Joy, Anger:
		return 0.80
	}
	return 0.50 // too few are labelled to say more
}

// Places returns where people try to get an outcome.
func Places() []Sign { return []Sign{Home, Office, Shop, Travel} }

// Stages returns the steps of a journey.
func Stages() []Sign {
	return []Sign{Trigger, Search, Compare, Decide, Use, Problem, Advocate, Leave}
}

// A Set is what one text shows: signs with the words that show them, in order of appearance, and
// the amounts it states.
type Set struct {
	Found   []Found
	Amounts []Amount
}

// A Found is one sign and the words that show it.
type Found struct {
	Sign Sign
	Cue  string
	At   int // words before it, ends of clauses included
}

// Has reports whether s holds one of signs.
func (s Set) Has(signs ...Sign) bool {
	return slices.ContainsFunc(s.Found, func(f Found) bool { return slices.Contains(signs, f.Sign) })
}

// Of returns which of signs s holds, in the order of signs.
func (s Set) Of(signs []Sign) []Sign {
	var out []Sign
	for _, sign := range signs {
		if s.Has(sign) {
			out = append(out, sign)
		}
	}
	return out
}

// Firsts returns s with each sign only where it shows first.
func (s Set) Firsts() Set {
	var room [64]Found
	first := room[:0]
	for _, f := range s.Found {
		if !slices.ContainsFunc(first, func(g Found) bool { return g.Sign == f.Sign }) {
			first = append(first, f)
		}
	}
	return Set{Found: append([]Found(nil), first...), Amounts: s.Amounts}
}

//go:embed cues/*.txt
var lists embed.FS

// A Book holds the cues of both languages.
type Book struct {
	byWord map[string][]cue // by their first word
	byStem map[string][]cue // by the first three letters of a first word with any ending
	starts [1 << 12]bool    // the beginnings of all of them, by number
}

type cue struct {
	sign   Sign
	words  []form
	phrase string // words as they stand in a text; empty where one has any ending
	blocks bool   // hides the cues inside it
}

// A form is a word of a cue, or the beginning of one with any ending.
type form struct {
	text string
	open bool
}

// NewBook reads the cue lists of all posts.
func NewBook() *Book { return newBook("cues/en.txt", "cues/it.txt") }

// AnswersBook reads the cue lists of answers and of the thanks for them: success, reservation, advice, telling,
// order, quarrel, deed, against and applause.
func AnswersBook() *Book { return newBook("cues/answers.en.txt", "cues/answers.it.txt") }

func newBook(paths ...string) *Book {
	b := &Book{byWord: map[string][]cue{}, byStem: map[string][]cue{}}
	for _, path := range paths {
		text, err := lists.ReadFile(path)
		if err != nil {
			panic("read embedded cues: " + err.Error()) // cannot happen: the lists are compiled in
		}
		b.add(string(text))
	}
	for _, index := range []map[string][]cue{b.byWord, b.byStem} {
		for first := range index {
			slices.SortStableFunc(index[first], func(x, y cue) int { return len(y.words) - len(x.words) })
		}
	}
	return b
}

// add reads a list: "[sign]" opens a section, a line is a phrase, "!" before it makes it a phrase
// that shows nothing of the kind, "#" starts a comment.
func (b *Book) add(text string) {
	sign := Sign("")
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			sign = Sign(strings.Trim(line, "[]"))
		default:
			for phrase := range strings.SplitSeq(strings.TrimPrefix(line, "!"), "|") {
				if w := strings.Fields(strings.Map(fold, phrase)); len(w) > 0 {
					b.put(newCue(sign, w, line[0] == '!'))
				}
			}
		}
	}
}

// newCue returns the cue of words, of which those that end in * have any ending.
func newCue(sign Sign, words []string, blocks bool) cue {
	c := cue{sign: sign, words: make([]form, len(words)), blocks: blocks}
	for i, w := range words {
		c.words[i].text, c.words[i].open = strings.CutSuffix(w, "*")
	}
	if phrase := strings.Join(words, " "); !strings.Contains(phrase, "*") {
		c.phrase = phrase
	}
	return c
}

func (b *Book) put(c cue) {
	index, first := b.byWord, c.words[0].text
	if c.words[0].open {
		index, first = b.byStem, first[:min(3, len(first))]
	}
	index[first] = append(index[first], c)
	b.starts[start(first)] = true
}

// start numbers the beginning of a word, so that most words are known not to start a cue at a glance.
func start(w string) int {
	n := 0
	for _, c := range []byte(w[:min(3, len(w))]) {
		n = n<<4 ^ int(c)
	}
	return n & (1<<12 - 1)
}

// Read returns what text shows.
func (b *Book) Read(text string) Set {
	var room [128]string
	return b.ReadWords(AppendWords(room[:0], text), strings.Contains(text, "?"))
}

// ReadWords returns what the words of a text show; asks says that there is a question mark in it.
func (b *Book) ReadWords(words []string, asks bool) Set {
	var room [32]Found
	found := room[:0]
	if asks {
		found = append(found, Found{Asking, "?", 0})
	}
	var blocked map[Sign]int
	for i, w := range words {
		if !b.starts[start(w)] {
			continue
		}
		for _, cues := range [...][]cue{b.byWord[w], b.byStem[w[:min(3, len(w))]]} {
			for k := range cues {
				c := &cues[k]
				n := c.at(words[i:])
				if n == 0 || i < blocked[c.sign] {
					continue
				}
				if !c.blocks {
					found = append(found, Found{c.sign, c.said(words[i : i+n]), i})
					continue
				}
				if blocked == nil {
					blocked = map[Sign]int{}
				}
				blocked[c.sign] = i + n
			}
		}
	}
	return Set{Found: append([]Found(nil), found...), Amounts: amounts(words)}
}

// said returns the words a cue stands on.
func (c *cue) said(words []string) string {
	if c.phrase != "" {
		return c.phrase
	}
	return strings.Join(words, " ")
}

// at returns how many of words the cue covers; 0 where it does not stand there.
func (c *cue) at(words []string) int {
	if len(words) < len(c.words) {
		return 0
	}
	for i, f := range c.words {
		if f.open && !strings.HasPrefix(words[i], f.text) || !f.open && words[i] != f.text {
			return 0
		}
	}
	return len(c.words)
}
