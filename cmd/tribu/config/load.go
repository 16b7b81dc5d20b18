package config

import (
	"errors"
	"fmt"
	"net"
	"net/mail"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"
)

// A Mistake is something in the file that tribu does not understand, at a place a person can find.
type Mistake struct {
	File         string
	Line, Column int
	Message      string
	Excerpt      string // the lines around it with a caret; may be empty
}

// Error gives file:line:column and the message; the excerpt is for whoever prints it in full.
func (m *Mistake) Error() string {
	return fmt.Sprintf("%s:%d:%d  %s", m.File, m.Line, m.Column, m.Message)
}

// Load reads the file at path over the defaults, then what env holds under TRIBU_* names. It
// returns where each value came from ("default", "file", "TRIBU_…"), by dotted key. A missing file
// is an error that wraps fs.ErrNotExist. Where all could be read and several settings cannot be meant,
// the error joins their mistakes, and the settings are returned as they are.
func Load(path string, env func(string) string) (Config, map[string]string, error) {
	c := Defaults()
	origin := map[string]string{}
	body, err := os.ReadFile(path)
	if err != nil {
		return c, origin, fmt.Errorf("read configuration: %w", err)
	}
	return parse(path, body, env)
}

func parse(path string, body []byte, env func(string) string) (Config, map[string]string, error) {
	c := Defaults()
	if err := decode(body, &c); err != nil && strings.TrimSpace(string(body)) != "" {
		return c, nil, mistake(path, body, err)
	}
	if reflect.DeepEqual(c, Config{}) { // what the parser makes of a file of comments
		c = Defaults()
	}
	origin := origins(body)
	if err := c.overrideFrom(env, origin); err != nil {
		return c, nil, err
	}
	return c, origin, c.check(path)
}

// decode reads body strictly. The parser panics on some broken files.
func decode(body []byte, c *Config) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("this is no YAML: %v", p)
		}
	}()
	return yaml.UnmarshalWithOptions(body, c, yaml.Strict())
}

// mistake turns a parser's error into one that names the line and what was probably meant.
func mistake(path string, body []byte, err error) error {
	if key := literalSecret(body); key != "" {
		line, column := position(path, key)
		return &Mistake{File: path, Line: line, Column: column, Message: key + ": " + ErrLiteral.Error()} // no excerpt: it holds the secret
	}
	var unknown *yaml.UnknownFieldError
	if !errors.As(err, &unknown) {
		if m := unfit(path, body); m != nil {
			return m
		}
	}
	var at yaml.Error
	if !errors.As(err, &at) || at.GetToken() == nil || at.GetToken().Position == nil {
		return &Mistake{File: path, Line: 1, Column: 1, Message: firstLine(err.Error())}
	}
	token := at.GetToken().Position
	m := mistakeIn(path, body, token.Line, token.Column, at.GetMessage())
	if unknown != nil {
		key := at.GetToken().Value
		m.Message = fmt.Sprintf("unknown key %q", key)
		if near := Nearest(key, siblings(body, m.Line, m.Column)); near != "" {
			m.Message += fmt.Sprintf("; did you mean %q?", near)
		}
	}
	return m
}

func firstLine(s string) string { return strings.SplitN(s, "\n", 2)[0] }

// Nearest returns the name at most two edits from key, or "".
func Nearest(key string, names []string) string {
	best, bestAt := "", 3
	for _, n := range names {
		if d := distance(key, n); d < bestAt {
			best, bestAt = n, d
		}
	}
	return best
}

// distance is the Levenshtein distance in bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// origins tells which keys the file sets.
func origins(body []byte) map[string]string {
	origin := map[string]string{}
	var tree map[string]any
	if yaml.Unmarshal(body, &tree) != nil {
		return origin
	}
	markOrigins(origin, "", tree)
	return origin
}

func markOrigins(origin map[string]string, prefix string, tree map[string]any) {
	for key, value := range tree {
		if sub, ok := value.(map[string]any); ok {
			markOrigins(origin, prefix+key+".", sub)
			continue
		}
		origin[prefix+key] = "file"
	}
}

// check refuses what parses and still cannot be meant; the error joins all that is wrong.
func (c Config) check(path string) error {
	var wrong []error
	fail := func(key, message string) { wrong = append(wrong, MistakeAt(path, key, message)) }
	if _, err := c.Location(); err != nil {
		fail("timezone", fmt.Sprintf("unknown time zone %q", c.Timezone))
	}
	for _, l := range c.Languages {
		if l != "en" && l != "it" {
			fail("languages", fmt.Sprintf("no report language %q; there are en and it", l))
		}
	}
	if len(c.Languages) == 0 {
		fail("languages", "at least one report language is needed: en or it")
	}
	if mail := c.Notify.Email; len(mail.To) > 0 && mail.SMTP == "" {
		fail("notify.email", `to whom is said, not through whom: smtp: "smtp.example.org:587"`)
	}
	if key, message := c.Notify.Email.wrong(); message != "" {
		fail("notify.email."+key, message)
	}
	seen := map[string]bool{}
	for i, s := range c.Sources {
		key := fmt.Sprintf("sources[%d]", i)
		switch {
		case s.Name == "" || s.Kind == "" || s.URL == "":
			fail(key, "a source needs name, kind and url")
		case seen[s.Name]:
			fail(key, fmt.Sprintf("two sources are called %q", s.Name))
		case s.Robots != "" && !dated(s.Robots):
			fail(key+".robots", `say who permitted it and when: robots: "permission of NAME, 2026-11-02"`)
		}
		seen[s.Name] = true
	}
	return errors.Join(wrong...)
}

// wrong returns the first setting by which no letter arrives, and why; nothing where there is none.
func (e Email) wrong() (key, message string) {
	for i, to := range append(slices.Clone(e.To), e.From) {
		if _, err := mail.ParseAddress(to); err != nil && to != "" {
			if key = "from"; i < len(e.To) {
				key = fmt.Sprintf("to[%d]", i)
			}
			return key, fmt.Sprintf("%q is no e-mail address", to)
		}
	}
	host, port, err := net.SplitHostPort(e.SMTP)
	if _, wrong := strconv.ParseUint(port, 10, 16); err == nil && (wrong != nil || host == "") || err != nil && strings.ContainsAny(e.SMTP, ":/@ ") {
		return "smtp", fmt.Sprintf("%q is no HOST:PORT, such as smtp.example.org:587", e.SMTP)
	}
	return "", ""
}

// dated reports whether a text names somebody and a day.
func dated(text string) bool {
	return regexp.MustCompile(`\pL{2}.*\b\d{4}-\d\d-\d\d\b|\b\d{4}-\d\d-\d\d\b.*\pL{2}`).MatchString(text)
}

// position finds where key stands in the file; 1:1 if it does not.
func position(path, key string) (line, column int) {
	file, err := parser.ParseFile(path, 0)
	if err != nil {
		return 1, 1
	}
	at, err := yaml.PathString("$." + key)
	if err != nil {
		return 1, 1
	}
	node, err := at.FilterFile(file)
	if err != nil || node == nil || node.GetToken() == nil {
		return 1, 1
	}
	return node.GetToken().Position.Line, node.GetToken().Position.Column
}
