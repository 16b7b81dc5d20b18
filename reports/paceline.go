package reports

import (
	"math"
	"slices"

	"tribu/reports/figures"
	"tribu/reports/measure/cpi"
)

// moreOpen is how much larger than usual the part of requests without a reply is, from where a line does not pass over it.
const moreOpen = 0.05

// paceVerdict says whether people are served worse or better than usual.
func paceVerdict(p figures.Pace) cpi.Verdict {
	switch {
	case p.Usual == 0:
		return cpi.Untold
	case p.Worse():
		return cpi.Worse
	case p.Better():
		return cpi.Better
	}
	return cpi.Usual
}

// paceLine tells how long requests of the last week wait; of the whole window, where too few are of it.
func (b *builder) paceLine() lineView {
	if l := b.servedFirst(); l.Parts != nil {
		return l
	}
	p := b.Figures.Pace
	switch {
	case !b.Figures.Threads:
		return lineView{Parts: b.rich("line.pace.unseen"), Empty: true}
	case !b.Figures.Hours || !p.Known() && !p.Silent():
		return b.paceEver()
	}
	key, s := "line.pace"+paceKey(p), b.repliesStrength(1, p.Asked)
	parts := b.rich(key, "wait", b.wait(p.Median), "usual", b.wait(p.Usual), "now", b.percent(p.Open()), "share", b.percent(p.Before.Open()),
		"n", p.Asked, "open", p.Unanswered, "href", "#pace")
	if key == "line.pace.silent" || key == "line.pace.left" {
		return lineView{Parts: parts, Strength: &s}
	}
	within := b.within(p)
	if within == nil && p.Unanswered > 0 {
		within = b.rich("line.pace.open", "open", p.Unanswered, "n", p.Asked)
	}
	return lineView{Parts: append(parts, within...), Strength: &s}
}

// paceTold says, beside how long requests wait, how long it has been so, what part of them has no reply, and to what that is due.
func (b *builder) paceTold(p figures.Pace) []span {
	var out []span
	if p.Unanswered > 0 {
		out = b.rich("pace.share", "now", b.percent(p.Open()), "share", b.share(p), "running", b.running(p))
	}
	if due := b.dueTo(p); due != nil {
		return append(out, due...)
	}
	return slices.Concat(out, b.mostlyAbout(p), b.outgrown(p))
}

// paceKey returns the end of the key of what is told of how long requests wait.
func paceKey(p figures.Pace) string {
	switch verdict := paceVerdict(p); {
	case p.Silent():
		return ".silent"
	case verdict == cpi.Worse && !p.Slower():
		return ".left"
	case verdict == cpi.Worse:
		return ".worse"
	case verdict == cpi.Better:
		return ".better"
	case verdict == cpi.Usual && p.Open() > p.Before.Open()+moreOpen:
		return ".not.all"
	case verdict == cpi.Usual:
		return ".as.usual"
	}
	return ""
}

// paceHead says in a headline that requests wait longer or less than usual, where a line says so and it is more than
// tentative; nothing where it is not so.
func (b *builder) paceHead() []span {
	p := b.Figures.Pace
	if !b.Figures.Threads || !b.Figures.Hours || !p.Known() && !p.Silent() || b.servedFirst().Parts != nil || b.repliesStrength(1, p.Asked).Level < 2 {
		return nil
	}
	switch key := paceKey(p); key {
	case ".silent", ".left", ".worse", ".better":
		return b.rich("head.pace"+key, "running", b.running(p))
	}
	return nil
}

// running says for how many weeks in a row what is told of a pace that is worse than usual has been so, where for several.
func (b *builder) running(p figures.Pace) string {
	so := figures.Pace.MoreOpen
	switch paceKey(p) {
	case ".silent":
		so = figures.Pace.Silent
	case ".worse":
		so = figures.Pace.Slower
	}
	weeks := p.Streak(so)
	if weeks < 2 {
		return ""
	}
	return b.text("line.pace.running", "nth", b.list("ordinals", weeks-1))
}

// share writes what part of requests has no reply in a usual week and, where that was worse as well, in the week before.
func (b *builder) share(p figures.Pace) string {
	usual := b.percent(p.Before.Open())
	if p.Running < 2 {
		return b.text("line.pace.usual", "share", usual)
	}
	return b.text("line.pace.usual.last", "share", usual, "last", b.percent(p.Weekly[len(p.Weekly)-2].Open()))
}

// surge is how many times as many requests as in a usual week there are, from where they are the reason for waiting.
const surge = 1.5

