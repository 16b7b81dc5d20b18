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

const maxStems = 1 << 16 // remembered per language

// A stemmer cuts words to their Snowball stem and remembers the frequent ones. Safe for
// concurrent use; what it remembers never changes a result.
type stemmer struct {
	known map[data.Lang]*memory
}

type memory struct {
	cut   func(*snowballstem.Env) bool
	mu    sync.RWMutex
	stems map[string]string
}

func newStemmer() stemmer {
	cuts := map[data.Lang]func(*snowballstem.Env) bool{data.LangEN: english.Stem, data.LangIT: italian.Stem,
		"fr": french.Stem, "de": german.Stem, "es": spanish.Stem, "pt": portuguese.Stem}
	s := stemmer{map[data.Lang]*memory{}}
	for lang, cut := range cuts {
		s.known[lang] = &memory{cut: cut, stems: map[string]string{}}
	}
	return s
}

// stem returns the stem of the lower-case word w; w itself in an unknown language.
func (s stemmer) stem(lang data.Lang, w string) string {
	m := s.known[lang]
	if m == nil {
		return w
	}
	m.mu.RLock()
	stem, ok := m.stems[w]
	m.mu.RUnlock()
	if ok {
		return stem
	}
	env := snowballstem.NewEnv(w)
	m.cut(env)
	if stem = fold(env.Current()); stem == "" {
		stem = w
	}
	m.mu.Lock()
	if len(m.stems) < maxStems {
		m.stems[strings.Clone(w)] = stem
	}
	m.mu.Unlock()
	return stem
}
