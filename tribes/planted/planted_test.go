package planted

import (
	"reflect"
	"testing"
)

func TestPostsAreReproducible(t *testing.T) {
	plan := Plan{Scenario: BothFair, Authors: 200, Outliers: .2, Seed: 3}
	posts, truth, err := Posts(plan)
	again, _, _ := Posts(plan)
	if err != nil || !reflect.DeepEqual(posts, again) {
		t.Errorf("the same plan twice gave other posts, error %v", err)
	}
	if len(truth) != 160 {
		t.Errorf("200 people, a fifth in no group: got %d with a group, want 160", len(truth))
	}
	if _, _, err := Posts(Plan{Scenario: "flat"}); err == nil {
		t.Error("an unknown scenario gave no error")
	}
	words := map[string]bool{}
	for n := range 4000 {
		words[madeUp(n)] = true
	}
	if len(words) < 3990 {
		t.Errorf("4000 made-up words: %d distinct", len(words))
	}
}
