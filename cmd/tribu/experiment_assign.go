package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"strings"

	"tribu/reports/measure/customer"
	"tribu/reports/measure/experiment"
)

// experimentAssign writes to which arm the seed of each randomised hypothesis puts the units of a
// file, one a line.
func (a *app) experimentAssign(path string) error {
	plans, err := customerFile(a, plansFile, experiment.ReadPlans)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return unopened(err)
	}
	rows := [][]string{{"hypothesis_id", "unit_id", "arm"}}
	for _, p := range plans {
		for unit := range strings.Lines(string(text)) {
			if unit = strings.TrimSpace(unit); unit == "" || !p.Randomised {
				continue
			}
			arm := "C"
			if p.Treated(unit) {
				arm = "T"
			}
			rows = append(rows, []string{p.ID, customer.Cell(unit), arm})
		}
	}
	return a.result("experiment.assign", rows[1:], nil, func(w io.Writer) {
		if err := csv.NewWriter(w).WriteAll(rows); err != nil {
			fmt.Fprintln(w, err)
		}
	})
}
