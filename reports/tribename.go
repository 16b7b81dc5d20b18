package reports

import (
	"cmp"
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

// formerName says what the tribe was called in the weeks before, where that was something else that no tribe is called now,
// and why it no longer is, where that is news.
func (b *builder) formerName(t figures.Tribe) []span {
	was, week := b.knownAs(t)
	switch {
	case was.Name == "":
		return nil
	case week == "":
		return append(b.rich("tribe.called", "name", collected(b.title(was))), b.whyRenamed(t)...)
	}
	return b.rich("tribe.called.until", "name", collected(b.title(was)), "week", b.shortWeek(week))
}

// whyRenamed says how many people of a tribe use the name it had, and how many the one it has; nothing where that is not
// why, or of other people than are in it now, as where somebody split it.
func (b *builder) whyRenamed(t figures.Tribe) []span {
	key := "tribe.called.why"
	switch {
	case len(t.Told) > 0 && cmp.Or(t.Told[0].Name, t.Name) != t.Name: // they are of the name that most of its people gave it, in another language
		return nil
	case t.Used <= max(t.Old, 1) || t.Used > t.People:
		return nil
	case t.Old == 0:
		key = "tribe.called.gone"
	}
	return b.rich(key, "n", t.Old, "people", t.People, "used", t.Used, "name", b.called(t.Tribe), "was", b.called(t.Size.Then))
}

// renamedNow tells which tribes have another name than in the run before, and why.
func (b *builder) renamedNow() (out []span) {
	for _, t := range b.Figures.Tribes {
		if was, week := b.knownAs(t); t.IsTribe() && was.Name != "" && week == "" {
			if out != nil {
				out = append(out, span{Text: " "})
			}
			out = append(out, b.rich("change.renamed", "was", b.called(was), "name", b.called(t.Tribe))...)
			out = append(out, b.whyRenamed(t)...)
		}
	}
	return out
}

// otherNames tells what else a tribe is called: the name in the words of its people where it goes by what that means, and
// those in other languages.
func (b *builder) otherNames(t figures.Tribe) []span {
	var out []span
	for _, told := range t.Told {
		name := upper(clean(cmp.Or(told.Name, t.Name)))
		if told.Lang == b.lang || name == "" || name == b.title(t.Tribe) || !known(told.Lang) {
			continue
		}
		key := "tribe.other"
		if name == upper(clean(t.Name)) && t.TellingIn(b.lang).Name == "" {
			key = "tribe.own"
		}
		out = append(out, b.rich(key, "lang", upper(b.text("in."+string(told.Lang))), "name", []span{{Text: name, Collected: true, Lang: langTag(told.Lang)}})...)
	}
	return out
}

// inOther tells what the name of a tribe is about where the page calls it by another language's: what that means, else
// the things it puts together; nothing where one of its words is not known to name one.
func (b *builder) inOther(t data.Tribe) []span {
	if b.nameHere(t) != "" {
		return nil
	}
	name, from := strings.ToLower(b.title(t)), namedFrom(t)
	means := []string{b.gloss(name, from)}
	if means[0] == "" {
		means = strings.Fields(name)
		for i, w := range means {
			if means[i] = b.gloss(w, from); means[i] == "" || !b.names(w, from) {
				return nil
			}
		}
	}
	if len(means) == 0 {
		return nil
	}
	return b.rich("tribe.means", "means", collected(strings.Join(means, ", ")))
}
