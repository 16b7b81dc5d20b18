package data

import (
	"slices"
	"testing"
)

func TestCalled(t *testing.T) {
	for _, c := range []struct {
		handle, name string
		want         []string
	}{
		{"nic.m.", "", []string{"nic m"}},
		{"rooster_fan", "Niamh Kavanagh", []string{"rooster fan", "niamh kavanagh", "niamh", "kavanagh"}},
		{"MARY", "mary", []string{"mary"}},
		{"garden lover", "garden lover", []string{"garden lover"}},
		{"al", "1987", nil},
		{"", "from the paper of 23 May 2007", nil},
	} {
		if got := (Author{Handle: c.handle, Name: c.name}).Called(); !slices.Equal(got, c.want) {
			t.Errorf("handle %q, name %q: called %q, want %q", c.handle, c.name, got, c.want)
		}
	}
}
