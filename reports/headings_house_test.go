package reports

import (
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/uses"
)

// TestDepartmentHeadline: it tells the row of most people over all departments, where it is of this week.
func TestDepartmentHeadline(t *testing.T) {
	asOf := time.Date(2026, 6, 28, 22, 0, 0, 0, time.UTC)
	list := func(of uses.Function, people, days int, lacked bool, rows ...string) digestView {
		v := digestView{Name: string(of), first: uses.Topic{People: people, Lacked: lacked, Newest: asOf.AddDate(0, 0, -days)}}
		for _, r := range rows {
			v.Topics = append(v.Topics, digestTopic{Topic: r})
		}
		return v
	}
	const none = "What each department should read"
	for _, c := range []struct {
		name  string
		lists []digestView
		want  string
	}{
		{"the largest first row", []digestView{list(uses.Help, 98, 1, true, "cannot install", "report bugs"), list(uses.Sales, 12, 1, true, "late parcel")}, "For each department: support has most to read about “cannot install”"},
		{"the largest first row is of weeks ago", []digestView{list(uses.Help, 98, 9, true, "cannot install", "report bugs"), list(uses.Sales, 12, 1, true, "late parcel")}, none},
		{"tips", []digestView{list(uses.Research, 98, 1, false, "a tip")}, none},
		{"few people", []digestView{list(uses.Help, 4, 1, true, "a thing")}, none},
		{"somebody", []digestView{list(uses.Help, 98, 1, true, "cannot install"), list(uses.Community, 99, 1, true, "someone to drive")}, "For each department: community has most to read about “someone to drive”"},
	} {
		p, err := newPrinter(data.LangEN, nil)
		if err != nil {
			t.Fatal(err)
		}
		b := &builder{printer: p, View: View{Figures: figures.Figures{}}}
		b.Story.AsOf = asOf
		got := ""
		for _, s := range b.houseTitle(c.lists) {
			got += s.Text
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
