package nlp

import (
	"slices"

	"tribu/data"
)

// readSame reads the ids of concepts whose words name one thing: ids are those of every language.
func (w *Wording) readSame(from wordLists) error {
	one := stopWords{"": {}}
	w.same = one[""]
	return one.read(from, "", string(data.LangEN)+"/same.txt")
}

// readGetting reads the ids of acts by which people come to have a thing: ids are those of every language.
func (w *Wording) readGetting(from wordLists) error {
	entries, err := from.Load(string(data.LangEN) + "/getting.txt")
	if err != nil {
		return err
	}
	w.getting = map[string]bool{}
	for _, e := range entries {
		w.getting["to "+e.Phrase] = slices.Contains(e.Attrs, "between")
	}
	return nil
}

// Trades reports whether a shared id is that of what people do about a thing that one of them wants and another has.
func (w *Wording) Trades(id string) bool { return w.getting[id] }

// Gets reports whether a shared id is that of what people do to have a thing.
func (w *Wording) Gets(id string) bool {
	_, ok := w.getting[id]
	return ok
}

// Thing returns by what a noun names the same thing in every language: the concept of which all words name one
// thing, else the English noun; empty where neither is known.
func (w *Wording) Thing(lang data.Lang, noun string) string {
	if id := w.concepts.of(lang, fold(lower(noun))); w.same[id] {
		return "=" + id
	}
	english := w.glossary.Thing(noun, lang)
	if id := w.concepts.of(data.LangEN, english); lang != data.LangEN && w.same[id] {
		return "=" + id
	}
	return english
}

// Names reports whether a lower-case word is known to name a thing.
func (w *Wording) Names(lang data.Lang, word string) bool {
	return w.conceptIn(lang, fold(word)) != "" || w.glossary.Names(word, lang)
}

// Deed returns by what a verb names the same act in every language, in any of its forms that have one stem; empty
// where that is not known, but for an English verb.
func (w *Wording) Deed(lang data.Lang, verb string) string {
	key := fold(lower(verb))
	stem := w.stems.stem(lang, key)
	if id := w.action(lang, key, stem); id != "" {
		return id
	}
	if lang != data.LangEN {
		if key = w.deeds[lang][stem]; key == "" {
			return ""
		}
		if stem = w.stems.stem(data.LangEN, key); w.actions[data.LangEN][stem] != "" {
			return w.actions[data.LangEN][stem]
		}
	}
	return "to " + stem
}

// Known reports whether a word names an act.
func (w *Wording) Known(lang data.Lang, verb string) bool {
	key := fold(lower(verb))
	stem := w.stems.stem(lang, key)
	return w.action(lang, key, stem) != "" || w.deeds[lang][stem] != ""
}

// Quality reports whether an English word is known to say how a thing is.
func (w *Wording) Quality(word string) bool { return w.glossary.describes(word) }

// General reports whether a lower-case word names a thing of so many kinds that it does not say which.
func (w *Wording) General(lang data.Lang, word string) bool {
	_, ok := w.general[lang][w.Stem(lang, word)]
	return ok
}

// Kind returns what a lower-case word for things of many kinds has in common with others that people choose for one
// thing: a graphics program, a graphics package. Empty where it is no such word, or stands for itself.
func (w *Wording) Kind(lang data.Lang, word string) string {
	return w.general[lang][w.Stem(lang, word)]
}
