package reports

import (
	"testing"

	"tribu/reports/measure/signs"
)

// TestTellingHelp: an answer is shown by the sentence that helps, and not at all where none does.
func TestTellingHelp(t *testing.T) {
	book := signs.AnswersBook()
	const asked = "How do I keep slugs off my planters?"
	for _, c := range []struct {
		name, answer, want string
		helps              int
	}{
		{"what to do, about what was asked", "The weather has been dreadful ever since May. Put copper tape around the planters in spring.", "Put copper tape around the planters in spring.", answers},
		{"of two the one about what was asked", "You can buy it at the market hall. You could lift the planters onto bricks.", "You could lift the planters onto bricks.", answers},
		{"what is so of what was asked", "Slugs keep away from planters that stand on gravel.", "Slugs keep away from planters that stand on gravel.", states},
		{"what is so of something else", "The weather has been dreadful ever since the long weekend in May.", "", 0},
		{"an offer, in other words than was asked", "I can lend the copper tape to you on Sunday.", "I can lend the copper tape to you on Sunday.", advises},
		{"its writer", "My planters stand on the wall behind the old dairy.", "", 0},
		{"what leans on what was said before", "And you should put copper tape around the planters.", "", 0},
		{"a question", "Did you try to put copper on the planters? Yes.", "", 0},
		{"an argument", "In your example you can keep slugs off planters only by magic.", "", 0},
		{"what the asker must send first", "Please give us more details of the planters and the slugs.", "", 0},
		{"an order in the middle of a clause", "Nobody around here can keep those beasts from coming back.", "", 0},
		{"Italian", "Ti consiglio un nastro di rame intorno ai vasi grandi.", "Ti consiglio un nastro di rame intorno ai vasi grandi.", advises},
		{"an order to do something to what was told before", "Open it on the planters with gloves on.", "", 0},
		{"an order about something else", "Open the tin with gloves on that day.", "", 0},
		{"an Italian order", "Metti un nastro di rame contro le slugs nei planters.", "Metti un nastro di rame contro le slugs nei planters.", answers},
		{"an Italian quarrel", "Secondo te puoi mettere il rame dappertutto e basta.", "", 0},
	} {
		if got, w := telling(book, c.answer, asked); got != c.want || w.helps != c.helps {
			t.Errorf("%s: got %q, %d, want %q, %d", c.name, got, w.helps, c.want, c.helps)
		}
	}
}

// TestHelpNotWithFaith: where a question is one of faith, no answer to it is shown as help.
func TestHelpNotWithFaith(t *testing.T) {
	v := View{Options: Options{Tender: func(text string) bool { return text == "sin" || text == "heaven" }}}
	const answer = "You should mend the roof before the rain comes in."
	for asked, want := range map[string]string{
		"Who mends the roof?":                   answer,
		"Who mends the roof of heaven?":         answer,
		"Is it a sin to mend a roof in heaven?": "",
	} {
		if got, _ := v.help(signs.AnswersBook(), answer, asked, ""); got != want {
			t.Errorf("%q: got %q, want %q", asked, got, want)
		}
	}
}
