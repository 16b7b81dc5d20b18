package signs

import (
	"iter"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Words returns the words of text in lower case, accents and apostrophes undone; the end of a
// clause is a word of its own, ".".
func Words(text string) []string { return AppendWords(make([]string, 0, len(text)/6+4), text) }

// AppendWords adds the words of text to out. Those that are plain already are parts of text.
func AppendWords(out []string, text string) []string {
	start, plain := -1, true
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		folded := fold(r)
		if inWord(folded) || (r == '.' || r == ',') && start >= 0 && digitAt(text, i-1) && digitAt(text, i+1) {
			if start < 0 {
				start, plain = i, true
			}
			plain = plain && folded == r
			i = afterLetters(text, i+size)
			continue
		}
		if start >= 0 {
			out = append(out, word(text[start:i], plain))
			start = -1
		}
		out = appendMark(out, r)
		i += size
	}
	if start >= 0 {
		out = append(out, word(text[start:], plain))
	}
	return out
}

// afterLetters returns where the plain letters that start at i end.
func afterLetters(text string, i int) int {
	for i < len(text) && 'a' <= text[i] && text[i] <= 'z' {
		i++
	}
	return i
}

func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '+'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

func word(s string, plain bool) string {
	if plain {
		return s
	}
	return strings.Map(fold, s)
}

func appendMark(out []string, r rune) []string {
	switch r {
	case '.', ',', ';', ':', '!', '?', '\n', '(', ')':
		if len(out) > 0 && out[len(out)-1] != "." {
			return append(out, ".")
		}
	case '€', '$', '£', '%':
		return append(out, string(r))
	}
	return out
}

// Stem returns word without the ending that tells one of a thing from many: an Italian vowel, an
// English s. Words of four letters or fewer stay as they are.
func Stem(word string) string {
	if strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") && len(word) > 3 {
		word = word[:len(word)-1]
	}
	if len(word) > 4 && strings.ContainsRune("aeio", rune(word[len(word)-1])) {
		return word[:len(word)-1]
	}
	return word
}

func digitAt(s string, i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }

// fold lowers a letter and undoes its accent. What takes contractions and elisions apart becomes a
// space: "we'll" → "we ll", "c'è" → "c e".
func fold(r rune) rune {
	if 'a' <= r && r <= 'z' {
		return r
	}
	switch r {
	case '\'', '’', '‘', '`', '-', '_', '/':
		return ' '
	case 'à', 'á', 'À', 'Á':
		return 'a'
	case 'è', 'é', 'È', 'É':
		return 'e'
	case 'ì', 'í', 'Ì', 'Í':
		return 'i'
	case 'ò', 'ó', 'Ò', 'Ó':
		return 'o'
	case 'ù', 'ú', 'Ù', 'Ú':
		return 'u'
	}
	return unicode.ToLower(r)
}

// longestSentence is how many letters of a sentence are kept.
const longestSentence = 280

// Sentences returns the sentences of text, trimmed and at most 280 runes long.
func Sentences(text string) []string {
	var out []string
	start := 0
	end := func(to int) {
		if s := oneLine(text[start:to]); s != "" {
			out = append(out, shortened(s))
		}
		start = to
	}
	for i := range len(text) {
		last := i+1 == len(text) || text[i+1] == ' ' || text[i+1] == '\n'
		if b := text[i]; b == '\n' || (b == '.' || b == '!' || b == '?') && last && !(b == '.' && abbreviated(text[start:i])) {
			end(i + 1)
		}
	}
	end(len(text))
	return out
}

// abbreviations are words whose full stop ends no sentence, in both languages.
var abbreviations = sync.OnceValue(func() []string { return wordsOf("cues/abbreviations.txt") })

// abbreviated reports whether the last word of text is one whose full stop ends no sentence, or the capital letter of a name
// before the last: John F.
func abbreviated(text string) bool {
	word := strings.ToLower(text[strings.LastIndexAny(text, " \n(\"'")+1:])
	if len(word) == 1 && len(text) > 1 && text[len(text)-1] != word[0] {
		return word != "i" && 'a' <= word[0] && word[0] <= 'z'
	}
	return slices.Contains(abbreviations(), word)
}

// oneLine trims s and makes every gap in it one space.
func oneLine(s string) string {
	s = strings.TrimSpace(s)
	gap := false
	for _, r := range s {
		space := unicode.IsSpace(r)
		if space && (gap || r != ' ') {
			return strings.Join(strings.Fields(s), " ")
		}
		gap = space
	}
	return s
}

func shortened(s string) string {
	if len(s) <= longestSentence || utf8.RuneCountInString(s) <= longestSentence {
		return s
	}
	return string([]rune(s)[:longestSentence-1]) + "…"
}

// Adjectives returns the adjectives by which people judge a firm or a product, in both languages.
func Adjectives() []string { return wordsOf("cues/adjectives.txt") }

// Common returns words that tell no subject, in both languages; the caller does not change them.
func Common() []string { return common() }

var common = sync.OnceValue(func() []string { return wordsOf("cues/common.txt") })

// Ordering returns what may stand before the word that tells the reader what to do, beside the end of a clause; the caller
// does not change them.
func Ordering() []string { return ordering() }

var ordering = sync.OnceValue(func() []string { return wordsOf("cues/ordering.txt") })

// Dangling returns words that lean on what was said before where they begin a sentence, in both languages; the caller does not change them.
func Dangling() []string { return dangling() }

var dangling = sync.OnceValue(func() []string { return wordsOf("cues/dangling.txt") })

// A List is words that stand together in a file of words, under its name.
type List string

// Lists of words, in each language.
const (
	BeforeThings List = "before" // stand before what names a thing
	AfterThings  List = "after"  // stand behind it
	Certain      List = "the"    // speak of a certain thing
	OneOf        List = "one"    // speak of any thing of its kind
	Reader       List = "you"    // turn to whoever reads
	Whence       List = "from"   // tell whence a text is
	Somebody     List = "people" // a need that begins with them is for somebody
	Lending      List = "lend"   // ask to have a thing for a while
	Offices      List = "office" // decide or own, and can be written to
	Where        List = "place"  // ask where
)

// In returns the words of a list in a language, empty where it has none; the caller does not change them.
func (l List) In(lang string) []string { return listed()[lang][l] }

// Has reports whether word, in small letters, is of a list in either language.
func (l List) Has(word string) bool {
	return slices.Contains(l.In("en"), word) || slices.Contains(l.In("it"), word)
}

var listed = sync.OnceValue(func() map[string]map[List][]string {
	out := make(map[string]map[List][]string)
	for _, lang := range []string{"en", "it"} {
		out[lang] = make(map[List][]string)
		list := List("")
		for line := range linesOf("cues/words." + lang + ".txt") {
			if line[0] == '[' {
				list = List(strings.Trim(line, "[]"))
				continue
			}
			out[lang][list] = append(out[lang][list], strings.Fields(line)...)
		}
	}
	return out
})

// wordsOf reads a list of words.
func wordsOf(path string) []string {
	var out []string
	for line := range linesOf(path) {
		out = append(out, strings.Fields(line)...)
	}
	return out
}

// linesOf returns the lines of a list that are neither empty nor comments.
func linesOf(path string) iter.Seq[string] {
	text, err := lists.ReadFile(path)
	if err != nil {
		panic("read embedded words: " + err.Error()) // cannot happen: the lists are compiled in
	}
	return func(yield func(string) bool) {
		for line := range strings.SplitSeq(string(text), "\n") {
			if line != "" && line[0] != '#' && !yield(line) {
				return
			}
		}
	}
}
