package config

import (
	"fmt"
	"os"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"
)

// MistakeAt says message about the value of key, a dotted path such as "schedule.crawl", in the
// file at path.
func MistakeAt(path, key, message string) *Mistake {
	line, column := position(path, key)
	body, err := os.ReadFile(path)
	if err != nil {
		return &Mistake{File: path, Line: line, Column: column, Message: message}
	}
	return mistakeIn(path, body, line, column, message)
}

func mistakeIn(path string, body []byte, line, column int, message string) *Mistake {
	return &Mistake{File: path, Line: line, Column: column, Message: message, Excerpt: excerpt(strings.Split(string(body), "\n"), line, column)}
}

// shownColumns is how much of a line an excerpt shows, and before how much of it stands the mistake.
const shownColumns, shownBefore = 72, 40

// excerpt shows line with its neighbours and a caret under column, both counted from 1; of long lines
// what is around column.
func excerpt(lines []string, line, column int) string {
	from := 0
	if column > shownColumns {
		from = column - shownBefore
	}
	part := func(s string) string {
		runes := []rune(strings.TrimRight(s, "\r"))
		return string(runes[min(from, len(runes)):min(from+shownColumns, len(runes))])
	}
	var b strings.Builder
	for n := max(1, line-1); n <= min(line+1, len(lines)); n++ {
		mark := " "
		if n == line {
			mark = ">"
		}
		fmt.Fprintf(&b, "%s %2d | %s\n", mark, n, part(lines[n-1]))
		if n == line {
			fmt.Fprintf(&b, "%s^\n", strings.Repeat(" ", len("> 99 | ")+column-1-from))
		}
	}
	return b.String()
}

// literalSecret returns the dotted key of a secret that body writes out; "" where there is none.
func literalSecret(body []byte) string {
	var tree any
	if yaml.Unmarshal(body, &tree) != nil {
		return ""
	}
	return literalIn(reflect.TypeFor[Config](), tree, "")
}

func literalIn(t reflect.Type, tree any, key string) string {
	switch inner := tree.(type) {
	case map[string]any:
		for i := 0; t.Kind() == reflect.Struct && i < t.NumField(); i++ {
			tag := t.Field(i).Tag.Get("yaml")
			if found := literalIn(t.Field(i).Type, inner[tag], strings.TrimPrefix(key+"."+tag, ".")); found != "" {
				return found
			}
		}
	case []any:
		for i := 0; t.Kind() == reflect.Slice && i < len(inner); i++ {
			if found := literalIn(t.Elem(), inner[i], fmt.Sprintf("%s[%d]", key, i)); found != "" {
				return found
			}
		}
	case nil:
	default:
		if t == reflect.TypeFor[Secret]() && new(Secret).Set(fmt.Sprint(inner)) != nil {
			return key
		}
	}
	return ""
}
