package reports

import (
	"embed"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
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
}

// A printer writes one language.
type printer struct {
	lang     data.Lang
	tag      language.Tag
	messages map[string]message
	loc      *time.Location
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
			s := now
			s.Text, s.Collected = p.value(key, name, values)
			out = append(out, s)
		}
	}
	return out
}

func (p *printer) value(key, name string, values map[string]any) (string, bool) {
	article, bare, ok := strings.Cut(name, ":")
	if n, isInt := values[bare].(int); ok && isInt && strings.EqualFold(article, "word") {
		return p.spelled(n, article == "Word"), false
	}
	if ok {
		s, isCollected := p.value(key, bare, values)
		return p.articled(article, s), isCollected
	}
	v, ok := values[name]
	if !ok {
		p.fail("message %q needs {%s}", key, name)
		return "", false
	}
	switch v := v.(type) {
	case int:
		return p.number(v), false
	case collected:
		return clean(string(v)), true
	case string:
		return v, false
	}
	p.fail("message %q: {%s} is a %T", key, name, v)
	return "", false
}

// articled puts an Italian article before a number, elided before eight, eleven and one.
func (p *printer) articled(article, number string) string {
	digits := strings.TrimLeft(number, "+−")
	whole := strings.TrimRight(digits, p.plain("percent"))
	if strings.HasPrefix(digits, "8") || whole == "11" || whole == "1" {
		return p.plain("elided."+article) + number
	}
	return article + " " + number
}

// spelled writes small numbers as words, for titles.
func (p *printer) spelled(n int, capital bool) string {
	if n < 1 || n > 12 {
		return p.number(n)
	}
	word := p.list("numbers", n-1)
	if capital {
		return upper(word)
	}
	return word
}

// number writes n with grouped thousands.
func (p *printer) number(n int) string {
	s := strconv.Itoa(max(n, -n))
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + p.plain("group") + s[i:]
	}
	if n < 0 {
		return "−" + s
	}
	return s
}

// decimal writes x with digits after the decimal mark.
func (p *printer) decimal(x float64, digits int) string {
	whole, frac, _ := strings.Cut(strconv.FormatFloat(x, 'f', digits, 64), ".")
	n, err := strconv.Atoi(whole)
	if err != nil {
		return whole
	}
	if frac == "" {
		return p.number(n)
	}
	return p.number(n) + p.plain("decimal") + frac
}

// percent writes a share of 1 as a whole percentage.
func (p *printer) percent(share float64) string {
	return p.number(int(math.Round(share*100))) + p.plain("percent")
}

// change writes a relative change with its sign.
func (p *printer) change(share float64) string {
	if n := int(math.Round(share * 100)); n >= 0 {
		return "+" + p.percent(share)
	}
	return p.percent(share)
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

func (p *printer) month(t time.Time) string { return p.list("months", int(t.Month())-1) }

// date writes day, month and year.
func (p *printer) date(t time.Time) string {
	t = t.In(p.loc)
	return p.text("date", "day", strconv.Itoa(t.Day()), "month", p.month(t), "year", strconv.Itoa(t.Year()))
}

// shortDate writes day and short month.
func (p *printer) shortDate(t time.Time) string {
	t = t.In(p.loc)
	return strconv.Itoa(t.Day()) + " " + p.list("months.short", int(t.Month())-1)
}

// dates writes the days from a to b, saying month and year once where they are the same.
func (p *printer) dates(a, b time.Time) string {
	a, b = a.In(p.loc), b.In(p.loc)
	last := p.date(b)
	switch {
	case a.Year() != b.Year():
		return p.date(a) + " – " + last
	case a.Month() != b.Month():
		return strconv.Itoa(a.Day()) + " " + p.month(a) + " – " + last
	case a.Day() != b.Day():
		return strconv.Itoa(a.Day()) + "–" + last
	}
	return last
}

// moment writes weekday, date and time of day.
func (p *printer) moment(t time.Time, hours bool) string {
	t = t.In(p.loc)
	s := p.list("days.short", (int(t.Weekday())+6)%7) + " " + p.shortDate(t)
	if y := t.Year(); y != 0 {
		s += " " + strconv.Itoa(y)
	}
	if hours {
		s += ", " + t.Format("15:04")
	}
	return s
}

// span writes a length of time in the two largest units that matter.
func (p *printer) wait(d time.Duration) string {
	minutes := int(d.Round(time.Minute) / time.Minute)
	switch {
	case minutes < 60:
		return p.text("wait.minutes", "m", minutes)
	case minutes < 48*60 && minutes%60 == 0:
		return p.text("wait.hours", "h", minutes/60)
	case minutes < 48*60:
		return p.text("wait.hm", "h", minutes/60, "m", fmt.Sprintf("%02d", minutes%60))
	}
	return p.text("wait.days", "n", int(math.Round(float64(minutes)/(24*60))))
}

// join writes names as a list.
func (p *printer) join(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + p.plain("and") + names[last]
}

// known reports whether lang is one the report can be written in.
func known(lang data.Lang) bool { return slices.Contains(Languages(), lang) }
