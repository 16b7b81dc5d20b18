package reports

import (
	"cmp"
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/signs"
)

const (
	everywhere = 3  // tribes that voice a need, from which it tells none of them where none voices most of it
	readWords  = 25 // of a quote that is read at a glance
	wholeTitle = 3  // words of a title, from which a sentence that holds them is no more than it
)

// telling returns those of a tribe's quotes that its people said of themselves, in a language of theirs: no titles,
// no questions back at whoever asked, no prices. Of a tribe that split off since the run before those of the conversation in
// which it met stand first. Before the others stand those that say a word of its name or the need that holds it
// together, then those that say another of the things it is told by, before those that say a word of its own; of these
// the writer's own requests and statements, then those that are short, and not those that break off; last what people of many tribes need.
func (b *builder) telling(t figures.Tribe, quotes []figures.Quote) []figures.Quote {
	quotes = b.voiced(slices.DeleteFunc(slices.Clone(quotes), func(q figures.Quote) bool { return b.unfit(t, q) }))
	called, things := strings.Join(t.Names(), " "), b.toldBy(t.Tribe)
	var bond []data.PostID
	at := b.tribeIndex(t.ID)
	if own, voicing := b.bondNeeds(at, t); voicing > 0 {
		bond = b.Figures.Needs[b.needIndex(own[0])].Posts
	} else if n, ok := b.bondNeed(at, t); ok {
		bond = b.Figures.Needs[b.needIndex(n)].Posts
	}
	cause := b.metPosts(t.Tribe)
	fault := make(map[data.PostID]int, len(quotes))
	for _, q := range quotes {
		n := 0
		if cause != nil && !slices.Contains(cause, q.Post.ID) {
			n += 32
		}
		if b.ofMany(q.Post.ID) {
			n += 16
		}
		switch {
		case namedIn(q.Text, called) || slices.Contains(bond, q.Post.ID) || slices.Contains(cause, q.Post.ID):
		case namedIn(q.Text, things):
			n++
		case slices.ContainsFunc(t.Words, func(w data.Term) bool { return namedIn(q.Text, w.Form) }):
			n += 4
		default:
			n += 8
		}
		if !q.Own && !(q.Opens && strings.HasSuffix(q.Text, "?")) {
			n += 4
		}
		if !q.Opens {
			n++
		}
		if words := strings.Fields(q.Text); len(words) > readWords || strings.HasSuffix(words[0], ",") {
			n += 2
		}
		if said := cutSaid(q.Text, mostQuoted); len(said) > mostQuoted/2 && strings.HasSuffix(said, "…") {
			n += 8
		}
		fault[q.Post.ID] = n
	}
	slices.SortStableFunc(quotes, func(x, y figures.Quote) int { return cmp.Compare(fault[x.Post.ID], fault[y.Post.ID]) })
	return quotes
}

// unfit reports whether a quote speaks for nobody: it is in a language that is not the tribe's, or is a title, a price,
// or a question back at somebody who asked.
func (b *builder) unfit(t figures.Tribe, q figures.Quote) bool {
	text := strings.TrimSpace(q.Text)
	return text == "" || foreign(t.Tribe, q.Lang) || b.isTitle(q) || priced(text) || !q.Opens && strings.Contains(text, "?") && addresses(text)
}

// isTitle reports whether a quote is the title of its conversation or holds it, or names another.
func (b *builder) isTitle(q figures.Quote) bool {
	text, title := plainWords(q.Text), plainWords(b.Story.Threads[q.Post.Thread].Title)
	first, _, _ := strings.Cut(text, " ")
	if strings.Contains(strings.ToLower(q.Text), "was:") || first == "re" || first == "fwd" {
		return true
	}
	return strings.Count(title, " ")+1 >= wholeTitle && (strings.Contains(text, title) || strings.Contains(title, text))
}

// plainWords returns text as words in small letters, a space between them.
func plainWords(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !wordRune(r) }), " ")
}

// priced reports whether a sentence tells a price without asking: what offers do.
func priced(text string) bool {
	at := strings.IndexAny(text, "$€£")
	return at >= 0 && strings.ContainsAny(text[at:], "0123456789") && !strings.Contains(text, "?")
}

// addresses reports whether a sentence turns to whoever reads it.
func addresses(text string) bool {
	return slices.ContainsFunc(strings.Fields(plainWords(text)), signs.Reader.Has)
}

// ofMany reports whether a post voices a told need that people of several tribes voice.
func (b *builder) ofMany(post data.PostID) bool {
	return slices.ContainsFunc(b.Figures.Needs[:min(len(b.Figures.Needs), toldNeeds)], func(n figures.Need) bool {
		return everybodys(n) && slices.Contains(n.Posts, post)
	})
}

// everybodys reports whether people of several tribes voice a need, and no tribe most of it.
func everybodys(n figures.Need) bool {
	return len(n.Within) >= everywhere && !slices.ContainsFunc(n.Within, func(s figures.Share) bool { return 2*s.People > n.People })
}

// foreign reports whether a tribe is told of, and not in lang.
func foreign(t data.Tribe, lang data.Lang) bool {
	return lang != "" && lang != data.LangUnd && len(t.Told) > 0 && !slices.ContainsFunc(t.Told, func(told data.Telling) bool { return told.Lang == lang })
}

// tribeQuotes returns what members wrote: the needs counted, and what the exemplars say of what the tribe is told by;
// where there are few, what these say first.
func (b *builder) tribeQuotes(t figures.Tribe) []figures.Quote {
	out := b.metQuotes(t)
	few := len(out) < 2
	seen := make(map[data.AuthorID]bool)
	for _, q := range out {
		seen[q.Post.Author] = true
	}
	about := b.toldBy(t.Tribe)
	for _, id := range t.Exemplars {
		p, ok := b.Posts[id]
		text := ""
		if ok && p.Format == data.FormatText {
			at := slices.IndexFunc(sentences(p.Body), func(s string) bool { return namedIn(s, about) })
			if at >= 0 {
				text = sentences(p.Body)[at]
			} else if few {
				text = said(p)
			}
		}
		if text != "" && !seen[p.Author] {
			seen[p.Author] = true
			out = append(out, figures.Quote{Text: text, Answered: true, Post: data.PostMeta{
				ID: p.ID, Source: p.Source, Author: p.Author, Thread: p.Thread, CreatedAt: p.CreatedAt, URL: p.URL, Place: p.Place, Lang: p.LangHint}})
		}
	}
	return out
}

// toldBy returns the words of a tribe's names and of the things that it is told by.
func (b *builder) toldBy(t data.Tribe) string {
	words := t.Names()
	for i, w := range b.things(t) {
		if i < mostThings {
			words = append(words, w.Form)
		}
	}
	return strings.Join(words, " ")
}

// said returns the first sentence of a post, and never its title.
func said(p data.Post) string {
	if p.Format != data.FormatText {
		return ""
	}
	return sentence(p.Body)
}
