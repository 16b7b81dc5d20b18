package reports

import (
	"cmp"
	"slices"
	"strconv"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/cpi"
)

// measuredAlone returns the outcomes that are told under a figure of their own and are the measure of no told need: what their
// people want is a need like others.
func (v View) measuredAlone() (out []int) {
	if v.Measures == nil {
		return nil
	}
	told := 0
	for i, o := range v.Measures.Outcomes {
		if o.Status != cpi.Qualified || told == toldOutcomes {
			continue
		}
		known := v.hasFigure(i)
		if known || weighed(o) {
			told++
		}
		if known && v.needOf(o) < 0 {
			out = append(out, i)
		}
	}
	return out
}

// withMeasured adds to the needs of a tribe's card those that only an outcome tells of, each where as many voice it.
func (b *builder) withMeasured(needs []tribeNeed, t figures.Tribe) []tribeNeed {
	for _, i := range b.measuredAlone() {
		o := b.Measures.Outcomes[i]
		at := slices.IndexFunc(o.Tribes, func(c cpi.TribeCount) bool { return c.Tribe == t.ID })
		if at < 0 || o.Tribes[at].People < b.Options.MinNeed {
			continue
		}
		n := o.Tribes[at].People
		place := 0
		for place < len(needs) && needs[place].count >= n && !needs[place].silent {
			place++
		}
		needs = slices.Insert(needs, place, tribeNeed{Topic: b.outcomeName(o), People: b.number(n), Href: "#" + outcomeID(i), count: n})
	}
	return needs
}

// restMeasured adds to further needs those that only an outcome tells of, most people first.
func (b *builder) restMeasured(rest []restNeed) []restNeed {
	var out []restNeed
	for _, i := range b.measuredAlone() {
		o := b.Measures.Outcomes[i]
		out = append(out, restNeed{Topic: b.outcomeName(o), Kind: b.text("increment." + string(o.Increment)), People: b.number(o.Authors), Unanswered: "–", Href: "#" + outcomeID(i)})
	}
	return append(out, rest...)
}

// measuredRows are the rows of needs.csv of what only an outcome tells of.
func (v View) measuredRows() (rows [][]string) {
	for _, i := range v.measuredAlone() {
		o := v.Measures.Outcomes[i]
		none, byTribe := 0, make(map[data.TribeID]int)
		for _, c := range o.Tribes {
			if byTribe[c.Tribe] = c.People; c.Tribe == "" {
				none = c.People
			}
		}
		row := []string{"", o.String(), "outcome", strconv.Itoa(o.Authors), strconv.Itoa(len(o.Posts)), "", "", strconv.Itoa(none)}
		for _, t := range v.Figures.Tribes {
			row = append(row, strconv.Itoa(byTribe[t.ID]))
		}
		rows = append(rows, row)
	}
	slices.SortStableFunc(rows, func(x, y []string) int { return cmp.Compare(x[1], y[1]) })
	return rows
}
