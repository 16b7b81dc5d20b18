package nlp

import (
	"fmt"
	"strings"

	"tribu/data"
)

// An article is what goes before a thing to say whether it is a certain one.
type article int

const (
	noArticle article = iota
	definite
	indefinite
)

var articleNames = map[string]article{"definite": definite, "indefinite": indefinite}

// readArticles reads the articles of lang.
func readArticles(from wordLists, lang data.Lang) (map[string]article, error) {
	path := string(lang) + "/article.txt"
	entries, err := from.Load(path)
	if err != nil {
		return nil, err
	}
	all := map[string]article{}
	for _, e := range entries {
		if len(e.Attrs) != 1 || articleNames[e.Attrs[0]] == noArticle {
			return nil, fmt.Errorf("line %d of %s: want definite or indefinite", e.Line, path)
		}
		all[e.Phrase] = articleNames[e.Attrs[0]]
	}
	return all, nil
}

// Indefinite reports whether a lower-case word is an article of lang that says one of several.
func (w *Wording) Indefinite(lang data.Lang, word string) bool {
	return w.articles[lang][word] == indefinite
}

// The returns the article of lang for a certain thing; empty where it has none, or several.
func (w *Wording) The(lang data.Lang) string {
	the := ""
	for word, a := range w.articles[lang] {
		if a == definite && the != "" {
			return ""
		} else if a == definite {
			the = word
		}
	}
	return the
}

// An italianPhrase is a thing with what describes it, what joins it to what is before it, and its article.
type italianPhrase struct {
	link    string
	article article
	stretch []nameWord
}

// said returns the Italian words for a phrase; empty where there is no thing, or one of which Italian would have to say
// what it is to another and b does not tell by which word.
func (p italianPhrase) said(b *wordbook) string {
	last := len(p.stretch) - 1
	if last < 0 || last >= mostJoined || !p.stretch[last].isThing {
		return ""
	}
	head, joint := p.stretch[last], ""
	if last > 0 && !p.stretch[0].isQualified {
		if joint = b.heads[head.noun.one]; joint == "" || !p.stretch[0].isThing || joint == "per" && p.stretch[0].noun.mass { // a plastic bag
			return ""
		}
	}
	if head.many && p.article == indefinite {
		return ""
	}
	thing := head.noun.form(head.many)
	before := joinedArticle(p.link, italianArticle(p.article, thing, head.noun.feminine, head.many))
	if before != "" && !strings.HasSuffix(before, "'") {
		before += " "
	}
	switch {
	case joint != "":
		thing += " " + joint + " " + p.stretch[0].noun.form(!p.stretch[0].noun.mass)
	case last > 0:
		thing += " " + p.stretch[0].adjective.form(head.noun.feminine, head.many)
	}
	return before + thing
}

// italianArticle returns the article for a noun; empty for none.
func italianArticle(a article, noun string, feminine, many bool) string {
	vowel := strings.ContainsAny(fold(noun)[:1], "aeiouh")
	hard := vowel || beginsHard(fold(noun))
	forms := [2][2][3]string{{{"il", "lo", "l'"}, {"un", "uno", "un"}}, {{"la", "la", "l'"}, {"una", "una", "un'"}}}
	switch {
	case a == noArticle:
		return ""
	case many && feminine:
		return "le"
	case many && hard:
		return "gli"
	case many:
		return "i"
	}
	form := 0
	if vowel {
		form = 2
	} else if hard {
		form = 1
	}
	gender := 0
	if feminine {
		gender = 1
	}
	return forms[gender][a-definite][form]
}

// joinedArticle returns a preposition and an article as Italian writes them: di and lo, dello.
func joinedArticle(link, article string) string {
	if last := strings.LastIndexByte(link, ' ') + 1; last > 0 {
		return link[:last] + joinedArticle(link[last:], article)
	}
	stem := map[string]string{"di": "de", "a": "a", "da": "da", "in": "ne", "su": "su"}[link]
	if end := map[string]string{"il": "l", "lo": "llo", "l'": "ll'", "la": "lla", "i": "i", "gli": "gli", "le": "lle"}[article]; stem != "" && end != "" {
		return stem + end
	}
	return strings.TrimSpace(link + " " + article)
}

// beginsHard reports whether an Italian noun begins with what il and un do not go before.
func beginsHard(noun string) bool {
	if len(noun) > 1 && noun[0] == 's' && strings.IndexByte("aeiou", noun[1]) < 0 {
		return true
	}
	for _, start := range []string{"z", "gn", "ps", "pn", "x", "y"} {
		if strings.HasPrefix(noun, start) {
			return true
		}
	}
	return false
}
