package reports

import (
	"cmp"
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/stats"
	"tribu/reports/measure/ways"
)

// A howRow is one thing to give a tribe or to avoid there, from measured rates.
type howRow struct {
	Avoid bool
	Make  bool // the reader can make it
	Parts []span
}

const (
	toldWays   = 2
	toldAvoid  = 3
	quietShare = 0.03 // of all replies, that hours without replies may hold
	quietHours = 4    // hours in a row that make such a stretch
	leastAbout = 2    // open requests that make a need one that is left open,
	fairPart   = 4    // and at least one in so many of them
	leastOnDay = 20   // requests of a day to hold against the others
	leastHabit = 0.1  // of everybody's posts, below which a tribe that does without stands out little
)

// owed says who could answer the people of a tribe that left another over a firm that is not what they expected: that firm, where
// they talk about it.
func (b *builder) owed(t figures.Tribe) []howRow {
	c, why, met := b.metBy(t.Tribe)
	if !met {
		return nil
	}
	said := b.saidThere(why)
	if !said.down() {
		return nil
	}
	title := collected(cut(clean(b.Story.Threads[why.Thread].Title), 80))
	return []howRow{{Parts: b.rich("how.owed", "firm", said.firm, "title", title, "n", why.Met, "href", b.movedHref(c, why))}}
}

// how says what a tribe asks for in vain and which answers get a word back, then which do not, which
// form of address is not its own, and on which day few reply.
func (b *builder) how(t figures.Tribe) []howRow {
	made, making := b.making(t)
	worked, told := b.worked(t)
	out := slices.Concat(b.owed(t), made, worked, b.lacking(t, making, told), b.ways(t, true))
	avoid := slices.Concat(b.pushed(t), b.ways(t, false), b.unlike(t), b.slow(t))
	return append(out, avoid[:min(len(avoid), toldAvoid)]...)
}

// ways tells the kinds of answers that get a word back more often than others, or less often.
func (b *builder) ways(t figures.Tribe, better bool) []howRow {
	var out []howRow
	p, _ := b.profile(t.ID)
	for _, w := range p.Ways {
		if w.Better == better && len(out) < toldWays {
			posts := b.cite("way-"+w.Key+"-"+string(t.ID), b.rich("cite.way", "tribe", b.called(t.Tribe)), w.Evidence, 0)
			out = append(out, howRow{Avoid: !better, Parts: linked(b.rich("way."+w.Key, "with", b.percent(w.With.Value), "n", w.With.N, "without", b.percent(w.Without.Value)), posts)})
		}
	}
	return out
}

// lacking tells what a tribe still waits for, beside what is told to do first: the need that a fair part
// of its fresh requests about its own subject is about, else the newest of them.
func (b *builder) lacking(t figures.Tribe, told ...string) []howRow {
	first, at := b.toldFirst(), b.tribeIndex(t.ID)
	fresh := slices.DeleteFunc(b.fresh(t.Open), func(q figures.Quote) bool { return q.Key == first || !q.Outright || b.strange(waiting{q, at}) })
	if len(fresh) == 0 || b.Options.Anonymise {
		return b.wanted(t, told...)
	}
	href := b.openHref(at)
	if n, open := b.openNeed(fresh); open >= leastAbout && fairPart*open >= len(fresh) {
		key, topic := b.subject(b.Figures.Needs[n], "how.open.need")
		return []howRow{{Parts: b.rich(key, "topic", topic, "n", open, "all", len(fresh), "href", href)}}
	}
	var titles []string
	for _, q := range fresh[:min(len(fresh), askedFirst)] {
		titles = append(titles, b.text("quoted", "name", collected(cut(cmp.Or(b.threadOf(q), q.Text), 60))))
	}
	return []howRow{{Parts: b.rich("how.open", "n", len(titles), "titles", collected(strings.Join(titles, ", ")), "href", href)}}
}

