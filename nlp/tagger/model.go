package tagger

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

const mostWords, mostEndings, perFeature = 18_000, 3_000, 2 // about, so that room is made once

// Load reads the model that prose carries.
func Load() (*Tagger, error) {
	p := &Tagger{names: map[string]uint8{}, noWord: &wordVotes{}, noEnding: &endingVotes{},
		words: make(map[string]*wordVotes, mostWords), endings: make(map[string]*endingVotes, mostEndings)}
	if err := errors.Join(p.readTags(), p.readFixed(), p.readWeights()); err != nil {
		return nil, fmt.Errorf("load tagger: %w", err)
	}
	for word, votes := range p.words {
		votes.ending = p.endingOf(word)
	}
	return p, nil
}

// readTags reads the names of the tags.
func (p *Tagger) readTags() error {
	in, err := openModel("classes")
	if err != nil {
		return err
	}
	for range in.count() {
		p.tags = append(p.tags, strings.Clone(in.text()))
	}
	slices.Sort(p.tags)
	for i, t := range p.tags {
		p.names[t] = uint8(i)
	}
	for _, t := range [...]string{"-START-", "-START2-", "-NONE-", "SYM"} {
		if _, ok := p.names[t]; !ok {
			p.names[t] = uint8(len(p.names))
		}
	}
	p.start = [2]uint8{p.names["-START-"], p.names["-START2-"]}
	return in.err()
}

// readFixed reads the words that have one tag only.
func (p *Tagger) readFixed() error {
	in, err := openModel("tags")
	if err != nil {
		return err
	}
	for range in.count() {
		word := in.text()
		votesOf(p.words, word).fixed = p.names[in.text()] + 1
	}
	return in.err()
}

// readWeights reads what each feature votes for.
func (p *Tagger) readWeights() error {
	in, err := openModel("weights")
	if err != nil {
		return err
	}
	features := in.count()
	all := make([]vote, 0, perFeature*features)
	for range features {
		feature, from := in.text(), len(all)
		for range in.count() {
			t := in.text()
			all = append(all, newVote(in.real(), p.names[t]))
		}
		p.enter(feature, all[from:len(all):len(all)])
	}
	return in.err()
}

// enter puts the votes of a feature, such as "i-1 tag+i word DT house", where they will be looked up.
func (p *Tagger) enter(feature string, votes []vote) {
	kind, value := feature, ""
	if head, rest, ok := strings.Cut(feature, " "); ok { // "i-1 tag+i word" is four words long, "i word" two
		n := len(head) + 1 + strings.IndexByte(rest, ' ') + 1
		if strings.HasSuffix(feature[:n], "+i ") || strings.HasSuffix(feature[:n], "+i-2 ") {
			n += strings.IndexByte(feature[n:], ' ') + 1
		}
		kind, value = feature[:n], feature[n:]
	}
	before, rest, _ := strings.Cut(value, " ")
	number, known := p.names[before]
	switch kind {
	case "bias":
		p.bias = votes
	case "i pref1 ":
		if value != "" {
			p.first[value[0]] = votes
		}
	case "i suffix ":
		votesOf(p.endings, value).own = votes
	case "i-1 suffix ":
		votesOf(p.endings, value).next = votes
	case "i+1 suffix ":
		votesOf(p.endings, value).last = votes
	case "i word ":
		votesOf(p.words, value).own = votes
	case "i-1 word ":
		votesOf(p.words, value).next = votes
	case "i-2 word ":
		votesOf(p.words, value).overNext = votes
	case "i+1 word ":
		votesOf(p.words, value).last = votes
	case "i+2 word ":
		votesOf(p.words, value).beforeLast = votes
	case "i-1 tag+i word ":
		if w := votesOf(p.words, rest); known {
			w.behind = append(w.behind, struct {
				tag   uint8
				votes []vote
			}{number, votes})
		}
	}
	if !known {
		return
	}
	switch over, ok := p.names[rest]; {
	case kind == "i-1 tag ":
		p.behind[number].next = votes
	case kind == "i-2 tag ":
		p.behind[number].overNext = votes
	case kind == "i tag+i-2 tag " && ok:
		p.behind[number].both[over] = votes
	}
}

// votesOf returns what all holds of a text, put in empty where it is new.
func votesOf[V any](all map[string]*V, text string) *V {
	votes := all[text]
	if votes == nil {
		votes = new(V)
		all[strings.Clone(text)] = votes
	}
	return votes
}
