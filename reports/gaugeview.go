package reports

import (
	"slices"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/soft"
	"tribu/reports/measure/stats"
)

// hasFigure reports whether anything is told of outcome i: what people got or paid, this week or usually, or what they call good enough.
func (v View) hasFigure(i int) bool {
	p, enough := v.Measures.Served[i], v.Measures.Outcomes[i].Expected
	return p.This().N > 0 || p.This().State == stats.Known || p.Usual.State == stats.Known ||
		enough.State == stats.Known && (enough.Kind == cpi.Time || enough.Kind == cpi.Money)
}

// inWords tells an outcome in the words of somebody who states the limit that most call good enough, in the page's language
// where anybody does.
func (b *builder) inWords(row *serviceView, o cpi.Outcome) {
	limits := slices.DeleteFunc(slices.Clone(o.Limits), func(q measure.Quote) bool { return b.intimate.holds(q.Post, q.Text) || b.insults(q.Text) })
	if len(limits) == 0 || b.Options.Anonymise {
		return
	}
	q := limits[max(0, slices.IndexFunc(limits, func(q measure.Quote) bool { return q.Lang == b.lang }))]
	row.Title, row.Lang = unquoted(cutSaid(clean(q.Text), mostShown)), langTag(q.Lang)
}

// got shows what people tell they got or paid this week, behind the number of row; nothing where none is known.
func (b *builder) got(row serviceView, p cpi.Performance) *evidence {
	this := p.This()
	if this.State != stats.Known || len(this.Told) == 0 {
		return nil
	}
	var quotes []figures.Quote
	for _, q := range this.Told {
		quotes = append(quotes, b.quoteFrom(q))
	}
	e := b.evidence(row.ID+"-told", []span{{Text: row.Topic, Collected: true}}, b.rich("evidence.got", "n", len(quotes), "people", b.text("people", "n", this.N)),
		quotes, quotesEach, this.Evidence)
	e.reads(b)
	return e
}

// quoteFrom returns a quote of a measure, with the place of its post where that is of the activity.
func (b *builder) quoteFrom(q measure.Quote) figures.Quote {
	post := data.PostMeta{ID: q.Post, Author: q.Author, CreatedAt: q.At, URL: q.URL}
	if i := slices.IndexFunc(b.Story.Activity, func(p data.PostMeta) bool { return p.ID == q.Post }); i >= 0 {
		post = b.Story.Activity[i]
	}
	return figures.Quote{Post: post, Text: q.Text, Lang: q.Lang, Answered: true}
}

// mayMove returns the motive that sets apart, more than elsewhere, the first of the tribes that state an outcome most of which any
// does; false where none is.
func (v View) mayMove(o cpi.Outcome) (data.TribeID, soft.Label, bool) {
	for _, t := range o.Tribes {
		at := slices.IndexFunc(v.Measures.Motives, func(p soft.Panel) bool { return p.Tribe == t.Tribe })
		if t.Tribe == "" || at < 0 || partAsking*t.People < o.Authors {
			continue
		}
		for _, l := range v.Measures.Motives[at].Labels {
			if l.Figure && motiveTold(l) {
				return t.Tribe, l, true
			}
		}
	}
	return "", soft.Label{}, false
}

// partAsking is of how many people who state an outcome one must be of a tribe for the outcome to be its own.
const partAsking = 4

// moved says which motive an outcome may move: a hypothesis, which nobody tested.
func (b *builder) moved(o cpi.Outcome) []span {
	tribe, label, found := b.mayMove(o)
	i := b.tribeIndex(tribe)
	if !found || i == figures.None {
		return nil
	}
	return b.rich("served.moves", "motive", b.text("motive."+string(label.Motive)), "name", b.called(b.Figures.Tribes[i].Tribe), "href", "#soft")
}
