package reports

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tribu/data"
	"tribu/reports/figures"
)

// A tribeView is the card of a tribe.
type tribeView struct {
	ID        string
	Badge     badge
	Title     []span
	Bond      []span
	People    string
	Change    string
	Trend     *sparkView
	Quotes    []quoteView
	Needs     []tribeNeed
	MoreNeeds []tribeNeed // in a fold
	Asks      []tribeNeed // where it has none: what its people ask about
	Words     []string
	Where     []span // the place of most of its posts
	Dots      []dot  // ten, of questions asked; empty where too few
	DotsNote  []span
	Give      []span // reciprocity
	Carry     []span // how few give half of the help
	Strength  strength
	Stability []span
	Evidence  *evidence
	Open      *evidence
	Profile   *profileView
	Roles     *rolesView
	OpenID    string
}

// A cardsView is a list of groups: the largest as cards, the others as a line each.
type cardsView struct{ Full, Small []tribeView }

type tribeNeed struct {
	Topic  string
	People string // and since when nobody voices it, where that is so
	Href   string
	count  int
	silent bool
}

// A dot is one of ten questions: answered by the tribe, by others, or not.
type dot struct {
	X    int
	Kind string // own, other, open
}

const (
	fullCards    = 30 // groups that have a card
	toldWords    = 6
	openNeeds    = 3    // that stand open on a card
	leastSharing = 2    // members who make a need the tribe's,
	leastPart    = 0.03 // and at least this part of all, or as many as make a need,
	mixedPart    = 0.25 // or this of one that few of them say by its name
)

// tribes returns the cards of tribes, and of crowds and cliques.
func (b *builder) tribes() (tribes, rest cardsView) {
	for i, t := range b.Figures.Tribes {
		cards := &rest
		if t.IsTribe() {
			cards = &tribes
		}
		if i < fullCards {
			cards.Full = append(cards.Full, b.tribe(i, t))
			continue
		}
		cards.Small = append(cards.Small, tribeView{ID: b.tribeID(i), Badge: b.badge(i), People: b.number(t.People), Bond: b.bond(i, t)})
	}
	return tribes, rest
}

// openHref leads to the open requests of a tribe: on its card, else to its line.
func (b *builder) openHref(i int) string {
	if i < fullCards {
		return "#open-" + string(b.Figures.Tribes[i].ID)
	}
	return "#" + b.tribeID(i)
}

func (b *builder) tribe(i int, t figures.Tribe) tribeView {
	v := tribeView{
		ID: b.tribeID(i), Badge: b.badge(i), People: b.number(t.People), Change: b.sizeWord(t),
		Trend: spark(t.Weekly), Strength: b.strength(t.Stability, t.People), OpenID: "open-" + string(t.ID),
	}
	if !b.Figures.Hours || !b.Figures.Threads { // else its places stand with its hours
		v.Where = b.where(t)
	}
	v.Title, v.Bond = b.cardTitle(t.Tribe), slices.Concat(b.bond(i, t), b.leaving(t.Tribe), b.inOther(t.Tribe), b.otherNames(t), b.formerName(t))
	words := b.words(t.Tribe, "")
	for _, w := range words[:min(len(words), toldWords)] {
		if w.means != "" {
			w.Form = b.text("word.gloss", "word", w.Form, "means", w.means)
		}
		v.Words = append(v.Words, clean(w.Form))
	}
	for _, n := range b.shownNeeds(i) {
		v.Needs = append(v.Needs, b.tribeNeed(n))
	}
	v.Needs = b.withMeasured(v.Needs, t)
	if v.Needs, v.MoreNeeds = folded(v.Needs, openNeeds); len(v.Needs) == 0 {
		v.Asks = b.askedAbout(t)
	}
	if t.Stability > 0 {
		v.Stability = b.rich("tribe.stability", "share", b.percent(t.Stability))
	}
	b.replies(&v, t)
	v.Profile, v.Roles = b.profileView(t), b.roles(t.ID)
	v.calm(len(t.Carriers()))
	quotes := slices.DeleteFunc(b.telling(t, b.tribeQuotes(t)), func(q figures.Quote) bool {
		return !b.veiled[q.Post.ID] && b.intimate.holds(q.Post.ID, q.Text) || b.insults(q.Text) || !figures.Whole(q.Text)
	})
	shown := min(len(quotes), 1)
	for _, q := range quotes[:shown] {
		if !b.Options.Anonymise {
			v.Quotes = append(v.Quotes, b.quote(q))
		}
	}
	more := quotes[shown:]
	v.Evidence = b.evidence(v.ID+"-posts", v.Title, b.rich("evidence.tribe"), more, quotesEach, nil)
	v.Open = b.openEvidence(v, t)
	return v
}

// folded parts what stands open from what stands in a fold, which holds two at least.
func folded(all []tribeNeed, open int) (shown, more []tribeNeed) {
	if len(all) <= open+1 {
		return all, nil
	}
	return all[:open], all[open:]
}

// calm leaves on a card one line of numbers, that of replies; the others stand in the fold of numbers, but that a single person
// gives half of the help.
func (v *tribeView) calm(carriers int) {
	if v.Profile == nil || v.Dots == nil || v.Give == nil {
		return
	}
	v.Profile.Lines = append(v.Profile.Lines, v.Give)
	if v.Give = nil; carriers == 1 {
		return
	}
	if v.Carry != nil {
		v.Profile.Lines = append(v.Profile.Lines, v.Carry)
	}
	v.Carry = nil
}

// titleRunes is how much of the title of a conversation a sentence holds.
const titleRunes = 70

// shared reports whether enough of a tribe's people voice a need to call it theirs: five, and one in ten.
func shared(voicing, of int) bool { return voicing >= 5 && 10*voicing >= of }

