package reports

import (
	"strings"
	"unicode/utf8"

	"tribu/reports/figures"
)

const (
	focusedBundles = 120 // pairs of tribes up to which a tribe's lines are shown in its colour
	cardLine       = 46  // height of a line about a tribe
	cardLines      = 2
	cardFoot       = 14
	cardRune       = 18.5 // width of a letter of it
)

// focus adds to the wide map what a tribe shows when it is pointed at or reached by the keyboard: its own lines in
// its colour, and under the map what its card says first.
func (b *builder) focus(pic *mapPic) {
	pic.Hint, pic.Foot = b.text("map.hint"), pic.Height+cardLine
	pic.Height += cardLine*cardLines + cardFoot
	letters := int(float64(pic.Width) / cardRune)
	for i := range pic.Tribes {
		t := b.Figures.Tribes[i]
		about := pic.Tribes[i].Letter + " " + b.title(t.Tribe) + ". " + plainText(b.bond(i, t))
		if asked := b.askedLine(i); asked != "" {
			about += " " + asked
		}
		pic.Tribes[i].Card = wrap(about, letters, cardLines)
	}
	if len(pic.Links) > focusedBundles {
		return
	}
	for _, l := range pic.Links {
		for _, end := range l.ends {
			pic.Tribes[end].Links = append(pic.Tribes[end].Links, l.ID)
		}
	}
}

// wrap breaks text into at most lines of n letters; what has no room is cut.
func wrap(text string, n, lines int) []string {
	var out []string
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= n:
			line += " " + word
		default:
			out, line = append(out, line), word
		}
	}
	out = append(out, line)
	if len(out) > lines {
		out = append(out[:lines-1], cut(strings.Join(out[lines-1:], " "), n))
	}
	return out
}

// askedLine says how many of a tribe's requests got a reply; empty where too few asked.
func (b *builder) askedLine(i int) string {
	t := b.Figures.Tribes[i]
	if !b.Figures.Threads || t.Asked < figures.EnoughAsked {
		return ""
	}
	return b.text("map.asked", "share", b.percent(float64(t.ByTribe+t.ByOthers)/float64(t.Asked)))
}
