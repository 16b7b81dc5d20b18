package reports

import (
	"cmp"
	"slices"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/uses"
)

// A findView is what the page finds this week that is for a department, beside the needs that go to it.
type findView struct {
	Parts  []span
	Lead   []span // of Parts, what the row of the department says
	people int    // whom it tells of; 0 where it tells of none
	first  bool   // it comes before any need
	heads  bool   // and before any other department's: the page is headed by it
}

// finds returns what the page finds for a department, the weightiest first: that a firm let people down, how long people wait for a
// reply, how what makers write unasked is met, and what moves a tribe beyond an answer more than others.
func (b *builder) finds(f uses.Function) []findView {
	var out []findView
	add := func(people int, parts []span) {
		if parts != nil {
			out = append(out, findView{Parts: parts, Lead: parts, people: people})
		}
	}
	switch f {
	case uses.Relations:
		if f := b.foundDown(); f.Parts != nil {
			out = append(out, f)
		}
	case uses.Help:
		if people, parts := b.foundPace(); parts != nil {
			out = append(out, findView{Parts: parts, Lead: parts, people: people, first: people > 0})
		}
	case uses.Promotion:
		add(b.foundPushed())
	}
	add(b.foundMotive(f))
	return out
}

// foundDown says who left a tribe over a firm that is not what they expected, and what is heard of that firm.
func (b *builder) foundDown() findView {
	for _, c := range b.Figures.Changes {
		if why, met := b.metIn(c); met {
			if s := b.saidThere(why); s.down() {
				lead := b.rich("house.find.down", "n", s.people, "from", b.called(c.To[0]), "firm", s.firm, "href", b.movedHref(c, why))
				return findView{slices.Concat(lead, b.firmDid(why)), lead, s.people, true, true}
			}
		}
	}
	return findView{}
}

// foundPace says that people wait longer or less for a reply than usual, else in which tribes most and fewest get one.
func (b *builder) foundPace() (int, []span) {
	if head := b.paceHead(); head != nil {
		p := b.Figures.Pace
		if p.Unanswered == 0 {
			return 0, append(head, span{Text: "."})
		}
		return p.Unanswered, b.rich("house.find.pace", "head", head, "n", p.Unanswered, "asked", p.Asked, "href", "#pace")
	}
	parts := b.weighed()
	if parts != nil {
		parts[0].Text = upper(parts[0].Text)
		parts = append(parts, span{Text: "."})
	}
	return 0, parts
}

// foundPushed says how many posts that makers wrote unasked were told off or passed over, where half of them were in a tribe.
func (b *builder) foundPushed() (int, []span) {
	posts, met := 0, 0
	var tribes []data.Tribe
	for _, t := range b.Figures.Tribes {
		if p, told := b.pushes(t); told {
			posts, met, tribes = posts+p.Posts, met+p.Rebuffed+p.Ignored, append(tribes, t.Tribe)
		}
	}
	if posts == 0 {
		return 0, nil
	}
	return 0, b.rich("house.find.pushed", "n", met, "posts", posts, "tribes", collected(b.quotedNames(tribes)), "href", "#when")
}

// movesFor returns the department that what moves people is for.
func movesFor(s signs.Sign) uses.Function {
	switch s {
	case signs.Image:
		return uses.Relations
	case signs.Belonging:
		return uses.Promotion
	case signs.Dream:
		return uses.Development
	case signs.Pioneering:
		return uses.Research
	}
	return uses.Community // who wants to be thanked or heard
}

// foundMotive says which tribes show more than others what moves people beyond an answer, of what is for f.
func (b *builder) foundMotive(f uses.Function) (most int, parts []span) {
	if b.Measures == nil {
		return 0, nil
	}
	for _, s := range signs.Motives() {
		if movesFor(s) != f {
			continue
		}
		var list [][]span
		down := s == signs.Image
		for _, p := range b.Measures.Motives {
			i := b.tribeIndex(p.Tribe)
			if i == figures.None || !b.Figures.Tribes[i].IsTribe() {
				continue
			}
			for _, l := range p.Labels {
				if l.Motive == s && l.Figure && motiveTold(l) {
					most, down = max(most, l.Authors), down && b.letDown(i)
					list = append(list, b.rich("house.find.share", "n", l.Authors, "of", p.Active, "tribe", b.called(b.Figures.Tribes[i].Tribe)))
				}
			}
		}
		if len(list) == 0 {
			continue
		}
		key, name := "house.find.motive", b.text("motive."+string(s))
		if down {
			name = b.text("house.find.image")
		}
		if parts != nil {
			parts = append(parts, span{Text: " "})
		}
		parts = append(parts, b.rich(key, "motive", name, "list", listed(list, ", "), "href", "#soft")...)
	}
	return most, parts
}

// leads reports whether what is found for a department comes before the need that most people turn to it with.
func (d digestView) leads() bool {
	return len(d.Finds) > 0 && (len(d.Topics) == 0 || d.Finds[0].heads || d.Finds[0].first && d.Finds[0].people > d.first.People)
}

// weighsMore orders departments by what they read first: that which heads the page, then of most people, what nobody voiced of late last.
func (b *builder) weighsMore(x, y digestView) int {
	heads := func(d digestView) int {
		if d.leads() && d.Finds[0].heads {
			return 1
		}
		return 0
	}
	weight := func(d digestView) int {
		if d.leads() {
			return d.Finds[0].people
		}
		return d.first.People
	}
	return cmp.Or(cmp.Compare(heads(y), heads(x)), cmp.Compare(asleep(b, x.first), asleep(b, y.first)), cmp.Compare(weight(y), weight(x)))
}

// Lead returns what the row of a department says first where that is no need, without the way to it.
func (d digestView) Lead() (out []span) {
	if !d.leads() {
		return nil
	}
	for _, s := range d.Finds[0].Lead {
		s.Href, s.Bold = "", false
		out = append(out, s)
	}
	return out
}

// servedWord says of need i that it is served worse or better than usual, and how; empty where it is served as usual.
func (b *builder) servedWord(i int) string {
	if b.Measures == nil {
		return ""
	}
	for k, o := range b.Measures.Outcomes {
		p := b.Measures.Served[k]
		if o.Status == cpi.Qualified && b.needOf(o) == i && (p.Verdict == cpi.Worse || p.Verdict == cpi.Better) {
			return b.text("house.served", "verdict", b.text("verdict."+string(p.Verdict)), "value", b.value(p.Unit, p.This().Value, p.Currency))
		}
	}
	return ""
}
