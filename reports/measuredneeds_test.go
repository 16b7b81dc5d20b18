package reports

import (
	"testing"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/stats"
)

// TestWhatIsOnlyMeasuredIsANeedToo: an outcome with a figure of its own that is the measure of no told need stands among the needs
// of its tribe, in further needs and in the file, with one count; the measure of a told need stands there once.
func TestWhatIsOnlyMeasuredIsANeedToo(t *testing.T) {
	outcome := func(topic string, posts ...data.PostID) cpi.Outcome {
		return cpi.Outcome{Key: cpi.Key{Facet: "Money", Topic: topic}, Called: map[data.Lang]string{data.LangEN: topic}, Status: cpi.Qualified, Increment: cpi.Money,
			Authors: 12, Posts: posts, Tribes: []cpi.TribeCount{{Tribe: "t", People: 11}, {People: 1}}}
	}
	told := cpi.Performance{Unit: cpi.MoneyPaid, Weeks: []cpi.WeekValue{{N: 6}}}
	v := View{Options: Options{MinNeed: 5}, Measures: &Measures{
		Outcomes: []cpi.Outcome{outcome("yarn", data.PostID{1}, data.PostID{2}), outcome("wool", data.PostID{3}, data.PostID{4})}, Served: []cpi.Performance{told, told},
	}}
	tribe := figures.Tribe{Tribe: data.Tribe{ID: "t"}}
	v.Figures = figures.Figures{Tribes: []figures.Tribe{tribe}, Needs: []figures.Need{{Key: "wool", Topic: "cheaper wool", People: 9, Posts: measure.Evidence{{3}, {4}}}}}
	b, err := newBuilder(v, data.LangEN)
	if err != nil {
		t.Fatal(err)
	}
	card := b.withMeasured([]tribeNeed{{Topic: "a loom", count: 14}, {Topic: "cheaper wool", count: 9}}, tribe)
	if len(card) != 3 || card[1].Topic != "yarn at a fair price" || card[1].People != "11" || card[1].Href != "#"+outcomeID(0) {
		t.Errorf("needs of the card: %+v, want the price of yarn second", card)
	}
	if rest := b.restMeasured(nil); len(rest) != 1 || rest[0].People != "12" || rest[0].Href != "#"+outcomeID(0) {
		t.Errorf("further needs: %+v, want the price of yarn", rest)
	}
	unknown := []cpi.WeekValue{{State: stats.Insufficient}}
	v.Measures.Served = []cpi.Performance{{Unit: cpi.MoneyPaid, Weeks: unknown, Usual: cpi.Range{State: stats.FewWeeks}}, told}
	v.Measures.Outcomes[0].Expected.Summary = stats.Summary{State: stats.NotEnough, N: 2}
	if rest := (&builder{View: v, printer: b.printer}).restMeasured(nil); rest != nil {
		t.Errorf("nobody tells what they paid or would pay: further needs %+v, want none", rest)
	}
	v.Measures.Served[0], v.Measures.Outcomes[0].Expected = told, cpi.Expectation{}
	rows := needsFile(v).rows
	if last := rows[len(rows)-1]; len(rows) != 3 || last[1] != "Money/yarn" || last[3] != "12" || last[7] != "1" || last[8] != "11" {
		t.Errorf("needs.csv: %v, want the price of yarn last", rows)
	}
}
