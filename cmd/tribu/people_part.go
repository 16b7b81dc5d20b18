package main

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"tribu/data"
	"tribu/data/sqlite"
)

// A parting is a command that lets a person go.
type parting struct {
	verb, short, long string
	run               func(a *app, ctx context.Context, db *sqlite.DB, source, who string, yes bool) error
}

func partings() []parting {
	return []parting{
		{"opt-out", "Delete a person's posts for good, and keep them out of every output",
			"Deletes a person's posts, name, ties and places in stored runs, and the raw pages that name them, and keeps out what they write later. " +
				"It cannot be undone: nothing brings the posts back, an import neither.\n\n" +
				"What stays is a row with their id and no name: reports and exports count that somebody opted out. `tribu people forget` deletes that row too. " +
				"With --source, somebody who was not collected yet is kept out as well. Reports and exports written earlier are named: write them again, or delete them.",
			(*app).optOut},
		{"forget", "Delete every trace of a person for good, and keep them out",
			"Deletes all that `tribu people opt-out` deletes, and the row with their id too, and says how much went. It cannot be undone.\n\n" +
				"What stays is a hash, under the project's key, that keeps them out. Take opt-out for somebody who wants no part in this any more, and forget where nothing at all may be kept. " +
				"Reports and exports written earlier are named: write them again, or delete them.",
			(*app).forget},
	}
}

func newParting(a *app, p parting, source *string) *cobra.Command {
	var yes bool
	c := &cobra.Command{Use: p.verb + " AUTHOR", Short: p.short, Long: p.long, Args: cobra.ExactArgs(1), RunE: func(c *cobra.Command, args []string) error {
		return a.write(c.Context(), func(db *sqlite.DB) error { return p.run(a, c.Context(), db, *source, args[0], yes) })
	}}
	c.Flags().BoolVar(&yes, "yes", false, "ask nothing")
	return c
}

// leaver returns who is to be let go; a display name, which can be anybody's, is not enough.
func (a *app) leaver(ctx context.Context, db *sqlite.DB, verb, source, who string) (data.Author, error) {
	author, err := a.author(ctx, db, source, who)
	var unknown *problem
	if !errors.Is(err, data.ErrNotFound) || !errors.As(err, &unknown) {
		return author, err
	}
	if called, findErr := db.FindAuthorsNamed(ctx, source, who); findErr == nil && len(called) > 0 {
		unknown.what = fmt.Sprintf("%q is a display name, which can be anybody's: it is not enough for %s", who, verb)
		unknown.next = fmt.Sprintf("give the handle: tribu people %s %s, if you mean %s", verb, cmp.Or(called[0].Handle, called[0].ID.String()), either(called))
	}
	return author, err
}

// agreed asks, where there is somebody to ask, whether a person is to be let go.
func (a *app) agreed(ctx context.Context, author data.Author, yes bool) error {
	if yes || !a.interactive() {
		return nil
	}
	question := fmt.Sprintf("This deletes the posts of %s, and cannot be undone. Delete them?", clean(either([]data.Author{author})))
	if agreed, err := a.agrees(ctx, question, "no"); agreed || err != nil {
		return err
	}
	return &problem{code: exitFailed, what: "nobody was let go", kept: "everything, as it was"}
}

// farewell asks whether a person is to be let go, and returns what stillHolding does.
func (a *app) farewell(ctx context.Context, db *sqlite.DB, author data.Author, yes bool) (held leftover, err error) {
	if err := a.agreed(ctx, author, yes); err != nil {
		return held, err
	}
	return a.stillHolding(ctx, db, author)
}

// optOut takes a person out; with a source, somebody who was not met yet too.
func (a *app) optOut(ctx context.Context, db *sqlite.DB, source, who string, yes bool) error {
	hash := a.keyHash()
	if hash == nil {
		_, err := a.secret()
		return a.keyProblem(err)
	}
	author, err := a.leaver(ctx, db, "opt-out", source, who)
	if called, _ := db.FindAuthorsNamed(ctx, source, who); source != "" && errors.Is(err, data.ErrNotFound) && len(called) == 0 {
		return a.keepOut(ctx, db, source, who)
	}
	if err != nil {
		return err
	}
	if a.dryRun {
		a.log("people", "would take %s of %s out", who, author.Source)
		return nil
	}
	held, err := a.farewell(ctx, db, author, yes)
	if err != nil {
		return err
	}
	before, err := a.waiting(ctx, db)
	if err != nil {
		return err
	}
	gone, err := db.OptOut(ctx, author.ID, hash(author.ID))
	if err != nil {
		return err
	}
	if err := db.Audit(ctx, "opt-out", hex.EncodeToString(hash(author.ID)[:8])); err != nil {
		return err
	}
	if err := a.hearAgain(ctx, db, before); err != nil {
		return err
	}
	told := fmt.Sprintf("opted out: %s deleted for good, and what comes later is not kept", lost(gone))
	return a.gone(ctx, db, "people.opt-out", told, gone, held)
}

// keepOut suppresses somebody who was not met yet.
func (a *app) keepOut(ctx context.Context, db *sqlite.DB, source, who string) error {
	if a.dryRun {
		a.log("people", "would keep %s of %s out", who, source)
		return nil
	}
	if err := db.KeepOut(ctx, source, strings.TrimPrefix(who, "@")); err != nil {
		return err
	}
	id := data.NewAuthorID(source, strings.TrimPrefix(who, "@"))
	if err := db.Audit(ctx, "opt-out", hex.EncodeToString(a.keyHash()(id)[:8])); err != nil {
		return err
	}
	return a.gone(ctx, db, "people.opt-out", fmt.Sprintf("nobody of that name was collected from %s yet; they will be kept out", source), sqlite.Forgotten{}, leftover{})
}

// forget deletes every trace of a person.
func (a *app) forget(ctx context.Context, db *sqlite.DB, source, who string, yes bool) error {
	hash := a.keyHash()
	if hash == nil {
		_, err := a.secret()
		return a.keyProblem(err)
	}
	author, err := a.leaver(ctx, db, "forget", source, who)
	if err != nil {
		return err
	}
	if a.dryRun {
		a.log("people", "would forget %s of %s", who, author.Source)
		return nil
	}
	held, err := a.farewell(ctx, db, author, yes)
	if err != nil {
		return err
	}
	before, err := a.waiting(ctx, db)
	if err != nil {
		return err
	}
	if err := db.Audit(ctx, "forget", hex.EncodeToString(hash(author.ID)[:8])); err != nil {
		return err
	}
	gone, err := db.Forget(ctx, author.ID)
	if err != nil {
		return err
	}
	if err := a.hearAgain(ctx, db, before); err != nil {
		return err
	}
	return a.gone(ctx, db, "people.forget", "forgotten: "+lost(gone), gone, held)
}

// lost says what was deleted.
func lost(gone sqlite.Forgotten) string {
	return fmt.Sprintf("%s, %s, %s, %s, %s, %s", count(gone.Posts, "post"), count(gone.Memberships, "membership"), count(gone.Interactions, "interaction"),
		count(gone.Pages, "raw page"), count(gone.Tasks, "request"), count(gone.Threads, "thread title"))
}
