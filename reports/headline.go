package reports

import (
	"math"
	"slices"
	"unicode"
	"unicode/utf8"

	"tribu/data"
	"tribu/reports/figures"
)

// mostHead is how many letters a headline has at most: two lines of a page, four of a phone.
const mostHead = 88

// mostMet is how many it has at most where it tells after which conversation people left as well.
const mostMet = 100

// headline returns the two strongest findings as one sentence, or the stronger where both have no room.
func (b *builder) headline() []span {
	first, second := b.firstFinding(), b.secondFinding()
	if second == nil && (b.Figures.First || first == nil) {
		second = b.weighed()
	}
	quiet := first == nil
	if quiet {
		first = b.rich("head.quiet")
		if parts := b.paceHead(); parts != nil {
			parts[0].Text = lower(parts[0].Text)
			second = parts
		}
	}
	if met := b.metHead(first, second != nil); met != nil {
		return met
	}
	if second == nil {
		if quiet || b.Figures.First {
			return b.shapes(first)
		}
		return first
	}
	if both := b.rich("head.both", "first", first, "second", second); utf8.RuneCountInString(plainText(both)) <= mostHead {
		return both
	}
	if b.Figures.First || len(b.Figures.Changes) == 0 {
		second[0].Text = upper(second[0].Text)
		return second
	}
	return first
}

// metHead says who left a tribe and where they met, where that is the first finding and the conversation what sets them apart
// most: about which firm, and that it let them down, else under which title; with the second finding, where both have room.
func (b *builder) metHead(first []span, two bool) []span {
	if len(b.Figures.Changes) == 0 || b.Figures.First {
		return nil
	}
	c := b.Figures.Changes[0]
	why, met := b.metIn(c)
	if !met || plainText(first) != plainText(b.changeHead(c)) {
		return nil
	}
	title := clean(b.Story.Threads[why.Thread].Title)
	said, key, most := b.saidThere(why), "head.leave.met", why.Met
	switch {
	case said.down():
		key, most = "head.leave.down", said.people
	case said.firm != "":
		key = "head.leave.firm"
	}
	told := b.rich(key, "from", b.called(c.To[0]), "n", c.Came[1], "most", most, "title", collected(title), "firm", said.firm)
	fits := func(head []span) bool { return utf8.RuneCountInString(plainText(head)) <= mostMet }
	if second := b.second(".short"); two && second != nil {
		if both := b.rich("head.both", "first", told, "second", second); fits(both) {
			return both
		}
	}
	if !fits(told) {
		return nil
	}
	return told
}

// weighed is the finding of a page without a change or a need that a headline tells: that most requests get no reply, or
// in which tribes most and fewest do. Where only part of the conversations is there, neither is sure enough to head a page.
func (b *builder) weighed() []span {
	if !b.Figures.Threads || b.Figures.Parts.Partial() || b.tentative() {
		return nil
	}
	if all := b.Figures.Pace.All; b.repliesStrength(1, all.Asked).Level > 1 && 2*all.Unanswered > all.Asked {
		return b.rich("tail.silent", "share", b.percent(all.Open()))
	}
	if gap := b.servedApart(); gap.told != "" {
		return b.rich("tail.apart"+gap.told, "best", b.called(gap.best.Tribe), "last", b.called(gap.last.Tribe))
	}
	return nil
}

// firstFinding is what tribes took shape in a first report, else the weightiest change that is more than tentative; where
// none is, that people wait longer or less for a reply, else who is served how, else the weightiest there is; nothing where
// there is no change.
func (b *builder) firstFinding() []span {
	largest := b.largest()
	if key := "head.first"; b.Figures.First {
		if b.tentative() {
			key += ".tentative"
		}
		return b.rich(key, "n", b.Figures.TribeCount(), "name", b.called(largest.Tribe))
	}
	var unsure []span
	for _, c := range b.Figures.Changes {
		switch parts := b.changeHead(c); {
		case parts == nil:
		case b.changeStrength(c).Level > 1:
			return parts
		case unsure == nil:
			unsure = parts
		}
	}
	if unsure == nil {
		return nil
	}
	if parts := b.paceHead(); parts != nil {
		return parts
	}
	if parts := b.weighed(); parts != nil {
		parts[0].Text = upper(parts[0].Text)
		return parts
	}
	return unsure
}

// shapes adds to what says that tribes took shape the names of the largest, as many as a headline holds.
func (b *builder) shapes(head []span) []span {
	var told []data.Tribe
	out := head
	for _, t := range b.Figures.Tribes {
		if !t.IsTribe() || b.Figures.TribeCount() < 2 {
			break
		}
		told = append(told, t.Tribe)
		names := collected(b.quotedNames(told))
		longer := b.rich("head.shapes", "head", head, "names", names)
		if len(told) < b.Figures.TribeCount() {
			longer = b.rich("head.shapes.some", "head", head, "names", names)
		}
		if utf8.RuneCountInString(plainText(longer)) > mostHead {
			break
		}
		out = longer
	}
	return out
}

