package nlp

import "strings"

// Italian endings: of nouns and adjectives as lists of words name them.

// isFeminine reports whether the ending of an Italian noun tells that it is feminine.
func isFeminine(noun string) bool {
	return hasEnding(noun, "a", "ione", "à", "ù", "trice", "ie", "igine", "udine")
}

// manyOf returns the regular plural of an Italian noun; what ends in neither a, e nor o has one form.
func manyOf(noun string, feminine bool) string {
	stem := noun[:max(0, len(noun)-1)]
	switch {
	case len(noun) < 3 || hasEnding(noun, "ie") || feminine && strings.HasSuffix(noun, "o"):
		return noun
	case strings.HasSuffix(noun, "io"):
		return stem
	case hasEnding(noun, "ico", "ologo"):
		return stem + "i"
	case hasEnding(noun, "co", "go"):
		return stem + "hi"
	case !feminine && hasEnding(noun, "ca", "ga"):
		return stem + "hi"
	case hasEnding(noun, "ca", "ga"):
		return stem + "he"
	case feminine && hasEnding(noun, "ccia", "ggia", "ncia", "rcia", "scia"):
		return stem[:len(stem)-1] + "e"
	case feminine && strings.HasSuffix(noun, "a"):
		return stem + "e"
	case hasEnding(noun, "a", "e", "o"):
		return stem + "i"
	}
	return noun
}

// form returns the form of an Italian adjective that goes with a noun.
func (a qualityIn) form(feminine, many bool) string {
	stem := a.one[:max(0, len(a.one)-1)]
	switch {
	case hasEnding(a.one, "a"): // rosa, viola
		return a.one
	case feminine && many && hasEnding(a.one, "o"):
		return manyOf(stem+"a", true)
	case feminine && hasEnding(a.one, "o"):
		return stem + "a"
	case many && a.many != "":
		return a.many
	case many:
		return manyOf(a.one, false)
	}
	return a.one
}

// italianParticiple returns the regular participle of a verb; empty where its ending tells none.
func italianParticiple(verb string) string {
	for ending, participle := range map[string]string{"are": "ato", "ere": "uto", "ire": "ito"} {
		if stem, found := strings.CutSuffix(verb, ending); found {
			return stem + participle
		}
	}
	return ""
}
