package reports

import (
	"fmt"
	"time"

	"tribu/data"
	"tribu/reports/figures"
)

// A compareView holds this run against another that the reader chose.
type compareView struct {
	Title   []span
	Intro   []span
	People  []span
	Matches []matchRow
	Only    []changeRow // tribes of one run alone, and who moved where
	Needs   []needMatchRow
	Quiet   []span // where no need changed
	Params  []paramRow
}

type matchRow struct {
	Badge                          badge
	People, Before, There, Overlap string
	Shared                         string
}

type needMatchRow struct {
	Topic, Href       string
	Here, There, Word string
	Up                bool
}

type paramRow struct{ Key, Here, There string }

const (
	toldFlows       = 8
	leastFlow       = 2
	toldNeedChanges = 12
)

func (b *builder) compare() *compareView {
	if b.Other == nil {
		return nil
	}
	c := b.Figures.Against(b.Story, *b.Other)
	v := &compareView{
		Title: b.rich("compare.title", "run", b.Other.ID),
		Intro: b.rich("compare.intro", "window", b.windowOf(b.Other.Run), "n", b.Other.People, "posts", b.text("posts", "n", b.Other.Posts)),
		People: b.rich("compare.people", "n", c.Common, "stayed", c.Stayed, "moved", c.Moved, "joined", c.Joined, "left", c.Left,
			"here", c.Here, "there", c.There),
		Params: paramsApart(b.Story.Run, b.Other.Run),
	}
	for _, m := range c.Matches {
		v.Matches = append(v.Matches, matchRow{
			Badge: b.badgeOf(m.Here.ID), People: b.number(m.Here.People), Before: b.title(m.There), There: b.number(m.There.People),
			Shared: b.number(m.Shared), Overlap: b.percent(m.Jaccard),
		})
	}
	v.Only = b.apart(c)
	for _, n := range c.Needs[:min(len(c.Needs), toldNeedChanges)] {
		v.Needs = append(v.Needs, b.needMatch(n))
	}
	if len(v.Needs) == 0 {
		v.Quiet = b.rich("compare.needs.quiet")
	}
	return v
}

func (b *builder) windowOf(r data.Run) string {
	return b.dates(r.Window.From.Add(time.Second), r.Window.To)
}

func (b *builder) badgeOf(id data.TribeID) badge {
	for i, t := range b.Figures.Tribes {
		if t.ID == id {
			return b.badge(i)
		}
	}
	return badge{Colour: -1}
}

// apart tells the tribes of one run alone and the largest moves between tribes.
func (b *builder) apart(c figures.Comparison) []changeRow {
	var out []changeRow
	if len(c.New) > 0 {
		out = append(out, changeRow{Word: b.text("compare.new"), Parts: b.rich("compare.new.text", "n", len(c.New), "tribes", collected(tribeNames(b, c.New)))})
	}
	if len(c.Gone) > 0 {
		out = append(out, changeRow{Word: b.text("compare.gone"), Parts: b.rich("compare.gone.text", "n", len(c.Gone), "tribes", collected(tribeNames(b, c.Gone)))})
	}
	for i, f := range c.Flows[:min(len(c.Flows), toldFlows)] {
		if f.People < leastFlow {
			break
		}
		row := changeRow{Parts: b.rich("compare.flow", "n", f.People, "from", collected(b.title(f.From)), "to", collected(b.title(f.To)), "href", "#tribe-"+string(f.To.ID))}
		if i == 0 {
			row.Word = b.text("compare.flows")
		}
		out = append(out, row)
	}
	return out
}

func (b *builder) needMatch(m figures.NeedMatch) needMatchRow {
	row := needMatchRow{Topic: b.topic(m.Need), Here: b.number(m.Here), There: b.number(m.There), Up: m.Change > 0}
	if m.Index >= 0 && m.Index < toldNeeds && m.Here >= b.Options.MinNeed {
		row.Href = "#" + needID(m.Index)
	}
	key := "compare.down"
	if row.Up {
		key = "compare.up"
	}
	row.Word = b.text(key)
	return row
}

// paramsApart lists the parameters in which two runs differ.
func paramsApart(here, there data.Run) []paramRow {
	other := make(map[string]string)
	for _, p := range params(there.Params) {
		other[p.Key] = p.Value
	}
	var out []paramRow
	for _, p := range params(here.Params) {
		if v, ok := other[p.Key]; !ok || v != p.Value {
			out = append(out, paramRow{p.Key, p.Value, v})
		}
		delete(other, p.Key)
	}
	for _, p := range params(there.Params) {
		if v, ok := other[p.Key]; ok {
			out = append(out, paramRow{p.Key, "", v})
		}
	}
	if here.Code != there.Code {
		out = append(out, paramRow{"code", clean(here.Code), clean(there.Code)})
	}
	if here.Annotation != there.Annotation {
		out = append(out, paramRow{"annotation", clean(here.Annotation), clean(there.Annotation)})
	}
	return out
}

// otherRun reads the run that a report is held against; nil where none is asked for.
func otherRun(from storyOf, o Options) (*figures.Other, error) {
	if o.Against == "" {
		return nil, nil
	}
	story, err := from(o.Against)
	if err != nil {
		return nil, fmt.Errorf("read run %s to compare with: %w", o.Against, err)
	}
	other := figures.OtherOf(figures.WithoutSmall(story, o.MinTribe), figures.Params{Location: o.Location})
	return &other, nil
}

type storyOf func(runID string) (data.Story, error)
