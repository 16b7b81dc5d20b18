package reports

import (
	"regexp"
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/signs"
)

// sited is the name of a site, as it stands in a name that tells whence a text is; an address of mail is none.
var sited = regexp.MustCompile(`(?i)(^|[^@\pL\pN.])([\pL\pN-]+\.)*[\pL\pN-]{3,}\.(it|com|net|org|info|eu)\b`)

// voiced returns those of quotes that their writers do not pass on from elsewhere; all of them where nobody speaks.
func (b *builder) voiced(quotes []figures.Quote) []figures.Quote {
	own := slices.DeleteFunc(slices.Clone(quotes), func(q figures.Quote) bool {
		return b.relays(q.Post.Author) || q.Post.Acts.Has(data.Relaying)
	})
	if len(own) == 0 {
		return quotes
	}
	return own
}

// relays reports whether a name that was typed by hand tells whence a text is, and not who wrote it: from the Daily,
// daily.com, or a name that another gives so.
func (b *builder) relays(a data.AuthorID) bool {
	if !b.Figures.TypesName(a) {
		return false
	}
	if b.press == nil {
		b.press = make(map[string]bool)
		for id, author := range b.Story.Authors {
			if origin := b.origin(author.Name); origin != "" && b.Figures.TypesName(id) {
				b.press[origin] = true
			}
		}
	}
	name := b.Story.Authors[a].Name
	return b.origin(name) != "" || b.press[plainName(name)]
}

// origin returns whence a name says that a text is, in small letters without marks; empty for a name of somebody.
func (b *builder) origin(name string) string {
	if at := sited.FindString(name); at != "" {
		at = strings.TrimLeft(at, " .,:;('\"")
		return plainName(at[:strings.LastIndexByte(at, '.')])
	}
	first, rest, more := strings.Cut(name, " ")
	if !more || first != strings.ToLower(first) || rest == strings.ToLower(rest) {
		return "" // who bears such a name writes it large, or all of it small
	}
	if signs.Whence.Has(first) {
		return plainName(rest)
	}
	return ""
}

func plainName(s string) string { return strings.ReplaceAll(plainWords(s), " ", "") }
