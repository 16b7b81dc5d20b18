package reports

import (
	"math"
	"strings"

	"tribu/reports/measure/cpi"
	"tribu/reports/measure/goal"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/soft"
	"tribu/reports/measure/stats"
)

// worth tells what customers got, beside what they brought where the files tell that of all of them.
func (b *builder) worth() [][]span {
	all := cpi.Worth{Told: true}
	for _, w := range b.Measures.Worths {
		all.Customers, all.Delivered, all.Brought, all.Told = all.Customers+1, all.Delivered+w.Delivered, all.Brought+w.Brought, all.Told && w.Told
	}
	if all.Customers == 0 {
		return nil
	}
	out := b.rich("served.worth", "n", all.Customers, "value", b.decimal(all.Delivered, 2))
	if ratio, state := all.Ratio(); state == stats.Known {
		out = append(out, b.rich("served.worth.ratio", "ratio", b.decimal(ratio, 2))...)
	}
	return [][]span{out}
}

// typed returns a name as the report writes it: conversions never stand without their type.
func typed(name string) string {
	if goal.Bare(name) {
		return goal.Typed(name, "")
	}
	return name
}

// measured names a performance for people.
func (b *builder) measured(name string) string {
	for _, o := range b.Measures.Outcomes {
		if o.String() == name {
			return b.outcomeName(o)
		}
	}
	if name == "mood" {
		return b.text("served.mood")
	}
	return clean(name)
}

// ground tells the hard figures of everybody, week by week.
func (b *builder) ground() [][]span {
	var out [][]span
	for _, s := range b.Measures.Ground {
		known, _ := cpi.Stretch(s.Values, s.Values)
		if s.Tribe != "" || len(known) == 0 {
			continue
		}
		var weeks []string
		for _, x := range known {
			weeks = append(weeks, b.number(int(math.Round(x))))
		}
		out = append(out, b.rich("soft.kpi", "kpi", b.text("kpi."+s.Name), "weeks", strings.Join(weeks, ", ")))
	}
	return out
}

// felt tells which emotions everybody showed this week, of those that are read right.
func (b *builder) felt() [][]span {
	var told []string
	people := 0
	for _, e := range b.Measures.Felt[max(0, len(b.Measures.Felt)-len(signs.Emotions())*(1+len(b.Story.Tribes))):] {
		if e.Tribe == "" && e.Share.State == stats.Known && e.Precision >= soft.GoodEnough {
			told, people = append(told, b.text("emotion."+string(e.Emotion))+" "+b.percent(e.Share.Value)), e.Share.N
		}
	}
	if len(told) == 0 {
		return nil
	}
	return [][]span{b.rich("mood.felt", "n", people, "emotions", b.join(told))}
}
