package reports

import (
	"slices"

	"tribu/reports/figures"
	"tribu/reports/measure"
	"tribu/reports/measure/conduct"
	"tribu/reports/measure/lives"
)

const (
	leastPushed = 3 // unasked posts of makers that make a habit,
	halfOf      = 2 // and one in so many of them rebuffed or ignored
	mostWorked  = 170
)

// worked tells what solved a need of a tribe for somebody, in the words of the peer whose answer helped: of what its
// open requests and its card tell, beside the need that is told to do first. told is the need.
func (b *builder) worked(t figures.Tribe) (rows []howRow, told string) {
	if b.Scene == nil || b.Options.Anonymise {
		return nil, ""
	}
	home := b.tribeIndex(t.ID)
	var own []string
	add := func(key string) {
		if key != "" && key != b.toldFirst() && !slices.Contains(own, key) {
			own = append(own, key)
		}
	}
	for _, q := range b.fresh(t.Open) {
		add(q.Key)
	}
	for _, n := range b.cardNeeds(home) {
		if need := b.Figures.Needs[b.needIndex(n)]; !b.silent(need) {
			add(need.Key)
		}
	}
	for _, key := range own {
		if s, ok := b.solved(b.needAt(key)); ok && b.fitsYet(t, s) {
			b.brought[s.Answer.ID] = t.ID
			return []howRow{b.solution(t, key, s)}, key
		}
	}
	return nil, ""
}

// fitsYet reports whether tribe t may be brought an answer: one of late, and none that another tribe is told to be brought, for
// whom it was.
func (b *builder) fitsYet(t figures.Tribe, s lives.Solution) bool {
	home, told := b.brought[s.Answer.ID]
	return (!told || home == t.ID) && b.Story.Window.To.Sub(s.Answer.CreatedAt) <= figures.Weeks*measure.Week
}

// solution tells tribe t the answer s of a peer that helped somebody with the need counted under key.
func (b *builder) solution(t figures.Tribe, key string, s lives.Solution) howRow {
	who := s.Answer.Author
	words, topic := b.subject(b.Figures.Needs[b.needAt(key)], "how.worked")
	posts := b.cite("worked-"+string(t.ID), b.rich("cite.worked", "name", b.name(who)), measure.Evidence{s.Answer.ID}, 0)
	return howRow{Parts: linked(b.rich(words, "topic", topic, "said", b.saidHow(s), "name", b.name(who), "day", b.moment(s.Answer.CreatedAt, false)), posts)}
}

// saidHow quotes how a solution was told.
func (b *builder) saidHow(s lives.Solution) []span {
	return []span{{Text: unquoted(cutSaid(clean(s.How), mostWorked)), Collected: true, Lang: b.tongue(true, s.Answer.Lang)}}
}

// solved returns the newest answer of a named peer that solved need at and tells how; false where there is none.
func (b *builder) solved(at int) (lives.Solution, bool) {
	if b.Scene == nil || b.Options.Anonymise || at < 0 || at >= len(b.Scene.Contexts) {
		return lives.Solution{}, false
	}
	for _, s := range b.Scene.Contexts[at].Solved {
		_, known := b.Story.Authors[s.Answer.Author]
		if s.By == lives.Peer && s.How != "" && known && !b.Figures.Typed[s.Answer.Author] && string(b.name(s.Answer.Author)) != b.text("person.unknown") && !b.intimate.holds(s.Answer.ID, s.How) {
			return s, true
		}
	}
	return lives.Solution{}, false
}

// pushes returns how what makers wrote unasked where a tribe talks was met; false where too little, or not half of it badly.
func (b *builder) pushes(t figures.Tribe) (conduct.Push, bool) {
	if b.Measures == nil || b.Measures.Makers == nil {
		return conduct.Push{}, false
	}
	at := slices.IndexFunc(b.Measures.Makers.Pushes, func(p conduct.Push) bool { return p.Tribe == t.ID })
	if at < 0 {
		return conduct.Push{}, false
	}
	p := b.Measures.Makers.Pushes[at]
	return p, p.Posts >= leastPushed && halfOf*(p.Rebuffed+p.Ignored) >= p.Posts
}

// pushed tells makers what not to do where a tribe talks: to write unasked, where half of what they wrote so was told off or
// passed over.
func (b *builder) pushed(t figures.Tribe) []howRow {
	p, told := b.pushes(t)
	if !told {
		return nil
	}
	key := "how.pushed"
	switch {
	case p.Rebuffed == 0:
		key = "how.pushed.ignored"
	case p.Ignored > 0:
		key = "how.pushed.both"
	}
	posts := b.cite("pushed-"+string(t.ID), b.rich("cite.pushed", "tribe", b.called(t.Tribe)), p.Evidence, 0)
	return []howRow{{Avoid: true, Parts: linked(b.rich(key, "n", p.Posts, "rebuffed", p.Rebuffed, "ignored", p.Ignored), posts)}}
}
