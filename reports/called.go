package reports

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"tribu/data"
	"tribu/reports/figures"
)

// phrase says what a need is: as people say it, or the words it is about as a list.
func (b *builder) phrase(n figures.Need) []span { return b.listed(strings.Split(b.topic(n), ", ")) }

// called says in a sentence which tribe is meant: by the name its card bears.
func (b *builder) called(t data.Tribe) []span {
	return b.rich("quoted", "name", collected(cut(b.title(t), 48)))
}

// still says in a sentence which tribe is meant, and by which name readers of the last weeks know it.
func (b *builder) still(t data.Tribe) []span {
	i := b.tribeIndex(t.ID)
	if i == figures.None {
		return b.called(t)
	}
	now := b.Figures.Tribes[i]
	was, week := b.knownAs(now)
	switch {
	case was.Name == "":
		return b.called(t)
	case week == "":
		return b.rich("called.now", "name", b.called(now.Tribe), "was", b.called(was))
	}
	return b.rich("called.until", "name", b.called(now.Tribe), "was", b.called(was), "week", b.shortWeek(week))
}

// titleStill writes a tribe's name in a table, with the one that readers of the last weeks know it by.
func (b *builder) titleStill(t figures.Tribe) string {
	if was, _ := b.knownAs(t); was.Name != "" {
		return b.text("called.was", "name", b.title(t.Tribe), "was", b.title(was))
	}
	return b.title(t.Tribe)
}

// formerly returns what the tribe was called in the run before, where that was another name.
func (b *builder) formerly(t figures.Tribe) string {
	if then := t.Size.Then; then.Name != "" && !b.sameName(then, t.Tribe) {
		return b.title(then)
	}
	return ""
}

// rememberedFor is for how long after a tribe got another name the one before is told.
const rememberedFor = 28 * 24 * time.Hour

// knownAs returns a tribe as the last of the runs of the weeks before that called it otherwise had it, and the week of that
// where it was not the run before; a tribe without a name where all called it so, or another tribe has that name now.
func (b *builder) knownAs(t figures.Tribe) (was data.Tribe, week string) {
	if b.formerly(t) != "" {
		was = t.Size.Then
	}
	for _, r := range slices.Backward(b.Story.History) {
		if was.Name != "" || b.Story.AsOf.Sub(r.AsOf) > rememberedFor {
			break
		}
		if at := slices.IndexFunc(r.Tribes, func(o data.Tribe) bool { return o.ID == t.ID }); at >= 0 && r.Tribes[at].Name != "" && !b.sameName(r.Tribes[at], t.Tribe) {
			was, week = r.Tribes[at], r.Week
		}
	}
	if was.Name == "" || slices.ContainsFunc(b.Story.Tribes, func(o data.Tribe) bool { return b.title(o) == b.title(was) }) {
		return data.Tribe{}, ""
	}
	return was, week
}

// sameName reports whether readers know a tribe of two runs by one name: they share one in some language, or the words of
// one are forms of the other's.
func (b *builder) sameName(then, now data.Tribe) bool {
	return b.title(then) == b.title(now) || slices.ContainsFunc(then.Names(), now.IsCalled) || sameWords(b.title(then), b.title(now))
}

// sameWords reports whether the words of two names are forms of each other, one by one.
func sameWords(a, b string) bool {
	return slices.EqualFunc(strings.Fields(strings.ToLower(a)), strings.Fields(strings.ToLower(b)), figures.SameWord)
}

// title writes a tribe's name, the same in headings, sentences and legends of a page: in the page's language where
// there is one, by what that of its name means, the same on all pages, else by the words of its people there. A tribe without a name goes by its letter.
func (b *builder) title(t data.Tribe) string {
	return upper(cmp.Or(b.nameHere(t), clean(t.Name), t.Letter))
}

// nameHere returns what a tribe is called in the page's language where its name is of another; empty where that is not
// known, or what another tribe is called. A name that people gave is of no language, and holds everywhere.
func (b *builder) nameHere(t data.Tribe) string {
	from := namedFrom(t)
	if from == "" || from == b.lang || t.Name == "" {
		return ""
	}
	means := b.meaning(t.Name, from)
	if means == "" || slices.ContainsFunc(b.Story.Tribes, func(o data.Tribe) bool {
		return o.ID != t.ID && (o.IsCalled(means) || b.meaning(o.Name, namedFrom(o)) == means)
	}) {
		return clean(t.TellingIn(b.lang).Name)
	}
	return means
}

// meaning returns what a name of a language means in the page's; empty where that is not known, or it is spelt like a
// proper name.
func (b *builder) meaning(name string, from data.Lang) string {
	if name != strings.ToLower(name) {
		return ""
	}
	means, known := b.meanings[name]
	if !known {
		means = b.gloss(name, from)
		b.meanings[name] = means
	}
	return means
}

// cardTitle writes a tribe's name as a heading, in the language it is of.
func (b *builder) cardTitle(t data.Tribe) []span {
	return []span{{Text: b.title(t), Collected: true, Lang: b.tongue(b.nameHere(t) == "", namedFrom(t))}}
}

// tongue returns the language of what is written on the page in another than the page's; empty where that is not so.
func (b *builder) tongue(other bool, lang data.Lang) string {
	if !other || lang == b.lang {
		return ""
	}
	return langTag(lang)
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
	if b.Options.Gloss == nil || from == "" || from == b.lang {
		return ""
	}
	return b.Options.Gloss(word, from, b.lang)
}

// means returns what a need that is called in another language is in the page's; empty where not all of it is known.
func (b *builder) means(n figures.Need) string {
	label, from := b.topicIn(n)
	return b.gloss(label, from)
}

// aside returns what stands behind the name of a need: what that means, where it is in another language than the page; which
// language that is, where no meaning is known.
func (b *builder) aside(n figures.Need) string {
	if means := b.means(n); means != "" {
		return means
	}
	if _, lang := b.topicIn(n); lang != b.lang && known(lang) {
		return b.text("in." + string(lang))
	}
	return ""
}

// glossed returns what a need is called, and what is told of that in another language.
func (b *builder) glossed(n figures.Need) string {
	if aside := b.aside(n); aside != "" {
		return b.text("word.gloss", "word", b.topic(n), "means", aside)
	}
	return b.topic(n)
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
		return !b.names(w.Form, lang) || namedIn(without, w.Form) || b.insults(w.Form)
	})
	for _, w := range wholeWords(words) {
		if slices.ContainsFunc(out, func(o spokenWord) bool { return strings.EqualFold(o.Form, w.Form) }) {
			continue // of two meanings
		}
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
	return key, b.told(n)
}

// told writes what a need is called in a sentence: in quotation marks, as words that somebody wrote, with what that means
// behind them where it is in another language, or which that is.
func (b *builder) told(n figures.Need) []span {
	_, from := b.topicIn(n)
	words := b.phrase(n)
	for i := range words {
		words[i].Lang = b.tongue(words[i].Collected, from)
	}
	if aside := b.aside(n); aside != "" {
		return b.rich("quoted.means", "name", words, "means", collected(aside))
	}
	return b.rich("quoted", "name", words)
}
