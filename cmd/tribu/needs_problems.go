package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/nlp"
	canon "tribu/nlp/problem"
)

// A problemRow is a canonical problem as needs list --json gives it.
type problemRow struct {
	ID      data.ProblemID       `json:"id"`
	Name    string               `json:"name"`
	Label   string               `json:"label"`
	Phrases map[data.Lang]string `json:"phrases"`
	Family  string               `json:"family"`
	Head    string               `json:"head"`
	Facet   string               `json:"facet"`
	People  int                  `json:"people"`
	Needs   int                  `json:"needs"`
	Area    int                  `json:"area"`
}

func problemRows(all []data.SharedProblem, giving bool) []problemRow {
	rows := []problemRow{}
	for _, p := range all {
		if p.Wanting == giving {
			continue
		}
		rows = append(rows, problemRowOf(p))
	}
	return rows
}

func problemRowOf(p data.SharedProblem) problemRow {
	row := problemRow{ID: p.ID, Name: p.Call(data.LangUnd), Label: p.Label, Phrases: map[data.Lang]string{}, Family: "giving", Head: p.Head, Facet: p.Facet,
		People: p.People, Needs: p.Needs, Area: p.Area}
	if p.Wanting {
		row.Family = "wanting"
	}
	for lang, phrase := range p.Phrases {
		if lang != data.LangUnd {
			row.Phrases[lang] = phrase
		}
	}
	return row
}

func newNeedsList(a *app) *cobra.Command {
	var giving bool
	var limit int
	c := &cobra.Command{Use: "list", Short: "List what people need in all posts there are (a report: in its window), most people first", Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error {
		return a.read(c.Context(), func(db *sqlite.DB) error {
			all, err := a.problems(c.Context(), db)
			if err != nil {
				return err
			}
			rows := problemRows(all, giving)
			total := len(rows)
			if limit > 0 {
				rows = rows[:min(limit, total)]
			}
			a.hint("tribu needs show ID")
			return a.result("needs.list", rows, nil, func(w io.Writer) { a.writeProblems(w, rows, total) })
		})
	}}
	c.Flags().BoolVar(&giving, "giving", false, "what people give and praise, instead of what they lack")
	c.Flags().IntVar(&limit, "limit", 30, "how many; 0 for all")
	return c
}

func (a *app) writeProblems(w io.Writer, rows []problemRow, total int) {
	if len(rows) == 0 {
		fmt.Fprintln(w, a.located("no needs that two people share yet; they are grouped by tribu analyse"))
		return
	}
	var cells [][]string
	for _, p := range rows {
		cells = append(cells, []string{string(p.ID), fmt.Sprint(p.People), p.Name, p.Label})
	}
	table(w, []string{"ID", "PEOPLE", "NEED", "IN SOMEBODY'S WORDS"}, cells)
	fmt.Fprintln(w, "of all posts, whenever they were written; a report counts those of its window")
	if total > len(rows) {
		fmt.Fprintf(w, "and %s more: --limit 0\n", thousands(total-len(rows)))
	}
}

// An evidenceRow is one quote as needs show --json gives it.
type evidenceRow struct {
	Author string        `json:"author"`
	At     time.Time     `json:"at"`
	Type   data.NeedType `json:"type"`
	Lang   data.Lang     `json:"lang"`
	Quote  string        `json:"quote"`
	Phrase string        `json:"phrase"` // what of the quote tells the need at a glance; may be empty
	URL    string        `json:"url"`
	Post   string        `json:"post"`
}

type problemView struct {
	problemRow
	First    time.Time     `json:"first"`
	Last     time.Time     `json:"last"`
	Evidence []evidenceRow `json:"evidence"`
}

func newNeedsShow(a *app) *cobra.Command {
	var quotes int
	c := &cobra.Command{Use: "show ID", Short: "Show one need with quotes by different people", Args: cobra.ExactArgs(1), RunE: func(c *cobra.Command, args []string) error {
		return a.read(c.Context(), func(db *sqlite.DB) error {
			p, err := a.problemNamed(c.Context(), db, args[0])
			if err != nil {
				return err
			}
			v, err := a.viewProblem(c.Context(), db, p, quotes)
			if err != nil {
				return err
			}
			return a.result("needs.show", v, nil, func(w io.Writer) { a.writeProblem(w, v) })
		})
	}}
	c.Flags().IntVar(&quotes, "quotes", 5, "how many people to quote; 0 for all")
	return c
}

// isPhrase reports whether people of some language say name for p.
func isPhrase(p data.SharedProblem, name string) bool {
	for _, phrase := range p.Phrases {
		if strings.EqualFold(phrase, name) {
			return true
		}
	}
	return false
}

