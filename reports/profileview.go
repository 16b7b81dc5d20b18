package reports

import (
	"slices"
	"strconv"
	"time"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure"
	"tribu/reports/measure/cpi"
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
	Lines   [][]span // of numbers, beside those of the table
}

// Posts of a modeRow is where the posts behind it stand.
type modeRow struct{ Name, Tribe, All, Index, Posts string }

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
	if i := b.limitOf(t.ID, p.Waits.N); i >= 0 { // the number that stands under that outcome
		written, _, n := b.asked(i)
		v.Expects = b.rich("profile.expects.of", "n", n, "topic", collected(b.outcomeName(b.Measures.Outcomes[i])), "enough", written, "href", "#"+outcomeID(i))
	} else if p.Waits.State == stats.Known && p.Waits.N >= measure.Privacy {
		v.Expects = b.rich("profile.expects", "n", p.Waits.N, "wait", b.wait(time.Duration(p.Waits.Median*float64(time.Hour))))
	}
	for _, m := range p.Modes {
		if none := b.percent(0); m.Tribe.State == stats.Known && (b.percent(m.Tribe.Value) != none || b.percent(m.All.Value) != none) {
			posts := b.cite("mode-"+m.Key+"-"+string(t.ID), b.rich("cite.mode", "tribe", b.called(t.Tribe), "mode", b.text("mode."+m.Key)), m.Evidence, m.Tribe.K)
			v.Modes = append(v.Modes, modeRow{b.text("mode." + m.Key), b.percent(m.Tribe.Value), b.percent(m.All.Value), indexText(m.Index), posts})
		}
	}
	for _, c := range p.Channels[:min(len(p.Channels), toldPlace)] {
		if b.onePlace {
			break // where all of everybody stands
		}
		share := c.Share
		if k := slices.IndexFunc(t.Places, func(o figures.PlaceShare) bool { return o.Source == c.Source && o.Place == c.Place }); k >= 0 {
			share = t.Stands(k) // as all of the page counts them: who is in two tribes writes in both
		}
		v.Places = append(v.Places, modeRow{Name: clean(b.placeName(figures.PlaceShare{Source: c.Source, Place: c.Place})), Tribe: b.percent(share), Index: indexText(c.Index)})
	}
	return v
}

// limitOf returns the outcome whose limit most of those of a tribe state who say how soon they want a thing, of whom there are n;
// -1 where there is none.
func (b *builder) limitOf(tribe data.TribeID, n int) int {
	if b.Measures == nil {
		return -1
	}
	return slices.IndexFunc(b.Measures.Outcomes, func(o cpi.Outcome) bool {
		own := len(o.Tribes) > 0 && o.Tribes[0].Tribe == tribe && 2*o.Tribes[0].People > max(n, o.Authors)
		return own && o.Status == cpi.Qualified && o.Expected.State == stats.Known && o.Expected.Kind == cpi.Time && o.Expected.N >= measure.Privacy
	})
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
