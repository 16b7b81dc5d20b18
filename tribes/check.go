package tribes

import "fmt"

// Check says what in p cannot be meant; nil where every value can.
func (p Params) Check() error {
	p = p.withDefaults()
	for _, bad := range []struct {
		is   bool
		what string
	}{
		{p.Algorithm != Leiden && p.Algorithm != KMeans, fmt.Sprintf("algorithm %q: want leiden or kmeans", p.Algorithm)},
		{!(p.Resolution > 0 && p.Resolution <= 1000), fmt.Sprintf("resolution %g: want a number above 0, at most 1000", p.Resolution)},
		{!(p.NeedWeight >= 0 && p.NeedWeight <= 1), fmt.Sprintf("need weight %g: want 0 to 1", p.NeedWeight)},
		{p.Window <= 0, "window: want a length of time above 0"},
		{p.Repeats < 1 || p.Repeats > 1000, "repeats: want 1 to 1000"},
		{p.MinTribe < 2, "min tribe: want at least 2"},
		{p.K < 0, fmt.Sprintf("k %d: want at least 1", p.K)},
	} {
		if bad.is {
			return fmt.Errorf("%s", bad.what)
		}
	}
	return nil
}
