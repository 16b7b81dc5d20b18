package reports

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/signs"
)

const (
	askedFirst = 3                   // questions that somebody can answer today
	freshFor   = 14 * 24 * time.Hour // how long a question is worth an answer
	wordsAsked = 4                   // in a question that says what it is about
)

// A waiting request is one of a tribe that somebody can answer today.
type waiting struct {
	figures.Quote
	tribe int // figures.None of somebody in none
}

// doFirst says what to do first, for whom, where and when.
func (b *builder) doFirst() lineView { return b.chosen().line }

// toAnswer returns the open question to answer first; false where something else is to do first.
func (b *builder) toAnswer() (waiting, bool) {
	if d := b.chosen(); d.question != nil {
		return *d.question, true
	}
	return waiting{}, false
}

// toldFirst returns the key of the need that the line on what to do first tells of; empty where of none.
func (b *builder) toldFirst() string { return b.chosen().need }

// waiting returns the fresh requests about a need that still wait, whoever asks, or, where key is empty, those
// of tribes that open a conversation and ask outright; newest first. Of the latter none of a tribe that speaks of faith, politics,
// war or violent death: there it is not for others to answer.
func (b *builder) waiting(key string) []waiting {
	var out []waiting
	if !b.Figures.Threads || b.Options.Anonymise {
		return out
	}
	add := func(open []figures.Quote, tribe int) {
		for _, q := range b.fresh(open) {
			outright := tribe != figures.None && q.Outright && q.Post.Parent.IsZero() && !b.tender(b.Figures.Tribes[tribe].ID)
			if key != "" && q.Key == key || key == "" && outright {
				out = append(out, waiting{q, tribe})
			}
		}
	}
	for i, t := range b.Figures.Tribes {
		if !t.IsTribe() {
			i = figures.None
		}
		add(t.Open, i)
	}
	add(b.Figures.Open, figures.None)
	slices.SortStableFunc(out, func(x, y waiting) int { return y.Post.CreatedAt.Compare(x.Post.CreatedAt) })
	return out
}

// fresh returns the open requests of the last days that say what they are about.
func (b *builder) fresh(open []figures.Quote) []figures.Quote {
	return slices.DeleteFunc(slices.Clone(open), func(q figures.Quote) bool {
		return len(strings.Fields(b.threadOf(q)+" "+q.Text)) < wordsAsked || b.Story.AsOf.Sub(q.Post.CreatedAt) > freshFor
	})
}

// threadOf returns the title of the conversation of q; empty where it has none.
func (b *builder) threadOf(q figures.Quote) string {
	return clean(b.Story.Threads[q.Post.Thread].Title)
}

// allOpen returns what waits for an answer as the cards of tribes count it, after first; a request counts once, and
// none of a tribe that speaks of faith, politics, war or violent death.
func (b *builder) allOpen(first ...waiting) []waiting {
	out, seen := first, make(map[data.PostID]bool)
	for _, w := range first {
		seen[w.Post.ID] = true
	}
	for i, t := range b.Figures.Tribes {
		if !t.IsTribe() || b.tender(t.ID) {
			continue
		}
		for _, q := range b.fresh(t.Open) {
			if !seen[q.Post.ID] {
				seen[q.Post.ID] = true
				out = append(out, waiting{q, i})
			}
		}
	}
	return out
}

// ofPeople reports whether what is needed is somebody.
func (b *builder) ofPeople(n figures.Need) bool {
	first, _, _ := strings.Cut(strings.ToLower(b.topic(n)), " ")
	return signs.Somebody.Has(first)
}

// ofEach returns the first request of everybody who waits.
func ofEach(open []waiting) []waiting {
	seen := make(map[data.AuthorID]bool)
	return slices.DeleteFunc(open, func(w waiting) bool {
		asked := seen[w.Post.Author]
		seen[w.Post.Author] = true
		return asked
	})
}

// ofTribes puts one request of each tribe before its others: the newest question that says a word of the tribe's, else the
// newest. What the tribes ask of whose posts most are requests comes first; those that ask less than half as much
// are left out: where people meet to argue, little is for others to answer.
func (b *builder) ofTribes(open []waiting) []waiting {
	most := 0.0
	asking := func(w waiting) float64 { return asksOf(b.Figures.Tribes[w.tribe]) }
	other := make([]int, len(open))
	for i, w := range open {
		most = max(most, asking(w))
		if b.strange(w) {
			other[i]++
		}
		if !strings.Contains(b.threadOf(w.Quote)+w.Text, "?") {
			other[i] += 2
		}
	}
	order := make([]int, len(open))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(other[i], other[j]), cmp.Compare(asking(open[j]), asking(open[i])))
	})
	var chosen []waiting
	for _, i := range order {
		if 2*asking(open[i]) >= most {
			chosen = append(chosen, open[i])
		}
	}
	return inTurn(chosen)
}

