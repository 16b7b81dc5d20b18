package reports

import (
	"cmp"
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports/figures"
)

// mostlyIn is the share of a tribe's posts from which one place is where it writes.
const mostlyIn = 0.5

// where says in which place a tribe mostly writes; nothing where there is none.
func (b *builder) where(t figures.Tribe) []span {
	if b.onePlace || len(t.Places) == 0 || t.Stands(0) < mostlyIn {
		return nil
	}
	return b.rich("tribe.where", "share", b.percent(t.Stands(0)), "place", collected(b.placeName(t.Places[0])))
}

// nameReach is the share of a tribe's people, of whom the words of a good name are known.
const nameReach = 0.25

// weakNames says which tribes have a name that says little, and how to give them a better one.
func (b *builder) weakNames() []span {
	if b.Options.Anonymise {
		return nil
	}
	var letters []string
	for _, t := range b.Figures.Tribes {
		if figures.IsTribe(t.Tribe) && b.weak(t) {
			letters = append(letters, t.Letter)
		}
	}
	if len(letters) == 0 {
		return nil
	}
	return b.rich("method.names", "n", len(letters), "letters", b.join(letters), "letter", letters[0])
}

// weak reports whether few people of a tribe say the words of its name and nobody gave it.
func (b *builder) weak(t figures.Tribe) bool {
	given := slices.ContainsFunc(b.Story.Decisions, func(d data.TribeDecision) bool { return d.Kind == data.Rename && d.Tribe == t.ID })
	said := slices.ContainsFunc(t.Words, func(w data.Term) bool {
		return float64(w.Count) >= nameReach*float64(t.People) && strings.Contains(strings.ToLower(t.Name), strings.ToLower(w.Form))
	})
	return !given && !said
}

// formerName says what the tribe was called in the run before, where that was something else that no
// tribe is called now.
func (b *builder) formerName(t figures.Tribe) []span {
	was := b.formerly(t)
	if was == "" || slices.ContainsFunc(b.Story.Tribes, func(o data.Tribe) bool { return b.title(o) == was }) {
		return nil
	}
	return b.rich("tribe.called", "name", collected(was))
}

// otherNames tells what a tribe is called in the languages that are not the page's, where that is
// something else: two readers speak of the same tribe.
func (b *builder) otherNames(t figures.Tribe) []span {
	var out []span
	for _, told := range t.Told {
		if name := upper(clean(cmp.Or(told.Name, t.Name))); told.Lang != b.lang && name != "" && name != b.title(t.Tribe) && known(told.Lang) {
			out = append(out, b.rich("tribe.other", "lang", upper(b.text("in."+string(told.Lang))), "name", collected(name))...)
		}
	}
	return out
}
