package config

import (
	"maps"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestRate(t *testing.T) {
	for _, c := range []struct {
		text string
		want time.Duration
		back string
	}{
		{"1/s", time.Second, "1/s"}, {"30/min", 2 * time.Second, "30/min"}, {"100/h", 36 * time.Second, "100/h"},
		{"5/s", 200 * time.Millisecond, "5/s"}, {"60/min", time.Second, "1/s"}, {"4/h", 15 * time.Minute, "4/h"},
	} {
		var r Rate
		if err := r.Set(c.text); err != nil || r.Every != c.want || r.String() != c.back {
			t.Errorf("rate %q: got %v, %q, %v; want %v, %q", c.text, r.Every, r.String(), err, c.want, c.back)
		}
	}
	for _, text := range []string{"", "fast", "0/s", "1/day", "-1/s", "1/s/s", "3/h"} {
		if err := new(Rate).Set(text); err == nil {
			t.Errorf("rate %q: got no error", text)
		}
	}
}

func TestPause(t *testing.T) {
	for text, want := range map[string]time.Duration{"1/s": 0, "60/min": 0, "5/s": 200 * time.Millisecond, "30/min": 2 * time.Second} {
		var r Rate
		if err := r.Set(text); err != nil || r.Pause() != want {
			t.Errorf("rate %s: got a pause of %v (%v), want %v", text, r.Pause(), err, want)
		}
	}
}

func TestSpan(t *testing.T) {
	for text, want := range map[string]Span{"4w": Span(28 * 24 * time.Hour), "400d": Span(400 * 24 * time.Hour), "6h": Span(6 * time.Hour), "30m": Span(30 * time.Minute), "off": Off} {
		got, err := ParseSpan(text)
		if err != nil || got != want {
			t.Errorf("span %q: got %v, %v; want %v", text, got, err, want)
		}
	}
	for text, want := range map[string]error{"": errSpan, "4 weeks": errSpan, "-1d": errSpan, "NaNd": errSpan, "w": errSpan, "-5m": errSpan,
		"1e9w": errLong, "5218w": errLong, "36526d": errLong, "900000h": errLong} {
		if got, err := ParseSpan(text); err != want || got != 0 {
			t.Errorf("span %q: got %v, %v; want %v", text, got, err, want)
		}
	}
}

// TestSpoken: a line for all languages, or one for each.
func TestSpoken(t *testing.T) {
	for yaml, want := range map[string]Spoken{
		"about: what gardens need\n":                           {"": "what gardens need"},
		"about: {en: what gardens need, it: bisogni d'orto}\n": {"en": "what gardens need", "it": "bisogni d'orto"},
	} {
		path := filepath.Join(t.TempDir(), "tribu.yaml")
		if err := os.WriteFile(path, []byte(yaml), 0o600); err != nil {
			t.Fatal(err)
		}
		got, _, err := Load(path, func(string) string { return "" })
		if err != nil || !maps.Equal(got.About, want) {
			t.Errorf("%q: got %v, %v, want %v", yaml, got.About, err, want)
		}
	}
}
