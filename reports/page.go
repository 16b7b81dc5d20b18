package reports

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/signs"
)

// A page is everything the templates show, in one language.
type page struct {
	Lang      string
	Others    []langLink
	Index     string // list of all weeks
	Title     string
	Summary   string
	Nothing   bool // a project's first, of no post at all
	Project   string
	About     string
	Week      string
	Dates     string
	Headline  []span
	Lead      []span
	Notices   [][]span // what a reader must know before reading on: a source down, all tentative
	Early     *earlyView
	Lines     []lineView
	Map       *mapView
	Changes   *changesView
	Compare   *compareView
	Needs     *needsView
	Tribes    cardsView
	Rest      cardsView // crowds and cliques
	TribesIs  []span    // heading of Tribes
	Served    *servedView
	Soft      *softView
	People    *peopleView
	House     *houseView
	When      *whensView
	WhenIs    []span // heading of When
	Quiet     []span // when nobody replies
	Balance   *balanceView
	Method    methodView
	Legend    []badge
	Anonymous bool
}

// plainText returns a sentence without its marks.
func plainText(spans []span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
	}
	return b.String()
}

type langLink struct{ Lang, Name, Href string }

// A badge is a tribe's letter in its colour.
type badge struct {
	Letter, Name, Href string
	Colour             int
}

// A strength is how sure a claim is.
type strength struct {
	Level int // 3 solid, 2 likely, 1 tentative
	Word  string
}

// A builder writes the page of a view.
type builder struct {
	View
	*printer
	oneSource bool   // all posts come from one source
	onePlace  bool   // and stand in one place
	section   string // that is being told
	cited     []citation
	intimate  intimates
	brought   map[data.PostID]data.TribeID // answers that a tribe is told to be brought
	meanings  map[string]string            // of tribes' names in the page's language, once asked for
	answers   *signs.Book
	causes    map[string]lookedUp  // of changes, once asked for
	press     map[string]bool      // whence texts are, by names that tell it, once asked for
	deed      *deed                // to do first, once asked for
	veiled    map[data.PostID]bool // posts that stand without a name wherever they stand
}

func newBuilder(v View, lang data.Lang) (*builder, error) {
	p, err := newPrinter(lang, v.Options.Location)
	if err != nil {
		return nil, err
	}
	p.long = v.Story.Window.To.Sub(v.Story.Window.From) > figures.LongWindow
	if from, to := v.Story.Window.From.In(p.loc), v.Story.AsOf.In(p.loc); !from.AddDate(1, 0, 0).Before(to) {
		p.year = to.Year()
	}
	b := &builder{View: v, printer: p, oneSource: true, onePlace: true, intimate: intimatesOf(v), brought: map[data.PostID]data.TribeID{}, meanings: map[string]string{}, causes: map[string]lookedUp{}, answers: signs.AnswersBook()}
	for i := range v.Story.Activity {
		first, post := &v.Story.Activity[0], &v.Story.Activity[i]
		b.oneSource = b.oneSource && post.Source == first.Source
		b.onePlace = b.onePlace && b.oneSource && post.Place == first.Place
	}
	b.veiled = b.disappointing()
	return b, nil
}

// told tells a section; what is cited meanwhile is a number of it.
func told[T any](b *builder, section string, tell func() T) T {
	b.section = section
	return tell()
}

func (b *builder) page() page {
	from, to := weekDays(b.Story.Week, b.Options.Location)
	p := page{
		Nothing: b.Story.Posts == 0 && b.Story.Parent == "", Lang: string(b.lang), Project: clean(b.Options.Project), About: clean(b.Options.about(b.lang)),
		Week: b.weekName(b.Story.Week), Dates: b.dates(from, to), Anonymous: b.Options.Anonymise,
		Others: b.languages(), Index: b.Options.indexFile(b.lang),
	}
	if b.long {
		p.Week, p.Dates = b.text("asof", "date", b.date(b.Story.AsOf)), b.dates(b.Story.Window.From.Add(time.Second), b.Story.Window.To)
	}
	if b.early() {
		p.Early, p.Needs = b.earlyView(), told(b, "needs", b.needs)
		p.Headline, p.Lead = p.Early.Headline, p.Early.Lead
	} else {
		p.Headline, p.Lead, p.Lines = b.headline(), b.lead(), b.lines()
		p.Notices = b.notices()
		p.Map = told(b, "map", b.mapView)
		p.Changes = told(b, "changes", b.changesView)
		p.Compare = told(b, "compare", b.compare)
		p.Needs = told(b, "needs", b.needs)
		b.section = "tribes"
		p.Tribes, p.Rest = b.tribes()
		p.Served = told(b, "served", b.served)
		p.Soft = told(b, "soft", b.soft)
		p.People = told(b, "people", b.people)
		p.When = told(b, "when", b.when)
		p.Balance = told(b, "when", b.balance)
		p.House = told(b, "house", b.house)
		p.TribesIs, p.WhenIs, p.Quiet = b.tribesTitle(), b.whenTitle(), b.whenQuiet()
		p.Legend = b.legend()
	}
	p.Method = told(b, "method", b.method)
	p.Title = p.Project + " · " + p.Week
	p.Summary = plainText(p.Headline)
	return p
}

