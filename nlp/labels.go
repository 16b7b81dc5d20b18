package nlp

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"tribu/data"
)

// knownLabels are the labels of a task; of aspects, the keys of a label.
func knownLabels(task string) []string {
	switch task {
	case "polarity":
		return []string{"positive", "negative", "neutral", "mixed"}
	case "aspects":
		return []string{"amenities", "cleanliness", "comfort", "location", "other", "staff", "value", "wifi"}
	case "language":
		all := []string{string(data.LangUnd)}
		for _, lang := range langs {
			all = append(all, string(lang))
		}
		return all
	}
	return []string{"0", "1"}
}

// labelsFor returns the label of e as a list of names that task knows.
func labelsFor(task string, e Example) ([]string, error) {
	at := e.At
	if at != "" {
		at += ": "
	}
	if e.Text == "" {
		return nil, fmt.Errorf(`%sno "text"`, at)
	}
	labels, err := labelsOf(e.Label)
	if err != nil {
		return nil, fmt.Errorf("%s%w", at, err)
	}
	known := knownLabels(task)
	for _, l := range labels {
		if !slices.Contains(known, l) {
			if known[0] == "0" {
				known = append(slices.Clip(known), "true", "false")
			}
			return nil, fmt.Errorf("%slabel %q: want one of %s", at, l, strings.Join(known, ", "))
		}
	}
	return labels, nil
}

// labelsOf returns a label as a sorted list of names: one name, or the keys of an object.
func labelsOf(raw json.RawMessage) ([]string, error) {
	var v any
	if len(raw) == 0 {
		return nil, errors.New(`no "label"`)
	}
	if err := json.Unmarshal(raw, &v); err != nil {
		return nil, fmt.Errorf("read label %q: %w", raw, err)
	}
	switch v := v.(type) {
	case map[string]any:
		names := make([]string, 0, len(v))
		for k := range v {
			names = append(names, k)
		}
		slices.Sort(names)
		return names, nil
	case bool:
		if v {
			return []string{"1"}, nil
		}
		return []string{"0"}, nil
	}
	return []string{fmt.Sprint(v)}, nil
}
