package main

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/reports/export"
)

func newPeople(a *app) *cobra.Command {
	c := &cobra.Command{Use: "people", Short: "Look at a person, or let one go"}
	source := c.PersistentFlags().String("source", "", "source of the person, where a name is known in several")
	var run string
	show := &cobra.Command{Use: "show AUTHOR", Short: "What is known of a person, by handle, name, profile address or id", Args: cobra.ExactArgs(1), RunE: func(c *cobra.Command, args []string) error {
		return a.read(c.Context(), func(db *sqlite.DB) error { return a.peopleShow(c.Context(), db, run, *source, args[0]) })
	}}
	why := &cobra.Command{Use: "why AUTHOR", Short: "Why a person is in their tribe: strongest ties and needs", Args: cobra.ExactArgs(1), RunE: func(c *cobra.Command, args []string) error {
		return a.read(c.Context(), func(db *sqlite.DB) error { return a.peopleWhy(c.Context(), db, run, *source, args[0]) })
	}}
	for _, c := range []*cobra.Command{show, why} {
		c.Flags().StringVar(&run, "run", "", "`RUN`, by id or name (default the newest of the main line)")
	}
	c.AddCommand(show, why,
		&cobra.Command{Use: "opt-out AUTHOR", Short: "Take a person out of every output, and keep them out", Args: cobra.ExactArgs(1), RunE: func(c *cobra.Command, args []string) error {
			return a.write(c.Context(), func(db *sqlite.DB) error { return a.peopleOptOut(c.Context(), db, *source, args[0]) })
		}},
		&cobra.Command{Use: "forget AUTHOR", Short: "Delete every trace of a person, and keep them out", Args: cobra.ExactArgs(1), RunE: func(c *cobra.Command, args []string) error {
			return a.write(c.Context(), func(db *sqlite.DB) error { return a.peopleForget(c.Context(), db, *source, args[0]) })
		}})
	return c
}

// author returns the one person that who names: a handle, an address, an id, a member_id.
func (a *app) author(ctx context.Context, db *sqlite.DB, source, who string) (data.Author, error) {
	found, err := a.authors(ctx, db, source, who)
	switch {
	case err != nil:
		return data.Author{}, err
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return data.Author{}, &problem{code: exitUsage, what: fmt.Sprintf("%q could be %s", who, either(found)), next: "name one with --source, or by its id"}
	}
	unknown := &problem{code: exitFailed, what: fmt.Sprintf("nobody is known as %q", who), cause: data.ErrNotFound,
		next: "give a handle, the address of a profile, or an id; people who opted out are not known any more"}
	if called, err := db.FindAuthorsNamed(ctx, source, who); err == nil && len(called) > 0 {
		unknown.next = fmt.Sprintf("a display name can be anybody's; if you mean %s, give that", either(called))
	}
	return data.Author{}, unknown
}

// authorOrNamed returns the one person that who names, a display name included.
func (a *app) authorOrNamed(ctx context.Context, db *sqlite.DB, source, who string) (data.Author, error) {
	found, err := a.author(ctx, db, source, who)
	if !errors.Is(err, data.ErrNotFound) {
		return found, err
	}
	called, findErr := db.FindAuthorsNamed(ctx, source, who)
	switch {
	case findErr != nil && !errors.Is(findErr, data.ErrNotFound):
		return data.Author{}, findErr
	case len(called) == 0:
		return data.Author{}, err
	case len(called) > 1:
		return data.Author{}, &problem{code: exitUsage, what: fmt.Sprintf("%q could be %s", who, either(called)), next: "name one by that, or by its id"}
	}
	return called[0], nil
}

func either(found []data.Author) string {
	var places []string
	for _, f := range found {
		places = append(places, fmt.Sprintf("%s in %s (%s)", cmp.Or(f.Handle, f.NativeID), f.Source, f.ID))
	}
	return strings.Join(places, ", or ")
}

