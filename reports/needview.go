package reports

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"tribu/reports/figures"
	"tribu/reports/measure/signs"
)

// A needsView is the section of needs.
type needsView struct {
	Title       []span
	Intro       []span
	Items       []needView
	Rest        []restNeed // counted, not told
	More        int        // beyond Rest
	Weeks       int        // of the trends
	Window      int        // weeks in which people are counted
	Replies     bool       // shares without a reply are shown
	RestReplies bool       // of those below as well
	Bars        bool       // by tribe
	Note        []span
	Beyond      *beyondView
	Context     bool // somewhere it is known who solves a need
}

type restNeed struct {
	Topic      string
	Kind       string
	People     string
	Unanswered string
	Href       string // where it is told at length; empty where it is not
}

type needView struct {
	ID            string
	Head          string // over those that follow: nobody voiced them of late, or they are sorted less surely
	Rank          int
	Topic         string
	TopicLang     string // of Topic, where it is not the page's
	Said          string // in somebody's own words
	Lang          string // of Said
	Kind          string
	People        string
	Bar           []barPart
	BarTitle      string
	Trend         *sparkView
	Word          string // of the trend
	Rising        int
	Ring          *ringView
	RingNote      string
	Evidence      *evidence
	Context       []span // who solves it
	Solved        []solvedView
	Solvers       []string // conversations by lives.Solvers
	Conversations string
}

const (
	toldNeeds  = 8
	quotesEach = 5
	restNeeds  = 24
	trendWeeks = 26 // of the longest window, of which the last seven days are held against the usual
)

func needID(i int) string { return "need-" + strconv.Itoa(i+1) }

func (b *builder) needs() *needsView {
	told := 0
	for told < len(b.Figures.Needs) && b.Figures.Needs[told].People >= b.Options.MinNeed {
		told++
	}
	if told == 0 {
		return nil
	}
	v := &needsView{Replies: b.Figures.Threads, Bars: !b.early(), Window: b.windowWeeks()}
	most := 0
	for _, n := range b.Figures.Needs[:min(told, toldNeeds)] {
		most = max(most, n.People)
	}
	for i, n := range b.Figures.Needs[:min(told, toldNeeds)] {
		item := b.need(i, n, most)
		if item.Trend != nil {
			v.Weeks = len(n.Weekly)
		}
		v.Items = append(v.Items, item)
	}
	v.part(b)
	for _, n := range b.Figures.Needs[min(told, toldNeeds):told] {
		if len(v.Rest) < restNeeds && n.InSoManyWords() && !b.pointsAt(n) {
			v.Rest = append(v.Rest, b.rest(n))
			v.RestReplies = v.RestReplies || b.Figures.Threads && n.Old > 0
		}
	}
	v.More = told - min(told, toldNeeds) - len(v.Rest)
	v.Rest = b.restMeasured(v.Rest)
	v.Title = b.needsTitle(v.Window)
	v.Intro = b.rich("needs.intro")
	if b.Figures.Several > 0 {
		v.Intro = append(v.Intro, b.rich("needs.intro.several")...)
	}
	v.Replies = slices.ContainsFunc(v.Items, func(n needView) bool { return n.Ring != nil })
	for i := range v.Items {
		v.Context = v.Context || len(v.Items[i].Solvers) > 0
		if !v.Replies {
			v.Items[i].RingNote = ""
		}
	}
	if v.Replies {
		v.Intro = append(v.Intro, b.rich("needs.intro.replies")...)
	}
	v.Note = b.rich("needs.note")
	if b.Figures.Unnamed > 0 {
		v.Note = append(v.Note, b.rich("needs.note.unnamed", "n", b.Figures.Unnamed)...)
	}
	if v.Context {
		v.Note = append(v.Note, b.draw("draw.context")...)
	}
	if b.Figures.Alone > 0 {
		v.Note = append(v.Note, b.rich("needs.note.alone", "n", b.Figures.Alone)...)
	}
	if !b.early() {
		v.Beyond = b.beyond()
	}
	return v
}

// part puts those needs last that nobody voiced this week, then those that are sorted less surely, then those that nobody
// voiced of late, and says so over the first of them.
func (v *needsView) part(b *builder) {
	var parts [4][]needView
	heads := [4]string{"", b.text("needs.quiet"), b.text("needs.mixed"), b.text("needs.earlier")}
	for i, item := range v.Items {
		at := 0
		switch n := b.Figures.Needs[i]; {
		case n.Stale:
			at = 3
		case n.Mixed:
			at = 2
		case b.silent(n):
			at = 1
		}
		if len(parts[at]) == 0 {
			item.Head = heads[at]
		}
		parts[at] = append(parts[at], item)
	}
	v.Items = slices.Concat(parts[:]...)
}

// windowWeeks returns in how many weeks, begun ones included, people were counted.
func (b *builder) windowWeeks() int {
	const week = 7 * 24 * time.Hour
	return int((b.Story.Window.To.Sub(b.Story.Window.From) + week - time.Hour) / week)
}

// legend returns the tribes that the bars of needs show, largest first.
func (b *builder) legend() []badge {
	shown := make(map[int]bool)
	for _, n := range b.Figures.Needs[:min(len(b.Figures.Needs), toldNeeds)] {
		for _, s := range n.ByTribe {
			shown[s.Tribe] = shown[s.Tribe] || n.People >= b.Options.MinNeed
		}
	}
	var out []badge
	for i := range b.Figures.Tribes {
		if shown[i] {
			out = append(out, b.badge(i))
		}
	}
	if shown[figures.None] {
		out = append(out, b.badge(figures.None))
	}
	return out
}

