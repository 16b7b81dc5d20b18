package reports

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports/figures"
)

// phrase says what a need is: as people say it, or the words it is about as a list.
func (b *builder) phrase(n figures.Need) []span { return b.listed(strings.Split(b.topic(n), ", ")) }

// called says in a sentence which tribe is meant: by the name its card bears.
func (b *builder) called(t data.Tribe) []span {
	return b.rich("quoted", "name", collected(cut(b.title(t), 48)))
}

// still says in a sentence which tribe is meant, and by which name last week's reader knows it.
func (b *builder) still(t data.Tribe) []span {
	i := b.tribeIndex(t.ID)
	if i == figures.None || b.formerly(b.Figures.Tribes[i]) == "" {
		return b.called(t)
	}
	return b.rich("called.now", "name", b.called(b.Figures.Tribes[i].Tribe), "was", b.called(b.Figures.Tribes[i].Size.Then))
}

// formerly returns what the tribe was called in the run before, where that was something else.
func (b *builder) formerly(t figures.Tribe) string {
	then := t.Size.Then
	if then.Name == "" || then.Name == t.Name || b.title(then) == b.title(t.Tribe) {
		return ""
	}
	return b.title(then)
}

// title writes a tribe's name, the same in headings, sentences and legends, and on the page of every language: who
// reads one speaks of a tribe to who reads another. A tribe without a name goes by its letter.
func (b *builder) title(t data.Tribe) string {
	return upper(cmp.Or(clean(t.Name), t.Letter))
}

// glossed writes a tribe's name and, where that is of another language than the page's, what its people call it there,
// else what its words mean, where all are known.
func (b *builder) glossed(t data.Tribe) []span {
	out := []span{{Text: b.title(t), Collected: true}}
	from := namedFrom(t)
	if from == "" || from == b.lang {
		return out
	}
	if own := clean(t.TellingIn(b.lang).Name); own != "" {
		return append(out, b.rich("tribe.gloss", "means", collected(own))...)
	}
	var means []string
	for word := range strings.FieldsFuncSeq(strings.ToLower(t.Name), func(r rune) bool { return !wordRune(r) }) {
		gloss := b.gloss(word, from)
		switch {
		case gloss == "" && !slices.Contains(b.closed(from), word):
			return out
		case gloss != "" && !slices.Contains(means, gloss):
			means = append(means, gloss)
		}
	}
	if len(means) == 0 {
		return out
	}
	return append(out, b.rich("tribe.gloss", "means", collected(strings.Join(means, ", ")))...)
}

// namedFrom returns the language of a tribe's name; empty where it is told of in none.
func namedFrom(t data.Tribe) data.Lang {
	for _, told := range t.Told {
		if told.Name == "" || told.Name == t.Name {
			return told.Lang
		}
	}
	return ""
}

// glossFirst says once what a tribe's name of another language means, where it stands first: in the headline, else in
// the lines below.
func (b *builder) glossFirst(p *page) {
	where := [][]span{p.Headline}
	for i := range p.Lines {
		where = append(where, p.Lines[i].Parts)
	}
	for i := range b.Figures.Tribes {
		glossed := b.glossed(b.Figures.Tribes[i].Tribe)
		name, full := glossed[0].Text, plainText(glossed)
		if name != full {
			replaceFirst(where, name, full, b.text("quoted", "name", name), b.text("quoted", "name", full))
		}
	}
}

// replaceFirst puts full in the place of the first span that is name, or of name in quotation marks within the first
// that holds it so: a list of names is one.
func replaceFirst(where [][]span, name, full, quoted, quotedFull string) {
	for _, spans := range where {
		for i := range spans {
			switch s := &spans[i]; {
			case !s.Collected:
			case s.Text == name:
				s.Text = full
				return
			case strings.Contains(s.Text, quoted):
				s.Text = strings.Replace(s.Text, quoted, quotedFull, 1)
				return
			}
		}
	}
}

