package main

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// newRoot builds the command tree; one file per command holds the rest.
func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use: "tribu", Short: "Find the tribes in public posts",
		Long: "tribu collects public posts, hears what people need in them (English and\n" +
			"Italian), finds the tribes: people who share a problem and talk to each\n" +
			"other, and tells their story in a weekly report.\n\nStart with: tribu demo",
		SilenceErrors: true, SilenceUsage: true, Version: version,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	f := root.PersistentFlags()
	f.StringVarP(&a.dir, "dir", "C", ".", "project `FOLDER`")
	f.StringVar(&a.configFile, "config", "", "configuration `FILE` (default DIR/tribu.yaml)")
	f.BoolVar(&a.json, "json", false, "print one JSON object")
	f.BoolVarP(&a.quiet, "quiet", "q", false, "print nothing on success")
	f.BoolVarP(&a.verbose, "verbose", "v", false, "say more, causes of errors included")
	f.Var(&choice{&a.logFormat, []string{"text", "json"}}, "log-format", "text or json")
	f.BoolVar(&a.noColor, "no-color", false, "no colours")
	f.BoolVar(&a.noProgress, "no-progress", false, "no progress bars")
	f.BoolVar(&a.noInput, "no-input", false, "never ask")
	f.BoolVar(&a.dryRun, "dry-run", false, "say what would be fetched, written or sent, and do nothing")
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		if words := c.Flags().Args(); c.HasSubCommands() && len(words) > 0 {
			return group(c)(c, words) // what the flag is of is no command
		}
		return &problem{code: exitUsage, what: flagMistake(err), next: c.CommandPath() + " --help", cause: err}
	})
	root.AddCommand(
		newDemo(a), newInit(a), newDoctor(a), newSource(a), newImport(a), newCrawl(a), newAnalyse(a), newCluster(a),
		newReport(a), newRun(a), newDaemon(a), newTribe(a), newNeeds(a), newPeople(a), newCPI(a), newSoft(a), newExperiment(a), newInquiry(a), newRuns(a), newEvaluate(a), newExport(a), newNotify(a), newGraph(a),
		newConfig(a), newDB(a), newCompletion(a), newMan(a), newVersion(a),
	)
	root.RunE = group(root)
	a.guide(root)
	completeChoices(root)
	a.completeIDs(root)
	return strict(root)
}

// noNumber matches what the parser of flags says of a number that is none.
var noNumber = regexp.MustCompile(`^strconv\.Parse\w+: parsing ".*": .*$`)

// flagMistake is what is wrong with a flag: of a value, which one and what would do.
func flagMistake(err error) string {
	var v *pflag.InvalidValueError
	if !errors.As(err, &v) {
		return err.Error()
	}
	return fmt.Sprintf("--%s %q: %s", v.GetFlag().Name, v.GetValue(), noNumber.ReplaceAllString(fmt.Sprint(v.Unwrap()), "want a number in its range"))
}

// commandsOnProject names the commands that take a project folder.
func commandsOnProject(root *cobra.Command) map[string]bool {
	names := map[string]bool{}
	for _, c := range root.Commands() {
		names[c.Name()] = true
	}
	for _, name := range []string{"init", "demo", "graph", "completion", "man", "version"} {
		delete(names, name)
	}
	return names
}

// strict gives every group of commands the error it owes for a name it does not know, and makes a
// wrong number of arguments a matter of usage. A group that does something itself does so without arguments.
func strict(c *cobra.Command) *cobra.Command {
	if c.HasSubCommands() {
		own := c.RunE
		c.Args, c.RunE = cobra.ArbitraryArgs, group(c)
		if unknown := c.RunE; own != nil && c.HasParent() {
			c.RunE = func(c *cobra.Command, args []string) error {
				if len(args) == 0 {
					return own(c, args)
				}
				return unknown(c, args)
			}
		}
		for _, sub := range c.Commands() {
			strict(sub)
		}
		return c
	}
	check := c.Args
	c.Args = func(c *cobra.Command, args []string) error {
		if check == nil {
			return nil
		}
		if err := check(c, args); err != nil {
			return &problem{code: exitUsage, what: fmt.Sprintf("want %q, got %s", wanted(c), count(len(args), "argument")), next: c.CommandPath() + " --help", cause: err}
		}
		return nil
	}
	return c
}

// wanted is the command with the arguments it takes.
func wanted(c *cobra.Command) string {
	return strings.TrimSpace(strings.TrimSuffix(c.CommandPath(), c.Name()) + c.Use)
}

func group(c *cobra.Command) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return c.Help()
		}
		p := &problem{code: exitUsage, what: fmt.Sprintf("%s has no command %q", strings.TrimPrefix(c.CommandPath(), "tribu "), args[0]), next: c.CommandPath() + " --help"}
		c.SuggestionsMinimumDistance = 2
		if near := c.SuggestionsFor(args[0]); len(near) > 0 {
			p.what += fmt.Sprintf(`; did you mean "%s"?`, strings.Join(near, `" or "`))
		}
		return p
	}
}

func newVersion(a *app) *cobra.Command {
	return &cobra.Command{Use: "version", Short: "Print the version", Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
		return a.result("version", map[string]string{"version": version}, nil, func(w io.Writer) { fmt.Fprintln(w, "tribu", version) })
	}}
}
