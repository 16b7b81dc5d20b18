package reports

import (
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports/figures"
)

// phrase says what a need is: as people say it, or the words it is about as a list.
func (b *builder) phrase(n figures.Need) []span { return b.listed(strings.Split(b.topic(n), ", ")) }

// called says in a sentence which tribe is meant: by the name that people gave it, else as those who
// talk about what its name says.
func (b *builder) called(t data.Tribe) []span {
	if b.named(t) || b.foreign(t) {
		return b.rich("quoted", "name", collected(cut(title(t), 48)))
	}
	return b.rich("tribe.of", "words", collected(cut(clean(t.Name), 48)))
}

// titled says who the people of a tribe are.
func (b *builder) titled(t data.Tribe) []span {
	if b.named(t) || b.foreign(t) || t.Name == "" {
		return []span{{Text: title(t), Collected: true}}
	}
	out := b.rich("tribe.title", "words", collected(clean(t.Name)))
	out[0].Text = upper(out[0].Text)
	return out
}

// named reports whether people gave a tribe its name.
func (b *builder) named(t data.Tribe) bool {
	return slices.ContainsFunc(b.Story.Decisions, func(d data.TribeDecision) bool {
		return d.Kind == data.Rename && d.Tribe == t.ID || d.Kind == data.SplitOff && d.Into == t.ID && d.Text != ""
	})
}

// foreign reports whether most people of a tribe write another language than the page's: what they
// are called then stands by itself.
func (b *builder) foreign(t data.Tribe) bool {
	i := b.tribeIndex(t.ID)
	return i != figures.None && len(b.Figures.Tribes[i].Tongues) > 0 && b.Figures.Tribes[i].Tongues[0].Lang != b.lang
}

// title writes a tribe's name where no sentence stands around it.
func title(t data.Tribe) string { return upper(clean(t.Name)) }

// subject says in a sentence what a need is: a phrase as people say it, or the words it is about.
// The key of its message then ends in .about.
func (b *builder) subject(n figures.Need, key string) (string, []span) {
	topic := b.topic(n)
	if words := strings.Split(topic, ", "); len(words) > 1 {
		return key + ".about", b.listed(words)
	}
	return key, b.rich("quoted", "name", collected(topic))
}
