package main

import (
	"context"
	"fmt"
	"io"
	"iter"
	"runtime/debug"

	"github.com/spf13/cobra"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/nlp"
)

func newAnalyse(a *app) *cobra.Command {
	c := &cobra.Command{Use: "analyse", Aliases: []string{"analyze"}, Short: "Hear language, topics and needs in new posts", Args: cobra.NoArgs}
	all := c.Flags().Bool("all", false, "analyse every post again")
	c.RunE = func(c *cobra.Command, _ []string) error {
		a.cache = 24 << 20 // the needs of all posts take the room
		return a.write(c.Context(), func(db *sqlite.DB) error {
			s, err := a.analyse(c.Context(), db, *all)
			if err != nil {
				return err
			}
			a.hint("tribu cluster")
			return a.result("analyse", map[string]int{"posts": s.Posts, "needs": s.Needs, "given_up": s.Failed}, a.measure(s.Posts), a.unlessQuiet(func(w io.Writer) {
				fmt.Fprintf(w, "%s analysed, %s heard%s\n", count(s.Posts, "post"), count(s.Needs, "need"), unread(s))
			}))
		})
	}
	return c
}

// unread tells of posts that could not be analysed, where there are any.
func unread(s nlp.Summary) string {
	if s.Failed == 0 {
		return ""
	}
	return fmt.Sprintf(", %s could not be analysed", count(s.Failed, "post"))
}

// lexicon is the project's own words.
func (a *app) lexicon() nlp.Config {
	return nlp.Config{Products: a.cfg.Lexicon.Products, Concepts: a.cfg.Lexicon.Concepts, Stop: a.cfg.Lexicon.Stop}
}

// hears names the annotations that the project works with: other words of its own are another version.
func (a *app) hears() string { return a.lexicon().Version() }

func (a *app) analyse(ctx context.Context, db *sqlite.DB, all bool) (nlp.Summary, error) {
	var s nlp.Summary
	var err error
	if all {
		s, err = a.hearAll(ctx, db)
	} else {
		s, err = a.hearNew(ctx, db)
	}
	if err != nil {
		return s, err
	}
	return s, a.group(ctx, db)
}

// An anew is the database with every post to be heard: what was heard before stands until it is replaced.
type anew struct{ *sqlite.DB }

// Unanalysed are all posts.
func (d anew) Unanalysed(ctx context.Context, version string) iter.Seq2[data.Post, error] {
	return d.Hearable(ctx, version)
}

// hearAll analyses every post again.
func (a *app) hearAll(ctx context.Context, db *sqlite.DB) (nlp.Summary, error) {
	if err := db.RetryFailures(ctx, a.hears()); err != nil {
		return nlp.Summary{}, err
	}
	counts, err := db.Counts(ctx)
	if err != nil {
		return nlp.Summary{}, err
	}
	s, err := a.listenTo(ctx, anew{db}, counts.Posts)
	a.sofar, a.resume = "every post and what was heard in it; "+count(s.Posts, "post")+" heard again", "the same command begins anew; tribu analyse hears the rest only"
	return s, err
}

// hearNew analyses new posts, and those whose language others tell otherwise by now.
func (a *app) hearNew(ctx context.Context, db *sqlite.DB) (nlp.Summary, error) {
	total, err := db.CountUnanalysed(ctx, a.hears())
	if err != nil {
		return nlp.Summary{}, err
	}
	s, err := a.listenTo(ctx, db, total)
	if a.sofar = "what was heard in " + count(s.Posts, "post"); s.Posts == 0 {
		a.sofar = "every post"
	}
	return s, err
}

// listenTo analyses the posts of c, total at most.
func (a *app) listenTo(ctx context.Context, c nlp.Corpus, total int) (nlp.Summary, error) {
	o := nlp.Options{Config: a.lexicon()}
	if total == 0 {
		return nlp.Run(ctx, o, c)
	}
	b := a.progress("analyse", "posts", int64(total))
	defer b.done()
	defer debug.SetGCPercent(debug.SetGCPercent(300)) // a post at a time: little is alive, much is thrown away
	o.Progress = func(done int) { b.set(int64(done), int64(total)) }
	s, err := nlp.Run(ctx, o, c)
	a.passed("analyse", "%s, %s%s", count(s.Posts, "post"), count(s.Needs, "need"), unread(s))
	return s, err
}
