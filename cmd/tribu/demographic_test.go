package main

import (
	"encoding/csv"
	"regexp"
	"strings"
	"testing"
)

// TestExportsHoldNoDemographics: no column of any table says what a person is. account_address is a
// handle with its server, contact_address where one may write to: neither is where somebody lives.
func TestExportsHoldNoDemographics(t *testing.T) {
	personal := regexp.MustCompile(`(^|_)(age|birth\w*|gender|sex|income|salary|wage|address|street|city|zip|postcode|nationality|ethnicity|religion|marital|education)(_|$)`)
	allowed := map[string]bool{"account_address": true, "contact_address": true}
	dir := demo(t)
	for _, kind := range []string{"members", "tribes", "needs", "edges"} {
		header, err := csv.NewReader(strings.NewReader(run(t, exitDone, "-C", dir, "export", kind, "--to", "csv"))).Read()
		if err != nil || len(header) < 3 {
			t.Fatalf("header of %s: got %v, %v", kind, header, err)
		}
		for _, column := range header {
			if personal.MatchString(strings.ToLower(column)) && !allowed[column] {
				t.Errorf("export %s has a column %q: no demographics", kind, column)
			}
		}
	}
}
