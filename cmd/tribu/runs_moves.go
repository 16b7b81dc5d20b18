package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/tribes"
)

// mostMoves is how many moves a terminal shows; JSON has all.
const mostMoves = 20

func writeMoves(w io.Writer, moves []tribes.Move, from, to map[data.TribeID]string, names map[string]string) {
	if len(moves) == 0 {
		return
	}
	fmt.Fprintln(w, "moved:")
	for _, m := range moves[:min(mostMoves, len(moves))] {
		fmt.Fprintf(w, "  %s, %s → %s: %s\n", names[m.Author], cmp.Or(from[m.From], "none"), cmp.Or(renamed(m.To, from, to), "none"), clean(inLetters(m.Why, m.From, m.To, from, to)))
	}
	if len(moves) > mostMoves {
		fmt.Fprintf(w, "and %s more: --json\n", thousands(len(moves)-mostMoves))
	}
}

// writeTurnover says how far two runs agree, and counts who is elsewhere, in none or in one run alone.
func writeTurnover(w io.Writer, d tribes.Difference) {
	fmt.Fprintf(w, "%s authors in both, AMI %.3f, ARI %.3f: %s in another tribe, %s left all tribes, %s came from none\n",
		thousands(d.Common), d.AMI, d.ARI, thousands(d.Changed), thousands(d.Left), thousands(d.Joined))
	if d.Gone+d.New > 0 {
		fmt.Fprintf(w, "in one run alone: %s who were in a tribe of %s, %s who are in one of %s\n", thousands(d.Gone), d.A, thousands(d.New), d.B)
	}
}

// titles is how people call the tribes of a run: letter and name, as it was stored where they made a
// tribe part of another since.
func (a *app) titles(ctx context.Context, db *sqlite.DB, stored data.RunRecord) (map[data.TribeID]string, error) {
	told, _, err := a.withDecisions(ctx, db, stored)
	if err != nil {
		return nil, err
	}
	from, err := a.telling(ctx, db, false)
	if err != nil {
		return nil, err
	}
	stored = from.told(stored)
	all := map[data.TribeID]string{}
	for _, t := range slices.Concat(stored.Tribes, told.Tribes) {
		all[t.ID] = strings.TrimSpace(t.Letter + " " + t.Name)
	}
	return all, nil
}

const (
	mostWays = 20 // ways a terminal shows
	someOf   = 3  // people it names of each
)

// writeWays tells who moved between two runs over the same posts, where one reason holds for all: each
// way with how many went it, most first.
func writeWays(w io.Writer, moves []tribes.Move, was, is map[data.TribeID]string, names map[string]string) {
	if len(moves) == 0 {
		return
	}
	type way struct{ from, to data.TribeID }
	went := map[way][]string{}
	var ways []way
	for _, m := range moves {
		k := way{m.From, m.To}
		if went[k] == nil {
			ways = append(ways, k)
		}
		went[k] = append(went[k], names[m.Author])
	}
	slices.SortStableFunc(ways, func(a, b way) int { return len(went[b]) - len(went[a]) })
	fmt.Fprintf(w, "in another tribe, over %s:\n", moves[0].Why)
	for _, k := range ways[:min(mostWays, len(ways))] {
		who := went[k]
		named := strings.Join(who[:min(someOf, len(who))], ", ")
		if more := len(who) - someOf; more > 0 {
			named += fmt.Sprintf(" and %s more", thousands(more))
		}
		fmt.Fprintf(w, "  %s → %s: %s (%s)\n", clean(cmp.Or(was[k.from], "none")), clean(cmp.Or(is[k.to], "none")), persons(len(who)), named)
	}
	if more := len(ways) - mostWays; more > 0 {
		fmt.Fprintf(w, "and %s: --json has all\n", count(more, "more way"))
	}
}

// renamed is a tribe's letter in the second run, with the one it had in the first where that is another.
func renamed(id data.TribeID, from, to map[data.TribeID]string) string {
	if was := from[id]; was != "" && was != to[id] {
		return to[id] + " (was " + was + ")"
	}
	return to[id]
}

// letters is how the tables of a run call its tribes.
func letters(r data.RunRecord) map[data.TribeID]string {
	all := map[data.TribeID]string{}
	for _, t := range r.Tribes {
		all[t.ID] = t.Letter
	}
	return all
}

// inLetters puts letters in the place of the tribes' ids: those of the first run for what was, those
// of the second for what is.
func inLetters(text string, was, is data.TribeID, from, to map[data.TribeID]string) string {
	if was != "" {
		text = strings.ReplaceAll(text, string(was), cmp.Or(from[was], string(was)))
	}
	if is != "" {
		text = strings.ReplaceAll(text, string(is), cmp.Or(to[is], string(is)))
	}
	return text
}

// writeSteps tells births, splits, merges and ends, each with what it rests on and some of its people.
func writeSteps(w io.Writer, steps []tribes.Step, from, to map[data.TribeID]string, names map[string]string) {
	for _, s := range steps {
		why, others := s.Why, from
		if s.To == "" {
			others = to
		}
		for id, letter := range others {
			why = strings.ReplaceAll(why, string(id), letter)
		}
		way := cmp.Or(to[s.To], from[s.From], string(s.From))
		if s.From != "" && s.To != "" {
			way = from[s.From] + " → " + way
		}
		event := string(s.Event)
		if s.From == s.To {
			event, way = "kept", from[s.From]+" as "+to[s.To]
		}
		fmt.Fprintf(w, "%s %s: %s\n", event, way, clean(why))
		for _, m := range s.Members {
			fmt.Fprintf(w, "  %s: %s\n", names[m.Author], clean(inLetters(m.Why, m.From, m.To, from, to)))
		}
	}
}

// namesIn returns what to call everybody whom d names: the handle, or the start of the id.
func (a *app) namesIn(ctx context.Context, db *sqlite.DB, d tribes.Difference) (map[string]string, error) {
	names, moves := make(map[string]string), d.Moves
	for _, s := range d.Steps {
		moves = append(moves[:len(moves):len(moves)], s.Members...)
	}
	var ids []data.AuthorID
	for _, m := range moves {
		names[m.Author] = m.Author[:8]
		if id, err := data.ParseAuthorID(m.Author); err == nil {
			ids = append(ids, id)
		}
	}
	authors, err := db.AuthorsByID(ctx, ids)
	for id, author := range authors {
		if author.Handle != "" {
			names[id.String()] = clean(author.Handle)
		}
	}
	return names, err
}
