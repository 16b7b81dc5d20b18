package cpi_test

import (
	"fmt"

	"tribu/reports/measure/cpi"
)

func ExampleLint() {
	for _, f := range cpi.Lint(cpi.Definition{Name: "NPS", Provenance: "survey"}, false) {
		fmt.Println(f.Level, f.Rule)
	}
	// Output:
	// fault firm-side
	// fault no-evidence
	// warning survey
}
