package nlp

import (
	"sync"
	"sync/atomic"

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
	stems sync.Map
	size  atomic.Int64
}

func newStemmer() stemmer {
	return stemmer{map[data.Lang]*memory{
		data.LangEN: {cut: english.Stem},
		data.LangIT: {cut: italian.Stem},
		"fr":        {cut: french.Stem},
		"de":        {cut: german.Stem},
		"es":        {cut: spanish.Stem},
		"pt":        {cut: portuguese.Stem},
	}}
}

// stem returns the stem of the lower-case word w; w itself in an unknown language.
func (s stemmer) stem(lang data.Lang, w string) string {
	m := s.known[lang]
	if m == nil {
		return w
	}
	if v, ok := m.stems.Load(w); ok {
		return v.(string)
	}
	env := snowballstem.NewEnv(w)
	m.cut(env)
	stem := fold(env.Current())
	if stem == "" {
		stem = w
	}
	if m.size.Add(1) <= maxStems {
		m.stems.Store(w, stem)
	}
	return stem
}