func (b *builder) languages() []langLink {
	var out []langLink
	for _, l := range b.Options.Langs {
		if l != b.lang && known(l) {
			out = append(out, langLink{string(l), b.text("language." + string(l)), b.Story.Week + "." + string(l) + ".html"})
		}
	}
	return out
}

func (b *builder) strength(stability float64, people int) strength {
	level := b.level(stability, people)
	return strength{level, b.text("strength." + strconv.Itoa(level))}
}

// repliesStrength says how sure a share of replies is: tentative where only part of the conversations is there.
func (b *builder) repliesStrength(stability float64, requests int) strength {
	if b.Figures.Parts.Partial() {
		return b.strength(0, 0)
	}
	return b.strength(stability, requests)
}

func (b *builder) badge(i int) badge {
	if i == figures.None {
		return badge{Name: b.text("none"), Colour: -1}
	}
	t := b.Figures.Tribes[i]
	return badge{Letter: t.Letter, Name: b.title(t.Tribe), Href: "#" + b.tribeID(i), Colour: b.Colours[t.ID]}
}

// letters lists the letters of tribes in their order, which is not that of their sizes.
func (b *builder) letters(of []string) string {
	slices.SortFunc(of, data.ByLetter)
	return b.join(of)
}

func (b *builder) tribeID(i int) string { return "tribe-" + string(b.Figures.Tribes[i].ID) }

// name returns what readers see of an author.
func (b *builder) name(a data.AuthorID) collected {
	if b.Options.Anonymise {
		return collected(b.text("person.unknown"))
	}
	author := b.Story.Authors[a]
	for _, s := range []string{author.Name, author.Handle, author.NativeID} {
		if s = clean(s); s != "" {
			return collected(cut(s, 40))
		}
	}
	return collected(b.text("person.unknown"))
}

// sizeWord says in words how a tribe's size changed.
func (b *builder) sizeWord(t figures.Tribe) string {
	if b.Figures.First {
		return ""
	}
	switch {
	case t.Size.With != "":
		if i := b.tribeIndex(t.Size.With); i != figures.None && t.Size.Moved > 0 {
			return b.text("size.came", "n", t.Size.Moved, "letter", b.Figures.Tribes[i].Letter)
		} else if i != figures.None {
			return b.text("size.went", "n", -t.Size.Moved, "letter", b.Figures.Tribes[i].Letter)
		}
		return b.change(t.Size.Change)
	case t.Size.After != "":
		return b.text("size." + string(t.Size.After))
	case t.Size.Real:
		return b.change(t.Size.Change)
	}
	return b.text("size.steady")
}

// topic returns the word for a need that suits the page's language.
func (b *builder) topic(n figures.Need) string {
	word, _ := b.topicIn(n)
	return word
}

// topicIn returns the word for a need in the page's language, unless that names a bare thing and
// another says what is wanted of it; and the language it is in, where that is not the page's. A phrase that people of both
// languages are heard to say is of that in which more do.
func (b *builder) topicIn(n figures.Need) (string, data.Lang) {
	word := clean(n.In(b.lang))
	if n.Lang == b.lang || n.Lang == data.LangUnd {
		return word, ""
	}
	if word == clean(n.Labels[b.lang]) && (!strings.Contains(word, " ") || word != clean(n.Labels[n.Lang])) {
		return word, ""
	}
	return word, n.Lang
}
