package reports

import (
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports/figures"
)

// called says in a sentence which tribe is meant: by the name that people gave it, else by the words
// of its people that its name is made of.
func (b *builder) called(t data.Tribe) []span {
	named := slices.ContainsFunc(b.Story.Decisions, func(d data.TribeDecision) bool {
		return d.Kind == data.Rename && d.Tribe == t.ID || d.Kind == data.SplitOff && d.Into == t.ID && d.Text != ""
	})
	if named {
		return b.rich("quoted", "name", collected(cut(clean(t.Name), 48)))
	}
	return b.rich("tribe.around", "words", b.listed(strings.Split(cut(clean(t.Name), 48), ", ")))
}

// subject says in a sentence what a need is: a phrase as people say it, or the words it is about.
// The key of its message then ends in .about.
func (b *builder) subject(n figures.Need, key string) (string, []span) {
	topic := b.topic(n)
	if words := strings.Split(topic, ", "); len(words) > 1 {
		return key + ".about", b.listed(words)
	}
	return key, b.rich("quoted", "name", collected(topic))
}
