package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/customer"
	"tribu/reports/measure/inquiry"
	"tribu/reports/measure/signs"
)

func newInquiry(a *app) *cobra.Command {
	var run, dir string
	var seed uint64
	c := &cobra.Command{Use: "inquiry ID -o DIR", Short: "What to read and what to ask before going where people try to get an outcome", Args: cobra.ExactArgs(1), RunE: func(c *cobra.Command, args []string) error {
		return a.read(c.Context(), func(db *sqlite.DB) error { return a.inquiry(c.Context(), db, run, args[0], dir, seed) })
	}}
	c.Flags().StringVar(&run, "run", "", "`RUN`, by id or name (default the newest)")
	c.Flags().StringVarP(&dir, "output", "o", "inquiry", "`FOLDER`")
	c.Flags().Uint64Var(&seed, "seed", 1, "draws the posts: the same seed gives the same pack")
	return c
}

// An inquiryResult is what inquiry --json gives.
type inquiryResult struct {
	Outcome   string   `json:"outcome"`
	Seed      uint64   `json:"seed"`
	Cases     int      `json:"cases"`
	Of        int      `json:"of"` // posts they were drawn from, one per author
	People    int      `json:"people"`
	Questions int      `json:"questions"`
	Files     []string `json:"files"`
}

func (a *app) inquiry(ctx context.Context, db *sqlite.DB, run, id, dir string, seed uint64) error {
	r, err := a.listen(ctx, db, run)
	if err != nil {
		return err
	}
	o, err := outcomeNamed(cpi.Mine(r, cpi.Params{}), id)
	if err != nil {
		return err
	}
	pack, journey := inquiry.Draw(r, o.Posts, seed), inquiry.Map(r, o.Posts)
	guide := inquiry.Guide(journey)
	id = o.Label(a.lang())
	out := inquiryResult{Outcome: o.String(), Seed: seed, Cases: len(pack.Cases), Of: pack.Of, People: journey.Total, Questions: len(guide)}
	files := []struct {
		name  string
		write func(io.Writer) error
	}{
		{"pack.md", func(w io.Writer) error { return a.writePack(w, id, pack) }},
		{"matrix.csv", func(w io.Writer) error { return writeMatrix(w, journey) }},
		{"guide.en.md", func(w io.Writer) error { return writeGuide(w, id, data.LangEN, guide) }},
		{"guide.it.md", func(w io.Writer) error { return writeGuide(w, id, data.LangIT, guide) }},
	}
	if a.dryRun {
		a.log("inquiry", "would write %s to %s", count(len(files), "file"), dir)
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return a.fileProblem(dir, err)
	}
	for _, f := range files {
		path := filepath.Join(dir, f.name)
		if err := writeFile(a, path, f.write); err != nil {
			return err
		}
		out.Files = append(out.Files, path)
	}
	a.note(ctx, "inquiry", fmt.Sprintf("%s to=%s", o, absolute(dir)))
	if len(guide) == 0 {
		a.warn("no step of the journey is told by %d people: the guide holds no questions yet", inquiry.CellPeople)
	}
	return a.result("inquiry", out, nil, func(w io.Writer) {
		fmt.Fprintf(w, "%s of %s, %s: %s\n", count(out.Cases, "case"), thousands(out.Of), count(out.Questions, "question"), dir)
	})
}

// writePack writes the posts to read, with the talk around them; nobody is named.
func (a *app) writePack(w io.Writer, id string, pack inquiry.Pack) error {
	p := page{w: w, local: a.local}
	p.line("# %s\n\n%d of %d posts, drawn with seed %d.", oneLine(id), len(pack.Cases), pack.Of, pack.Seed)
	for i, c := range pack.Cases {
		p.line("\n## %d. %s, %s\n\n%s · %s%s\n", i+1, c.Place, c.Stage, oneLine(c.Community), p.when(c.Quote.At), postAddress(c.Quote.URL))
		for _, t := range c.Before {
			p.turn(t)
		}
		text := c.Text
		if text == "" {
			text = c.Quote.Text
		}
		p.line("**The post**\n\n%s\n", quoteLines(text))
		for _, t := range c.After {
			p.turn(t)
		}
	}
	return p.err
}

// A page writes lines and keeps the first error.
type page struct {
	w     io.Writer
	local func(time.Time) time.Time
	err   error
}

// when is a moment in the project's timezone.
func (p *page) when(at time.Time) string { return p.local(at).Format("2006-01-02 15:04") }

func (p *page) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

func (p *page) turn(t inquiry.Turn) {
	who := "Somebody"
	if t.Asker {
		who = "The same person"
	}
	if t.Text != "" {
		p.line("%s, %s\n\n%s\n", who, p.when(t.Post.CreatedAt), quoteLines(t.Text))
	}
}

// oneLine makes what somebody wrote fit for one line of a text file.
func oneLine(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("<", "‹", ">", "›").Replace(clean(s))), " ")
}

// postAddress writes where a post stands; nothing where that is not known.
func postAddress(url string) string {
	if url == "" {
		return ""
	}
	return " · <" + oneLine(url) + ">"
}

// quoteLines writes a text as a quotation.
func quoteLines(text string) string {
	var out []string
	for line := range strings.SplitSeq(clean(text), "\n") {
		out = append(out, strings.TrimRight("> "+oneLine(line), " "))
	}
	return strings.Join(out, "\n")
}

// writeMatrix writes the journey: a row per step, with people by frustration, expectation and goal.
func writeMatrix(w io.Writer, m inquiry.Matrix) error {
	header := []string{"stage"}
	for _, k := range inquiry.Kinds() {
		header = append(header, string(k))
	}
	rows := [][]string{append(header, "people")}
	for i, s := range signs.Stages() {
		row := []string{string(s)}
		for _, c := range m.Cells {
			if c.Stage == s {
				row = append(row, fmt.Sprint(c.Authors))
			}
		}
		rows = append(rows, append(row, fmt.Sprint(m.Stages[i])))
	}
	total := []string{"people"}
	for _, n := range m.Kinds {
		total = append(total, fmt.Sprint(n))
	}
	rows = append(rows, append(total, fmt.Sprint(m.Total)))
	for _, row := range rows {
		for i := range row {
			row[i] = customer.Cell(row[i])
		}
	}
	if err := csv.NewWriter(w).WriteAll(rows); err != nil {
		return fmt.Errorf("write matrix: %w", err)
	}
	return nil
}

// writeGuide writes the open questions of one language, by step and kind.
func writeGuide(w io.Writer, id string, lang data.Lang, guide []inquiry.Question) error {
	p := page{w: w}
	p.line("# %s", oneLine(id))
	if len(guide) == 0 {
		p.line("\n%s", noQuestions(lang))
	}
	heading := ""
	for _, q := range guide {
		if q.Lang != lang {
			continue
		}
		if h := q.Heading(); h != heading {
			heading = h
			p.line("\n## %s\n", h)
		}
		p.line("- %s", oneLine(q.Text))
	}
	return p.err
}

// noQuestions says in lang why a guide asks nothing.
func noQuestions(lang data.Lang) string {
	if lang == data.LangIT {
		return fmt.Sprintf("Ancora nessuna domanda: nessuna tappa del percorso è raccontata da %d persone. Legga prima pack.md.", inquiry.CellPeople)
	}
	return fmt.Sprintf("No questions yet: no step of the journey is told by %d people. Read pack.md first.", inquiry.CellPeople)
}