// problemNamed returns the problem whose id begins with name, or that people call so.
func (a *app) problemNamed(ctx context.Context, db *sqlite.DB, name string) (data.SharedProblem, error) {
	all, err := a.problems(ctx, db)
	if err != nil {
		return data.SharedProblem{}, err
	}
	var found []data.SharedProblem
	for _, p := range all {
		switch {
		case string(p.ID) == name:
			return p, nil
		case len(name) > 2 && strings.HasPrefix(string(p.ID), name), strings.EqualFold(p.Name, name), p.Name == "" && isPhrase(p, name):
			found = append(found, p)
		}
	}
	switch len(found) {
	case 0:
		decisions, err := db.Decisions(ctx)
		for _, d := range inForce(decisions) {
			if err == nil && string(d.Problem) == name && d.Into != "" {
				return data.SharedProblem{}, &problem{code: exitUsage, what: fmt.Sprintf("need %s was merged into %s", d.Problem, d.Into), next: fmt.Sprintf("tribu needs show %s, or apart again: tribu needs undo %s", d.Into, d.Problem)}
			}
		}
		return data.SharedProblem{}, usage("there is no need %q", name).then("tribu needs list names them")
	case 1:
		return found[0], nil
	}
	return data.SharedProblem{}, usage("%q may be %s or %s", name, found[0].ID, found[1].ID).then("give more of the id")
}

func (a *app) viewProblem(ctx context.Context, db *sqlite.DB, p data.SharedProblem, quotes int) (problemView, error) {
	v := problemView{problemRow: problemRowOf(p), Evidence: []evidenceRow{}}
	from, err := a.telling(ctx, db, false)
	if err != nil {
		return v, err
	}
	needs, err := db.NeedsOf(ctx, p.ID)
	if err != nil || len(needs) == 0 {
		return v, err
	}
	needs = from.unlinked(needs)
	v.First, v.Last = needs[0].CreatedAt, needs[len(needs)-1].CreatedAt
	words, err := a.wording()
	if err != nil {
		return v, err
	}
	best := canon.Evidence(needs, p.Spoken, words)
	if quotes > 0 {
		best = best[:min(quotes, len(best))]
	}
	var ids []data.AuthorID
	for _, n := range best {
		ids = append(ids, n.Author)
	}
	authors, err := db.AuthorsByID(ctx, ids)
	for _, n := range best {
		v.Evidence = append(v.Evidence, evidenceRow{authorName(authors[n.Author]), n.CreatedAt, n.Type, n.Need.Lang, n.Quote, words.Short(&n.Need), n.URL, n.ID.String()})
	}
	return v, err
}

func authorName(a data.Author) string {
	for _, s := range []string{a.Name, a.Handle, a.NativeID} {
		if s != "" {
			return s
		}
	}
	return "somebody"
}

func (a *app) writeProblem(w io.Writer, v problemView) {
	fmt.Fprintf(w, "%s  %s\n", v.ID, clean(v.Name))
	fmt.Fprintf(w, "  %s\n", flat(v.Label))
	fmt.Fprintf(w, "%s, %s, %s to %s\n", count(v.People, "author"), count(v.Needs, "need"), a.day(v.First), a.day(v.Last))
	var called []string
	for _, lang := range slices.Sorted(maps.Keys(v.Phrases)) {
		called = append(called, fmt.Sprintf("%s: %s", lang, clean(v.Phrases[lang])))
	}
	fmt.Fprintf(w, "about %s  (%s)\n", clean(v.Head), strings.Join(called, "; "))
	for _, e := range v.Evidence {
		fmt.Fprintf(w, "\n  %s, %s, %s\n", cut(clean(e.Author), 40), a.local(e.At).Format(time.DateOnly), e.Type)
		fmt.Fprintf(w, "    %s\n", flat(e.Quote))
		if e.URL != "" {
			fmt.Fprintf(w, "    %s\n", clean(e.URL))
		}
	}
}

// group puts needs into canonical problems, where anything has changed since the last time.
func (a *app) group(ctx context.Context, db *sqlite.DB) error {
	words, err := a.wording()
	if err != nil {
		return err
	}
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	s, err := canon.Run(ctx, canon.Config{Words: words, Seed: 1}, a.hears(), heldNeeds{db})
	if err == nil && !s.Fresh {
		a.log("analyse", "%s shared by two people or more, %s in them", count(s.Problems, "problem"), count(s.Grouped, "need"))
	}
	return err
}

// heldNeeds are needs that are all held at once: the collector runs the rarer the fewer there are.
type heldNeeds struct{ *sqlite.DB }

const (
	spareHeap = 64 << 20 // bytes of waste that may lie about
	needHeap  = 1 << 10  // bytes held for a need
	wordsHeap = 10 << 20 // bytes of the word lists
)

// CountVoiced is that of the database.
func (h heldNeeds) CountVoiced(ctx context.Context, version string) (int, error) {
	n, err := h.DB.CountVoiced(ctx, version)
	debug.SetGCPercent(max(25, 100*spareHeap/(wordsHeap+n*needHeap)))
	return n, err
}

func (a *app) wording() (*nlp.Wording, error) {
	return nlp.NewWording(a.lexicon())
}
