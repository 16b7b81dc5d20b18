package reports

import (
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports/figures"
)

const (
	namedTribes  = 2  // of more that a bridge meets
	meetingRunes = 42 // of the title of a conversation in which they meet
	wordsGiven   = 2  // that most of their answers say,
	leastGiven   = 2  // of so many answers at least, and one in so many of all
	partGiven    = 12 //
	manyMeetings = 10 // conversations beside one, of which no title tells much
	someTurned   = 3  // people of other tribes who turn to a bridge in a conversation that makes it worth telling
)

// bridgeRole says what somebody carries between which tribes, by what passed there: a conversation that they opened, their
// answers, else a need that both sides voice, else where they meet; nothing where that is not known.
func (b *builder) bridgeRole(p figures.Person) []span {
	if b.Scene == nil {
		return nil
	}
	switch c := b.Scene.Crossings[p.Author]; {
	case c.Opened.People >= someTurned && c.Opened.People > c.Gave.People:
		return b.rich("role.opened", "title", b.meetingTitle(c.Opened), "n", c.Opened.People, "tribes", b.tribesMet(c.Opened), "href", b.citeRole(p, c.Opened))
	case c.Gave.People > 0:
		return b.gaveRole(p, c)
	case c.Shared.Key != "" && b.needAt(c.Shared.Key) >= 0:
		_, topic := b.subject(b.Figures.Needs[b.needAt(c.Shared.Key)], "")
		return append(b.rich("role.shared", "topic", topic, "tribes", b.tribesMet(c.Shared), "href", b.citeRole(p, c.Shared)), b.meetingIn(c.Shared)...)
	case c.Talk.People > 0:
		return append(b.rich("role.talk", "tribes", b.tribesMet(c.Talk), "href", b.citeRole(p, c.Talk)), b.meetingIn(c.Talk)...)
	}
	return nil
}

// gaveRole says to which tribes somebody brings answers, about what, and how many there said that one worked.
func (b *builder) gaveRole(p figures.Person, c Crossing) []span {
	args := []any{"tribes", b.tribesMet(c.Gave), "tongues", b.tongues(c.Gave.Langs), "href", b.citeRole(p, c.Gave)}
	key := "role.gave.none"
	if home := b.Figures.Home[p.Author]; home != figures.None {
		key, args = "role.gave", append(args, "from", b.called(b.Figures.Tribes[home].Tribe))
	}
	out := b.rich(key, args...)
	switch i := b.needAt(c.Gave.Key); {
	case c.Gave.Key != "" && i >= 0:
		_, topic := b.subject(b.Figures.Needs[i], "")
		out = append(out, b.rich("role.about", "topic", topic)...)
	case b.wordsGiven(p, c.Gave) != nil:
		out = append(out, b.rich("role.about", "topic", b.wordsGiven(p, c.Gave))...)
	default:
		out = append(out, b.meetingIn(c.Gave)...)
	}
	if c.Worked > 0 {
		out = append(out, b.rich("role.worked", "n", c.Worked)...)
	}
	return out
}

// wordsGiven returns the words of the bridge's own tribe, or of those that it answered, that most of its answers say: of its own
// or theirs, at most two that several answers say, and one in so many of more.
func (b *builder) wordsGiven(p figures.Person, a Across) []span {
	type given struct {
		word    string
		answers int
	}
	var all []given
	for _, t := range append(slices.Clone(b.Figures.In(p.Author)), a.Tribes...) {
		for _, w := range b.words(b.Figures.Tribes[t].Tribe, "") {
			form := plainWords(w.Form)
			if form == "" || slices.ContainsFunc(all, func(g given) bool { return namedIn(g.word, form) || namedIn(form, g.word) }) {
				continue
			}
			n := 0
			for _, said := range a.said {
				if strings.Contains(" "+said+" ", " "+form+" ") {
					n++
				}
			}
			if n >= leastGiven && partGiven*n >= len(a.said) {
				all = append(all, given{w.Form, n})
			}
		}
	}
	slices.SortStableFunc(all, func(x, y given) int { return y.answers - x.answers })
	var words []string
	for _, g := range all[:min(len(all), wordsGiven)] {
		words = append(words, b.text("quoted", "name", collected(g.word)))
	}
	if words == nil {
		return nil
	}
	return []span{{Text: b.join(words), Collected: true}}
}

// citeRole returns where the posts behind the role of a bridge stand.
func (b *builder) citeRole(p figures.Person, a Across) string {
	return b.cite("bridge-"+p.Author.String(), b.rich("cite.bridge", "name", b.name(p.Author)), a.Posts, 0)
}

// tribesMet names the tribes of those whom a bridge met, the first of more.
func (b *builder) tribesMet(a Across) collected {
	var names []string
	for i, t := range a.Tribes {
		if i == namedTribes && len(a.Tribes) > namedTribes+1 {
			names = append(names, b.text("role.tribes.more", "n", len(a.Tribes)-i))
			break
		}
		names = append(names, plainText(b.called(b.Figures.Tribes[t].Tribe)))
	}
	return collected(b.join(names))
}

// tongues says in which languages a bridge wrote, where these are several of the report's.
func (b *builder) tongues(langs []data.Lang) string {
	langs = slices.DeleteFunc(slices.Clone(langs), func(l data.Lang) bool { return !known(l) })
	if len(langs) < 2 {
		return ""
	}
	var names []string
	for _, l := range langs {
		names = append(names, b.text("tongue."+string(l)))
	}
	return b.text("role.tongues", "names", b.join(names))
}

// meetingTitle is the title of the conversation in which most people met.
func (b *builder) meetingTitle(a Across) collected {
	return collected(cut(clean(b.Story.Threads[a.Threads[0]].Title), meetingRunes))
}

// meetingIn says in which conversation most people met, and in how many more.
func (b *builder) meetingIn(a Across) []span {
	title := b.meetingTitle(a)
	switch more := len(a.Threads) - 1; {
	case more >= manyMeetings:
		return b.rich("role.in.many", "n", more+1)
	case title == "":
		return nil
	case more == 0:
		return b.rich("role.in", "title", title)
	default:
		return b.rich("role.in.more", "title", title, "n", more)
	}
}
