package reports

import (
	"slices"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/soft"
	"tribu/reports/measure/stats"
)

// A softView is the section of what people want beyond the answer: of tribes, never of a person.
type softView struct {
	Title  []span
	Intro  []span
	Matrix *motiveMatrix
	Tribe  []motivesView
	Quiet  []span   // tribes without one
	Notes  [][]span // what is no motive of one tribe
}

// A motivesView is what moves one tribe.
type motivesView struct {
	Badge       badge
	Motives     []motiveView
	Recognition []span
}

type motiveView struct {
	Parts      []span
	Hypothesis bool
	Quotes     []quoteView // without name and address
}

func (b *builder) soft() *softView {
	m := b.Measures
	if m == nil {
		return nil
	}
	v := &softView{Title: b.softTitle(), Intro: b.rich("soft.intro"), Notes: b.softNotes()}
	var quiet []string
	for _, p := range m.Motives {
		i := b.tribeIndex(p.Tribe)
		if i == figures.None {
			continue
		}
		told := b.motives(p)
		if len(told.Motives) == 0 {
			quiet = append(quiet, b.Figures.Tribes[i].Letter)
			continue
		}
		told.Badge = b.badge(i)
		v.Tribe = append(v.Tribe, told)
	}
	v.Matrix = b.matrix()
	if len(v.Tribe) == 0 {
		v.Intro = b.rich("soft.none", "n", m.People)
	}
	if slices.ContainsFunc(v.Tribe, func(t motivesView) bool {
		return slices.ContainsFunc(t.Motives, func(m motiveView) bool { return m.Hypothesis })
	}) {
		v.Intro = append(v.Intro, b.rich("soft.intro.hypothesis")...)
	}
	v.Intro = append(v.Intro, b.draw("draw")...)
	if len(v.Tribe) == 0 {
		return v
	}
	switch {
	case len(quiet) > 0 && v.Matrix == nil:
		v.Quiet = b.rich("soft.quiet", "n", len(quiet), "letters", b.letters(quiet))
	case v.Matrix != nil && v.Matrix.Others > 0:
		v.Quiet = b.rich("soft.quiet.rest", "n", v.Matrix.Others)
	}
	return v
}

func (v View) tribeIndex(id data.TribeID) int {
	for i, t := range v.Figures.Tribes {
		if t.ID == id {
			return i
		}
	}
	return figures.None
}

func (b *builder) motives(p soft.Panel) motivesView {
	var v motivesView
	for _, l := range p.Labels {
		if !motiveTold(l) {
			continue
		}
		key := "soft.ground"
		if l.Figure {
			key = "soft.figure"
		}
		m := motiveView{Hypothesis: l.Hypothesis, Parts: b.rich(key, "motive", b.text("motive."+string(l.Motive)), "n", l.Authors, "of", p.Active,
			"share", b.percent(l.Rate.Value), "low", b.percent(l.Rate.Low), "high", b.percent(l.Rate.High))}
		if beside := b.besideOthers(l); beside != "" {
			m.Parts = append(m.Parts, span{Text: ", " + beside})
		}
		if l.Spread > 0 {
			m.Parts = append(m.Parts, b.rich("soft.spread", "spread", b.decimal(l.Spread, 2))...)
		}
		for _, q := range l.Quotes {
			if !b.Options.Anonymise {
				m.Quotes = append(m.Quotes, quoteView{Text: cut(clean(q.Text), 200), Lang: langTag(q.Lang)})
			}
		}
		v.Motives = append(v.Motives, m)
	}
	if r := p.Recognition; r.State == stats.Known && r.Wanted.State == stats.Known && r.Received.State == stats.Known {
		v.Recognition = b.rich("soft.recognition", "wanted", b.percent(r.Wanted.Value), "received", b.percent(r.Received.Value))
	}
	return v
}

// outcomeName writes an outcome for people: as the need that it is the measure of, else "delivery: speed".
func (b *builder) outcomeName(o cpi.Outcome) string {
	if i := b.needOf(o); i >= 0 {
		return b.topic(b.Figures.Needs[i])
	}
	name := clean(o.Name(b.lang))
	if o.Facet == "" {
		return name
	}
	if _, ok := b.messages["facet."+o.Facet]; !ok {
		return name + ": " + clean(o.Facet)
	}
	return b.text("facet."+o.Facet, "name", name)
}
