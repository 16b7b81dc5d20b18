package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// A chapter is what the commands of a group are for, in the order of somebody's work.
type chapter struct{ title, commands string }

func chapters() []chapter {
	return []chapter{
		{"To begin", "demo init source import doctor"},
		{"Every week", "run daemon crawl analyse cluster report notify"},
		{"To look closer", "tribe needs people export runs"},
		{"How well people are served", "cpi soft experiment inquiry"},
		{"To test it", "evaluate graph"},
		{"To care for it", "config db completion man version help"},
	}
}

// examples are lines to copy, by command.
func examples() map[string]string {
	return map[string]string{
		"tribu demo":              "tribu demo garden",
		"tribu init":              "tribu init garden",
		"tribu source add":        "tribu source add https://forum.example\ntribu source add http://10.0.0.5:8080 --allow 10.0.0.5:8080 --name intranet",
		"tribu source detect":     "tribu source detect https://forum.example",
		"tribu import":            "tribu import posts.jsonl.gz\ntribu import archive.mbox --source r-help",
		"tribu crawl":             "tribu crawl --source forum.example --since 8w",
		"tribu cluster":           "tribu cluster --as-of 2026-06-28 --window 26w\ntribu cluster --resolution 1.5 --name finer",
		"tribu cluster sweep":     "tribu cluster sweep --grid resolution=0.6,1.0,1.4 --seeds 5 -o sweep",
		"tribu report":            "tribu report --open\ntribu report --week 2026-W26 --lang it -o out",
		"tribu run":               "0 6 * * 1  tribu -C /srv/garden run -q     a line of crontab",
		"tribu tribe rename":      "tribu tribe rename A \"Balcony growers\"",
		"tribu tribe split":       "tribu tribe split B --around ada,bruno --name \"Timers\"",
		"tribu needs evaluate":    "tribu needs evaluate --gold labelled.jsonl --task question",
		"tribu export members":    "tribu export members --tribe A --to xlsx -o members.xlsx\ntribu export members --preset helpers --dialect excel-it -o aiutanti.csv\ntribu export members --to hubspot --match contacts.csv -o hubspot.csv",
		"tribu export graph":      "tribu export graph -o people.gexf",
		"tribu export bundle":     "tribu export bundle -o bundle.zip",
		"tribu runs diff":         "tribu runs diff 2026-W26-3fa9c1 finer",
		"tribu cpi adopt":         "tribu cpi adopt Speed/delivery --function operations \\\n  --definition \"days from order to door\"",
		"tribu soft define":       "tribu soft define t818ab7/recognition --note \"three asked for it\" \\\n  --wording \"people who help are thanked\"",
		"tribu experiment add":    "tribu experiment add h1 --cpi Speed/delivery --kpi renewal --unit customer \\\n  --baseline 0.2 --min-effect 0.05 --deadline 2026-12-31",
		"tribu inquiry":           "tribu inquiry Speed/delivery -o inquiry",
		"tribu evaluate":          "tribu evaluate --truth groups.csv --json",
		"tribu graph cluster":     "tribu graph cluster edges.tsv -o members.tsv",
		"tribu graph generate":    "tribu graph generate --scenario hubs --authors 5000 -o world",
		"tribu completion":        "source <(tribu completion bash)\ntribu completion zsh > \"${fpath[1]}/_tribu\"\ntribu completion fish > ~/.config/fish/completions/tribu.fish",
		"tribu man":               "tribu man ~/.local/share/man/man1",
		"tribu db backup":         "tribu db backup tribu-2026-06-28.db",
		"tribu people opt-out":    "tribu people opt-out ada",
		"tribu people why":        "tribu people why ada",
		"tribu tribe showdown":    "tribu tribe showdown --segments segments.csv",
		"tribu experiment result": "tribu experiment result h1",
	}
}

// guide gives every command its examples and one way to print help: in the width of the page, in
// the order of somebody's work.
func (a *app) guide(root *cobra.Command) {
	known := examples()
	eachCommand(root, func(c *cobra.Command) {
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if f.Value.Type() == "span" && f.DefValue == "0s" {
				f.DefValue = "" // its usage says what holds without it
			}
		})
		if text := known[c.CommandPath()]; text != "" {
			c.Example = "  " + strings.ReplaceAll(text, "\n", "\n  ")
		}
	})
	root.SetHelpFunc(func(c *cobra.Command, _ []string) {
		p := newProse(a.out)
		writeHelp(p, c)
		if err := p.close(); err != nil {
			a.warn("%v", err)
		}
	})
	root.SetHelpCommand(&cobra.Command{Use: "help [COMMAND]", Short: "Explain a command", RunE: func(c *cobra.Command, args []string) error {
		at, rest, err := c.Root().Find(args)
		if err != nil || len(rest) > 0 {
			return group(c)(c.Root(), args)
		}
		return at.Help()
	}})
}

func eachCommand(c *cobra.Command, visit func(*cobra.Command)) {
	visit(c)
	for _, sub := range c.Commands() {
		eachCommand(sub, visit)
	}
}

func writeHelp(w io.Writer, c *cobra.Command) {
	if f := c.Flags().Lookup("help"); f != nil {
		f.Hidden = true
	}
	for _, part := range strings.Split(cmp.Or(c.Long, c.Short+"."), "\n\n") {
		if !strings.Contains(part, "  ") { // else its lines are a list
			part = strings.ReplaceAll(part, "\n", " ")
		}
		for _, line := range strings.Split(part, "\n") {
			fmt.Fprintln(w, wrap(line, widthOf(w), 0))
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintln(w, "Usage:")
	if own := c.HasParent() && (!c.HasSubCommands() || c.LocalNonPersistentFlags().HasAvailableFlags()); own {
		fmt.Fprintf(w, "  %s\n", c.UseLine())
	}
	if c.HasSubCommands() {
		fmt.Fprintf(w, "  %s COMMAND\n", c.CommandPath())
		writeCommands(w, c)
	}
	if c.Example != "" {
		fmt.Fprintf(w, "\nExamples:\n%s\n", c.Example)
	}
	if c.LocalFlags().HasAvailableFlags() {
		fmt.Fprintf(w, "\nFlags:\n%s", c.LocalFlags().FlagUsagesWrapped(widthOf(w)))
	}
	if c.HasParent() {
		fmt.Fprintln(w, "\nFlags of every command (-C, --json, -q, --dry-run …): tribu --help")
	} else {
		fmt.Fprintln(w, "\ntribu COMMAND --help explains a command.")
	}
}

// writeCommands lists what a group holds; the root's in chapters.
func writeCommands(w io.Writer, c *cobra.Command) {
	if !c.HasParent() {
		for _, ch := range chapters() {
			fmt.Fprintf(w, "\n%s:\n", ch.title)
			for _, name := range strings.Fields(ch.commands) {
				if sub, _, err := c.Find([]string{name}); err == nil {
					writeCommand(w, sub)
				}
			}
		}
		return
	}
	fmt.Fprintln(w, "\nCommands:")
	for _, sub := range c.Commands() {
		writeCommand(w, sub)
	}
}

func writeCommand(w io.Writer, c *cobra.Command) {
	const margin = 14
	fmt.Fprintln(w, wrap(fmt.Sprintf("  %-*s%s", margin-2, c.Name(), c.Short), widthOf(w), margin))
}
