package export

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"tribu/data"
	"tribu/reports/measure"
)

// contactSpan is how long a contact counts against the cap.
const contactSpan = 30 * 24 * time.Hour

// care is what is known about how members want to be treated.
type care struct {
	noOffers  map[data.AuthorID]string // why
	contacts  map[data.AuthorID]int    // by the customer in the last 30 days
	contacted map[data.AuthorID]time.Time
	maker     map[data.AuthorID]bool
	limit     int
	location  *time.Location
}

func newCare(l *list) care {
	c := care{
		noOffers: make(map[data.AuthorID]string), contacts: make(map[data.AuthorID]int), contacted: make(map[data.AuthorID]time.Time),
		maker: make(map[data.AuthorID]bool), limit: max(l.ContactCap, 1), location: l.Location,
	}
	for _, p := range l.Activity {
		post, ok := l.Texts[p.ID]
		if ok && c.noOffers[p.Author] == "" && asksForNoOffers(post.Title+"\n"+post.Body) {
			c.noOffers[p.Author] = "asked not to be sold to"
		}
	}
	makers := measure.Makers(l.Authors, l.Makers)
	for id, a := range l.Authors {
		platform := l.platform(a)
		for _, o := range l.OptOuts {
			if o.covers(a, platform) {
				c.noOffers[id] = "opted out of offers"
			}
		}
		for _, o := range l.Own {
			if !sameAccount(o.Handle, o.Platform, a, platform) || o.At.IsZero() || o.At.After(l.AsOf) {
				continue
			}
			if o.At.After(c.contacted[id]) {
				c.contacted[id] = o.At
			}
			if l.AsOf.Sub(o.At) < contactSpan {
				c.contacts[id]++
			}
		}
		c.maker[id] = makers[id] || slices.ContainsFunc(l.Makers, func(m string) bool { return sameAccount(m, "", a, platform) })
	}
	return c
}

// pitch returns "yes" for those who want no offers.
func (c care) pitch(a data.AuthorID) string {
	if c.noOffers[a] != "" {
		return "yes"
	}
	return ""
}

// note returns what else is known about a member.
func (c care) note(a data.AuthorID) string {
	var out []string
	if why := c.noOffers[a]; why != "" {
		out = append(out, why)
	}
	if c.maker[a] {
		out = append(out, "speaks for a company")
	}
	if at := c.contacted[a]; !at.IsZero() {
		out = append(out, "you wrote on "+at.In(c.location).Format(time.DateOnly))
	}
	return strings.Join(out, "; ")
}

// sameAccount reports whether handle, on platform where that is given, names a.
func sameAccount(handle, platform string, a data.Author, kind string) bool {
	if platform != "" && !strings.EqualFold(platform, kind) && !strings.EqualFold(platform, a.Source) {
		return false
	}
	h := bare(handle)
	return h != "" && (h == bare(a.Handle) || h == bare(a.NativeID) || h == bare(address(kind, a.Handle, web(a.URL))))
}

// bare folds a handle to what makes it one.
func bare(handle string) string {
	return strings.ToLower(strings.TrimPrefix(strings.TrimSpace(handle), "@"))
}

// covers reports whether the line is about a: by handle, or by the domain of the profile.
func (o OptOut) covers(a data.Author, kind string) bool {
	if sameAccount(o.HandleOrDomain, o.Platform, a, kind) {
		return true
	}
	u, err := url.Parse(a.URL)
	domain := strings.ToLower(strings.TrimSpace(o.HandleOrDomain))
	return err == nil && strings.Contains(domain, ".") && (u.Hostname() == domain || strings.HasSuffix(u.Hostname(), "."+domain))
}

