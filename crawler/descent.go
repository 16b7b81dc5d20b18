package crawler

import (
	"fmt"
	"strings"
)

// A list that is read from the newest post downwards is asked for by addresses that say in their
// fragment, which no server sees, how far down it is wanted and where the page before ended.

// descending writes down and before into the address u.
func descending(u string, down, before int64) string {
	return fmt.Sprintf("%s#%d:%d", u, down, before)
}

// descent reads what descending wrote.
func descent(u string) (down, before int64, err error) {
	_, fragment, _ := strings.Cut(u, "#")
	if _, err := fmt.Sscanf(fragment, "%d:%d", &down, &before); err != nil {
		return 0, 0, fmt.Errorf("parse %s: no range", plainURL(u))
	}
	return down, before, nil
}
