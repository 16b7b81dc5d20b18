package problem

import (
	"testing"
	"unsafe"

	"tribu/data"
)

// Needs are held by the hundred thousand: what many of them say is there once, and nothing keeps the text they were read with.
func TestNeedsShareWhatTheyHaveInCommon(t *testing.T) {
	read := "watering can en/wish/i wish the watering can held more water"
	row := data.NeedRow{Title: "Garden tools"}
	row.Thread = data.NewThreadID("forum", "tools")
	row.Object, row.Rule, row.Quote, row.Type, row.Need.Lang = read[:12], read[13:27], read[28:], data.Wish, data.LangEN
	other := row
	other.Rule, other.Object = "en/seek/looking for", "hose"
	s := newSharer()
	a, b, c := s.need(row), s.need(row), s.need(other)
	if a.conversation != b.conversation || a.manner != b.manner || a.subject != b.subject || a.conversation != c.conversation {
		t.Errorf("three needs of one conversation, two alike: %p %p %p, %p %p %p, %p", a.conversation, a.manner, a.subject, b.conversation, b.manner, b.subject, c.conversation)
	}
	if c.Object != "hose" || c.Rule != "en/seek/looking for" || a.Object != "watering can" || a.Rule != "en/wish/i wish" || a.Quote != row.Quote || a.Title != row.Title {
		t.Errorf("needs %+v %+v and %+v %+v", *a.subject, *a.manner, *c.subject, *c.manner)
	}
	if unsafe.StringData(a.Object) == unsafe.StringData(row.Object) || unsafe.StringData(a.Quote) == unsafe.StringData(row.Quote) || unsafe.StringData(a.Rule) == unsafe.StringData(row.Rule) {
		t.Error("a need keeps the text that it was read with")
	}
}
