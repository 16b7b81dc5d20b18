package reports

import "testing"

func TestCoded(t *testing.T) {
	for name, want := range map[string]bool{
		"u_8f6d982e4d": true, "71034482": true, "member-00c4b1ffe9": true, "5E9A01BC": true,
		"Tess Wainwright": false, "anna1985": false, "ash_18": false, "Defaced": false, "nonno 1948": false, "effaced": false, "": false,
	} {
		if got := coded(name); got != want {
			t.Errorf("coded(%q) = %v, want %v", name, got, want)
		}
	}
}
