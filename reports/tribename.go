package reports

import (
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports/figures"
)

// mostlyIn is the share of a tribe's posts from which one place is where it writes.
const mostlyIn = 0.5

// where says in which place a tribe mostly writes; nothing where there is none.
func (b *builder) where(t figures.Tribe) []span {
	if b.onePlace || len(t.Places) == 0 || float64(t.Places[0].Posts) < mostlyIn*float64(t.Posts) {
		return nil
	}
	return b.rich("tribe.where", "share", b.percent(min(1, float64(t.Places[0].Posts)/float64(t.Posts))), "place", collected(b.placeName(t.Places[0])))
}

// nameReach is the share of a tribe's people, of whom the words of a good name are known.
const nameReach = 0.25

// weak says how to give a tribe a better name, where few of its people say the words of its own and
// nobody gave it.
func (b *builder) weak(t figures.Tribe) string {
	given := slices.ContainsFunc(b.Story.Decisions, func(d data.TribeDecision) bool { return d.Kind == data.Rename && d.Tribe == t.ID })
	said := slices.ContainsFunc(t.Words, func(w data.Term) bool {
		return float64(w.Count) >= nameReach*float64(t.People) && strings.Contains(strings.ToLower(t.Name), strings.ToLower(w.Form))
	})
	if given || said || b.Options.Anonymise {
		return ""
	}
	return b.text("tribe.weak", "letter", t.Letter)
}

// formerName says what the tribe was called in the run before, where that was something else.
func (b *builder) formerName(t figures.Tribe) []span {
	if t.Size.Called == "" {
		return nil
	}
	return b.rich("tribe.called", "name", collected(upper(clean(t.Size.Called))))
}
