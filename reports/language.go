package reports

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"tribu/data"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

//go:embed catalogue/*.json
var catalogues embed.FS

// Languages are those a report can be written in.
func Languages() []data.Lang { return []data.Lang{data.LangEN, data.LangIT} }

// A message is one sentence of a catalogue: a string, or one string per plural form. {name} is
// replaced by an argument, *…* is bold, […] is a link.
type message map[string]string

// UnmarshalJSON reads a string or an object of plural forms.
func (m *message) UnmarshalJSON(b []byte) error {
	var s string
	if json.Unmarshal(b, &s) == nil {
		*m = message{"other": s}
		return nil
	}
	var forms map[string]string
	if err := json.Unmarshal(b, &forms); err != nil {
		return err
	}
	*m = forms
	return nil
}

func catalogue(lang data.Lang) (map[string]message, error) {
	b, err := catalogues.ReadFile("catalogue/" + string(lang) + ".json")
	if err != nil {
		return nil, fmt.Errorf("find language %q: the report speaks %v", lang, Languages())
	}
	var out map[string]message
	if err := json.Unmarshal(b, &out); err != nil {
		return nil, fmt.Errorf("read catalogue %q: %w", lang, err)
	}
	return out, nil
}

// A collected string was written by somebody outside: it is shown isolated and never read as markup.
type collected string

// A span is a stretch of a sentence.
type span struct {
	Text      string
	Bold      bool
	Href      string // fragment on the page; empty where it is no link
	Collected bool
	Lang      string // of what is collected, where it is known and not the page's
}

// A printer writes one language.
type printer struct {
	lang     data.Lang
	tag      language.Tag
	messages map[string]message
	loc      *time.Location
	year     int   // that dates of posts leave out: the report's own, where it tells of a year at most
	long     bool  // of a window far longer than a week: messages may say so in a form of their own, key.long
	problem  error // the first; Render returns it
}

func newPrinter(lang data.Lang, loc *time.Location) (*printer, error) {
	messages, err := catalogue(lang)
	if err != nil {
		return nil, err
	}
	if loc == nil {
		loc = time.UTC
	}
	return &printer{lang: lang, tag: language.Make(string(lang)), messages: messages, loc: loc}, nil
}

func (p *printer) fail(format string, args ...any) {
	if p.problem == nil {
		p.problem = fmt.Errorf("write %s: "+format, append([]any{p.lang}, args...)...)
	}
}

// text returns the message key as plain text. args are pairs of placeholder and value; the integer
// called n chooses the plural form.
func (p *printer) text(key string, args ...any) string {
	var b strings.Builder
	for _, s := range p.rich(key, args...) {
		b.WriteString(s.Text)
	}
	return b.String()
}

// rich returns the message key as spans; the argument href is where its link leads.
func (p *printer) rich(key string, args ...any) []span {
	forms, ok := p.messages[key]
	if !ok {
		p.fail("no message %q", key)
		return nil
	}
	if long, has := p.messages[key+".long"]; has && p.long {
		forms = long
	}
	values := make(map[string]any, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		values[fmt.Sprint(args[i])] = args[i+1]
	}
	form := forms["other"]
	if n, ok := values["n"].(int); ok && len(forms) > 1 {
		if f, ok := forms[pluralForm(p.tag, n)]; ok {
			form = f
		}
	}
	return p.expand(key, form, values)
}

func pluralForm(tag language.Tag, n int) string {
	if plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0) == plural.One {
		return "one"
	}
	return "other"
}

func (p *printer) expand(key, form string, values map[string]any) []span {
	var out []span
	now := span{}
	href, _ := values["href"].(string)
	flush := func(text string) {
		if text != "" {
			now.Text = text
			out = append(out, now)
		}
	}
	for form != "" {
		i := strings.IndexAny(form, "*[]{")
		if i < 0 {
			flush(form)
			break
		}
		flush(form[:i])
		mark := form[i]
		form = form[i+1:]
		switch mark {
		case '*':
			now.Bold = !now.Bold
		case '[':
			now.Href = href
		case ']':
			now.Href = ""
		case '{':
			name, rest, _ := strings.Cut(form, "}")
			form = rest
			for _, v := range p.value(key, name, values) {
				s := now
				s.Text, s.Collected, s.Lang = v.Text, v.Collected, v.Lang
				out = append(out, s)
			}
		}
	}
	return out
}

// value returns what stands for a placeholder.
func (p *printer) value(key, name string, values map[string]any) []span {
	article, bare, ok := strings.Cut(name, ":")
	if n, isInt := values[bare].(int); ok && isInt && strings.EqualFold(article, "word") {
		return []span{{Text: p.spelled(n, article == "Word")}}
	}
	if ok {
		out := p.value(key, bare, values)
		if len(out) > 0 {
			out[0].Text = p.articled(article, out[0].Text)
		}
		return out
	}
	v, ok := values[name]
	if !ok {
		p.fail("message %q needs {%s}", key, name)
		return nil
	}
	switch v := v.(type) {
	case int:
		return []span{{Text: p.number(v)}}
	case collected:
		return []span{{Text: clean(string(v)), Collected: true}}
	case string:
		return []span{{Text: v}}
	case []span:
		return v
	}
	p.fail("message %q: {%s} is a %T", key, name, v)
	return nil
}

func (p *printer) plain(key string) string { return p.messages[key]["other"] }

func (p *printer) list(key string, i int) string {
	names := strings.Split(p.plain(key), "|")
	if i < 0 || i >= len(names) {
		p.fail("list %q has no %d", key, i)
		return ""
	}
	return names[i]
}

// join writes names as a list.
func (p *printer) join(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + p.and(names[last]) + names[last]
}

// and joins the last of several, which may begin with the sound of the word itself.
func (p *printer) and(next string) string {
	if strings.HasPrefix(strings.ToLower(next), "e") {
		return p.plain("and.e")
	}
	return p.plain("and")
}

// listed writes words that somebody else wrote as a list.
func (p *printer) listed(words []string) []span {
	var out []span
	for i, w := range words {
		switch {
		case i > 0 && i == len(words)-1:
			out = append(out, span{Text: p.and(w)})
		case i > 0:
			out = append(out, span{Text: ", "})
		}
		out = append(out, span{Text: clean(w), Collected: true})
	}
	return out
}

// known reports whether lang is one the report can be written in.
func known(lang data.Lang) bool { return slices.Contains(Languages(), lang) }