// bondOf returns the bond that a shared need is an example of.
func bondOf(t data.NeedType) data.Bond {
	if t == data.Wish || t == data.Recommendation {
		return data.BondNeed
	}
	return data.BondProblem
}

// ownNeeds returns at most five needs that members share, most people first: of those that the list of
// needs tells by their name, and any that a quarter of the tribe voices, those that are the tribe's more
// than anybody's, by people times the share of all who voice it.
func (b *builder) ownNeeds(i int) []data.TribeNeed {
	type own struct {
		data.TribeNeed
		weight float64
	}
	var all []own
	for _, n := range b.Figures.Needs {
		if n.People < b.Options.MinNeed {
			continue
		}
		for _, s := range n.Within {
			if s.Tribe == i && s.People >= leastSharing && b.makesOwn(n, s.People, b.Figures.Tribes[i].People) {
				all = append(all, own{data.TribeNeed{Topic: n.Topic, Problem: n.Problem, Type: n.Type, People: s.People}, float64(s.People*s.People) / float64(n.People)})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b own) int { return cmp.Compare(b.weight, a.weight) })
	var out []data.TribeNeed
	for _, n := range all[:min(len(all), 5)] {
		out = append(out, n.TribeNeed)
	}
	slices.SortStableFunc(out, func(a, b data.TribeNeed) int { return b.People - a.People })
	return out
}

// makesOwn reports whether so many of a tribe's people make a need one of the tribe's.
func (b *builder) makesOwn(n figures.Need, voicing, people int) bool {
	if n.Mixed {
		return float64(voicing) >= mixedPart*float64(people)
	}
	return voicing >= b.Options.MinNeed || float64(voicing) >= leastPart*float64(people)
}

func (b *builder) needTopic(need data.TribeNeed) string {
	if i := b.needIndex(need); i >= 0 {
		return b.topic(b.Figures.Needs[i])
	}
	return clean(need.Topic)
}

// needIndex returns the place of a tribe's need among all; -1 where it has none.
func (b *builder) needIndex(need data.TribeNeed) int {
	return slices.IndexFunc(b.Figures.Needs, func(n figures.Need) bool {
		return n.Problem == need.Problem && (n.Problem != "" || n.Topic == need.Topic)
	})
}

func (b *builder) tribeNeed(n data.TribeNeed) tribeNeed {
	out := tribeNeed{Topic: b.needTopic(n), People: b.number(n.People), count: n.People}
	i := b.needIndex(n)
	if i < 0 {
		return out
	}
	need := b.Figures.Needs[i]
	out.Topic, out.silent = b.glossed(need), need.Stale
	if out.People += b.lately(need); i < toldNeeds && need.People >= b.Options.MinNeed {
		out.Href = "#" + needID(i)
	} else {
		out.Href = b.cite("wants-"+strconv.Itoa(i+1), []span{{Text: out.Topic, Collected: true}}, need.Posts, 0)
		b.countedFor("wants-"+strconv.Itoa(i+1), need.Key)
	}
	return out
}

func (b *builder) replies(v *tribeView, t figures.Tribe) {
	if !b.Figures.Threads {
		return
	}
	if t.Asked >= figures.EnoughAsked {
		own, other := tenths(t.ByTribe, t.ByOthers, t.Asked)
		for i := range 10 {
			kind := "open"
			switch {
			case i < own:
				kind = "own"
			case i < own+other:
				kind = "other"
			}
			v.Dots = append(v.Dots, dot{8 + i*15, kind})
		}
		v.DotsNote = linked(b.repliesNote(t),
			b.citing(asking, "replied-"+string(t.ID), b.rich("cite.replied", "tribe", b.called(t.Tribe)), t.Replied, t.ByTribe+t.ByOthers))
	}
	if t.Helped >= 5 {
		v.Give = linked(b.rich("tribe.give", "n", t.HelpedSince, "all", t.Helped),
			b.citing(helping, "gave-"+string(t.ID), b.rich("cite.gave", "tribe", b.called(t.Tribe)), b.gave(t), 0))
		few := t.Carriers()
		var answers []data.PostID
		for _, v := range few {
			answers = append(answers, b.Figures.People[v.Author].Examples...)
		}
		v.Carry = linked(b.rich("tribe.carry", "n", len(few), "people", t.People),
			b.citing(helping, "carry-"+string(t.ID), b.rich("cite.carry", "tribe", b.called(t.Tribe)), answers, 0))
	}
}

// repliesNote says which shares of a tribe's requests its people, others and makers replied to, and of how many.
func (b *builder) repliesNote(t figures.Tribe) []span {
	share := func(n int) string { return b.percent(float64(n) / float64(t.Asked)) }
	var by []string
	for _, who := range []struct {
		key string
		n   int
	}{{"tribe.by.own", t.ByTribe}, {"tribe.by.other", t.ByOthers - t.ByMakers}, {"tribe.by.makers", t.ByMakers}} {
		if who.n > 0 {
			by = append(by, b.text(who.key, "share", share(who.n)))
		}
	}
	if len(by) == 0 {
		return b.rich("tribe.replies.none", "n", t.Asked)
	}
	return b.rich("tribe.replies", "n", t.Asked, "all", share(t.ByTribe+t.ByOthers), "by", strings.Join(by, ", "))
}

// gave returns an answer of each member who was helped and helped somebody.
func (b *builder) gave(t figures.Tribe) []data.PostID {
	var out []data.PostID
	for _, m := range t.Members {
		if p := b.Figures.People[m.Author]; p.HelpedBy > 0 && len(p.Examples) > 0 {
			out = append(out, p.Examples[0])
		}
	}
	return out
}
