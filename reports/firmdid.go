package reports

import (
	"cmp"
	"slices"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure"
)

// toldTalks is how many conversations are named in which people asked for something where a firm wrote.
const toldTalks = 2

// firmDid tells of a firm that those who left over it say is not what they expected what is heard of it before: for what they asked
// or of what they complained where it wrote, in the words of their conversations, and how much it wrote that nobody had asked for. It names nobody.
func (b *builder) firmDid(why figures.Cause) []span {
	s := b.saidThere(why)
	if !s.down() || b.Options.Anonymise {
		return nil
	}
	accounts := b.accountsOf(s.firm)
	return slices.Concat(b.firmSilent(why), b.askedOf(s.firm, accounts, why), b.wroteUnasked(s.firm, accounts))
}

// firmSilent says that a firm that let people down wrote nothing where they say so; nothing where it did, or no account of it is known.
func (b *builder) firmSilent(why figures.Cause) []span {
	s := b.saidThere(why)
	accounts := b.accountsOf(s.firm)
	if !s.down() || len(accounts) == 0 || slices.ContainsFunc(b.Story.Activity, func(p data.PostMeta) bool { return p.Thread == why.Thread && accounts[p.Author] }) {
		return nil
	}
	return b.rich("firm.silent", "firm", s.firm)
}

// accountsOf returns the accounts of a firm.
func (b *builder) accountsOf(firm collected) map[data.AuthorID]bool {
	out := make(map[data.AuthorID]bool)
	for id := range b.Figures.Params.Makers {
		if a := b.Story.Authors[id]; collected(cut(clean(cmp.Or(a.Name, a.Handle, a.NativeID)), firmRunes)) == firm {
			out[id] = true
		}
	}
	return out
}

// An askedThere is who of those who left wanted something or complained in a conversation in which a firm wrote, and who of them wrote there.
type askedThere struct {
	thread       data.ThreadID
	wrote, asked map[data.AuthorID]bool
	posts        []data.PostID
}

// askedOf names the conversations in which a firm wrote and most of those who left and wrote there, several, wanted something or complained.
func (b *builder) askedOf(firm collected, accounts map[data.AuthorID]bool, why figures.Cause) []span {
	left, at := b.tribeIndex(why.Side.ID), make(map[data.ThreadID]*askedThere)
	if left == figures.None {
		return nil
	}
	home := make(map[data.AuthorID]bool)
	for _, m := range b.Figures.Tribes[left].Members {
		home[m.Author] = true
	}
	for i := range b.Story.Activity {
		if p := &b.Story.Activity[i]; accounts[p.Author] && !p.Thread.IsZero() && p.Thread != why.Thread && at[p.Thread] == nil {
			at[p.Thread] = &askedThere{p.Thread, make(map[data.AuthorID]bool), make(map[data.AuthorID]bool), nil}
		}
	}
	for i := range b.Story.Activity {
		if p := &b.Story.Activity[i]; home[p.Author] && at[p.Thread] != nil && b.Story.Window.Contains(p.CreatedAt) {
			at[p.Thread].wrote[p.Author] = true
		}
	}
	for i := range b.Story.Needs {
		if n := &b.Story.Needs[i]; (n.Lacks() || n.Type == data.Complaint) && home[n.Author] && at[n.Thread] != nil {
			here := at[n.Thread]
			here.asked[n.Author] = true
			if len(here.posts) == 0 || here.posts[len(here.posts)-1] != n.ID {
				here.posts = append(here.posts, n.ID)
			}
		}
	}
	var told []*askedThere
	for _, here := range at {
		if len(here.asked) >= leastSaid && 2*len(here.asked) > len(here.wrote) && clean(b.Story.Threads[here.thread].Title) != "" {
			told = append(told, here)
		}
	}
	slices.SortFunc(told, func(x, y *askedThere) int {
		return cmp.Or(cmp.Compare(len(y.asked), len(x.asked)), cmp.Compare(b.Story.Threads[x.thread].Title, b.Story.Threads[y.thread].Title))
	})
	var list [][]span
	var posts measure.Evidence
	for _, here := range told[:min(len(told), toldTalks)] {
		posts = append(posts, here.posts...)
		list = append(list, b.rich("firm.asked.in", "n", len(here.asked), "title", collected(cut(clean(b.Story.Threads[here.thread].Title), 80))))
	}
	if len(list) == 0 {
		return nil
	}
	href := b.cite("firm-asked-"+string(why.Side.ID), b.rich("cite.firm.asked", "firm", firm), posts, 0)
	return b.rich("firm.asked", "firm", firm, "list", listed(list, ", "), "href", href)
}

// wroteUnasked says how much a firm wrote in the window that nobody had asked for, how it was taken, and how often it answered.
func (b *builder) wroteUnasked(firm collected, accounts map[data.AuthorID]bool) []span {
	if b.Measures == nil || b.Measures.Makers == nil {
		return nil
	}
	unasked, rebuffed, answers := 0, 0, 0
	var posts measure.Evidence
	for _, own := range b.Measures.Makers.Own {
		if accounts[own.Maker] {
			unasked, rebuffed, answers, posts = unasked+own.Unasked, rebuffed+own.Rebuffed, answers+own.Answers, append(posts, own.Pushed...)
		}
	}
	if unasked < leastPushed {
		return nil
	}
	href := b.cite("firm-unasked", b.rich("cite.firm.unasked", "firm", firm), posts, 0)
	more := ""
	if rebuffed > 0 {
		more = b.text("firm.rebuffed", "n", rebuffed)
	}
	if answers > 0 {
		more += b.text("firm.answers", "n", answers)
	}
	return b.rich("firm.unasked", "firm", firm, "n", unasked, "more", more, "href", href)
}
