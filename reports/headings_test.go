package reports

import "testing"

// TestReadable tells names that a heading can say from those a machine made.
func TestReadable(t *testing.T) {
	for name, want := range map[string]bool{
		"Tess Wainwright": true, "u_d054a8dc3c": false, "d054a8dc3c": false, "42": false, "user1984": true, "Ada Beccafacce": true,
		"deadbeef": true, "9f86d081884c7d65": false, "gb-dev2004": true, "«»": false, "Ève": true,
	} {
		if got := readable(name); got != want {
			t.Errorf("readable(%q) = %t, want %t", name, got, want)
		}
	}
}