// asksForNoOffers reports whether a text asks, in English or Italian, not to be sold to or written
// to. It looks at what is not quoted.
func asksForNoOffers(text string) bool {
	var own strings.Builder
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(strings.TrimSpace(line), ">") {
			own.WriteString(line)
		}
	}
	words := " " + strings.Join(strings.FieldsFunc(strings.ToLower(own.String()), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ") + " "
	for _, cue := range noOfferCues() {
		if strings.Contains(words, " "+cue+" ") {
			return true
		}
	}
	return false
}

func noOfferCues() []string {
	return []string{
		"no sales pitches", "no pitches please", "no sales pitch please", "please don t pitch me", "don t pitch me", "do not pitch me",
		"don t try to sell me", "do not try to sell me", "stop trying to sell me", "don t sell me anything", "no solicitation", "no solicitations",
		"no unsolicited offers", "no unsolicited messages", "don t dm me", "do not dm me", "please don t contact me", "do not contact me",
		"no marketing please", "no vendors please", "vendors please don t",
		"niente offerte commerciali", "no offerte commerciali", "niente proposte commerciali", "no proposte commerciali", "niente pubblicità per favore",
		"non cercate di vendermi", "non provate a vendermi", "non vendetemi", "non voglio offerte", "non voglio pubblicità", "non contattatemi",
		"non scrivetemi in privato", "niente messaggi privati", "no messaggi privati", "astenersi venditori", "astenersi commerciali", "no perditempo e venditori",
	}
}

// without returns why the options leave m out; empty where they do not.
func (l *list) without(m data.Member) string {
	author, ok := l.Authors[m.Author]
	if !ok || author.OptedOut {
		return reasonGone
	}
	if _, ok := l.chosen[m.Tribe]; !ok && (m.Tribe != "" || l.Preset != All || len(l.Options.Tribes) > 0) {
		return reasonElsewhere
	}
	if m.Tribe != "" && m.Strength < l.MinMembership {
		return fmt.Sprintf("with a membership below %g", l.MinMembership)
	}
	if !l.preset(m) {
		return l.notIn()
	}
	return ""
}

const (
	reasonGone      = "opted out or forgotten"
	reasonMaker     = "speaking for a company"
	reasonStranger  = "not among the contacts"
	reasonElsewhere = "elsewhere" // not in a tribe that was asked for: no loss to explain
)

// notIn says why somebody is not in the preset.
func (l *list) notIn() string {
	end := l.day(l.AsOf)
	switch since := end.Add(-month); l.Preset {
	case Newcomers:
		return "first seen by " + since.Format("2 January 2006")
	case GoneQuiet:
		return "wrote in the 14 days up to " + end.Format("2 January 2006")
	case Helpers:
		return "helped nobody in the 28 days up to " + end.Format("2 January 2006")
	case Bridges:
		return "talked to fewer than three people of other tribes"
	}
	return "not in the preset " + string(l.Preset)
}

func (l *list) preset(m data.Member) bool {
	p := l.figures.People[m.Author]
	switch l.Preset {
	case Newcomers:
		return p.First.After(l.AsOf.Add(-month))
	case GoneQuiet:
		return !p.Last.IsZero() && p.Last.Before(l.AsOf.Add(-month/2))
	case Helpers:
		return p.Helped28 > 0
	case Bridges:
		return m.Role == data.RoleBridge || p.Outside() >= 3
	}
	return true
}

// heldBack returns why care keeps a member off a list of members; empty where it does not.
func (l *list) heldBack(m data.Member) string {
	switch {
	case l.Purpose == Offer && l.care.noOffers[m.Author] != "":
		return l.care.noOffers[m.Author]
	case l.Purpose == Offer && l.care.maker[m.Author]:
		return reasonMaker
	case l.care.contacts[m.Author] >= l.care.limit:
		return "contacted in the last 30 days"
	case l.Match != nil && len(l.matches(m.Author)) == 0:
		return reasonStranger
	}
	return ""
}

// listed returns the members of a list: those chosen whom care does not hold back.
func (l *list) listed() []data.Member {
	return slices.DeleteFunc(l.chosenMembers(), func(m data.Member) bool { return l.heldBack(m) != "" })
}