// authors returns those whom a source, or the project, knows by that handle, address or id, or by
// how their id begins.
func (a *app) authors(ctx context.Context, db *sqlite.DB, source, who string) ([]data.Author, error) {
	found, err := db.FindAuthors(ctx, source, who)
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		return nil, err
	}
	if len(found) > 0 {
		return found, nil
	}
	if found, err = a.byMemberID(ctx, db, who); err != nil || len(found) > 0 {
		return found, err
	}
	return db.FindAuthorsByStart(ctx, source, who)
}

// byMemberID looks who is exported under that id.
func (a *app) byMemberID(ctx context.Context, db *sqlite.DB, who string) ([]data.Author, error) {
	key, err := a.secret()
	wanted := strings.ToLower(strings.TrimSpace(who))
	if err != nil || len(wanted) != len(export.MemberID(key, data.AuthorID{})) {
		return nil, nil
	}
	for author, err := range db.Authors(ctx) {
		if err != nil {
			return nil, err
		}
		if export.MemberID(key, author.ID) == wanted {
			return []data.Author{author}, nil
		}
	}
	return nil, nil
}

func (a *app) peopleOptOut(ctx context.Context, db *sqlite.DB, source, who string) error {
	hash := a.keyHash()
	if hash == nil {
		_, err := a.secret()
		return a.keyProblem(err)
	}
	author, err := a.author(ctx, db, source, who)
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
	files, named, err := a.stillHolding(ctx, db, author)
	if err != nil {
		return err
	}
	if err := db.OptOut(ctx, author.ID, hash(author.ID)); err != nil {
		return err
	}
	if err := db.Audit(ctx, "opt-out", hex.EncodeToString(hash(author.ID)[:8])); err != nil {
		return err
	}
	return a.gone("people.opt-out", "opted out: their posts are deleted, and what comes later is not kept", sqlite.Forgotten{}, files, named)
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
	return a.gone("people.opt-out", fmt.Sprintf("nobody of that name was collected from %s yet; they will be kept out", source), sqlite.Forgotten{}, nil, 0)
}

func (a *app) peopleForget(ctx context.Context, db *sqlite.DB, source, who string) error {
	hash := a.keyHash()
	if hash == nil {
		_, err := a.secret()
		return a.keyProblem(err)
	}
	author, err := a.author(ctx, db, source, who)
	if err != nil {
		return err
	}
	if a.dryRun {
		a.log("people", "would forget %s of %s", who, author.Source)
		return nil
	}
	files, named, err := a.stillHolding(ctx, db, author)
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
	told := fmt.Sprintf("forgotten: %s, %s, %s, %s, %s, %s", count(gone.Posts, "post"), count(gone.Memberships, "membership"), count(gone.Interactions, "interaction"),
		count(gone.Pages, "raw page"), count(gone.Tasks, "request"), count(gone.Threads, "thread title"))
	return a.gone("people.forget", told, gone, files, named)
}

// gone says what was deleted and what, outside of the database, was not.
func (a *app) gone(command, told string, gone sqlite.Forgotten, files []string, named int) error {
	if len(files) > 0 {
		a.hint("tribu report writes the newest report anew; delete the other files, or export again")
	}
	view := map[string]any{"posts": gone.Posts, "memberships": gone.Memberships, "interactions": gone.Interactions, "pages": gone.Pages, "tasks": gone.Tasks,
		"threads": gone.Threads, "failures": gone.Failures, "still_in": append([]string{}, files...), "posts_of_others": named}
	return a.result(command, view, nil, func(w io.Writer) {
		fmt.Fprintln(w, told)
		if len(files) > 0 {
			fmt.Fprintln(w, "written earlier, and still holding the person:")
		}
		for _, f := range files {
			fmt.Fprintln(w, "  "+clean(f))
		}
		if named > 0 {
			fmt.Fprintf(w, "%s of other people still call them by name\n", count(named, "post"))
		}
	})
}
