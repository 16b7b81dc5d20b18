package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestSoftShown: what soft list names, soft show tells, before anybody has defined it; what is withheld stays so.
func TestSoftShown(t *testing.T) {
	dir := demo(t)
	var listed struct{ Data softListed }
	if err := json.Unmarshal([]byte(run(t, exitDone, "-C", dir, "soft", "list", "--json")), &listed); err != nil || len(listed.Data.Signals) == 0 {
		t.Fatalf("soft list tells %+v: %v; want a signal", listed.Data.Signals, err)
	}
	shown := make(map[string]bool)
	for _, s := range listed.Data.Signals {
		shown[s.ID] = true
		said := run(t, exitDone, "-C", dir, "soft", "show", s.ID)
		if !strings.HasPrefix(said, s.ID+"  detected\n") || !strings.Contains(flat(said), "“"+flat(s.Quotes[0])+"”") {
			t.Errorf("soft show %s says\n%swant it detected, with %q", s.ID, said, s.Quotes[0])
		}
	}
	for _, tribe := range listed.Data.Tribes {
		if id := string(tribe.Tribe) + "/dream"; !shown[id] {
			run(t, exitUsage, "-C", dir, "soft", "show", id)
		}
		if strings.HasPrefix(tribe.Soft, "withheld") && tribe.Soft != "withheld: fewer than 10 people" {
			t.Errorf("tribe %s: %q; want no count beside what is withheld", tribe.Letter, tribe.Soft)
		}
	}
}
