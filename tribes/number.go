package tribes

import (
	"bytes"
	"cmp"
	"slices"

	"tribu/data"
)

// finish puts everything into an order of its own.
func (r *reader) finish() Input {
	in := r.in
	in.threads, in.places = len(r.threads), len(r.places)
	authors, newAuthor := ordered(r.authors, func(a, b data.AuthorID) int { return slices.Compare(a[:], b[:]) })
	in.authors = authors
	threads, newThread := ordered(r.threads, func(a, b data.ThreadID) int { return slices.Compare(a[:], b[:]) })
	in.threadIDs = threads
	in.titles, in.handles = renumbered(r.titles, newThread), renumbered(r.handles, newAuthor)
	words, newWord := ordered(r.words, cmp.Compare[string])
	langs, newLang := ordered(r.langs, cmp.Compare[data.Lang])
	in.words, in.langs = words, langs
	in.forms, in.formsIn, in.proper = r.bestForms(newWord, newLang)
	in.plurals = r.plurals(in.formsIn, newWord, newLang)
	in.acts = r.acts(in.formsIn, newWord, newLang)
	in.titleWords = r.wordsOf(in.titles, newWord)
	for i := range in.posts {
		p := &in.posts[i]
		p.author, p.thread, p.lang = newAuthor[p.author], newThread[p.thread], newLang[p.lang]
		for j := range p.features {
			p.features[j].word = newWord[p.features[j].word]
		}
		slices.SortFunc(p.features, func(a, b feature) int { return cmp.Compare(a.order(), b.order()) })
	}
	for i := range in.ties {
		in.ties[i].from, in.ties[i].to = newAuthor[in.ties[i].from], newAuthor[in.ties[i].to]
	}
	in.sortPosts(newAuthor, newWord)
	slices.SortFunc(in.ties, func(a, b tie) int {
		if a.at != b.at {
			return cmp.Compare(a.at, b.at)
		}
		return cmp.Or(bytes.Compare(a.post[:], b.post[:]), cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to), cmp.Compare(a.kind, b.kind))
	})
	return in
}

func (in *Input) sortPosts(newAuthor, newWord []uint32) {
	order := make([]int, len(in.posts))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		p, q := &in.posts[a], &in.posts[b]
		if p.at != q.at {
			return cmp.Compare(p.at, q.at)
		}
		return bytes.Compare(p.id[:], q.id[:])
	})
	posts, moved := make([]post, len(order)), make([]uint32, len(order))
	for to, from := range order {
		posts[to], moved[from] = in.posts[from], uint32(to)
	}
	in.posts = posts
	for i := range in.needs {
		n := &in.needs[i]
		n.post, n.author, n.topic = moved[n.post], newAuthor[n.author], newWord[n.topic]
	}
	in.needs = bucketed(in.needs, len(in.posts), func(n *voicedNeed) uint32 { return n.post })
}

// renumbered returns list, which may end early, under new numbers.
func renumbered(list []string, to []uint32) []string {
	out := make([]string, len(to))
	for old, s := range list {
		out[to[old]] = s
	}
	return out
}

// ordered returns the keys of table in order and the new number of each old one.
func ordered[K comparable](table map[K]uint32, compare func(a, b K) int) ([]K, []uint32) {
	keys := make([]K, 0, len(table))
	for k := range table {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, compare)
	renumber := make([]uint32, len(keys))
	for i, k := range keys {
		renumber[table[k]] = uint32(i)
	}
	return keys, renumber
}
