package config

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// A Value is one setting with the place it came from, and what it is where nobody sets it.
type Value struct {
	Key     string `json:"key"`
	Value   string `json:"value"`
	Origin  string `json:"origin"`
	Default string `json:"default"`
}

// Told is the value as people read it.
func (v Value) Told() string { return spelled(v.Key, v.Value) }

// Usual is the default as people read it.
func (v Value) Usual() string { return spelled(v.Key, v.Default) }

func spelled(key, value string) string {
	switch {
	case value == "map[]":
		return ""
	case key == "cluster.half_life" && value == "0s":
		return "the window"
	}
	return value
}

// Values lists the settings in the order of the file. Of sources it gives the names.
func (c Config) Values(origin map[string]string) []Value {
	var out []Value
	eachSetting(reflect.ValueOf(&c).Elem(), "", func(key string, v reflect.Value) {
		out = append(out, Value{Key: key, Value: text(v), Origin: originOf(key, origin)})
	})
	usual, i := Defaults(), 0
	eachSetting(reflect.ValueOf(&usual).Elem(), "", func(_ string, v reflect.Value) {
		out[i].Default = text(v)
		i++
	})
	return out
}

// originOf says where a setting comes from; of one that is written as a map, its keys tell.
func originOf(key string, origin map[string]string) string {
	if from := origin[key]; from != "" {
		return from
	}
	for k, from := range origin {
		if strings.HasPrefix(k, key+".") {
			return from
		}
	}
	return "default"
}

func text(v reflect.Value) string {
	switch value := v.Interface().(type) {
	case fmt.Stringer:
		return value.String()
	case []string:
		return strings.Join(value, ", ")
	case []Source:
		var names []string
		for _, s := range value {
			names = append(names, s.Name)
		}
		return strings.Join(names, ", ")
	}
	return fmt.Sprint(v.Interface())
}

// eachSetting calls visit for every scalar or list, by dotted key.
func eachSetting(v reflect.Value, prefix string, visit func(key string, v reflect.Value)) {
	for i := range v.NumField() {
		tag, field := v.Type().Field(i).Tag.Get("yaml"), v.Field(i)
		if tag == "" {
			continue
		}
		_, scalar := field.Addr().Interface().(interface{ Set(string) error })
		if field.Kind() == reflect.Struct && !scalar {
			eachSetting(field, prefix+tag+".", visit)
			continue
		}
		visit(prefix+tag, field)
	}
}

// overrideFrom lets TRIBU_CLUSTER_WINDOW and the like win over the file.
func (c *Config) overrideFrom(env func(string) string, origin map[string]string) (err error) {
	eachSetting(reflect.ValueOf(c).Elem(), "", func(key string, v reflect.Value) {
		name := "TRIBU_" + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
		s := env(name)
		if s == "" || err != nil {
			return
		}
		if e := assign(v, s); e != nil {
			err = fmt.Errorf("environment %s: %w", name, e)
			return
		}
		origin[key] = name
	})
	return err
}

func assign(v reflect.Value, s string) (err error) {
	if set, ok := v.Addr().Interface().(interface{ Set(string) error }); ok {
		return set.Set(s)
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(s)
	case reflect.Int:
		var n int64
		if n, err = strconv.ParseInt(s, 10, 64); err != nil {
			err = fmt.Errorf("%q is no whole number", s)
		}
		v.SetInt(n)
	case reflect.Uint64:
		var n uint64
		if n, err = strconv.ParseUint(s, 10, 64); err != nil {
			err = fmt.Errorf("%q is no whole number of 0 or more", s)
		}
		v.SetUint(n)
	case reflect.Slice:
		if v.Type().Elem().Kind() != reflect.String {
			return fmt.Errorf("can only be set in the file")
		}
		var list []string
		for _, part := range strings.Split(s, ",") {
			list = append(list, strings.TrimSpace(part))
		}
		v.Set(reflect.ValueOf(list))
	}
	return err
}
