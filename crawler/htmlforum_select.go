package crawler

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// A picker finds one thing on a page of a forum. It is written `CSS @attribute ~ pattern`, where
// the last two may be missing: the text stands for the attribute, and the pattern's first group is
// taken. Alternatives are split by "||"; the first that finds something counts. An empty CSS means
// the element itself.
type picker []pick

type pick struct {
	find      selector // nil: the element itself
	attribute string
	pattern   *regexp.Regexp
}

func parsePicker(text string, known endings) (picker, error) {
	var p picker
	for _, alternative := range strings.Split(text, "||") {
		alternative = strings.TrimSpace(alternative)
		if alternative == "" {
			continue
		}
		var one pick
		var err error
		left, pattern, found := strings.Cut(alternative, " ~ ")
		if !found {
			left, pattern, found = cutPrefixed(alternative, "~ ")
		}
		if found {
			if one.pattern, err = regexp.Compile(pattern); err != nil {
				return nil, fmt.Errorf("read selector %q: %w", alternative, err)
			}
		}
		left = " " + strings.TrimSpace(left)
		if i := strings.LastIndex(left, " @"); i >= 0 {
			left, one.attribute = left[:i], left[i+2:]
		}
		if css := strings.TrimSpace(left); css != "" {
			if one.find, err = known.compile(css); err != nil {
				return nil, fmt.Errorf("read selector %q: %w", alternative, err)
			}
		}
		p = append(p, one)
	}
	return p, nil
}

func cutPrefixed(s, prefix string) (before, after string, found bool) {
	after, found = strings.CutPrefix(s, prefix)
	if !found {
		return s, "", false
	}
	return "", after, true
}

func (o pick) in(e element) []element {
	if o.find == nil {
		return []element{e}
	}
	return e.find(o.find)
}

// all returns the elements of the first alternative that finds any.
func (p picker) all(e element) []element {
	for _, o := range p {
		if found := o.in(e); len(found) > 0 {
			return found
		}
	}
	return nil
}

// text returns what the first alternative that finds something finds first.
func (p picker) text(e element) string {
	for _, o := range p {
		for _, one := range o.in(e) {
			if found := o.value(one); found != "" {
				return found
			}
		}
	}
	return ""
}

func (o pick) value(e element) string {
	var v string
	if o.attribute != "" {
		v, _ = e.attribute(o.attribute)
		v = strings.TrimSpace(v)
	} else {
		v = tidy(e.text())
	}
	if o.pattern == nil || v == "" {
		return v
	}
	m := o.pattern.FindStringSubmatch(v)
	switch {
	case m == nil:
		return ""
	case len(m) > 1:
		return strings.TrimSpace(m[1])
	}
	return strings.TrimSpace(m[0])
}

// pickers are the places of a forum's pages, by name.
type pickers map[string]picker

// pickerNames lists the names that SourceConfig.Selectors knows.
func pickerNames() []string {
	return []string{"board", "board-link", "board-mark", "topic", "topic-link", "topic-mark", "topic-last", "next", "title", "place",
		"post", "post-id", "post-was", "post-number", "author", "author-link", "time", "body", "quote", "quote-author", "quote-post", "reply-to", "drop"}
}

// readPickers joins a preset with the selectors that replace some of its own. Known numbers the
// names that they look for.
func readPickers(preset string, own map[string]string, known endings) (pickers, error) {
	texts, is := presets()[preset]
	if !is && preset != "" {
		return nil, fmt.Errorf("unknown forum preset %q: want one of %s", preset, strings.Join(slices.Sorted(maps.Keys(presets())), ", "))
	}
	out := pickers{}
	for _, name := range pickerNames() {
		text := texts[name]
		if replaced, is := own[name]; is {
			text = replaced
		}
		p, err := parsePicker(text, known)
		if err != nil {
			return nil, err
		}
		out[name] = p
	}
	for name := range own {
		if !slices.Contains(pickerNames(), name) {
			return nil, fmt.Errorf("unknown selector %q: want one of %s", name, strings.Join(pickerNames(), ", "))
		}
	}
	return out, nil
}