// pointsAt reports whether a need is called by a certain thing alone, "the roof": what is wanted of it, or which, nobody
// knows who was not there.
func (b *builder) pointsAt(n figures.Need) bool {
	words := strings.Fields(strings.ToLower(b.topic(n)))
	return len(words) == 2 && signs.Certain.Has(words[0])
}

func (b *builder) rest(n figures.Need) restNeed {
	r := restNeed{Topic: b.glossed(n), Kind: b.text("need." + string(n.Type)), People: b.number(n.People) + b.lately(n), Unanswered: "–"}
	if n.Old > 0 {
		r.Unanswered = b.part(n.Unanswered, n.Old)
	}
	return r
}

func (b *builder) need(i int, n figures.Need, most int) needView {
	v := needView{
		ID: needID(i), Rank: i + 1, Topic: upper(plainText(b.phrase(n))), Kind: b.text("need." + string(n.Type)),
		People: b.number(n.People), Bar: b.bar(n, most), BarTitle: b.barTitle(n), Rising: n.Trend,
	}
	if _, lang := b.topicIn(n); lang != "" {
		v.TopicLang = langTag(lang)
		if known(lang) {
			v.Kind = b.text("need.in", "kind", v.Kind, "lang", b.text("in."+string(lang)))
			if means := b.means(n); means != "" {
				v.Kind += b.text("need.in.means", "means", means)
			}
		}
	}
	if q := b.sayingIt(n); figures.Whole(q.Text) && !b.Options.Anonymise {
		v.Said, v.Lang = unquoted(cutSaid(clean(q.Text), mostShown)), langTag(q.Lang, q.Post.Lang)
	}
	if len(n.Weekly) >= 3 {
		v.Trend = spark(n.Weekly)
	}
	if v.Trend != nil && b.windowWeeks() <= trendWeeks || b.asleep(n) {
		v.Word = b.trendWord(n)
	}
	b.ring(&v, n)
	b.context(&v, i)
	v.Evidence = b.evidence(needID(i)+"-posts", []span{{Text: v.Topic, Collected: true}}, b.rich("evidence.need", "n", n.Requests, "people", n.People), n.Quotes, quotesEach, quotedFirst(n.Quotes, n.Posts))
	v.Evidence.reads(b)
	b.countedFor(needID(i)+"-posts", n.Key)
	return v
}

// mostShown is how many letters of what somebody said stand under a need.
const mostShown = 150

// sayingIt returns the quote that shows a need: of its kind and in the page's language, by its name
// before by other words, whole before cut, of whoever speaks of themselves before what is told of others.
func (b *builder) sayingIt(n figures.Need) figures.Quote {
	for _, fits := range [...]func(figures.Quote) bool{
		func(q figures.Quote) bool { return q.SaysAll() && q.Type == n.Type && q.Lang == b.lang },
		func(q figures.Quote) bool { return q.SaysAll() && q.Type == n.Type },
		func(q figures.Quote) bool { return q.SaysName() && q.Type == n.Type && q.Lang == b.lang },
		func(q figures.Quote) bool { return q.SaysName() && q.Type == n.Type },
		func(q figures.Quote) bool { return q.SaysName() && q.Lang == b.lang },
	} {
		short := func(q figures.Quote) bool { return fits(q) && utf8.RuneCountInString(q.Text) <= mostShown }
		own := func(q figures.Quote) bool { return short(q) && q.Own }
		for _, fits := range [...]func(figures.Quote) bool{own, short, fits} {
			if i := slices.IndexFunc(n.Quotes, fits); i >= 0 {
				return n.Quotes[i]
			}
		}
	}
	if len(n.Quotes) == 0 {
		return figures.Quote{}
	}
	return n.Quotes[0]
}

// lately says since when nobody voices a need, the same wherever it is told; nothing where somebody did this week.
func (b *builder) lately(n figures.Need) string {
	if !b.silent(n) {
		return ""
	}
	return " · " + b.trendWord(n)
}

// asleepFor returns for how many weeks nobody has voiced a need, of those that are counted one by one.
func asleepFor(weekly []int) (n int) {
	for n < len(weekly) && weekly[len(weekly)-1-n] == 0 {
		n++
	}
	return n
}

// asleep reports whether nobody has voiced a need in any of the weeks that are counted one by one, at the end of many more.
func (b *builder) asleep(n figures.Need) bool {
	return b.long && asleepFor(n.Weekly) >= figures.Weeks
}

// trendWord says whether more people voice a need this week than usual, or nobody does.
func (b *builder) trendWord(n figures.Need) string {
	switch {
	case n.Stale, b.asleep(n):
		return b.text("trend.stale")
	case n.Weekly[len(n.Weekly)-1] == 0:
		return b.text("trend.none")
	}
	return b.text("trend." + strconv.Itoa(n.Trend))
}

// leastShare is how many things a percentage is of; of fewer it is told how many.
const leastShare = 20

// Room in a bar of 1000 on a phone.
const (
	roomForLetter = 52
	roomForBoth   = 110
)
