package reports

import (
	"math"
	"slices"

	"tribu/reports/figures"
	"tribu/reports/measure/ways"
)

// A howRow is one thing to give a tribe or to avoid there, from measured rates.
type howRow struct {
	Avoid bool
	Parts []span
	Posts string // where the posts behind it stand
}

const (
	toldWays     = 2
	toldAvoid    = 3
	quietShare   = 0.03 // of all replies, that hours without replies may hold
	quietHours   = 4    // hours in a row that make such a stretch
	leastAbout   = 2    // open requests that make a need one that is left open
	standardsOff = 1.96
	fewReplies   = 0.5 / 7 // half of a day's even share of a week
	leastHabit   = 0.1     // of everybody's posts, below which a tribe that does without stands out little
)

// how says what a tribe asks for in vain and which answers get a word back, then which do not, which
// form of address is not its own, and on which day few reply.
func (b *builder) how(t figures.Tribe) []howRow {
	out := slices.Concat(b.lacking(t), b.ways(t, true))
	avoid := slices.Concat(b.ways(t, false), b.unlike(t), b.quiet(t))
	return append(out, avoid[:min(len(avoid), toldAvoid)]...)
}

// ways tells the kinds of answers that get a word back more often than others, or less often.
func (b *builder) ways(t figures.Tribe, better bool) []howRow {
	var out []howRow
	p, _ := b.profile(t.ID)
	for _, w := range p.Ways {
		if w.Better == better && len(out) < toldWays {
			posts := b.cite("way-"+w.Key+"-"+string(t.ID), b.rich("cite.way", "tribe", b.called(t.Tribe)), w.Evidence, 0)
			out = append(out, howRow{!better, b.rich("way."+w.Key, "with", b.percent(w.With.Value), "n", w.With.N, "without", b.percent(w.Without.Value)), posts})
		}
	}
	return out
}

// lacking tells which need of a tribe waits for an answer most, and how many of its requests do.
func (b *builder) lacking(t figures.Tribe) []howRow {
	if len(t.Open) < 2 || b.Options.Anonymise {
		return b.wanted(t)
	}
	href := b.openHref(b.tribeIndex(t.ID))
	if n, open := b.openNeed(t); open >= leastAbout {
		key, topic := b.subject(b.Figures.Needs[n], "how.open.need")
		return []howRow{{Parts: b.rich(key, "topic", topic, "n", open, "all", len(t.Open), "asked", t.Asked, "href", href)}}
	}
	return []howRow{{Parts: b.rich("how.open", "n", len(t.Open), "asked", t.Asked, "href", href)}}
}

// wanted tells the need that most members of a tribe voice.
func (b *builder) wanted(t figures.Tribe) []howRow {
	home := b.tribeIndex(t.ID)
	own := b.ownNeeds(home, t)
	if len(own) == 0 || !shared(own[0].People, t.People) {
		return nil
	}
	i := b.needIndex(own[0])
	key, topic := b.subject(b.Figures.Needs[i], "how.asked")
	href := "#" + b.tribeID(home)
	if i < toldNeeds {
		href = "#" + needID(i)
	}
	return []howRow{{Parts: b.rich(key, "topic", topic, "n", own[0].People, "href", href)}}
}

// openNeed returns the place of the need that most open requests of a tribe voice, and how many do.
func (b *builder) openNeed(t figures.Tribe) (need, open int) {
	count := make(map[string]int)
	for _, q := range t.Open {
		count[q.Key]++
	}
	need = -1
	for i, n := range b.Figures.Needs {
		if count[n.Key] > open {
			need, open = i, count[n.Key]
		}
	}
	return need, open
}

// unlike tells the form of address that a tribe uses distinctly less than everybody; other habits of
// writing do no harm.
func (b *builder) unlike(t figures.Tribe) []howRow {
	var out []howRow
	p, _ := b.profile(t.ID)
	for _, m := range p.Distinct() {
		key := "how.unlike." + m.Key + sideOf(m)
		if _, told := b.messages[key]; told && m.All.Value >= leastHabit {
			out = append(out, howRow{true, b.rich(key, "share", b.percent(m.Tribe.Value), "all", b.percent(m.All.Value)), ""})
		}
	}
	return out
}

// quiet tells the day on which a tribe gets fewest replies: less than half of a seventh, by more than
// chance. Where less than a reply a week comes, no day is one to avoid.
func (b *builder) quiet(t figures.Tribe) []howRow {
	if t.Replies < max(figures.EnoughReplies, b.weeksBack()) {
		return nil
	}
	var out []howRow
	if day, share, far := t.QuietDay(); far > standardsOff && share < fewReplies {
		k := int(math.Round(share * float64(t.Replies)))
		out = append(out, howRow{true, b.rich("how.quiet.day", "day", b.list("days", day), "k", k, "n", t.Replies), ""})
	}
	return out
}

// whenQuiet says once in which hours next to nobody replies anywhere; nothing where somebody does.
func (b *builder) whenQuiet() []span {
	all := b.everybody()
	h := all.QuietHours(quietShare)
	if all.Replies < figures.EnoughReplies || (h.To-h.From+24)%24 < quietHours {
		return nil
	}
	return b.rich("when.quiet", "href", "data/"+b.Story.Week+"/hours.csv", "from", clock(h.From), "to", clock(h.To), "share", b.percent(h.Share), "replies", b.number(all.Replies))
}

// slots says in which hours of the week requests of a tribe are answered soonest.
func (b *builder) slots(p ways.Profile) []span {
	var names []string
	for _, s := range p.Slots {
		names = append(names, b.text("slot", "day", b.list("days.short", s.Day), "from", clock(s.From), "to", clock((s.From+3)%24),
			"soon", s.Answered, "n", s.Requests))
	}
	if len(names) == 0 {
		return nil
	}
	return b.rich("slots", "list", b.join(names))
}
