package cpi

import (
	"strings"

	"tribu/data"
	"tribu/reports/measure/signs"
)

// wanted reports whether a step is asked for or missed, not told of what is there: "it was easier"
// is no need.
func wanted(n *data.NeedRow, said signs.Set, step signs.Found) bool {
	switch n.Type {
	case data.Wish, data.HowTo, data.Recommendation, data.Praise:
		return true
	}
	return excess(step.Cue) || step.Sign == signs.Recognition || said.Has(signs.Asking, signs.Importance, signs.Urgency, signs.Trouble)
}

// excess reports whether a cue says that there is too much or too little of something.
func excess(cue string) bool {
	first, _, _ := strings.Cut(cue, " ")
	switch first {
	case "too", "so", "takes", "took", "take", "taking", "not", "no", "only", "run", "runs", "ran", "running", "fewer", "slower", "overpriced", "time", "painfully", "way", "much",
		"troppo", "troppa", "troppi", "troppe", "poca", "poco", "poche", "pochi", "non", "nessuna", "costa", "costano", "tempi":
		return true
	}
	return false
}

// machine reports whether a quote is what a program wrote, not a person.
func machine(quote string) bool {
	if strings.ContainsAny(quote[:min(1, len(quote))], "#>%{}[];|/~^&") {
		return true
	}
	for _, mark := range []string{"Error:", "ERROR", "Error in ", "error: ", "***", "<-", "::", "();"} {
		if strings.Contains(quote, mark) {
			return true
		}
	}
	return false
}
