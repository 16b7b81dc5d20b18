package tribes

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"tribu/data"
)

//go:embed words/*.txt
var wordLists embed.FS

// smallWords are what words do in titles and names, whatever these are about; the lists say what each is. Titles mix
// languages: but for plurals and how names are joined, the words of all languages count in each.
type smallWords struct {
	joining, parting, leading, ofPerson, someone map[string]bool
	tongues                                      map[data.Lang]tongue
}

// A tongue is how one language joins names and forms plurals.
type tongue struct {
	and, andBeforeE string
	plurals         [][2]string // endings of one and of many
	acts            []string    // endings of what somebody does
}

// newSmallWords reads the lists in files, one a language: "words/en.txt".
func newSmallWords(files fs.FS) (smallWords, error) {
	s := smallWords{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}, map[data.Lang]tongue{}}
	paths, err := fs.Glob(files, "words/*.txt")
	if err != nil {
		return s, fmt.Errorf("list small words: %w", err)
	}
	for _, path := range paths {
		text, err := fs.ReadFile(files, path)
		if err != nil {
			return s, fmt.Errorf("read small words: %w", err)
		}
		lang := data.Lang(strings.TrimSuffix(strings.TrimPrefix(path, "words/"), ".txt"))
		if err := s.read(lang, string(text)); err != nil {
			return s, fmt.Errorf("read small words: %s: %w", path, err)
		}
	}
	return s, nil
}

func (s *smallWords) read(lang data.Lang, text string) error {
	var t tongue
	for line := range strings.SplitSeq(text, "\n") {
		word, roles, _ := strings.Cut(line, "\t")
		if line == "" || line[0] == '#' {
			continue
		}
		for role := range strings.FieldsSeq(roles) {
			switch role {
			case "joins":
				s.joining[word] = true
			case "parts":
				s.parting[word] = true
			case "leads":
				s.leading[word] = true
			case "person":
				s.ofPerson[word] = true
			case "someone":
				s.someone[word] = true
			case "and":
				t.and = word
			case "acts":
				t.acts = append(t.acts, strings.TrimPrefix(word, "-"))
			case "and-before-e":
				t.andBeforeE = word
			default:
				many, ok := strings.CutPrefix(role, "-")
				one, ends := strings.CutPrefix(word, "-")
				if !ok || !ends {
					return fmt.Errorf("unknown role %q of %q", role, word)
				}
				t.plurals = append(t.plurals, [2]string{one, many})
			}
		}
	}
	s.tongues[lang] = t
	return nil
}

// joins reports whether a word holds two things together that are one: turni d'acqua, house of cards.
func (s *smallWords) joins(word string) bool { return s.joining[word] }

// parts reports whether a word stands between things that are not one, or holds two together.
func (s *smallWords) parts(word string) bool { return s.parting[word] || s.joining[word] }

// leads reports whether a word may be the first of a name: "for sale" and any that is not small.
func (s *smallWords) leads(word string) bool { return s.leading[word] || !s.parts(word) }

// demographic reports whether a word or phrase says how old somebody is, of which gender, what they
// earn or where they live: such words shape no tribe and name none, whoever wrote them.
func (s *smallWords) demographic(form string) bool {
	for word := range strings.FieldsFuncSeq(strings.ToLower(form), func(r rune) bool { return r == ' ' || r == '-' || r == '\'' || r == '’' }) {
		if s.ofPerson[word] {
			return true
		}
	}
	return false
}

// people reports whether a word is of somebody by what they do or believe: who is talked about, as a rule, and not who talks.
func (s *smallWords) people(word string) bool { return s.someone[strings.ToLower(word)] }

// and joins a name to the one behind it, as lang does.
func (s *smallWords) and(lang data.Lang, next string) string {
	switch t := s.tongues[lang]; {
	case t.and == "":
		return ", "
	case t.andBeforeE != "" && strings.HasPrefix(strings.ToLower(next), "e"):
		return " " + t.andBeforeE + " "
	default:
		return " " + t.and + " "
	}
}

// ands reports whether a word joins two names.
func (s *smallWords) ands(word string) bool {
	for _, t := range s.tongues {
		if word != "" && (word == t.and || word == t.andBeforeE) {
			return true
		}
	}
	return false
}

// isPlural reports whether many is the plural of one, word by word, as its endings tell.
func (s *smallWords) isPlural(lang data.Lang, one, many string) bool {
	a, b := strings.Fields(one), strings.Fields(many)
	if one == many || len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] && !s.endsAsPlural(lang, a[i], b[i]) {
			return false
		}
	}
	return true
}

func (s *smallWords) endsAsPlural(lang data.Lang, one, many string) bool {
	return slices.ContainsFunc(s.tongues[lang].plurals, func(e [2]string) bool {
		stem, ok := strings.CutSuffix(one, e[0])
		return ok && len(stem) > 1 && many == stem+e[1]
	})
}

// isAct reports whether a form ends like what somebody does.
func (s *smallWords) isAct(lang data.Lang, form string) bool {
	return slices.ContainsFunc(s.tongues[lang].acts, func(end string) bool { return strings.HasSuffix(form, end) })
}
