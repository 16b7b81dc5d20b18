package tribes

import (
	"slices"
	"strings"
	"unicode"

	"tribu/data"
)

// A heading is the title of a conversation as stretches of words between marks.
type heading [][]string

// headingOf reads a title in small letters. What is elided is a word of its own: turni d'acqua is turni, d', acqua.
func headingOf(title string) heading {
	var out heading
	var stretch []string
	flush := func() {
		if len(stretch) > 1 {
			out = append(out, stretch)
		}
		stretch = nil
	}
	for field := range strings.FieldsSeq(strings.ReplaceAll(strings.ToLower(title), "’", "'")) {
		word := strings.TrimFunc(field, isMark)
		if word == "" || !strings.HasPrefix(field, word) {
			flush()
		}
		if elided, rest, found := strings.Cut(word, "'"); found && len(elided) > 0 && len(elided) <= 5 && len(rest) > 2 {
			stretch, word = append(stretch, elided+"'"), rest
		}
		if word != "" {
			stretch = append(stretch, word)
		}
		if !strings.HasSuffix(field, word) {
			flush()
		}
	}
	flush()
	return out
}

// wordsOf returns which words each token of titles is a form of, as people write them anywhere.
func (r *reader) wordsOf(titles []string, newWord []uint32) map[string][]uint32 {
	words := make(map[string][]uint32)
	for _, title := range titles {
		for _, stretch := range headingOf(title) {
			for _, token := range stretch {
				words[token] = nil
			}
		}
	}
	for i := range r.spelt.all {
		s := &r.spelt.all[i]
		low := strings.ToLower(s.form)
		if known, asked := words[low]; asked && !s.barred {
			if at, found := slices.BinarySearch(known, newWord[s.word]); !found {
				words[low] = slices.Insert(known, at, newWord[s.word])
			}
		}
	}
	return words
}

func isMark(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '+' && r != '\'' }

// meetings returns in how many conversations with a title which of g's people wrote, ascending.
func (t *teller) meetings(g int) (threads []uint32, people []int) {
	met := make(map[uint32]int)
	for _, m := range t.members[g] {
		var wrote []uint32
		for _, i := range t.byAuthor[m.author] {
			wrote = append(wrote, t.in.posts[i].thread)
		}
		for _, thread := range distinctSorted(wrote) {
			met[thread]++
		}
	}
	for thread, n := range met {
		if n >= leastPeople && t.in.titles[thread] != "" {
			threads = append(threads, thread)
		}
	}
	slices.Sort(threads)
	for _, thread := range threads {
		people = append(people, met[thread])
	}
	return threads, people
}

// meeting returns the conversation in which most of g's people wrote, of those where they are more than half.
func (t *teller) meeting(g int) (best data.ThreadID, most int) {
	threads, people := t.meetings(g)
	for i, thread := range threads {
		if people[i] > most && 2*people[i] > t.wroteIn()[thread] {
			best, most = t.in.threadIDs[thread], people[i]
		}
	}
	return best, most
}

// wroteIn returns how many people wrote in each conversation, counted once.
func (t *teller) wroteIn() []int {
	if t.wrote == nil {
		t.wrote = make([]int, len(t.in.titles))
		for _, posts := range t.byAuthor {
			var threads []uint32
			for _, i := range posts {
				threads = append(threads, t.in.posts[i].thread)
			}
			for _, thread := range distinctSorted(threads) {
				t.wrote[thread]++
			}
		}
	}
	return t.wrote
}

// titles returns all titles, read once.
func (t *teller) titles() []heading {
	if t.read == nil {
		t.read = make([]heading, len(t.in.titles))
		for i, title := range t.in.titles {
			t.read[i] = headingOf(title)
		}
	}
	return t.read
}

// titled returns which titles hold a word in small letters.
func (t *teller) titled(word string) []int32 {
	if t.holding == nil {
		t.holding = make(map[string][]int32)
		for i, title := range t.titles() {
			for _, stretch := range title {
				for _, token := range stretch {
					if list := t.holding[token]; len(list) == 0 || list[len(list)-1] != int32(i) {
						t.holding[token] = append(list, int32(i))
					}
				}
			}
		}
	}
	return t.holding[word]
}

// pieces returns of how many titles each word is a piece that is written with another as one.
func (t *teller) pieces() map[string]int {
	if t.cut == nil {
		t.cut = make(map[string]int)
		for _, title := range t.titles() {
			for _, stretch := range title {
				for _, token := range stretch {
					if parts := strings.FieldsFunc(token, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }); len(parts) > 1 {
						for _, part := range parts {
							t.cut[part]++
						}
					}
				}
			}
		}
	}
	return t.cut
}
