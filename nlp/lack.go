package nlp

import "tribu/data"

// Lacks reports whether lower-case words say of the thing they stand beside that there is none, or that it is looked for.
func (w *Wording) Lacks(lang data.Lang, words []string) bool {
	return w.lacks.say(lang, words)
}

// AsksFor reports whether lower-case words, of a question, ask for the thing they stand beside: who has one, where it is.
func (w *Wording) AsksFor(lang data.Lang, words []string) bool {
	return w.lacks.say(lang, words) || w.wanted.say(lang, words)
}

// readPhrases reads a list of words, one or two an entry, of each language.
func readPhrases(from wordLists, list string) (stopWords, error) {
	s := stopWords{}
	for _, lang := range from.heard {
		s[lang] = map[string]bool{}
		if err := s.read(from, lang, string(lang)+"/"+list+".txt"); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// say reports whether one of words, or two that follow each other, is on the list of lang.
func (s stopWords) say(lang data.Lang, words []string) bool {
	for i, one := range words {
		if s[lang][fold(one)] || i > 0 && s[lang][fold(words[i-1]+" "+one)] {
			return true
		}
	}
	return false
}
