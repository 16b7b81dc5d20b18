package nlp

import (
	"slices"
	"strings"

	"tribu/data"

	"github.com/clipperhouse/uax29/v2/sentences"
)

// A sentence is a range of a document's tokens that lie in one section.
type sentence struct {
	sec        *section
	start, end int // bytes of sec.text, without the space around
	from, to   int // tokens of the document
	lang       data.Lang
}

// A document is a cleaned post, cut into sentences and tokens.
type document struct {
	tokens    []token
	sentences []sentence
	lang      data.Lang
	scores    [len(langs)]int
	plain     bool // no lost accent is restored
	restored  bool // one was
}

// read cleans and cuts title and body, and restores the accents they lost.
func (r *reader) read(p data.Post) *document { return r.readAs(p, false) }

func (r *reader) readAs(p data.Post, plain bool) *document {
	d := &document{plain: plain}
	whole := p.Title[:min(len(p.Title), maxText)]
	if title := r.plainTitle(whole); title != "" && !r.serial(title) {
		c := &cleaner{by: r, limit: maxText / 8}
		c.add(title, len(whole)-len(title))
		d.cut(c.section(true))
	}
	body := p.Body[:min(len(p.Body), maxSource)]
	c := &cleaner{by: r, limit: maxText}
	c.out = make([]byte, 0, min(len(body), maxText))
	if p.Format == data.FormatHTML {
		c.cleanHTML(body)
	} else {
		c.cleanText(body)
	}
	d.cut(c.section(false))
	return d
}

// cut appends the tokens and sentences of s.
func (d *document) cut(s *section) {
	first := len(d.tokens)
	s.plain = d.plain
	d.tokens = s.tokens(slices.Grow(d.tokens, len(s.text)/bytesPerToken+4))
	d.restored = d.restored || s.restored
	it := sentences.FromString(s.text)
	from := first
	for it.Next() {
		to := from
		for to < len(d.tokens) && d.tokens[to].start < it.End() {
			to++
		}
		if to == from || !d.ends(s, it.End(), to) {
			continue
		}
		d.addSentence(s, from, to)
		from = to
	}
	if from < len(d.tokens) {
		d.addSentence(s, from, len(d.tokens))
	}
}

const bytesPerToken = 5 // about

// ends reports whether a sentence may end at byte end, behind token to-1.
func (d *document) ends(s *section, end, to int) bool {
	last := d.tokens[to-1]
	if last.end > end || restored(s, last) {
		return false
	}
	if last.key != "." || to < 2 || strings.Contains(s.text[last.end:end], "\n") {
		return true
	}
	before := d.tokens[to-2]
	return before.end != last.start || !s.by.abbreviation(s.text[before.start:before.end])
}

// abbreviation reports whether w carries a full stop that ends no sentence.
func (r *reader) abbreviation(w string) bool {
	return r.stops[strings.ToLower(w)] || len(w) == 1 && w >= "A" && w <= "Z" && w != "I"
}

func (d *document) addSentence(s *section, from, to int) {
	d.sentences = append(d.sentences, sentence{
		sec: s, start: d.tokens[from].start, end: d.tokens[to-1].end, from: from, to: to,
	})
}

// quote returns the sentence as plain text, at most 280 runes, cut at a word. One that is longer begins with
// the clause of token at, where that stands far behind its beginning.
func (d *document) quote(x *sentence, at int) string {
	text := unquoted(strings.Join(strings.Fields(x.sec.text[x.start:x.end]), " "))
	if len(text) > maxQuote && d.tokens[at].start-x.start > maxQuote/2 {
		start, _ := clauseOf(d, x, at, at)
		start = max(start, at-maxCue)
		text = "…" + unquoted(strings.Join(strings.Fields(x.sec.text[d.tokens[start].start:x.end]), " "))
	}
	if len(text) <= maxQuote {
		return text
	}
	n, cut := 0, 0
	for i, r := range text {
		if n++; n > maxQuote-1 {
			return unquoted(text[:cut]) + "…"
		}
		if r == ' ' {
			cut = i
		}
		if cut == 0 && n == maxQuote-1 {
			cut = i
		}
	}
	return text
}

const maxQuote = 280 // runes

// unquoted returns text without a quotation mark at an end whose fellow stands in another sentence.
func unquoted(text string) string {
	for _, marks := range [...][2]string{{"\"", "\""}, {"“", "”"}, {"«", "»"}} {
		open, close := marks[0], marks[1]
		if open == close && strings.Count(text, open)%2 == 0 || open != close && strings.Count(text, open) == strings.Count(text, close) {
			continue
		}
		if rest, ok := strings.CutPrefix(text, open); ok {
			text = strings.TrimLeft(rest, " ")
		} else if rest, ok := strings.CutSuffix(text, close); ok {
			text = strings.TrimRight(rest, " ")
		}
	}
	return text
}
