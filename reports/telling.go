package reports

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"tribu/reports/figures"
	"tribu/reports/measure/signs"
)

const (
	leastTold   = 6   // words of a sentence that tells something
	mostTold    = 220 // letters of one that can be quoted
	subjectWord = 4   // letters from which a word tells a subject
	leastShared = 3   // subjects of what was asked that a sentence names which only states what is so
)

// A worth is how well a sentence helps who asked.
type worth struct {
	helps  int // 0 where it does not
	shared int // subjects of what was asked that it names
	long   int
}

// The ways a sentence helps, the least sure first.
const (
	advises = 1 + iota // tells the reader what they can do or offers them something, in other words than were asked
	states             // says what is so of several things that were asked about
	answers            // tells what to do about what was asked
)

// telling returns the sentence of an answer that helps who asked, and how well: the surest, of those the one that names most of
// what was asked, then the longest. None that asks, leans on what was said before it, praises, or weighs what the other
// says: empty where no sentence helps.
func telling(book *signs.Book, answer, asked string) (told string, best worth) {
	about := subjects(asked)
	for _, s := range sentences(answer) {
		words := signs.Words(s)
		if len(strings.Fields(s)) < leastTold || len(s) > mostTold || strings.Contains(s, "?") || slices.Contains(signs.Dangling(), words[0]) {
			continue
		}
		w := worth{long: len(s)}
		for subject := range subjects(s) {
			if about[subject] {
				w.shared++
			}
		}
		shows := book.ReadWords(words, false)
		switch {
		case shows.Has(signs.Quarrel, signs.Against, signs.Applause):
		case w.shared > 0 && (shows.Has(signs.Telling) || orders(shows, words)):
			w.helps = answers
		case w.shared >= leastShared && !figures.OwnVoice(s) && !slices.Contains(words, "you"):
			w.helps = states
		case shows.Has(signs.Telling):
			w.helps = advises
		}
		if w.helps > 0 && cmp.Or(w.helps-best.helps, w.shared-best.shared, w.long-best.long) > 0 {
			told, best = s, w
		}
	}
	return told, best
}

// orders reports whether what shows in words tells the reader what to do at the start of a clause, and to what: "open it" leans on
// what was said before.
func orders(shows signs.Set, words []string) bool {
	return slices.ContainsFunc(shows.Found, func(f signs.Found) bool {
		starts := f.At == 0 || words[f.At-1] == "." || slices.Contains(signs.Ordering(), words[f.At-1])
		next := f.At + len(strings.Fields(f.Cue))
		return f.Sign == signs.Order && starts && (next >= len(words) || !slices.Contains(signs.Dangling(), words[next]))
	})
}

// subjects returns the stems of the words of text that tell a subject.
func subjects(text string) map[string]bool {
	out := make(map[string]bool)
	for _, w := range signs.Words(text) {
		if utf8.RuneCountInString(w) >= subjectWord && !slices.Contains(signs.Common(), w) {
			out[signs.Stem(w)] = true
		}
	}
	return out
}

// meets reports whether two sets of subjects have one in common.
func meets(a, b map[string]bool) bool {
	for subject := range a {
		if b[subject] {
			return true
		}
	}
	return false
}

const leastTender = 2 // words of faith, politics, war or violent death that make a question one of these

// help returns the sentence of an answer that helps with what was asked in a conversation of that title, and how well. None where
// what is asked is a question of faith, politics, war or violent death: people weigh there what others hold.
func (v View) help(book *signs.Book, answer, asked, title string) (string, worth) {
	if asked = title + "\n" + asked; v.speaksTender(asked) {
		return "", worth{}
	}
	return telling(book, answer, asked)
}

// speaksTender reports whether text speaks of faith, politics, war or violent death in more than one word.
func (v View) speaksTender(text string) bool {
	if v.Options.Tender == nil {
		return false
	}
	said := make(map[string]bool)
	for _, w := range signs.Words(text) {
		if !said[w] && v.Options.Tender(w) {
			said[w] = true
		}
	}
	return len(said) >= leastTender
}