// outgrown tells that requests grew faster than replies, where more get one than in a usual week and still people wait
// longer; nothing where it is not so.
func (b *builder) outgrown(p figures.Pace) []span {
	asked, replied := usualWeek(p)
	if !surged(p) || float64(p.Asked-p.Unanswered) <= replied {
		return nil
	}
	return b.rich("line.pace.outgrown", "n", p.Asked, "asked", int(math.Round(asked)), "got", p.Asked-p.Unanswered, "replied", int(math.Round(replied)), "last", b.grownBefore(p))
}

// usualWeek returns how many requests a usual week has, and how many of them get a reply.
func usualWeek(p figures.Pace) (asked, replied float64) {
	weeks := float64(max(p.Weeks, 1))
	return float64(p.Before.Asked) / weeks, float64(p.Before.Asked-p.Before.Unanswered) / weeks
}

// surged reports whether people are served worse than usual, and there are many more requests.
func surged(p figures.Pace) bool {
	asked, _ := usualWeek(p)
	now := float64(p.Asked)
	return p.Worse() && now >= surge*asked && now-asked >= 2*math.Sqrt(now)
}

// grownBefore tells how many requests the week before had, where these were many already; nothing where they were not.
func (b *builder) grownBefore(p figures.Pace) string {
	usual, _ := usualWeek(p)
	if len(p.Weekly) < 2 {
		return ""
	}
	last := p.Weekly[len(p.Weekly)-2].Asked
	if float64(last) < surge*usual {
		return ""
	}
	return b.text("line.pace.outgrown.last", "n", last)
}

// dueTo names the need to which it is due that people are served worse than usual, and tells how the others are; nothing
// where it is due to none.
func (b *builder) dueTo(p figures.Pace) []span {
	if !p.Worse() && !p.Silent() {
		return nil
	}
	due, found := p.DueTo(b.Figures.Needs[:min(len(b.Figures.Needs), toldNeeds)], b.Options.MinNeed)
	rest := figures.WeekPace{Asked: p.Asked - due.Asked, Unanswered: p.Unanswered - due.Unanswered}
	if !found || rest.Asked == 0 {
		return nil
	}
	key, usual := "line.pace.due", 0.0
	if due.Unanswered == 0 {
		key += ".replied"
	}
	if surged(p) {
		usual, _ = usualWeek(p)
		key += ".grown"
	}
	_, topic := b.subject(b.Figures.Needs[due.Need], "")
	return b.rich(key, "topic", topic, "asked", due.Asked, "n", p.Asked, "none", due.Unanswered, "open", p.Unanswered,
		"rest", rest.Asked, "left", rest.Unanswered, "share", b.percent(rest.Open()), "usual", int(math.Round(usual)), "last", b.grownBefore(p))
}

// mostlyAbout names the need that most of the requests without a reply are about; nothing where there is none.
func (b *builder) mostlyAbout(p figures.Pace) []span {
	for _, n := range b.Figures.Needs[:min(len(b.Figures.Needs), toldNeeds)] {
		about := 0
		for _, id := range p.Posts {
			if slices.Contains(n.Posts, id) {
				about++
			}
		}
		if about >= b.Options.MinNeed && 2*about > len(p.Posts) && !n.Mixed {
			_, topic := b.subject(n, "")
			if about == len(p.Posts) {
				return b.rich("line.pace.about.all", "topic", topic)
			}
			return b.rich("line.pace.about", "n", about, "topic", topic)
		}
	}
	return nil
}

// paceEver tells how many requests of the whole window had a reply, and how soon.
func (b *builder) paceEver() lineView {
	p := b.Figures.Pace
	if p.All.Asked < figures.EnoughAsked {
		return lineView{Parts: b.rich("line.pace.few", "n", p.All.Asked), Empty: true}
	}
	key := "line.pace.ever"
	switch {
	case p.All.Unanswered == p.All.Asked:
		key = "line.pace.ever.none"
	case p.Ever() && b.Figures.Hours:
		key = "line.pace.ever.within"
	}
	s := b.repliesStrength(1, p.All.Asked)
	parts := b.rich(key, "n", p.All.Asked, "share", b.percent(1-p.All.Open()), "wait", b.wait(p.All.Median))
	return lineView{Strength: &s, Parts: append(parts, b.askMost()...)}
}

// askMost tells how many requests got a reply in the tribe that asks most; nothing where there is one tribe, or few ask.
func (b *builder) askMost() []span {
	var most figures.Tribe
	for _, t := range b.Figures.Tribes {
		if t.IsTribe() && t.Asked > most.Asked {
			most = t
		}
	}
	if b.Figures.TribeCount() < 2 || most.Asked < figures.EnoughAsked {
		return nil
	}
	return b.rich("line.pace.ever.most", "name", b.called(most.Tribe), "share", b.percent(replied(most)), "n", most.Asked)
}