// strange reports whether a request is about none of what its tribe is about: no need of its own, and no word it is told by.
// Of a tribe without words none is.
func (b *builder) strange(w waiting) bool {
	t := b.Figures.Tribes[w.tribe].Tribe
	if len(t.Words) == 0 {
		return false
	}
	if slices.ContainsFunc(b.ownNeeds(w.tribe), func(n data.TribeNeed) bool { return b.Figures.Needs[b.needIndex(n)].Key == w.Key }) {
		return false
	}
	said := b.threadOf(w.Quote) + " " + w.Text
	return !namedIn(said, b.toldBy(t)) && !slices.ContainsFunc(t.Words, func(word data.Term) bool { return namedIn(said, word.Form) })
}

// inTurn puts the first request of each tribe before the second ones.
func inTurn(open []waiting) []waiting {
	place, seen := make([]int, len(open)), make(map[int]int)
	for i, w := range open {
		place[i] = seen[w.tribe]
		seen[w.tribe]++
	}
	var out []waiting
	for turn := range len(open) {
		for i, w := range open {
			if place[i] == turn {
				out = append(out, w)
			}
		}
		if len(out) >= askedFirst {
			break
		}
	}
	return out
}

// waitHref leads to the posts of those who wait.
func (b *builder) waitHref(open []waiting) string {
	ids := make([]data.PostID, 0, len(open))
	for _, w := range open {
		ids = append(ids, w.Post.ID)
	}
	href := b.citing(asking, "waiting", b.rich("cite.waiting"), ids, 0)
	if i := slices.IndexFunc(open, func(w waiting) bool { return w.tribe != figures.None }); href == "" && i >= 0 {
		return b.openHref(open[i].tribe)
	}
	return href
}

// askers counts the people who wait.
func askers(open []waiting) int {
	return distinct(open, func(w waiting) data.AuthorID { return w.Post.Author })
}

// inTribes counts the tribes that wait; 0 where somebody waits who is in none.
func inTribes(open []waiting) int {
	if slices.ContainsFunc(open, func(w waiting) bool { return w.tribe == figures.None }) {
		return 0
	}
	return distinct(open, func(w waiting) int { return w.tribe })
}

func distinct[K comparable](open []waiting, of func(waiting) K) int {
	seen := make(map[K]bool)
	for _, w := range open {
		seen[of(w)] = true
	}
	return len(seen)
}

// request names a request: the conversation it stands in, else its words.
func (b *builder) request(w waiting) collected {
	return collected(cut(cmp.Or(b.threadOf(w.Quote), w.Text), 60))
}

// helpFirst points at the need voiced most and, where enough of one do, the tribe that voices it most, where no
// fresh question is left open.
func (b *builder) helpFirst() lineView {
	n, i := b.topUnmet()
	if i < 0 {
		return lineView{Action: true}
	}
	most := slices.IndexFunc(n.ByTribe, func(s figures.Share) bool { return s.Tribe != figures.None && b.Figures.Tribes[s.Tribe].IsTribe() })
	if most < 0 || n.ByTribe[most].People < b.Options.MinNeed {
		key, topic := b.subject(n, "line.do.need.apart")
		voices := b.posted(n)
		parts := b.rich(key, "topic", topic, "n", n.People, "places", b.waitingAt(voices), "href", "#"+needID(i))
		return b.turnTo(append(parts, b.enough(i)...), n, voices)
	}
	t := b.Figures.Tribes[n.ByTribe[most].Tribe]
	key, topic := b.subject(n, "line.do.need")
	enough := ""
	if b.artefact(i) == "date" { // whoever brings it can promise one
		key = "line.do.date"
		enough, _, _ = b.asked(b.outcomeOf(i))
	}
	voiced, end := b.standing(n), b.bestHours(b.rich("line.do.end"))
	if voiced == nil {
		voiced, end = b.rich("line.do.mostly", "n", n.ByTribe[most].People, "name", b.called(t.Tribe)), b.whereWhen(t)
	}
	parts := b.rich(key, "topic", topic, "n", n.People, "voiced", voiced, "enough", enough, "href", "#"+needID(i))
	return lineView{Parts: append(parts, end...), Action: true}
}

// whereWhen says where a tribe writes most, and when replies come there.
func (b *builder) whereWhen(t figures.Tribe) []span {
	key, args := "line.do", []any{}
	if len(t.Places) > 0 && !b.onePlace {
		key, args = key+".where", append(args, "place", collected(b.placeName(t.Places[0])))
	}
	if h := t.Busiest(); b.Figures.Hours && !t.Released && t.Replies >= figures.EnoughReplies && h.Share >= busyHours {
		key, args = key+".when", append(args, "from", clock(h.From), "to", clock(h.To), "share", b.percent(h.Share))
	}
	if len(args) == 0 {
		key = "line.do.end"
	}
	return b.rich(key, args...)
}
