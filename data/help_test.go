package data

import "testing"

func TestHelps(t *testing.T) {
	type said struct {
		need  NeedType
		quote string
	}
	asked := []said{{Problem, "My pots dry out."}}
	for _, c := range []struct {
		name            string
		request, reply  []said
		between, advert bool // the request answers somebody else; the reply is an advert
		by              string
		want            bool
	}{
		{"a reply without a word of needs", asked, nil, false, false, "bo", true},
		{"a tip", asked, []said{{Tip, "Water at dusk."}}, false, false, "bo", true},
		{"a problem told while answering", asked, []said{{Problem, "It is the cover that fails."}}, false, false, "bo", true},
		{"to what asks for nothing", nil, []said{{Tip, "Water at dusk."}}, false, false, "bo", false},
		{"to praise", []said{{Praise, "Lovely pots."}}, nil, false, false, "bo", false},
		{"to oneself", asked, []said{{Tip, "Water at dusk."}}, false, false, "ada", false},
		{"a wish of one's own", asked, []said{{Wish, "I want a delivery within five days."}}, false, false, "bo", false},
		{"somebody sought", asked, []said{{Recommendation, "Cerco qualcuno che annaffi i vasi."}}, false, false, "bo", false},
		{"a question back", asked, []said{{HowTo, "How big is the tray?"}}, false, false, "bo", false},
		{"thanks alone", asked, []said{{Praise, "That helped, thank you."}}, false, false, "bo", false},
		{"grazie da solo", asked, []said{{Praise, "Grazie, sei un tesoro!"}}, false, false, "bo", false},
		{"thanks and a tip", asked, []said{{Praise, "Thanks to Kate."}, {Tip, "Water at dusk."}}, false, false, "bo", true},
		{"praise of a thing", asked, []said{{Praise, "The cover is great."}}, false, false, "bo", true},
		{"an advert", asked, nil, false, true, "bo", false},
		{"to a problem told while answering another", asked, nil, true, false, "bo", false},
		{"to somebody sought while answering another", []said{{Recommendation, "Cerco qualcuno che annaffi i vasi."}}, nil, true, false, "bo", true},
	} {
		request := Remark{Author: NewAuthorID("x", "ada"), Answers: c.between}
		reply := Remark{Author: NewAuthorID("x", c.by), Answers: true, Advert: c.advert}
		for _, s := range c.request {
			request.Hear(s.need, s.quote)
		}
		for _, s := range c.reply {
			reply.Hear(s.need, s.quote)
		}
		if got := Helps(reply, request); got != c.want {
			t.Errorf("%s (%v to %v): helps %v, want %v", c.name, c.reply, c.request, got, c.want)
		}
	}
}
