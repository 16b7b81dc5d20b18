// Package lexicon holds the hand-written word lists of the nlp stage and reads them.
//
// A list is a text file: one entry a line, in NFC, `#` starts a comment line. An entry is a phrase,
// optionally followed by a tab and attributes separated by spaces. In a phrase `{a|b|}` stands for
// any of its alternatives, the empty one included. Lists of single words are sorted; lists of cues
// are grouped under comment lines. Folders are languages; `lang` has the function words of all.
package lexicon

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed */*.txt
var own embed.FS

// Lists are folders of word lists.
type Lists struct{ files fs.FS }

// Own returns the lists that come with the program.
func Own() Lists { return Lists{own} }

// In returns the lists in files.
func In(files fs.FS) Lists { return Lists{files} }

// Languages returns the languages that have a folder, sorted.
func (l Lists) Languages() ([]string, error) {
	folders, err := fs.ReadDir(l.files, ".")
	if err != nil {
		return nil, fmt.Errorf("list languages: %w", err)
	}
	var all []string
	for _, f := range folders {
		if f.IsDir() && f.Name() != "lang" {
			all = append(all, f.Name())
		}
	}
	return all, nil
}

// An Entry is one phrase of a list, its alternatives expanded.
type Entry struct {
	Phrase string
	Attrs  []string
	Line   int
}

// Load returns the entries of the list at path, such as "en/stop.txt", in the order of the file; none
// where a language has no such list.
func (l Lists) Load(path string) ([]Entry, error) {
	text, err := fs.ReadFile(l.files, path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, fmt.Errorf("load lexicon %q: %w", path, err)
	}
	entries, err := Parse(string(text))
	if err != nil {
		return nil, fmt.Errorf("load lexicon %q: %w", path, err)
	}
	return entries, nil
}

// Parse reads a list.
func Parse(text string) ([]Entry, error) {
	entries := make([]Entry, 0, phrasesIn(text))
	number := 0
	for line := range strings.SplitSeq(text, "\n") {
		number++
		line = strings.TrimRight(line, " \t\r")
		if line == "" || line[0] == '#' {
			continue
		}
		phrase, attrs, _ := strings.Cut(line, "\t")
		e := Entry{Attrs: strings.Fields(attrs), Line: number}
		err := expand(make([]byte, 0, 64), phrase, func(phrase string) {
			e.Phrase = phrase
			entries = append(entries, e)
		})
		if err != nil {
			return nil, fmt.Errorf("parse line %d: %q: %w", number, phrase, err)
		}
	}
	return entries, nil
}

const mostReserved = 1 << 17 // phrases for which room is made before they are read

// phrasesIn returns how many phrases the lines of text stand for, or more, but not more than mostReserved.
func phrasesIn(text string) (n int) {
	for line := range strings.SplitSeq(text, "\n") {
		ways, choices := 1, 1
		for i := range len(line) {
			switch line[i] {
			case '{':
				choices = 1
			case '|':
				choices++
			case '}':
				ways, choices = min(ways*choices, mostReserved), 1
			}
		}
		n = min(n+ways, mostReserved)
	}
	return n
}

// expand calls found with done and each way to read rest, spaces made one.
func expand(done []byte, rest string, found func(phrase string)) error {
	plain, rest, groups := strings.Cut(rest, "{")
	if done = spaced(done, plain); strings.Contains(plain, "}") {
		return errBrace
	}
	if !groups {
		phrase := bytes.TrimRight(done, " ")
		if len(phrase) == 0 {
			return errNoPhrase
		}
		found(string(phrase))
		return nil
	}
	group, rest, closed := strings.Cut(rest, "}")
	if !closed || strings.Contains(group, "{") {
		return errBrace
	}
	for choice := range strings.SplitSeq(group, "|") {
		if err := expand(spaced(done, choice), rest, found); err != nil {
			return err
		}
	}
	return nil
}

var (
	errBrace    = errors.New("unmatched brace")
	errNoPhrase = errors.New("no phrase")
)

// spaced appends text, without a space behind another or at the beginning.
func spaced(done []byte, text string) []byte {
	for _, r := range text {
		if !unicode.IsSpace(r) {
			done = utf8.AppendRune(done, r)
		} else if len(done) > 0 && done[len(done)-1] != ' ' {
			done = append(done, ' ')
		}
	}
	return done
}
