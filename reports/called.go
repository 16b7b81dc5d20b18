package reports

import (
	"cmp"
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

// title writes a tribe's name, the same in headings, sentences and legends: the one in the page's
// language where it has one. A tribe without a name goes by its letter.
func (b *builder) title(t data.Tribe) string {
	return upper(cmp.Or(clean(t.TellingIn(b.lang).Name), clean(t.Name), t.Letter))
}

// glossed writes a tribe's name and, where that is of another language, what its words mean.
func (b *builder) glossed(t data.Tribe) []span {
	out := []span{{Text: b.title(t), Collected: true}}
	from := b.foreign(t)
	var means []string
	for word := range strings.FieldsSeq(strings.ReplaceAll(t.Name, "'", "' ")) {
		if gloss := b.gloss(word, from); gloss != "" && !slices.Contains(means, gloss) {
			means = append(means, gloss)
		}
	}
	if len(means) == 0 {
		return out
	}
	return append(out, b.rich("tribe.gloss", "means", collected(strings.Join(means, ", ")))...)
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

// words returns what a tribe talks about, in the page's language where enough of its people write it,
// else with what the words mean there.
func (b *builder) words(t data.Tribe) (out []data.Term) {
	if told := t.TellingIn(b.lang); len(told.Words) >= bondWords {
		return told.Words
	}
	from := b.foreign(t)
	for _, w := range t.Words {
		if gloss := b.gloss(w.Form, from); gloss != "" {
			w.Form = b.text("word.gloss", "word", w.Form, "means", gloss)
		}
		out = append(out, w)
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

// mainWords returns of the words that tell a tribe best those most of its people say, and none twice.
func (b *builder) mainWords(t data.Tribe) []span {
	var best []data.Term
	var keys []string
	for _, w := range b.words(t) {
		fields := strings.Fields(w.Key)
		if len(best) < bondChoice && !slices.ContainsFunc(fields, func(k string) bool { return slices.Contains(keys, k) }) {
			best, keys = append(best, w), append(keys, fields...)
		}
	}
	slices.SortStableFunc(best, func(x, y data.Term) int { return cmp.Compare(y.Count, x.Count) })
	var forms []string
	for _, w := range best[:min(len(best), bondWords)] {
		forms = append(forms, w.Form)
	}
	return b.listed(forms)
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
