package reports

import (
	"tribu/data"
	"tribu/reports/figures"
)

const (
	tenderWords = 6 // of a tribe's own, the most distinctive,
	tenderPart  = 3 // of which one in so many makes a tribe one that speaks of faith, politics, war or violent death,
	tenderLeast = 2 // and at least so many: one word alone may mean another thing
)

// tender reports whether a tribe speaks mostly of faith, politics, war or violent death, as the words do that are most its own.
func (v View) tender(t data.TribeID) bool {
	i := v.tribeIndex(t)
	if v.Options.Tender == nil || i == figures.None {
		return false
	}
	words := v.Figures.Tribes[i].Words
	words = words[:min(len(words), tenderWords)]
	n := 0
	for _, w := range words {
		if v.Options.Tender(w.Form) {
			n++
		}
	}
	return n >= tenderLeast && n*tenderPart >= len(words)
}
