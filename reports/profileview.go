package reports

import (
	"strconv"
	"time"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/stats"
	"tribu/reports/measure/ways"
)

// A profileView is how a tribe goes about it against everybody: what sets it apart in words, and all
// of it in numbers.
type profileView struct {
	Name    string
	Apart   [][]span
	Expects []span
	Modes   []modeRow
	Places  []modeRow
}

type modeRow struct{ Name, Tribe, All, Index string }

const toldModes = 1

func (b *builder) profileView(t figures.Tribe) *profileView {
	p, ok := b.profile(t.ID)
	if !ok || p.Posts < ways.Fewest {
		return nil
	}
	v := &profileView{Name: t.Letter}
	apart := p.Distinct()
	for _, m := range apart[:min(len(apart), toldModes)] {
		v.Apart = append(v.Apart, b.rich("mode."+m.Key+sideOf(m), "share", b.percent(m.Tribe.Value), "all", b.percent(m.All.Value)))
	}
	if p.Waits.State == stats.Known {
		v.Expects = b.rich("profile.expects", "n", p.Waits.N, "wait", b.wait(time.Duration(p.Waits.Median*float64(time.Hour))))
	}
	for _, m := range p.Modes {
		if m.Tribe.State == stats.Known && m.Tribe.K+m.All.K > 0 {
			v.Modes = append(v.Modes, modeRow{b.text("mode." + m.Key), b.percent(m.Tribe.Value), b.percent(m.All.Value), indexText(m.Index)})
		}
	}
	for _, c := range p.Channels[:min(len(p.Channels), toldPlace)] {
		v.Places = append(v.Places, modeRow{Name: clean(b.placeName(figures.PlaceShare{Source: c.Source, Place: c.Place})), Tribe: b.percent(c.Share), Index: indexText(c.Index)})
	}
	return v
}

func sideOf(m ways.Mode) string {
	if m.Index > 100 {
		return ".more"
	}
	return ".less"
}

func indexText(x float64) string {
	if x == 0 {
		return "–"
	}
	return strconv.Itoa(int(x + 0.5))
}

// A howRow is one thing to give a tribe or to avoid there, from measured rates.
type howRow struct {
	Avoid bool
	Parts []span
}

const toldWays = 2

// how says which answers get a word back in a tribe, and what its members ask for in vain.
func (b *builder) how(t figures.Tribe) []howRow {
	var out []howRow
	p, _ := b.profile(t.ID)
	for _, better := range []bool{true, false} {
		told := 0
		for _, w := range p.Ways {
			if w.Better != better || told == toldWays {
				continue
			}
			told++
			out = append(out, howRow{!better, b.rich("way."+w.Key, "with", b.percent(w.With.Value), "n", w.With.N, "without", b.percent(w.Without.Value))})
		}
		if better {
			out = append(out, b.lacking(t)...)
		}
	}
	return out
}

// lacking tells how many requests of a tribe wait for an answer.
func (b *builder) lacking(t figures.Tribe) []howRow {
	if len(t.Open) < 2 || b.Options.Anonymise {
		return nil
	}
	return []howRow{{Parts: b.rich("how.open", "n", len(t.Open), "asked", t.Asked, "href", "#open-"+string(t.ID))}}
}

// slots says in which hours of the week requests of a tribe are answered soonest.
func (b *builder) slots(t data.TribeID) []span {
	p, _ := b.profile(t)
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
