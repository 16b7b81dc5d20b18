package reports

import (
	"cmp"
	"slices"

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

// formerName says what the tribe was called in the run before, where that was something else that no
// tribe is called now.
func (b *builder) formerName(t figures.Tribe) []span {
	was := b.formerly(t)
	if was == "" || slices.ContainsFunc(b.Story.Tribes, func(o data.Tribe) bool { return b.title(o) == was }) {
		return nil
	}
	return b.rich("tribe.called", "name", collected(was))
}

// otherNames tells what else a tribe is called, in other languages than the page's, whose name for it stands beside the first.
func (b *builder) otherNames(t figures.Tribe) []span {
	var out []span
	for _, told := range t.Told {
		if name := upper(clean(cmp.Or(told.Name, t.Name))); told.Lang != b.lang && name != "" && name != b.title(t.Tribe) && known(told.Lang) {
			out = append(out, b.rich("tribe.other", "lang", upper(b.text("in."+string(told.Lang))), "name", collected(name))...)
		}
	}
	return out
}
