package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"tribu/cmd/tribu/config"
)

func newConfig(a *app) *cobra.Command {
	c := &cobra.Command{Use: "config", Short: "Show or check the settings"}
	c.AddCommand(
		&cobra.Command{Use: "show", Short: "Print every setting and where it comes from", Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
			return a.configShow()
		}},
		&cobra.Command{Use: "check", Short: "Check tribu.yaml", Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
			return a.configCheck()
		}},
		&cobra.Command{Use: "schema", Short: "Print a JSON Schema of tribu.yaml for editors", Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
			if a.json {
				return a.result("config.schema", config.Schema(), nil, nil)
			}
			enc := json.NewEncoder(a.out)
			enc.SetIndent("", "  ")
			return enc.Encode(config.Schema())
		}},
	)
	return c
}

// configCheck tells all that is wrong with the settings and with the files they lead to.
func (a *app) configCheck() error {
	wrong := a.mistakes()
	if a.origin != nil {
		wrong = append(wrong, a.unusable()...)
	}
	switch len(wrong) {
	case 0:
	case 1:
		return wrong[0]
	default:
		return faults(wrong)
	}
	for _, s := range append(a.unsaid(), a.unreachable()) {
		if s != "" {
			a.warn("%s", s)
		}
	}
	return a.result("config.check", map[string]any{"ok": true}, nil, a.unlessQuiet(func(w io.Writer) {
		if len(a.origin) == 0 {
			fmt.Fprintf(w, "%s sets nothing: every setting is the default, and there is no source\n", a.configPath())
			return
		}
		fmt.Fprintf(w, "%s is fine: %s\n", a.configPath(), count(len(a.cfg.Sources), "source"))
	}))
}

func (a *app) configShow() error {
	if err := a.loadConfig(); err != nil {
		return err
	}
	values := a.cfg.Values(a.origin)
	return a.result("config.show", values, nil, func(w io.Writer) {
		var rows [][]string
		for _, v := range values {
			rows = append(rows, []string{v.Key, cut(v.Told(), 200), fromWhere(v)})
		}
		table(w, []string{"SETTING", "VALUE", "FROM"}, rows)
	})
}

// fromWhere says where a setting comes from and, of one that somebody set, what it would be otherwise.
func fromWhere(v config.Value) string {
	switch usual := v.Usual(); {
	case v.Value == v.Default && v.Origin != "default":
		return v.Origin + ", as by default"
	case usual == "" || v.Origin == "default":
		return v.Origin
	default:
		return v.Origin + ", default " + usual
	}
}
