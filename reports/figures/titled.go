package figures

import (
	"strings"

	"tribu/data"
)

// titleSources is how many sources at most a project without a name is called by.
const titleSources = 3

// Titled returns what a project is called that nobody named: by its sources.
func Titled(sources []data.SourceState) string {
	var names []string
	for _, s := range sources[:min(len(sources), titleSources)] {
		names = append(names, s.Name)
	}
	if len(sources) > titleSources {
		names = append(names, "…")
	}
	return strings.Join(names, ", ")
}
