package config

import (
	"errors"
	"maps"
	"slices"
	"strings"
)

// A Spoken is a text, the same in every language or one for each: under "" stands what is said in any other.
type Spoken map[string]string

var errSpoken = errors.New("want a text, or one for each language: {en: TEXT, it: TEXT}")

// String writes the texts, one after the other.
func (s Spoken) String() string {
	var out []string
	for _, lang := range slices.Sorted(maps.Keys(s)) {
		out = append(out, s[lang])
	}
	return strings.Join(out, " · ")
}

// Set takes one text for all languages.
func (s *Spoken) Set(text string) error {
	*s = Spoken{"": text}
	return nil
}

// UnmarshalYAML reads a text, or one for each language.
func (s *Spoken) UnmarshalYAML(unmarshal func(any) error) error {
	var text string
	if err := unmarshal(&text); err == nil {
		return s.Set(text)
	}
	var each map[string]string
	if err := unmarshal(&each); err != nil {
		return errSpoken
	}
	*s = each
	return nil
}

// MarshalYAML writes what was read.
func (s Spoken) MarshalYAML() (any, error) {
	if text, all := s[""]; all && len(s) == 1 {
		return text, nil
	}
	return map[string]string(s), nil
}
