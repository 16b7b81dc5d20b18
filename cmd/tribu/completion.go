package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
	"github.com/spf13/pflag"
)

func newCompletion(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "completion bash|zsh|fish|powershell", Short: "Print a completion script", Args: cobra.ExactArgs(1),
		ValidArgs: []string{"bash", "zsh", "fish", "powershell"},
		RunE: func(c *cobra.Command, args []string) error {
			if a.json {
				return usage("a completion script is no object").then("leave --json out")
			}
			switch root := c.Root(); args[0] {
			case "bash":
				return root.GenBashCompletionV2(a.out, true)
			case "zsh":
				return root.GenZshCompletion(a.out)
			case "fish":
				return root.GenFishCompletion(a.out, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(a.out)
			}
			return usage("no completion for %q", args[0]).then("one of: bash, zsh, fish, powershell")
		}}
}

// completeChoices offers the values of every flag whose usage lists them as a|b|c.
func completeChoices(c *cobra.Command) {
	choices := regexp.MustCompile(`[a-z0-9-]+(?:\|[a-z0-9-]+)+`)
	c.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if values := choices.FindString(f.Usage); values != "" {
			_ = c.RegisterFlagCompletionFunc(f.Name, cobra.FixedCompletions(strings.Split(values, "|"), cobra.ShellCompDirectiveNoFileComp))
		}
	})
	for _, sub := range c.Commands() {
		completeChoices(sub)
	}
}

func newMan(a *app) *cobra.Command {
	return &cobra.Command{Use: "man DIR", Short: "Write the manual pages", Args: cobra.ExactArgs(1), RunE: func(c *cobra.Command, args []string) error {
		if a.dryRun {
			a.log("man", "would write the manual pages to %s", args[0])
			return nil
		}
		if err := os.MkdirAll(args[0], 0o755); err != nil {
			return a.fileProblem(args[0], err)
		}
		made := time.Unix(0, 0).UTC()
		if err := doc.GenManTree(c.Root(), &doc.GenManHeader{Title: "TRIBU", Section: "1", Source: "tribu " + version, Date: &made}, args[0]); err != nil {
			return fmt.Errorf("write manual pages: %w", err)
		}
		a.log("man", "wrote the manual pages to %s", args[0])
		return a.result("man", map[string]string{"folder": args[0]}, nil, nil)
	}}
}
