package figures

import "testing"

func TestUnlink(t *testing.T) {
	unlink := Named(func(phrase string) bool {
		return phrase == "bucketless bob" || phrase == "anna" || phrase == "flat5b" || phrase == "anna rossi"
	}).Unlink()
	for text, want := range map[string]string{
		"@bucketless_bob Me please!":                                                                 "@… Me please!",
		"Thanks (@Bucketless_Bob).":                                                                  "Thanks (@…).",
		"Ask bucketless_bob, or bob.":                                                                "Ask …, or bob.",
		"@anna@mast.example and @annabel":                                                            "@… and @annabel",
		"Anna said it. @anna. Yes":                                                                   "Anna said it. @…. Yes",
		`<a class="mention" href="/u/bucketless_bob">@bucketless_bob</a>, hi`:                        `<a class="mention" href="/u/…">@…</a>, hi`,
		"https://mast.example/@anna/1234 and https://x.example/u/anna?a=1":                           "https://mast.example/@…/1234 and https://x.example/u/…?a=1",
		"https://x.example/t/bucketless-bob-asks/12":                                                 "https://x.example/t/bucketless-bob-asks/12",
		`<aside class="quote" data-username="flat5b"><div class="title">flat5b:</div>As flat5b says`: `<aside class="quote" data-username="…"><div class="title">…:</div>As … says`,
		`[quote="flat5b, post:3"] [quote="anna rossi"] [quote=anna]`:                                 `[quote="…, post:3"] [quote="…"] [quote=…]`,
		"anna@mast.example wrote, x.example/~anna, user?name=anna&x=1":                               "…@mast.example wrote, x.example/~…, user?name=…&x=1",
		"> On Tue, flat5b wrote: so did flat5bis, and 5b; anna too":                                  "> On Tue, … wrote: so did flat5bis, and 5b; anna too",
		`class="title" a=b joanna@mast.example >Note:<`:                                              `class="title" a=b joanna@mast.example >Note:<`,
	} {
		if got := unlink(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	if got := Named(nil).Unlink()("@anna"); got != "@anna" {
		t.Errorf("nobody is called anything: got %q", got)
	}
}
