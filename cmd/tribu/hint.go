package main

import (
	"fmt"
	"regexp"
	"strings"
)

// hint keeps what to do next; people read it when the command has ended well.
func (a *app) hint(format string, args ...any) { a.next = fmt.Sprintf(format, args...) }

// command is how to call tribu once more on this project, from this folder.
func (a *app) command() string {
	called := "tribu"
	if a.dir != "." && a.dir != "" {
		called += " -C " + quoted(a.dir)
	}
	if a.configFile != "" {
		called += " --config " + quoted(a.configFile)
	}
	return called
}

// initCommand is what makes the project that is missing.
func (a *app) initCommand() string {
	if a.dir == "." || a.dir == "" {
		return "tribu init"
	}
	return "tribu init " + quoted(a.dir)
}

var calls = regexp.MustCompile(`\btribu ([a-z]+)\b`)

// located writes the project into the commands of a hint: they work from where it is read. To ask for
// help takes none.
func (a *app) located(hint string) string {
	if strings.HasSuffix(hint, " --help") {
		return hint
	}
	return calls.ReplaceAllStringFunc(hint, func(call string) string {
		name := strings.TrimPrefix(call, "tribu ")
		if !a.onProject[name] {
			return call
		}
		return a.command() + " " + name
	})
}

var plainPath = regexp.MustCompile(`^[\w./~+:@%,=-]+$`)

// quoted is a path as a shell takes it.
func quoted(path string) string {
	if plainPath.MatchString(path) {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}
