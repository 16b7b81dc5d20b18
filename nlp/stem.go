package nlp

import (
	"strings"
	"sync"

	"tribu/data"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/spanish"
)

const maxRemembered = 1 << 16 // words of a memory

// A memory holds what was found out of words, so that frequent ones are looked into once. Safe for
// concurrent use; what it remembers never changes a result.
type memory[V any] struct {
	mu sync.RWMutex
	of map[string]V
}

// recall returns what was found out of w, by find where that is new.
func (m *memory[V]) recall(w string, find func(string) V) V {
	m.mu.RLock()
	v, ok := m.of[w]
	m.mu.RUnlock()
	if ok {
		return v
	}
	v = find(w)
	m.mu.Lock()
	if m.of == nil {
		m.of = map[string]V{}
	}
	if len(m.of) < maxRemembered {
		m.of[strings.Clone(w)] = v
	}
	m.mu.Unlock()
	return v
}

// A stemmer cuts words to their Snowball stem.
type stemmer struct {
	known map[data.Lang]*cutter
}

// A cutter is the stemmer of one language.
type cutter struct {
	rules func(*snowballstem.Env) bool
	stems memory[string]
}

func newStemmer() stemmer {
	cuts := map[data.Lang]func(*snowballstem.Env) bool{data.LangEN: english.Stem, data.LangIT: italian.Stem,
		"fr": french.Stem, "de": german.Stem, "es": spanish.Stem, "pt": portuguese.Stem}
	s := stemmer{map[data.Lang]*cutter{}}
	for lang, rules := range cuts {
		s.known[lang] = &cutter{rules: rules}
	}
	return s
}

// stem returns the stem of the lower-case word w; w itself in an unknown language.
func (s stemmer) stem(lang data.Lang, w string) string {
	c := s.known[lang]
	if c == nil {
		return w
	}
	return c.stems.recall(w, c.cut)
}

func (c *cutter) cut(w string) string {
	env := snowballstem.NewEnv(w)
	c.rules(env)
	if stem := fold(env.Current()); stem != "" {
		return stem
	}
	return strings.Clone(w)
}
