package config

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

const (
	day  = 24 * time.Hour
	week = 7 * day
)

// A Span is a length of time written as "30m", "6h", "400d", "4w" or "off".
type Span time.Duration

// longest is the longest span: a hundred years.
const longest = 36_525 * day

var (
	errSpan = errors.New("want 30m, 6h, 7d, 4w or off")
	errLong = fmt.Errorf("want a length of time up to %dw, a hundred years", longest/week)
)

// Off is the span that switches a rule off.
const Off = Span(-1)

// ParseSpan reads a span.
func ParseSpan(s string) (Span, error) {
	if s == "off" {
		return Off, nil
	}
	unit := map[string]time.Duration{"d": day, "w": week}
	if n := len(s); n > 1 {
		if u, ok := unit[s[n-1:]]; ok {
			count, err := strconv.ParseFloat(s[:n-1], 64)
			switch {
			case err != nil || !(count >= 0):
				return 0, errSpan
			case count > float64(longest/u):
				return 0, errLong
			}
			return Span(count * float64(u)), nil
		}
	}
	d, err := time.ParseDuration(s)
	switch {
	case err != nil || d < 0:
		return 0, errSpan
	case d > longest:
		return 0, errLong
	}
	return Span(d), nil
}

// String writes the span in the largest unit that divides it.
func (s Span) String() string {
	d := time.Duration(s)
	switch {
	case s == Off:
		return "off"
	case d == 0:
		return "0s"
	case d%week == 0:
		return fmt.Sprintf("%dw", d/week)
	case d%day == 0:
		return fmt.Sprintf("%dd", d/day)
	case d%time.Hour == 0:
		return fmt.Sprintf("%dh", d/time.Hour)
	case d%time.Minute == 0:
		return fmt.Sprintf("%dm", d/time.Minute)
	}
	return d.String()
}

// Set reads a span from a flag.
func (s *Span) Set(text string) (err error) {
	*s, err = ParseSpan(text)
	return err
}

// Type names the value in help texts.
func (s *Span) Type() string { return "span" }

// UnmarshalYAML reads a span from the file.
func (s *Span) UnmarshalYAML(unmarshal func(any) error) error {
	var text string
	if err := unmarshal(&text); err != nil {
		return err
	}
	return s.Set(text)
}

// MarshalYAML writes a span as it is read.
func (s Span) MarshalYAML() (any, error) { return s.String(), nil }

// An AutoReal is a number, or "auto".
type AutoReal struct {
	Value float64
	Auto  bool
}

// String writes the number or "auto".
func (a AutoReal) String() string {
	if a.Auto {
		return "auto"
	}
	return strconv.FormatFloat(a.Value, 'g', -1, 64)
}

// Set reads a number or "auto".
func (a *AutoReal) Set(text string) error {
	if text == "auto" {
		*a = AutoReal{Auto: true}
		return nil
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || v < 0 || v > 1e6 {
		return errors.New("want a number from 0 up, or auto")
	}
	*a = AutoReal{Value: v}
	return nil
}

// Type names the value in help texts.
func (a *AutoReal) Type() string { return "number|auto" }

// UnmarshalYAML reads the value from the file.
func (a *AutoReal) UnmarshalYAML(unmarshal func(any) error) error {
	var text string
	if err := unmarshal(&text); err != nil {
		return err
	}
	return a.Set(text)
}

// MarshalYAML writes the value as it is read.
func (a AutoReal) MarshalYAML() (any, error) {
	if a.Auto {
		return "auto", nil
	}
	return a.Value, nil
}

// A Secret is a reference to a credential, "env:NAME" or "file:PATH", never the credential.
type Secret string

// UnmarshalYAML refuses a literal secret.
func (s *Secret) UnmarshalYAML(unmarshal func(any) error) error {
	var text string
	if err := unmarshal(&text); err != nil {
		return err
	}
	return s.Set(text)
}

// Set takes a reference and refuses a literal secret, which it does not repeat.
func (s *Secret) Set(text string) error {
	if text != "" && !strings.HasPrefix(text, "env:") && !strings.HasPrefix(text, "file:") {
		return ErrLiteral
	}
	*s = Secret(text)
	return nil
}

// ErrLiteral says that a secret stands where a reference should.
var ErrLiteral = errors.New("a secret is written as env:NAME or file:PATH, never itself")

// Reveal returns what s refers to: a variable that env knows, or the first line of a file. Errors
// name the reference and never what it holds.
func (s Secret) Reveal(env func(string) string, path func(string) string) (string, error) {
	switch {
	case s == "":
		return "", nil
	case strings.HasPrefix(string(s), "env:"):
		if v := env(strings.TrimPrefix(string(s), "env:")); v != "" {
			return v, nil
		}
		return "", fmt.Errorf("read secret %s: the variable is not set", s)
	case strings.HasPrefix(string(s), "file:"):
		body, err := os.ReadFile(path(strings.TrimPrefix(string(s), "file:")))
		if err != nil {
			return "", fmt.Errorf("read secret %s: the file cannot be read", s)
		}
		if v := strings.TrimSpace(strings.SplitN(string(body), "\n", 2)[0]); v != "" {
			return v, nil
		}
		return "", fmt.Errorf("read secret %s: the file is empty", s)
	}
	return "", ErrLiteral
}

// A Rate is how often a host may be asked, written as "1/s", "30/min" or "100/h". Public hosts are
// never asked more than once a second.
type Rate struct{ Every time.Duration }

const (
	usualRate = time.Second
	slowest   = 15 * time.Minute
)

// Pause returns the time between two requests that was asked for; 0 where the rate is the usual
// one, which holds for public hosts only.
func (r Rate) Pause() time.Duration {
	if r.Every == usualRate {
		return 0
	}
	return r.Every
}

// String writes the rate in the largest unit in which it is a whole number.
func (r Rate) String() string {
	for _, u := range rateUnits {
		if r.Every > 0 && u.length%r.Every == 0 {
			return fmt.Sprintf("%d/%s", u.length/r.Every, u.name)
		}
	}
	return r.Every.String()
}

var rateUnits = [...]struct {
	name   string
	length time.Duration
}{{"s", time.Second}, {"min", time.Minute}, {"h", time.Hour}}

// Set reads a rate.
func (r *Rate) Set(text string) error {
	count, unit, _ := strings.Cut(text, "/")
	n, err := strconv.Atoi(strings.TrimSpace(count))
	for _, u := range rateUnits {
		if err == nil && n > 0 && n <= 1000 && strings.TrimSpace(unit) == u.name {
			if r.Every = u.length / time.Duration(n); r.Every <= slowest {
				return nil
			}
		}
	}
	return fmt.Errorf("rate %q: want 1/s, 30/min or 100/h, at least 4/h", text)
}

// UnmarshalYAML reads a rate from the file.
func (r *Rate) UnmarshalYAML(unmarshal func(any) error) error {
	var text string
	if err := unmarshal(&text); err != nil {
		return err
	}
	return r.Set(text)
}

// MarshalYAML writes a rate as it is read.
func (r Rate) MarshalYAML() (any, error) { return r.String(), nil }
