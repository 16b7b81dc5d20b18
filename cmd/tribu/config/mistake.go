package config

import (
	"fmt"
	"os"
	"strings"
)

// MistakeAt says message about the value of key, a dotted path such as "schedule.crawl", in the
// file at path.
func MistakeAt(path, key, message string) *Mistake {
	line, column := position(path, key)
	m := &Mistake{File: path, Line: line, Column: column, Message: message}
	if body, err := os.ReadFile(path); err == nil {
		m.Excerpt = excerpt(strings.Split(string(body), "\n"), line, column)
	}
	return m
}

// excerpt shows line with its neighbours and a caret under column, both counted from 1.
func excerpt(lines []string, line, column int) string {
	var b strings.Builder
	for n := max(1, line-1); n <= min(line+1, len(lines)); n++ {
		mark := " "
		if n == line {
			mark = ">"
		}
		fmt.Fprintf(&b, "%s %2d | %s\n", mark, n, strings.TrimRight(lines[n-1], "\r"))
		if n == line {
			fmt.Fprintf(&b, "%s^\n", strings.Repeat(" ", len("> 99 | ")+column-1))
		}
	}
	return b.String()
}
