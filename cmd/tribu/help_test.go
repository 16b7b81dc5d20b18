package main

import (
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// TestHelpFits reads every help text as a terminal of 80 columns shows it.
func TestHelpFits(t *testing.T) {
	eachCommand(newRoot(&app{}), func(c *cobra.Command) {
		var out bytes.Buffer
		p := newProse(&out)
		writeHelp(p, c)
		if err := p.close(); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(out.String()) {
			if columns(strings.TrimRight(line, "\n")) > lineWidth {
				t.Errorf("%s: %s", c.CommandPath(), line)
			}
		}
	})
}

// TestExamplesAreCommands: whoever copies a line of a help text is understood.
func TestExamplesAreCommands(t *testing.T) {
	quoted := regexp.MustCompile(`"[^"]*"`)
	for path, text := range examples() {
		for _, line := range strings.Split(strings.ReplaceAll(text, " \\\n", ""), "\n") {
			words := strings.Fields(quoted.ReplaceAllString(line, "quoted"))
			if len(words) == 0 || words[0] != "tribu" {
				continue
			}
			root := newRoot(&app{out: io.Discard, err: io.Discard})
			c, rest, err := root.Find(words[1:])
			if err != nil || c.CommandPath() != path && words[1] != "completion" {
				t.Errorf("%q: found %s, want %s: %v", line, c.CommandPath(), path, err)
				continue
			}
			if i := strings.Index(strings.Join(rest, " "), ">"); i >= 0 {
				rest = strings.Fields(strings.Join(rest, " ")[:i])
			}
			if err := c.ParseFlags(rest); err != nil {
				t.Errorf("%q: %v", line, err)
			} else if err := c.ValidateArgs(c.Flags().Args()); err != nil {
				t.Errorf("%q: %v", line, err)
			}
		}
	}
}

// TestChaptersHoldAll: no command is missing from the list tribu --help shows.
func TestChaptersHoldAll(t *testing.T) {
	var listed []string
	for _, ch := range chapters() {
		listed = append(listed, strings.Fields(ch.commands)...)
	}
	for _, c := range newRoot(&app{}).Commands() {
		if strings.Count(" "+strings.Join(listed, " ")+" ", " "+c.Name()+" ") != 1 {
			t.Errorf("%s is not in one chapter", c.Name())
		}
	}
}
