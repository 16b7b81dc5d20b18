package crawler

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
)

// A picker finds one thing on a page of a forum. It is written `CSS @attribute ~ pattern`, where
// the last two may be missing: the text stands for the attribute, and the pattern's first group is
// taken. Alternatives are split by "||"; the first that finds something counts. An empty CSS means
// the element itself.
type picker []pick

type pick struct {
	css       string
	match     goquery.Matcher
	attribute string
	pattern   *regexp.Regexp
}

func parsePicker(text string) (picker, error) {
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
		if one.css = strings.TrimSpace(left); one.css != "" {
			group, err := cascadia.Compile(one.css)
			if err != nil {
				return nil, fmt.Errorf("read selector %q: %w", alternative, err)
			}
			one.match = group
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

func (o pick) in(s *goquery.Selection) *goquery.Selection {
	if o.match == nil {
		return s
	}
	return s.FindMatcher(o.match)
}

// all returns the elements of the first alternative that finds any.
func (p picker) all(s *goquery.Selection) *goquery.Selection {
	for _, o := range p {
		if found := o.in(s); found.Length() > 0 {
			return found
		}
	}
	return s.Slice(0, 0)
}

// text returns what the first alternative that finds something finds first.
func (p picker) text(s *goquery.Selection) string {
	for _, o := range p {
		found := ""
		o.in(s).EachWithBreak(func(_ int, e *goquery.Selection) bool {
			found = o.value(e)
			return found == ""
		})
		if found != "" {
			return found
		}
	}
	return ""
}

func (o pick) value(e *goquery.Selection) string {
	var v string
	if o.attribute != "" {
		v = strings.TrimSpace(e.AttrOr(o.attribute, ""))
	} else {
		v = tidy(e.Text())
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

// readPickers joins a preset with the selectors that replace some of its own.
func readPickers(preset string, own map[string]string) (pickers, error) {
	texts, known := presets()[preset]
	if !known && preset != "" {
		return nil, fmt.Errorf("unknown forum preset %q: want one of %s", preset, strings.Join(slices.Sorted(maps.Keys(presets())), ", "))
	}
	out := pickers{}
	for _, name := range pickerNames() {
		text := texts[name]
		if replaced, is := own[name]; is {
			text = replaced
		}
		p, err := parsePicker(text)
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
