package config

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// ErrEdit says that the list of sources is written in a way that cannot be changed by a program
// without touching the rest of the file.
var ErrEdit = errors.New("the sources are written in a way that needs a person's hand")

// ErrNoSource says that no source has that name.
var ErrNoSource = errors.New("no such source")

// AddSource returns the file body with s as the last of its sources. Comments and everything else
// stay byte for byte; the result is read again and must say what it said before, and s.
func AddSource(body []byte, s Source) ([]byte, error) {
	return edit(body, func(all []Source) ([]Source, error) { return append(all, s), nil }, func(f *file) error { return f.add(s.Line()) })
}

// PauseSource returns the file body with the source called name paused, or no longer paused.
func PauseSource(body []byte, name string, paused bool) ([]byte, error) {
	return edit(body, func(all []Source) ([]Source, error) {
		at, err := index(all, name)
		if err == nil {
			all[at].Paused = paused
		}
		return all, err
	}, func(f *file) error { return f.pause(name, paused) })
}

// RemoveSource returns the file body without the source called name.
func RemoveSource(body []byte, name string) ([]byte, error) {
	return edit(body, func(all []Source) ([]Source, error) {
		at, err := index(all, name)
		if err == nil {
			all = slices.Delete(all, at, at+1)
		}
		return all, err
	}, func(f *file) error { return f.remove(name) })
}

func index(all []Source, name string) (int, error) {
	at := slices.IndexFunc(all, func(s Source) bool { return s.Name == name })
	if at < 0 {
		return at, fmt.Errorf("%w: %q", ErrNoSource, name)
	}
	return at, nil
}

// Line returns s as one line of the file, without the dash.
func (s Source) Line() string {
	parts := []string{"name: " + scalar(s.Name), "kind: " + scalar(s.Kind), fmt.Sprintf("url: %q", s.URL)}
	if s.Preset != "" {
		parts = append(parts, "preset: "+scalar(s.Preset))
	}
	if s.Every != 0 {
		parts = append(parts, "every: "+s.Every.String())
	}
	for _, list := range []struct {
		key    string
		values []string
	}{{"tags", s.Tags}, {"allow", s.Allow}} {
		var quoted []string
		for _, v := range list.values {
			quoted = append(quoted, fmt.Sprintf("%q", v))
		}
		if len(quoted) > 0 {
			parts = append(parts, list.key+": ["+strings.Join(quoted, ", ")+"]")
		}
	}
	if s.Paused {
		parts = append(parts, "paused: true")
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// scalar writes s bare where that cannot be read as anything but a text.
func scalar(s string) string {
	bare := s != "" && strings.IndexFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("-_.", r)
	}) < 0 && !strings.ContainsAny(s[:1], "-.0123456789") && !slices.Contains([]string{"true", "false", "null", "yes", "no", "on", "off", "y", "n"}, strings.ToLower(s))
	if bare {
		return s
	}
	return fmt.Sprintf("%q", s)
}

// edit applies change to the text and want to what it means, and requires that they agree.
func edit(body []byte, want func([]Source) ([]Source, error), change func(*file) error) ([]byte, error) {
	none := func(string) string { return "" }
	before, _, err := parse("", body, none)
	if err != nil {
		return nil, err
	}
	sources, err := want(slices.Clone(before.Sources))
	if err != nil {
		return nil, err
	}
	f, err := open(body)
	if err != nil {
		return nil, err
	}
	if err := change(f); err != nil {
		return nil, err
	}
	out := f.bytes()
	after, _, err := parse("", out, none)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrEdit, err)
	}
	if !sameSources(after.Sources, sources) {
		return nil, ErrEdit
	}
	before.Sources, after.Sources = nil, nil
	if !reflect.DeepEqual(before, after) {
		return nil, ErrEdit
	}
	return out, nil
}

func sameSources(a, b []Source) bool {
	return slices.EqualFunc(a, b, func(a, b Source) bool {
		for _, s := range []*Source{&a, &b} { // an empty list is as good as none
			s.Tags, s.Allow = append([]string(nil), s.Tags...), append([]string(nil), s.Allow...)
		}
		return reflect.DeepEqual(a, b)
	})
}

// A file is the text of the settings and where its sources stand in it. Lines end in \n inside.
type file struct {
	text    string
	crlf    bool
	key     *token.Token // "sources"; nil: not there
	value   ast.Node     // of sources
	entries []ast.Node
}

func open(body []byte) (f *file, err error) {
	defer func() { // the parser panics on some broken files
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", ErrEdit, p)
		}
	}()
	f = &file{text: string(body)}
	if n := strings.Count(f.text, "\r\n"); n > 0 && n == strings.Count(f.text, "\n") {
		f.crlf, f.text = true, strings.ReplaceAll(f.text, "\r\n", "\n")
	}
	tree, err := parser.ParseBytes([]byte(f.text), 0)
	if err != nil {
		return nil, fmt.Errorf("read configuration: %w", err)
	}
	if len(tree.Docs) > 1 {
		return nil, ErrEdit
	}
	for _, doc := range tree.Docs {
		for _, pair := range pairs(doc.Body) {
			if pair.Key.GetToken().Value == "sources" {
				f.key, f.value = pair.Key.GetToken(), pair.Value
			}
		}
	}
	if s, ok := f.value.(*ast.SequenceNode); ok {
		f.entries = s.Values
	} else if _, empty := f.value.(*ast.NullNode); f.key != nil && !empty {
		return nil, ErrEdit
	}
	return f, nil
}

func (f *file) bytes() []byte {
	if f.crlf {
		return []byte(strings.ReplaceAll(f.text, "\n", "\r\n"))
	}
	return []byte(f.text)
}

// pairs returns the keys and values of a mapping.
func pairs(n ast.Node) []*ast.MappingValueNode {
	switch m := n.(type) {
	case *ast.MappingNode:
		return m.Values
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{m}
	}
	return nil
}

// find returns the pair of key in the mapping n, or nil.
func find(n ast.Node, key string) *ast.MappingValueNode {
	for _, p := range pairs(n) {
		if p.Key.GetToken().Value == key {
			return p
		}
	}
	return nil
}

// named returns the entry whose name is name, and its index.
func (f *file) named(name string) (int, ast.Node, error) {
	for i, e := range f.entries {
		if p := find(e, "name"); p != nil && p.Value.GetToken().Value == name {
			return i, e, nil
		}
	}
	return 0, nil, ErrEdit
}

// at returns where t stands in the text, in bytes.
func (f *file) at(t *token.Token) int {
	start := 0
	for range t.Position.Line - 1 {
		next := strings.IndexByte(f.text[start:], '\n')
		if next < 0 {
			return len(f.text)
		}
		start += next + 1
	}
	for range t.Position.Column - 1 {
		_, size := utf8.DecodeRuneInString(f.text[start:])
		start += size
	}
	return start
}

// lineStart and lineEnd return the ends of the line around at; the end is past its newline.
func (f *file) lineStart(at int) int { return strings.LastIndexByte(f.text[:at], '\n') + 1 }

func (f *file) lineEnd(at int) int {
	if n := strings.IndexByte(f.text[at:], '\n'); n >= 0 {
		return at + n + 1
	}
	return len(f.text)
}

func (f *file) splice(from, to int, text string) { f.text = f.text[:from] + text + f.text[to:] }
