package reports

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure"
	"tribu/reports/measure/conduct"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/soft"
	"tribu/reports/measure/stats"
)

// actions tells what is worth working on, most first: outcomes that enough answered requests speak
// of, with who answers for them and what people say.
func (b *builder) actions() []actionView {
	const saysLittle = 3 // of ten requests, between which as many may lie
	var out []actionView
	for _, a := range b.Measures.Actions {
		if a.State != stats.Known || a.High-a.Low > saysLittle {
			continue
		}
		told := b.rich("action.scored", "topic", collected(b.outcomeName(a.Outcome)), "n", a.Outcome.Authors,
			"low", b.number(int(math.Round(a.Low))), "high", b.number(int(math.Round(a.High))), "threads", a.Threads)
		if a.Owner == "" {
			told = append(told, b.rich("action.unowned")...)
		} else {
			told = append(told, b.rich("action.owned", "owner", collected(clean(a.Owner)))...)
		}
		o, id := a.Outcome, "action-"+strconv.Itoa(len(out)+1)+"-posts"
		v := actionView{Told: told}
		if !b.Options.Anonymise && len(o.Quotes) > 0 {
			v.Evidence = b.quoted(id, o, b.needOf(o))
		}
		out = append(out, v)
	}
	return out
}

// together tells what comes of many people complaining of one thing, as far as threads show.
func (b *builder) together(short *[]string) [][]span {
	p := b.Measures.Power
	joint := slices.Clone(p.Complaints)
	slices.SortStableFunc(joint, func(a, b conduct.Complaint) int { return b.Agreeing - a.Agreeing })
	var opened, reacted, conceded []data.PostID
	for _, c := range joint {
		opened = append(opened, c.Post.ID)
		if c.Reaction >= 0 {
			reacted = append(reacted, c.Post.ID)
		}
		if c.Conceded != (data.PostID{}) {
			conceded = append(conceded, c.Conceded)
		}
	}
	out := b.shown("power.joint", p.Joint, short, opened)
	if p.State != conduct.NoMakers && p.Joint.State == stats.Known {
		out = slices.Concat(out, b.shown("power.reacted", p.Reacted, short, reacted), b.shown("power.conceded", p.Conceded, short, conceded))
		if p.Reaction.State == stats.Known && p.Reacted.K > 0 {
			out = append(out, b.rich("power.wait", "wait", b.value(cpi.SecondsToHelp, p.Reaction.Median, "")))
		}
	}
	return append(out, b.shown("power.unfair", p.Unfair, short, p.Called)...)
}

// shown tells a share with the posts behind it; one that rounds to nothing is not told.
func (b *builder) shown(key string, s stats.Share, short *[]string, posts []data.PostID) [][]span {
	if s.State == stats.Known && s.Value < 0.005 {
		return nil
	}
	out := b.rate(key, s, short)
	for i := range out {
		out[i] = linked(out[i], b.cite(key, b.rich("cite."+key), posts, 0))
	}
	return out
}

// linked makes the number of what is told the way to its posts, where they stand somewhere: what is
// bold, else the first number.
func linked(told []span, href string) []span {
	if href == "" {
		return told
	}
	number := func(s span) bool { return s.Href == "" && strings.ContainsAny(s.Text, "0123456789") }
	at := slices.IndexFunc(told, func(s span) bool { return s.Bold && number(s) })
	if at < 0 {
		at = slices.IndexFunc(told, number)
	}
	if at < 0 {
		return told
	}
	told[at].Href = href
	for at++; at < len(told) && told[at].Bold && told[at-1].Bold; at++ {
		told[at].Href = href
	}
	return told
}

// mood tells the feeling of this week, of everybody and of each tribe in which enough people have
// one, with how well it is read; nothing where it is not read well enough to be more than a guess.
func (b *builder) mood() [][]span {
	if len(b.Measures.Moods) == 0 || b.Measures.Moods[0].Accuracy < soft.GoodEnough {
		return nil
	}
	out := [][]span{b.rich("mood.note", "share", b.percent(b.Measures.Moods[0].Accuracy))}
	for _, m := range b.Measures.Moods {
		if who := b.moodOf(m); who != "" {
			out = append(out, linked(b.moodLine(who, m), b.cite("mood-"+string(m.Tribe), b.rich("cite.mood", "who", who), m.Posts, 0)))
		}
	}
	return append(out, b.felt()...)
}

// moodOf returns whose mood it is; empty for a tribe of which too few people have one.
func (b *builder) moodOf(m conduct.Mood) string {
	if m.Tribe == "" {
		return b.text("mood.everybody")
	}
	if i := b.tribeIndex(m.Tribe); i != figures.None && m.Weeks[len(m.Weeks)-1].N >= measure.Privacy {
		return b.text("mood.tribe", "letter", b.Figures.Tribes[i].Letter)
	}
	return ""
}

func (b *builder) moodLine(who string, m conduct.Mood) []span {
	this := m.Weeks[len(m.Weeks)-1]
	if this.State != stats.Known {
		return b.rich("mood.none", "who", who, "state", b.state(this.State, this.N))
	}
	trend := b.state(m.Trend.State, m.Trend.Weeks)
	if m.Trend.State == stats.Known {
		trend = b.text("trend." + m.Trend.Direction())
	}
	median, low, high := b.decimal(this.Median, 2), b.decimal(this.Low, 2), b.decimal(this.High, 2)
	if low == high {
		return b.rich("mood.line.same", "who", who, "n", this.N, "median", median, "trend", trend)
	}
	return b.rich("mood.line", "who", who, "n", this.N, "median", median, "low", low, "high", high, "trend", trend)
}

// softNotes tells what is no motive of one tribe: the image near the customer's name, who puts it
// into words.
func (b *builder) softNotes() [][]span {
	m := b.Measures
	out := b.ground()
	if m.Image != nil {
		out = append(out, b.image(*m.Image))
	}
	if n := len(m.Heard.Named); n > 0 && !b.Options.Anonymise {
		var names []string
		for _, a := range m.Heard.Named {
			names = append(names, string(b.name(a.Author)))
		}
		out = append(out, b.rich("soft.articulators", "n", n, "names", collected(b.join(names))))
	}
	if m.Heard.Hidden > 0 {
		out = append(out, b.rich("soft.articulators.hidden", "n", m.Heard.Hidden))
	}
	return out
}

func (b *builder) image(i soft.Image) []span {
	if i.State != stats.Known {
		return b.rich("soft.image.none", "state", b.state(i.State, i.Authors))
	}
	var words []string
	for _, a := range i.Perceived[:min(6, len(i.Perceived))] {
		words = append(words, clean(a.Word)+" "+b.number(a.Count))
	}
	return b.rich("soft.image", "n", i.Authors, "congruence", b.decimal(i.Congruence, 2), "words", collected(b.join(words)))
}

// confidence tells how much was heard surely enough to count.
func (b *builder) confidence() []span {
	review := len(b.Measures.Review.Review) + len(b.Measures.Review.Unread)
	all := review + b.Measures.Needs
	abstained := float64(review) / float64(all)
	return b.rich("confidence", "n", review, "share", b.percent(abstained), "kept", b.percent(1-abstained), "threshold", b.decimal(conduct.Surest, 1))
}