// changeHead says a change in a headline; nothing for changes within the usual.
func (b *builder) changeHead(c figures.Change) []span {
	args := []any{"from", b.first(c.From), "to", b.first(c.To), "n", len(c.From)}
	switch c.Event {
	case figures.Move:
		key := "head.move"
		if b.renamed(c) != nil && c.Came[0] > c.Stayed {
			key = "head.move.new"
		}
		return b.rich(key, "from", b.called(b.now(c.From[0])), "to", b.called(c.To[0]), "n", c.Came[0])
	case data.Split:
		if goesOn(c) && len(c.To) == 2 && len(c.Came) == 2 && c.Came[1] > 0 {
			return b.rich("head.leave", "from", b.called(c.To[0]), "n", c.Came[1])
		}
		if goesOn(c) {
			return b.rich("head.split.off", "from", b.first(c.To), "list", collected(upper(b.quotedNames(c.To[1:]))), "n", len(c.To)-1)
		}
		return b.rich("head.split", append(args, "list", collected(b.quotedNames(c.To)))...)
	case data.Merge:
		if len(c.From) > mostHeaded {
			return b.rich("head.merge.many", args...)
		}
		parents := slices.DeleteFunc(slices.Clone(c.From), func(t data.Tribe) bool { return len(c.From) > 1 && b.title(t) == b.title(c.To[0]) })
		return b.rich("head.merge", "n", len(parents), "to", b.first(c.To), "parents", collected(upper(b.quotedNames(parents))))
	case figures.Dissolve, data.Born, data.Died, data.Dormant:
		return b.rich("head."+string(c.Event), args...)
	case data.Grow, data.Shrink:
		size, ok := b.realSize(c)
		if !ok {
			return nil
		}
		if size.Change >= 1 {
			return b.rich("head.grow.from", "to", b.called(c.To[0]), "before", size.Before, "n", c.To[0].People)
		}
		return b.rich("head."+string(c.Event), "to", b.called(c.To[0]), "change", b.percent(math.Abs(size.Change)))
	}
	return nil
}

// renamed says what the tribe to which people moved was called before; nothing where it still is.
func (b *builder) renamed(c figures.Change) []span {
	i := b.tribeIndex(c.To[0].ID)
	if i == figures.None || c.Stayed == 0 || b.formerly(b.Figures.Tribes[i]) == "" {
		return nil
	}
	return b.called(b.Figures.Tribes[i].Size.Then)
}

// goesOn reports whether the first part of a split carries on the tribe, if under another name.
func goesOn(c figures.Change) bool {
	return len(c.To) > 1 && c.From[0].ID == c.To[0].ID
}

// quotedNames lists the names of tribes.
func (b *builder) quotedNames(tribes []data.Tribe) string { return b.join(b.eachQuoted(tribes)) }

func (b *builder) eachQuoted(tribes []data.Tribe) (out []string) {
	for _, t := range tribes {
		out = append(out, b.text("quoted", "name", collected(cut(b.title(t), 48))))
	}
	return out
}

// realSize returns how a tribe grew or shrank, and false where that is no more than usual.
func (b *builder) realSize(c figures.Change) (figures.Size, bool) {
	if len(c.To) == 0 {
		return figures.Size{}, false
	}
	for _, t := range b.Figures.Tribes {
		if t.ID == c.To[0].ID {
			grew := t.Size.Change > 0
			return t.Size, t.Size.Real && grew == (c.Event == data.Grow)
		}
	}
	return figures.Size{}, false
}

// first says which is the first of tribes; nothing where there is none.
func (b *builder) first(tribes []data.Tribe) []span {
	if len(tribes) == 0 {
		return nil
	}
	return b.called(tribes[0])
}

// secondFinding is the need voiced most, where as many voice it as make a tribe: who looks for somebody, what
// people want or ask, what they say is wrong.
func (b *builder) secondFinding() []span { return b.second("") }

// second words that finding; form ends the keys of its messages.
func (b *builder) second(form string) []span {
	n, i := b.topUnmet()
	if i < 0 {
		return nil
	}
	return b.wanting(n, n.People, form)
}

// wanting says that so many people voice a need; form ends the keys of its messages.
func (b *builder) wanting(n figures.Need, people int, form string) []span {
	key, topic := b.subject(n, "")
	switch {
	case b.ofPeople(n):
		key = "tail.seek"
	case n.Type == data.Wish || n.Type == data.Recommendation:
		key = "tail.wish"
	case n.Type == data.HowTo:
		key = "tail.ask"
	case key == "":
		key = "tail.say"
	default:
		key = "tail.about"
	}
	return b.rich(key+form, "topic", topic, "n", people)
}

// now returns a tribe of the run before as it is, under the name it bears now; as it was where it is gone.
func (b *builder) now(t data.Tribe) data.Tribe {
	if i := b.tribeIndex(t.ID); i != figures.None {
		return b.Figures.Tribes[i].Tribe
	}
	return t
}

func (b *builder) largest() figures.Tribe {
	if len(b.Figures.Tribes) == 0 {
		return figures.Tribe{}
	}
	return b.Figures.Tribes[0]
}

// lower makes the first letter a small one.
func lower(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(first)) + s[n:]
}

// upper makes the first letter a capital.
func upper(s string) string {
	for i, r := range s {
		if i == 0 {
			return string(toUpper(r)) + s[len(string(r)):]
		}
	}
	return s
}
