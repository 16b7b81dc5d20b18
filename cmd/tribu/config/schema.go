package config

import "reflect"

// Schema returns a JSON Schema of the file, for editors.
func Schema() map[string]any {
	s := schemaOf(reflect.TypeFor[Config]())
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"] = "tribu.yaml"
	return s
}

func schemaOf(t reflect.Type) map[string]any {
	switch t {
	case reflect.TypeFor[Span]():
		return map[string]any{"type": "string", "pattern": `^(off|([0-9.]+(w|d|h|m|s))+)$`}
	case reflect.TypeFor[AutoReal]():
		return map[string]any{"oneOf": []any{map[string]any{"type": "number"}, map[string]any{"const": "auto"}}}
	case reflect.TypeFor[Spoken]():
		return map[string]any{"oneOf": []any{map[string]any{"type": "string"}, map[string]any{"type": "object", "additionalProperties": map[string]any{"type": "string"}}}}
	case reflect.TypeFor[Rate]():
		return map[string]any{"type": "string", "pattern": "^[0-9]+/(s|min|h)$"}
	case reflect.TypeFor[Secret]():
		return map[string]any{"type": "string", "pattern": "^(env|file):"}
	}
	switch t.Kind() {
	case reflect.Struct:
		properties := map[string]any{}
		for i := range t.NumField() {
			property := schemaOf(t.Field(i).Type)
			if about := t.Field(i).Tag.Get("about"); about != "" {
				property["description"] = about
			}
			properties[t.Field(i).Tag.Get("yaml")] = property
		}
		return map[string]any{"type": "object", "additionalProperties": false, "properties": properties}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": schemaOf(t.Elem())}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": schemaOf(t.Elem())}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Uint64:
		return map[string]any{"type": "integer"}
	}
	return map[string]any{"type": "string"}
}
