package config

import (
	"reflect"
	"testing"
)

// TestEveryKeyIsDescribed: an editor says of every key that holds a value what it is for.
func TestEveryKeyIsDescribed(t *testing.T) {
	var look func(path string, of reflect.Type)
	look = func(path string, of reflect.Type) {
		for i := range of.NumField() {
			f := of.Field(i)
			inner := f.Type
			if inner.Kind() == reflect.Slice {
				inner = inner.Elem()
			}
			key := path + f.Tag.Get("yaml")
			if schemaOf(inner)["properties"] != nil {
				look(key+".", inner)
			} else if f.Tag.Get("about") == "" {
				t.Errorf("%s: nothing says what it is for", key)
			}
		}
	}
	look("", reflect.TypeFor[Config]())
	if got := Schema()["properties"].(map[string]any)["about"].(map[string]any)["description"]; got == nil {
		t.Error("the schema does not describe about")
	}
}
