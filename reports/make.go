package reports

import (
	"maps"
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/signs"
)

// leastTalked is how many posts of a tribe about a need must stand in one conversation to name it.
const leastTalked = 3

// making tells what the reader can make for a tribe: of its own needs that somebody voiced of late, beside the one that is told to do
// first, that of which most requests got no reply, and of these the one its card tells first. told is its key; nothing where none
// says what would answer it.
func (b *builder) making(t figures.Tribe) (rows []howRow, told string) {
	best, first := -1, b.toldFirst()
	people := 0
	for _, own := range b.cardNeeds(b.tribeIndex(t.ID)) {
		i := b.needIndex(own)
		n := b.Figures.Needs[i]
		if b.silent(n) || n.Key == first || n.Mixed || !shared(own.People, t.People) || b.artefact(i) == "" {
			continue
		}
		if best < 0 || n.Unanswered > b.Figures.Needs[best].Unanswered {
			best, people = i, own.People
		}
	}
	if best < 0 {
		return nil, ""
	}
	n := b.Figures.Needs[best]
	href := "#" + b.tribeID(b.tribeIndex(t.ID))
	if best < toldNeeds {
		href = "#" + needID(best)
	}
	enough := ""
	if k := b.outcomeOf(best); k >= 0 {
		enough, _, _ = b.asked(k)
	}
	_, topic := b.subject(n, "")
	parts := b.rich("make."+b.artefact(best), "topic", topic, "enough", enough)
	parts = append(parts, b.rich("make.for", "n", people, "href", href)...)
	if b.Figures.Threads && n.Unanswered > 0 {
		parts = append(parts, b.rich("make.open", "n", n.Unanswered, "asked", n.Old)...)
	}
	parts = append(parts, span{Text: "."})
	if title := b.talked(n, t); title != "" && !b.Options.Anonymise {
		parts = append(parts, b.rich("make.where", "title", title)...)
	}
	return []howRow{{Make: true, Parts: parts}}, n.Key
}

// artefact says what would answer those who voice need i, by what they ask: somebody, a loan, a place, a price, a time, to know how, what
// others use, what to do about a fault; empty where nothing says so, or what they get is what they call good enough.
func (b *builder) artefact(i int) string {
	n := b.Figures.Needs[i]
	// said reports whether one of its words, or the first of them, is of a list, in whatever language people say it.
	said := func(list signs.List, first bool) bool {
		return slices.ContainsFunc(slices.Collect(maps.Values(n.Labels)), func(label string) bool {
			words := strings.Fields(strings.ToLower(strings.ReplaceAll(label, "'", "' ")))
			if first && len(words) > 0 {
				words = words[:1]
			}
			return slices.ContainsFunc(words, list.Has)
		})
	}
	k := b.outcomeOf(i)
	switch {
	case k >= 0 && b.meets(k):
		return ""
	case said(signs.Somebody, true) || b.ofPeople(n) || said(signs.Lending, false):
		return "call"
	case n.Type != data.HowTo && n.Type != data.Recommendation && said(signs.Offices, false):
		return "letter"
	case said(signs.Where, true):
		return "places"
	case k >= 0 && b.Measures.Served[k].Unit == cpi.MoneyPaid:
		return "offer"
	case k >= 0:
		return "date"
	}
	switch n.Type {
	case data.HowTo:
		return "guide"
	case data.Problem:
		return "check"
	case data.Complaint:
		return "plan"
	case data.Recommendation:
		return "compare"
	case data.Wish:
		if said(signs.OneOf, true) {
			return "source"
		}
	}
	return ""
}

// outcomeOf returns the outcome that is the measure of need i and of which people say what is good enough; -1 where there is none.
func (b *builder) outcomeOf(i int) int {
	if b.Measures == nil {
		return -1
	}
	for k, o := range b.Measures.Outcomes {
		if o.Status != cpi.Qualified || b.needOf(o) != i {
			continue
		}
		if _, _, n := b.asked(k); n > 0 {
			return k
		}
	}
	return -1
}

// meets reports whether what people get of outcome k this week is what they call good enough.
func (b *builder) meets(k int) bool {
	m := b.Measures.Served[k].Meets
	return m != nil && *m
}

// talked returns the title of the conversation in which most posts of a tribe about a need stand; empty where few do.
func (b *builder) talked(n figures.Need, t figures.Tribe) collected {
	home := make(map[data.AuthorID]bool, len(t.Members))
	for _, m := range t.Members {
		home[m.Author] = true
	}
	at := make(map[data.ThreadID]int)
	var best data.ThreadID
	for i := range b.Story.Activity {
		p := &b.Story.Activity[i]
		if home[p.Author] && !p.Thread.IsZero() && slices.Contains(n.Posts, p.ID) {
			if at[p.Thread]++; at[p.Thread] > at[best] {
				best = p.Thread
			}
		}
	}
	if at[best] < leastTalked {
		return ""
	}
	return collected(cut(clean(b.Story.Threads[best].Title), titleRunes))
}
