package main

import (
	"fmt"
	"slices"
	"strings"
)

// A choice is a flag that takes one of few words, the first where it is not given; that may be none.
type choice struct {
	value *string
	of    []string
}

// Set takes one of the words.
func (c *choice) Set(s string) error {
	if !slices.Contains(c.of, s) {
		return fmt.Errorf("want %s", strings.Join(slices.DeleteFunc(slices.Clone(c.of), func(s string) bool { return s == "" }), " or "))
	}
	*c.value = s
	return nil
}

// String returns the word that holds.
func (c *choice) String() string {
	if c.value == nil || *c.value == "" {
		return strings.Join(c.of[:min(1, len(c.of))], "")
	}
	return *c.value
}

// Type names the value in help texts.
func (c *choice) Type() string { return "string" }
