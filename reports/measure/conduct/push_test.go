package conduct

import (
	"testing"

	"tribu/data"
	"tribu/reports/measure"
)

// TestPushes: what makers write unasked counts for the tribe that talks there, as told off where somebody is annoyed by it.
func TestPushes(t *testing.T) {
	c := newCommunity()
	for _, name := range []string{"ada", "bo"} {
		c.in.Members = append(c.in.Members, data.Member{Author: author(name), Tribe: "ta"})
	}
	c.in.Members = append(c.in.Members, data.Member{Author: author("zed"), Tribe: "tz"})
	c.in.Tribes = []data.Tribe{{ID: "ta"}, {ID: "tz"}}
	var none data.PostID
	for thread, reply := range map[string]string{"one": "This is annoying, please stop.", "two": "Looks nice, thanks.", "three": ""} {
		c.post("ada", thread, none, hour, "lovely weather")
		c.post("bo", thread, none, hour, "it is")
		ad := c.post("acme", thread, none, 2*hour, "New this week: 10% off with code SUN")
		if reply != "" {
			c.post("bo", thread, ad, 3*hour, reply)
		}
	}
	c.post("zed", "even", none, hour, "hello")
	c.post("ada", "even", none, hour, "hello")
	c.post("acme", "even", none, 2*hour, "New this week: 10% off with code SUN")
	r := measure.Read(c.in)
	got := PushesOf(r, BalanceOf(r))
	if len(got) != 1 || got[0].Tribe != "ta" || got[0].Posts != 3 || got[0].Rebuffed != 1 || got[0].Ignored != 1 || len(got[0].Evidence) != 3 {
		t.Errorf("pushes = %+v, want three in ta, one told off, one ignored; none where two tribes talk as much", got)
	}
	own := OwnOf(r, BalanceOf(r))
	if len(own) != 1 || own[0].Maker != author("acme") || own[0].Unasked != 4 || own[0].Rebuffed != 1 || own[0].Answers != 0 || len(own[0].Pushed) != 4 {
		t.Errorf("makers = %+v, want one, with four unasked posts wherever, one told off", own)
	}
}