// closed returns the small words of a language, which only hold others together.
func (b *builder) closed(lang data.Lang) []string {
	if b.small[lang] == nil && known(lang) {
		words, err := listedWords(lang, "words.before", "words.after")
		if err != nil {
			b.fail("small words: %w", err)
			return nil
		}
		b.small[lang] = words
	}
	return b.small[lang]
}

// foreign returns the language in which a tribe is told of; empty where it is told of in the page's too.
func (b *builder) foreign(t data.Tribe) (from data.Lang) {
	for _, told := range t.Told {
		if told.Lang == b.lang {
			return ""
		}
		if told.Name == "" {
			from = told.Lang
		}
	}
	return from
}

// gloss returns what a word of another language is called in the page's; empty where that is not known.
func (b *builder) gloss(word string, from data.Lang) string {
	if b.Options.Gloss == nil || from == "" {
		return ""
	}
	return b.Options.Gloss(word, from, b.lang)
}

// fewTelling is how many words of a tribe in the page's language do not yet tell it.
const fewTelling = 2

// A spokenWord is a word of a tribe in the language its people write it in, with what it means in the page's.
type spokenWord struct {
	data.Term
	means string
}

// words returns the things a tribe talks about, in the page's language where enough of its people write it,
// else with what the words mean there; no part of another is among them, nor a word of the name without.
func (b *builder) words(t data.Tribe, without string) (out []spokenWord) {
	lang, words, from := b.lang, t.Words, b.foreign(t)
	if told := t.TellingIn(b.lang); len(told.Words) > fewTelling {
		words = told.Words
	} else if from != "" {
		lang = from
	}
	words = slices.DeleteFunc(slices.Clone(words), func(w data.Term) bool {
		return !b.Things.name(w.Form, lang) || namedIn(without, w.Form) || b.insults(w.Form)
	})
	for _, w := range wholeWords(words) {
		means := b.gloss(w.Form, from)
		if cognate(means, w.Form) {
			means = ""
		}
		out = append(out, spokenWord{w, means})
	}
	return out
}

// wholeWords returns words without those that are part of another of them.
func wholeWords(words []data.Term) []data.Term {
	return slices.DeleteFunc(slices.Clone(words), func(w data.Term) bool {
		return slices.ContainsFunc(words, func(o data.Term) bool {
			part, of := strings.Fields(w.Key), strings.Fields(o.Key)
			return len(part) > 0 && len(part) < len(of) && !slices.ContainsFunc(part, func(x string) bool { return !slices.Contains(of, x) })
		})
	})
}

// inNeedOfMany reports whether a word is of what people of several tribes need: it tells none of them.
func (b *builder) inNeedOfMany(word string) bool {
	return slices.ContainsFunc(b.Figures.Needs[:min(len(b.Figures.Needs), toldNeeds)], func(n figures.Need) bool {
		return everybodys(n) && slices.ContainsFunc(slices.Collect(maps.Values(n.Labels)), func(label string) bool { return namedIn(label, word) })
	})
}

// namedIn reports whether a word of a name is one of a phrase, or a form of one.
func namedIn(name, phrase string) bool {
	for _, a := range strings.FieldsFunc(name, func(r rune) bool { return !wordRune(r) }) {
		if slices.ContainsFunc(strings.Fields(phrase), func(w string) bool { return figures.SameWord(a, w) }) {
			return true
		}
	}
	return false
}

// subject says in a sentence what a need is: a phrase as people say it, or the words it is about.
// The key of its message then ends in .about.
func (b *builder) subject(n figures.Need, key string) (string, []span) {
	topic := b.topic(n)
	if words := strings.Split(topic, ", "); len(words) > 1 {
		return key + ".about", b.listed(words)
	}
	if !strings.Contains(topic, " ") { // a thing, and not what is wanted of it
		key += ".about"
	}
	return key, b.rich("quoted", "name", collected(topic))
}
