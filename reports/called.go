package reports

import (
	"cmp"
	"strings"

	"tribu/data"
	"tribu/reports/figures"
)

// phrase says what a need is: as people say it, or the words it is about as a list.
func (b *builder) phrase(n figures.Need) []span { return b.listed(strings.Split(b.topic(n), ", ")) }

// called says in a sentence which tribe is meant: by the name its card bears.
func (b *builder) called(t data.Tribe) []span {
	return b.rich("quoted", "name", collected(cut(title(t), 48)))
}

// still says in a sentence which tribe is meant, and by which name last week's reader knows it.
func (b *builder) still(t data.Tribe) []span {
	i := b.tribeIndex(t.ID)
	if i == figures.None || b.Figures.Tribes[i].Size.Called == "" {
		return b.called(t)
	}
	t.Name = b.Figures.Tribes[i].Size.Called
	return b.rich("called.now", "name", b.called(b.Figures.Tribes[i].Tribe), "was", b.called(t))
}

// title writes a tribe's name, the same in headings, sentences and legends.
// A tribe without a name goes by its letter.
func title(t data.Tribe) string { return upper(cmp.Or(clean(t.Name), t.Letter)) }

// subject says in a sentence what a need is: a phrase as people say it, or the words it is about.
// The key of its message then ends in .about.
func (b *builder) subject(n figures.Need, key string) (string, []span) {
	topic := b.topic(n)
	if words := strings.Split(topic, ", "); len(words) > 1 {
		return key + ".about", b.listed(words)
	}
	if !strings.Contains(topic, " ") { // a thing, and not what is wanted of it
		key += ".about"
	}
	return key, b.rich("quoted", "name", collected(topic))
}
