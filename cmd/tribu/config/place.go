package config

import (
	"errors"
	"reflect"
	"slices"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// unfit returns the first value of the file that its setting does not take, at its place; nil where
// there is none.
func unfit(path string, body []byte) *Mistake {
	var found *Mistake
	visit(body, func(pair *ast.MappingValueNode, parent reflect.Type) {
		field, known := fieldOf(parent, pair.Key.GetToken().Value)
		at := pair.Value.GetToken()
		_, scalar := pair.Value.(ast.ScalarNode)
		if found != nil || !known || pair.Value.Type() == ast.NullType || field == reflect.TypeFor[Secret]() {
			return
		}
		if err := misfit(field, scalar, at.Value); err != nil {
			found = mistakeIn(path, body, at.Position.Line, at.Position.Column, err.Error())
		}
	})
	return found
}

// misfit says what a setting of type t wants, where a scalar with that value, or what is none, is no such thing.
func misfit(t reflect.Type, scalar bool, value string) error {
	_, oneWord := reflect.New(t).Interface().(interface{ Set(string) error })
	switch kind := t.Kind(); {
	case scalar && kind == reflect.Slice:
		return errors.New("want a list: [ … ]")
	case scalar && !oneWord && (kind == reflect.Struct || kind == reflect.Map):
		return errors.New("want keys with values: { … }")
	case scalar:
		return assign(reflect.New(t).Elem(), value)
	case kind == reflect.Bool:
		return errors.New("want true or false")
	case slices.Contains([]reflect.Kind{reflect.Int, reflect.Uint64, reflect.Float64}, kind):
		return errors.New("want a number")
	case oneWord || kind == reflect.String:
		return errors.New("want one text")
	}
	return nil
}

// siblings returns the keys that may stand where the key at line and column stands.
func siblings(body []byte, line, column int) (names []string) {
	visit(body, func(pair *ast.MappingValueNode, parent reflect.Type) {
		if at := pair.Key.GetToken().Position; at.Line == line && at.Column == column {
			for i := range parent.NumField() {
				names = append(names, parent.Field(i).Tag.Get("yaml"))
			}
		}
	})
	return names
}

// visit calls each for every key of the file with the type that holds it, in the order of the file.
func visit(body []byte, each func(pair *ast.MappingValueNode, parent reflect.Type)) {
	defer func() { _ = recover() }() // the parser panics on some broken files
	tree, err := parser.ParseBytes(body, 0)
	if err != nil {
		return
	}
	for _, doc := range tree.Docs {
		descend(doc.Body, reflect.TypeFor[Config](), each)
	}
}

func descend(n ast.Node, t reflect.Type, each func(*ast.MappingValueNode, reflect.Type)) {
	if list, ok := n.(*ast.SequenceNode); ok && t.Kind() == reflect.Slice {
		for _, v := range list.Values {
			descend(v, t.Elem(), each)
		}
	}
	if t.Kind() != reflect.Struct {
		return
	}
	for _, pair := range pairs(n) {
		each(pair, t)
		if field, known := fieldOf(t, pair.Key.GetToken().Value); known {
			descend(pair.Value, field, each)
		}
	}
}

// fieldOf returns the type of the setting called key in t.
func fieldOf(t reflect.Type, key string) (reflect.Type, bool) {
	for i := range t.NumField() {
		if f := t.Field(i); key != "" && f.Tag.Get("yaml") == key {
			return f.Type, true
		}
	}
	return nil, false
}
