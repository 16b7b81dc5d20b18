package nlp

import (
	"slices"
	"strings"

	"tribu/data"
)

const undoneReach = 4 // words before a verb in which a sentence says that it is not done

// does reports whether word i has one of roles.
func (s *shortener) does(i int, roles Role) bool { return s.at[i].roles&roles != 0 }

// shows returns what the ending of word i shows.
func (s *shortener) shows(i int) Shape { return s.words.endings.of(s.lang, s.at[i].key) }

// negates reports whether t turns around what follows.
func negates(t *token, roles Role) bool {
	return roles&turnsAround != 0 || strings.HasSuffix(t.key, " not")
}

// Holds reports whether a lower-case word, or what an apostrophe leaves of one, only holds the sentence together, and whether it opens a phrase.
func (w *Wording) Holds(lang data.Lang, word string) (holds, opens bool) {
	roles := w.meaning(lang, word).roles & linking
	return roles != 0 || len(word) == 1 && strings.Contains("aeiodmstlcnv", word), roles&opensPhrase != 0
}

// InTime returns how lang says that something must not come too late; empty where it has no list.
func (w *Wording) InTime(lang data.Lang) string { return w.first(lang, inTime) }

// Trouble returns how lang says before a thing that it makes trouble, or before an infinitive that
// it cannot be done; empty where it has no list.
func (w *Wording) Trouble(lang data.Lang, infinitive bool) string {
	if infinitive {
		return w.first(lang, unable)
	}
	return w.first(lang, troubled)
}

// first returns the first phrase of lang with one of roles, by the alphabet.
func (w *Wording) first(lang data.Lang, roles Role) string {
	phrase := ""
	for key, of := range w.grammar.roles[lang] {
		if of&roles != 0 && (phrase == "" || key < phrase) {
			phrase = key
		}
	}
	return phrase
}

// Leads reports whether a lower-case word belongs to the noun behind it: an article or the like.
func (w *Wording) Leads(lang data.Lang, word string) bool {
	return w.meaning(lang, word).roles&leads != 0
}

// Acts reports whether a lower-case word is who does something: "I".
func (w *Wording) Acts(lang data.Lang, word string) bool {
	return w.meaning(lang, word).roles&acts != 0
}

// Manner reports whether a lower-case word asks how something is done.
func (w *Wording) Manner(lang data.Lang, word string) bool {
	return w.meaning(lang, word).roles&(Asks|relative) == Asks
}

// Turns reports whether another clause begins with a lower-case word.
func (w *Wording) Turns(lang data.Lang, word string) bool {
	return w.meaning(lang, word).roles&turns != 0
}

// Does reports whether a lower-case word of lang has one of roles, in names and quotes.
func (w *Wording) Does(lang data.Lang, word string, roles Role) bool {
	return w.meaning(lang, word).roles&roles != 0
}

// LeadsVerb reports whether a lower-case word leads to what somebody does or would do: "to".
func (w *Wording) LeadsVerb(lang data.Lang, word string) bool {
	const both = preposition | beforeInfinitive
	return w.meaning(lang, word).roles&both == both
}

// Modal reports whether a lower-case word leads to what somebody may, could or should do, without saying that they cannot.
func (w *Wording) Modal(lang data.Lang, word string) bool {
	roles := w.meaning(lang, word).roles
	return roles&finiteNot != 0 && roles&(must|beforeInfinitive) != 0 && roles&(Negation|unable) == 0
}

// Fails reports whether a lower-case word says in any of its forms that something fails.
func (w *Wording) Fails(word string) bool { return w.fails[fold(word)] }

// Unable reports whether a sentence says that something cannot be done.
func (w *Wording) Unable(sentence string) bool {
	sentence = lower(sentence)
	return slices.ContainsFunc(w.unable, func(words string) bool { return strings.Contains(sentence, words) })
}

// Undone returns where the words begin by which a sentence of lower-case words says of the verb at i that nobody does it,
// or that somebody does not: "nobody writes", "why does he not sign"; false where it says no such thing, or says it to
// whoever it speaks to: to reproach somebody is another matter.
func (w *Wording) Undone(lang data.Lang, all []string, i int) (from int, nobody, ok bool) {
	const leadsNot = beforeVerb | beforeInfinitive
	if w.Infinitive(lang, all[i]) && lang != data.LangEN || w.Personal(all[i:i+1]) {
		return 0, false, false // do not worry; we do not
	}
	for k := i - 1; k >= max(0, i-undoneReach); k-- {
		roles := w.meaning(lang, all[k]).roles
		if roles&Negation != 0 && roles&(leadsNot|acts) != 0 {
			nobody = roles&acts != 0
			return k, nobody, nobody || !w.Shows(lang, all[i], toOne) && (k == 0 || w.meaning(lang, all[k-1]).roles&toReader == 0)
		}
		if roles&(Negation|beforeParticiple|beforeVerb|acts) == 0 || roles&(writer|toReader) != 0 {
			break
		}
	}
	return 0, false, false
}
