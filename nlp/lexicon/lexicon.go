// Package lexicon holds the hand-written word lists of the nlp stage and reads them.
//
// A list is a text file: one entry a line, in NFC, `#` starts a comment line. An entry is a phrase,
// optionally followed by a tab and attributes separated by spaces. In a phrase `{a|b|}` stands for
// any of its alternatives, the empty one included. Lists of single words are sorted; lists of cues
// are grouped under comment lines. Folders are languages; `lang` has the function words of all.
package lexicon

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed */*.txt
var lists embed.FS

// An Entry is one phrase of a list, its alternatives expanded.
type Entry struct {
	Phrase string
	Attrs  []string
	Line   int
}

// Load returns the entries of the list at path, such as "en/stop.txt", in the order of the file.
func Load(path string) ([]Entry, error) {
	text, err := lists.ReadFile(path)
	if err != nil {
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
	var entries []Entry
	number := 0
	for line := range strings.SplitSeq(text, "\n") {
		number++
		line = strings.TrimRight(line, " \t\r")
		if line == "" || line[0] == '#' {
			continue
		}
		phrase, attrs, _ := strings.Cut(line, "\t")
		phrases, err := expand(phrase)
		if err != nil {
			return nil, fmt.Errorf("parse line %d: %w", number, err)
		}
		for _, p := range phrases {
			entries = append(entries, Entry{strings.Join(strings.Fields(p), " "), strings.Fields(attrs), number})
		}
	}
	return entries, nil
}

// expand replaces the first group of alternatives in phrase by each of them, then the others.
func expand(phrase string) ([]string, error) {
	open := strings.IndexByte(phrase, '{')
	if open < 0 {
		if strings.IndexByte(phrase, '}') >= 0 {
			return nil, fmt.Errorf("expand %q: unmatched brace", phrase)
		}
		return []string{phrase}, nil
	}
	size := strings.IndexByte(phrase[open:], '}')
	if size < 0 {
		return nil, fmt.Errorf("expand %q: unmatched brace", phrase)
	}
	var all []string
	for choice := range strings.SplitSeq(phrase[open+1:open+size], "|") {
		rest, err := expand(phrase[:open] + choice + phrase[open+size+1:])
		if err != nil {
			return nil, err
		}
		all = append(all, rest...)
	}
	return all, nil
}