// wanted tells the need that a tribe's card tells first, of those that anybody voiced of late and enough of it voice, and that are
// not served well enough. What is to be had in time is for those to promise who can.
func (b *builder) wanted(t figures.Tribe, told ...string) []howRow {
	home := b.tribeIndex(t.ID)
	first := b.toldFirst()
	own := slices.DeleteFunc(b.cardNeeds(home), func(n data.TribeNeed) bool {
		need := b.Figures.Needs[b.needIndex(n)]
		k := b.outcomeOf(b.needIndex(n))
		return b.silent(need) || need.Key == first || slices.Contains(told, need.Key) || !shared(n.People, t.People) || k >= 0 && b.meets(k) || b.partOf(home, need)
	})
	if len(own) == 0 {
		return nil
	}
	if at := slices.IndexFunc(own, func(n data.TribeNeed) bool { return b.mostWait(b.needIndex(n), home) }); at > 0 {
		own[0] = own[at]
	}
	i := b.needIndex(own[0])
	act := "how.asked"
	switch n := b.Figures.Needs[i]; {
	case b.ofPeople(n):
		act = "how.asked.people"
	case b.artefact(i) == "date":
		act = "how.asked.date"
	case n.Type == data.Problem || n.Type == data.Complaint:
		act = "how.asked.problem"
	case n.Type == data.HowTo:
		act = "how.asked.howto"
	}
	key, topic := b.subject(b.Figures.Needs[i], act)
	href := "#" + b.tribeID(home)
	if i < toldNeeds {
		href = "#" + needID(i)
	}
	return []howRow{{Parts: b.rich(key, "topic", topic, "n", own[0].People, "href", href)}}
}

// mostWait reports whether need i is for a thing in time, and no tribe has more people who voice it than tribe home.
func (b *builder) mostWait(i, home int) bool {
	here, most := 0, 0
	for _, s := range b.Figures.Needs[i].Within {
		if s.Tribe == home {
			here = s.People
		} else if s.Tribe != figures.None {
			most = max(most, s.People)
		}
	}
	return here > 0 && here >= most && b.artefact(i) == "date"
}

// partOf reports whether what a need is called is a part of what another of the tribe's is called that as many voice at least: the
// one says less of the same.
func (b *builder) partOf(tribe int, n figures.Need) bool {
	return slices.ContainsFunc(b.cardNeeds(tribe), func(own data.TribeNeed) bool {
		other := b.Figures.Needs[b.needIndex(own)]
		if other.Key == n.Key || other.People < n.People {
			return false
		}
		for lang, label := range n.Labels {
			words, all := plainWords(label), plainWords(other.Labels[lang])
			if words != "" && words != all && strings.Contains(" "+all+" ", " "+words+" ") {
				return true
			}
		}
		return false
	})
}

// openNeed returns the place of the need that most of requests voice, and how many do.
func (b *builder) openNeed(requests []figures.Quote) (need, open int) {
	count := make(map[string]int)
	for _, q := range requests {
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
			out = append(out, howRow{Avoid: true, Parts: b.rich(key, "share", b.percent(m.Tribe.Value), "all", b.percent(m.All.Value))})
		}
	}
	return out
}

// slow tells the day on which fewer of a tribe's requests get a reply in time than on the others, by
// more than chance.
func (b *builder) slow(t figures.Tribe) []howRow {
	var all figures.Answered
	for _, d := range t.ByDay {
		all.Asked, all.Replied = all.Asked+d.Asked, all.Replied+d.Replied
	}
	worst := -1
	for day, d := range t.ByDay {
		asked, replied := all.Asked-d.Asked, all.Replied-d.Replied
		if d.Asked < leastOnDay || asked < leastOnDay {
			continue
		}
		_, high := stats.Wilson(d.Replied, d.Asked)
		if low, _ := stats.Wilson(replied, asked); high < low && (worst < 0 || d.Share() < t.ByDay[worst].Share()) {
			worst = day
		}
	}
	if worst < 0 {
		return nil
	}
	d := t.ByDay[worst]
	others := figures.Answered{Asked: all.Asked - d.Asked, Replied: all.Replied - d.Replied}
	return []howRow{{Avoid: true, Parts: b.rich("how.slow.day", "day", b.list("days", worst), "share", b.percent(d.Share()), "n", d.Asked, "others", b.percent(others.Share()))}}
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
