package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

func TestWrap(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"fits", "ten people", "ten people"},
		{"full", "ten people ask", "ten people ask"},
		{"one more", "ten people asked", "ten people\n  asked"},
		{"several", "ten people asked where to go", "ten people\n  asked where\n  to go"},
		{"indented", "  ten people asked", "  ten people\n    asked"},
		{"columns kept", "AB   CD", "AB   CD"},
		{"broken between columns", "kept    everything", "kept\n  everything"},
		{"a word longer than a line", "see https://a.example/b", "see\n  https://a.example/b"},
		{"nothing but such a word", "https://forum.example/b", "https://forum.example/b"},
		{"wide letters", "ここ ここ ここ1", "ここ ここ\n  ここ1"},
		{"accents that stand over letters", "e\u0301e\u0301e\u0301e\u0301e\u0301 e\u0301e\u0301e\u0301e\u0301e\u0301", "e\u0301e\u0301e\u0301e\u0301e\u0301 e\u0301e\u0301e\u0301e\u0301e\u0301"},
		{"empty", "", ""},
		{"spaces", strings.Repeat(" ", 30), ""},
	} {
		var out bytes.Buffer
		p := &prose{to: &out, wide: 14}
		for _, b := range []byte(c.in + "\n") { // however it is cut up
			if _, err := p.Write([]byte{b}); err != nil {
				t.Fatal(err)
			}
		}
		if err := p.close(); err != nil || out.String() != c.want+"\n" {
			t.Errorf("%s: wrapped %q to\n%s\nwant\n%s\n%v", c.name, c.in, out.String(), c.want, err)
		}
	}
}

func TestTableIsCutWhereItIsWidest(t *testing.T) {
	var out bytes.Buffer
	p := &prose{to: &out, wide: 30}
	table(p, []string{"ID", "PEOPLE", "WORDS"}, [][]string{{"n1", "1,234", "how do I water my pots in August"}, {"n2", "5", "pots\nand pans"}})
	want := "ID  PEOPLE  WORDS\nn1  1,234   how do I water my…\nn2  5       pots and pans\n"
	if err := p.close(); err != nil || out.String() != want {
		t.Errorf("got\n%s\nwant\n%s\n%v", out.String(), want, err)
	}
}

// TestLostOutputIsAnError: a full disk behind a pipe is not success.
func TestLostOutputIsAnError(t *testing.T) {
	a := &app{out: fullDisk{}}
	if err := a.result("x", nil, nil, func(w io.Writer) { fmt.Fprintln(w, "told") }); !errors.Is(err, errFull) {
		t.Errorf("told nobody, and returned %v", err)
	}
}

type fullDisk struct{}

var errFull = errors.New("no space left")

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }
