package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
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
		fmt.Fprintf(w, "%s %s: %s\n", s.Event, way, clean(why))
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
